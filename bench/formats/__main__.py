"""Damage files of all formats and have them read: `python -m bench.formats --full`."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from bench.formats.mutations import mutant
from bench.formats.samples import CORPORA, FIXTURES, samples
from bench.formats.suite import run


def main() -> int:
    """Run the suite and print what came of it; 1 when something is not as promised."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="10,000 files instead of 500")
    parser.add_argument("--files", type=int, help="so many files")
    parser.add_argument("--first", type=int, default=0, help="the number of the first file")
    parser.add_argument("--folder", type=Path, action="append", help="take the files below this folder")
    parser.add_argument("--write", type=Path, metavar="FOLDER", help="only write the files there, to look at them")
    args = parser.parse_args()
    count = args.files or (10_000 if args.full else 500)
    folders = tuple(args.folder or (FIXTURES, CORPORA))
    seeds = range(args.first, args.first + count)
    if args.write:
        of = samples(folders)
        for seed in seeds:
            name, data = mutant(seed, of)
            (args.write / f"{seed}-{name}").write_bytes(data)
        return 0
    began = time.monotonic()
    report = run(seeds, folders)
    print(f"{report.files:,} files, damaged from {report.samples} samples, in {time.monotonic() - began:.0f} s")
    print(", ".join(f"{number:,} {what}" for what, number in report.outcomes.most_common()))
    print(f"slowest: {report.slowest[0]:.2f} s of a processor, {report.slowest[1]}")
    print(f"most memory: {report.largest[0] / 1e6:.0f} MB, {report.largest[1]}")
    for line in report.bad[:50]:
        print(f"BAD: {line}")
    print(f"{len(report.bad):,} bad: " + ("FAILED" if report.bad else "as promised"))
    return 1 if report.bad else 0


if __name__ == "__main__":
    sys.exit(main())
