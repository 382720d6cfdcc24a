"""Drives Dateline, newsboat, neomutt and aerc on the same articles through the same terminal, in turns.

    python -m bench.peers --articles 10000 [--keep FOLDER] [--runs N] [--json FILE]

It prints medians and 95th percentiles of what a reader does in each, and ours divided by theirs. It never fails on one.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
import tempfile
from pathlib import Path

from bench import subjects
from bench.make_library import samples, write_library
from bench.measure import Figures
from bench.peers.programs import COLUMNS, LINES, PEERS, installed, programs
from bench.peers.report import report
from bench.peers.taking_turns import compare
from bench.planting import plant

LEAST = 2 * LINES
"""Articles that all steps need."""


def main() -> None:
    """Measure as the command line asks."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory(prefix="dateline-peers-") as passing:
        folder = arguments.keep or Path(passing)
        folder.mkdir(parents=True, exist_ok=True)
        figures = run(folder, arguments.articles, arguments.runs, arguments.keys, arguments.rounds)
    print(f"\n{arguments.articles:,} articles, {COLUMNS}x{LINES}, medians of {arguments.runs} starts")
    for line in report(figures):
        print(line)
    if arguments.json:
        about = {"articles": arguments.articles, "python": platform.python_version(), "system": platform.platform()}
        arguments.json.write_text(json.dumps({"schema": 1, **about, "figures": figures}, indent=1), encoding="utf-8")


def run(folder: Path, count: int, runs: int, keys: int, rounds: int, pace: float = 1.0) -> dict[str, Figures]:
    """Make what is not there yet, and measure.

    Raises:
        ModelError: no pipeline is installed that the names of the articles could be planted for.
    """
    library, home = folder / f"articles-{count}", folder / "home"
    here = installed()
    for name in PEERS:
        if name not in here:
            _tell(f"{name} is not installed, and left out")
    if not library.exists():
        _tell(f"making {count:,} articles ...")
        write_library(count, library)
    _tell("indexing ...")
    plant(library, home)  # so that no indexer works beside what is measured
    subjects.index(library, home, entities=True)
    _tell("writing them for the others ...")
    articles = list(samples(count))
    compared = programs(articles, library, folder, here)
    _tell(f"measuring {', '.join(program.name for program in compared)} ...")
    return compare(compared, articles, runs, keys, rounds, pace)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.peers", description="Measure Dateline beside its peers.")
    parser.add_argument("--articles", type=int, default=10_000, help=f"how many to make, {LEAST} or more (10000)")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep everything there, and use it again")
    parser.add_argument("--runs", type=int, default=5, help="how often each is started and left (5)")
    parser.add_argument("--keys", type=int, default=50, help="how many scrolling keys are pressed (50)")
    parser.add_argument("--rounds", type=int, default=20, help="how often other keys are pressed (20)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures there as well")
    arguments = parser.parse_args()
    if arguments.articles < LEAST:
        parser.error(f"--articles: at least {LEAST}, for all that is measured")
    return arguments


def _tell(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
