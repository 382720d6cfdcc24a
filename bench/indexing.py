"""Prints how fast a library is indexed: reading, full text, names by one process and by two, beside floors of the run.

    python -m bench.indexing --articles 2000 [--read 10000] [--jobs 1 2] [--model NAME] [--json FILE]

Articles are those of `make_library` without its few fixed ones, a file each. Rates of names leave out what it takes to
load the pipeline; so does their floor, spaCy's own `nlp.pipe` over whole articles in as many processes at once.
"""

from __future__ import annotations

import argparse
import json
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.make_library import OPENERS, Sample, samples
from store.formats.folder import FoundFile, read_path, walk
from store.indexer.foreground import run_in_foreground
from store.indexer.protocol import Hello, Message, Progress

_FLOOR = """
import sys, time
from pathlib import Path
from store.entities.recognizer import Recognizer
nlp = Recognizer(sys.argv[1])._nlp
texts = [Path(line.strip()).read_text() for line in sys.stdin]
sum(len(doc.ents) for doc in nlp.pipe(texts[:5]))
print("ready", flush=True)
began = time.perf_counter()
with nlp.memory_zone():
    sum(len(doc.ents) for doc in nlp.pipe(texts))
print(time.perf_counter() - began, flush=True)
"""


@dataclass
class Figure:
    """A rate, and the floor that it is compared with."""

    name: str
    articles: float
    words: float
    floor: float = 0.0
    """Articles a second; 0: none."""

    def line(self) -> str:
        """Write a line of the table."""
        ratio = f"{self.articles / self.floor:7.0%} of {self.floor:,.0f}" if self.floor else ""
        return f"  {self.name:<34} {self.articles:>9,.1f} {self.words:>11,.0f}  {ratio}"


def texts_of(count: int) -> Iterator[Sample]:
    """Yield articles of ordinary lengths."""
    yield from (sample for rank, sample in enumerate(samples(count + OPENERS)) if rank >= OPENERS)


def write(count: int, folder: Path) -> int:
    """Write the library; returns how many words it has."""
    words = 0
    for sample in texts_of(count):
        path = folder / sample.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'---\ntitle: "{sample.title}"\ndate: {sample.published}\n---\n\n{sample.text}\n')
        words += len(sample.text.split())
    return words


def hello(folder: Path, work: Path, model: str, name: str) -> Hello:
    """Return what an indexer with an index of its own is told."""
    return Hello((str(folder),), str(work / f"{name}.sqlite3"), str(work / f"{name}-names.sqlite3"), model=model)


def reading(folder: Path, work: Path, words: int) -> list[Figure]:
    """Measure reading alone, full text alone, and both as the indexer does them; then a look at what is unchanged."""
    began = time.perf_counter()
    read = [item for file in walk(folder) if isinstance(file, FoundFile) for item in read_path(file.path)]
    alone = time.perf_counter() - began
    database = sqlite3.connect(work / "floor.sqlite3")
    database.executescript(
        "PRAGMA journal_mode=WAL; CREATE TABLE body(id INTEGER PRIMARY KEY, title, text); CREATE VIRTUAL TABLE fulltext"
        " USING fts5(title, text, content='body', content_rowid='id', prefix='2 3', tokenize='unicode61');"
    )
    began = time.perf_counter()
    with database:
        for item in read:
            row = database.execute("INSERT INTO body VALUES (NULL, ?, ?)", (item.title, item.text)).lastrowid
            database.execute("INSERT INTO fulltext(rowid, title, text) VALUES (?, ?, ?)", (row, item.title, item.text))
    bare = time.perf_counter() - began
    database.close()
    count = len(read)
    del read
    began = time.perf_counter()
    greeting = hello(folder, work, "", "reading")
    run_in_foreground(greeting)
    both = time.perf_counter() - began
    floor = count / (alone + bare)
    began = time.perf_counter()
    run_in_foreground(greeting)
    again = time.perf_counter() - began
    size = Path(greeting.index).stat().st_size
    print(f"  a look at {count:,} unchanged files, start included: {again:.2f} s; index {size / 1e6:,.0f} MB")
    return [
        Figure("reading alone", count / alone, words / alone),
        Figure("full text alone, in bare SQLite", count / bare, words / bare),
        Figure("reading, copies and full text", count / both, words / both, floor),
    ]


def names(folder: Path, work: Path, count: int, words: int, jobs: int, model: str) -> Figure:
    """Measure how fast names are found by so many processes."""
    greeting = hello(folder, work, model, f"names-{jobs}")
    run_in_foreground(greeting)
    told: list[tuple[float, int]] = []

    def hear(message: Message) -> None:
        if isinstance(message, Progress) and message.stage == "analyse":
            told.append((time.perf_counter(), message.done))

    run_in_foreground(greeting, everything=True, jobs=jobs, progress=hear)
    began, first = told[0]
    rate = (count - first) / (time.perf_counter() - began)
    return Figure(f"names, {jobs} process{'es' * (jobs > 1)}", rate, rate * words / count)


def spacy_alone(folder: Path, jobs: int, model: str) -> float:
    """Return how many articles a second `nlp.pipe` takes, by so many processes at once."""
    files = [file.path for file in walk(folder) if isinstance(file, FoundFile)]
    running = []
    for number in range(jobs):
        command = (sys.executable, "-c", _FLOOR, model)
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert process.stdin is not None
        process.stdin.write("".join(f"{file}\n" for file in files[number::jobs]))
        process.stdin.close()
        running.append(process)
    seconds = []
    for process in running:
        assert process.stdout is not None
        seconds.append(float(process.stdout.read().split()[-1]))
        process.wait()
    return len(files) / max(seconds)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--articles", type=int, default=2000, help="of which names are found")
    parser.add_argument("--read", type=int, default=10_000, help="that are read")
    parser.add_argument("--jobs", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--model", default="")
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as folder:
        work = Path(folder)
        figures += reading(work / "read", work, write(args.read, work / "read"))
        words = write(args.articles, work / "names")
        found = [names(work / "names", work, args.articles, words, jobs, args.model) for jobs in args.jobs]
        # Before the floors, whose processes hold every text at once.
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        for figure, jobs in zip(found, args.jobs, strict=True):
            figure.floor = spacy_alone(work / "names", jobs, args.model)
        figures += found
    print(f"  {'':<34} {'articles/s':>9} {'words/s':>11}  beside the floor")
    for figure in figures:
        print(figure.line())
    print(f"  memory of the largest indexer: {peak:,.0f} MB")
    if args.json:
        args.json.write_text(json.dumps({"figures": [vars(figure) for figure in figures], "peak_mb": peak}, indent=1))


if __name__ == "__main__":
    main()
