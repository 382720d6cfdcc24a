"""One file with very many articles: when the first is shown, how fast the rest follows, in how much memory.

python -m bench.formats.large --articles 100000
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.make_library import Sample, samples
from bench.processes import cost
from store.indexer.protocol import Articles, Hello, Idle, Trouble, decode, encode
from store.indexer.spawning import COMMAND

_LONGEST = 20_000
"""Characters of a text: the made library has some of a million, which are for other benches."""


@dataclass(slots=True)
class Run:
    """What indexing took."""

    first: float = 0.0
    """Seconds until the first articles could be listed."""
    seconds: float = 0.0
    processor: float = 0.0
    articles: int = 0
    memory: int = 0
    """The most, in bytes."""
    problems: int = 0


def _record(sample: Sample) -> str:
    record = {"id": sample.path, "title": sample.title, "date": sample.published.isoformat(), "text": sample.text}
    return json.dumps(record | {"text": sample.text[:_LONGEST]}, ensure_ascii=False)


def _lines(count: int, file: Path) -> None:
    with file.open("w", encoding="utf-8") as out:
        out.writelines(_record(sample) + "\n" for sample in samples(count))


def _list(count: int, file: Path) -> None:
    with file.open("w", encoding="utf-8") as out:
        out.write('{"status": "ok", "results": [')
        for number, sample in enumerate(samples(count)):
            out.write(("," if number else "") + "\n" + _record(sample))
        out.write("\n]}\n")


def _packed(count: int, file: Path) -> None:
    with gzip.open(file, "wt", encoding="utf-8", compresslevel=1) as out:
        out.writelines(_record(sample) + "\n" for sample in samples(count))


def _archive(count: int, file: Path) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
        for sample in samples(count):
            out.writestr(sample.path, f"{sample.title}\n\n{sample.text[:_LONGEST]}")


KINDS: dict[str, Callable[[int, Path], None]] = {
    "jsonl": _lines, "json": _list, "jsonl.gz": _packed, "zip": _archive,
}  # fmt: skip


def index(folder: Path, cache: Path) -> Run:
    """Bring an index up to date, without names, as a session does that opens the folder."""
    run = Run()
    greeting = Hello((str(folder),), str(cache / "index.sqlite3"), str(cache / "names.sqlite3"), everything=False)
    homes = {f"XDG_{name}_HOME": str(cache) for name in ("STATE", "CACHE", "DATA", "CONFIG")}
    began = time.monotonic()
    process = subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ | homes)
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write(encode(greeting))
    process.stdin.flush()
    for message in map(decode, _messages(process)):
        if isinstance(message, Articles):
            run.first = run.first or time.monotonic() - began
            run.articles = message.n
        elif isinstance(message, Trouble):
            run.problems += 1
        elif isinstance(message, Idle):
            break
    run.seconds = time.monotonic() - began
    run.processor, run.memory = cost(process.pid).cpu, _peak(process.pid)
    process.stdin.close()
    process.wait()
    return run


def _messages(process: subprocess.Popen[bytes]) -> Iterator[bytes]:
    assert process.stdout is not None
    yield from process.stdout


def _peak(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:")), 0)


def main() -> int:
    """Make a file of each kind, index it, and add an article to it where one can."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--kind", choices=[*KINDS], action="append", help="only this kind; may be repeated")
    args = parser.parse_args()
    print(f"{'':9} {'size':>8} {'first':>8} {'all':>8} {'a second':>9} {'processor':>10} {'memory':>8}")
    for kind in args.kind or KINDS:
        with tempfile.TemporaryDirectory() as made:
            folder, cache = Path(made) / "library", Path(made) / "cache"
            folder.mkdir()
            cache.mkdir()
            file = folder / f"articles.{kind}"
            KINDS[kind](args.articles, file)
            _print(kind, file, index(folder, cache))
            if kind == "jsonl":
                with file.open("a", encoding="utf-8") as out:
                    out.write(json.dumps({"id": "new", "title": "One more", "text": "It came later."}) + "\n")
                _print("+ 1 line", file, index(folder, cache))
    return 0


def _print(name: str, file: Path, run: Run) -> None:
    print(
        f"{name:9} {file.stat().st_size / 1e6:5.0f} MB {run.first:6.1f} s {run.seconds:6.1f} s"
        f" {run.articles / run.seconds:9,.0f} {run.processor:8.1f} s {run.memory / 1e6:5.0f} MB"
        f"  {run.articles:,} articles, {run.problems} problems",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
