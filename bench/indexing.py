"""Prints how fast a library is indexed: reading, full text, names by one process and by two, beside floors of the run.

    python -m bench.indexing [--articles 2000] [--read 10000] [--jobs 1 2] [--model NAME] [--json FILE]
    python -m bench.indexing --first 100000 [--library FOLDER] [--jobs 1 2]

Articles are those of `make_library` without its few fixed ones, a file each. Names have two rates: the steady one, of
the texts between the first tenth and the last, and that of the whole command, starts and loading included. The floor is
spaCy's own `nlp.pipe` over whole articles in as many processes at once, without loading. On a busy machine processor
time says more than the clock. `--first` reads so many articles for the first time, and says when the first page of a
list could be shown; then how long a second look takes, with nothing changed.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path

from bench.make_library import OPENERS, Sample, samples, write_library
from bench.memory import Memory
from store.article import Article
from store.catalog.articles import CatalogReader
from store.formats.folder import FoundFile, read_path, walk
from store.indexer.driven import DrivenIndexer, wait
from store.indexer.foreground import run_in_foreground
from store.indexer.protocol import Articles, Hello, Message, Progress
from store.indexer.spawning import COMMAND

PAGE = 50
"""Rows of a list that are shown at once, at most."""

_FLOOR = """
import sys, time
from pathlib import Path
from store.entities.choice import choice_of
from store.entities.recognizer import Recognizer
nlp = Recognizer(choice_of(sys.argv[1], ()).pipeline(""))._nlp
texts = [Path(line.strip()).read_text() for line in sys.stdin]
sum(len(doc.ents) for doc in nlp.pipe(texts[:5]))
print("ready", flush=True)
began, spent = time.perf_counter(), time.process_time()
with nlp.memory_zone():
    sum(len(doc.ents) for doc in nlp.pipe(texts))
print(time.perf_counter() - began, time.process_time() - spent, flush=True)
"""


@dataclass
class Figure:
    """A rate, and the floor that it is compared with."""

    name: str
    articles: float
    words: float
    floor: float = 0.0
    """Articles a second; 0: none."""
    spent: float = 0.0
    """Seconds of processor time for an article, of all processes together; 0: not measured."""
    floor_spent: float = 0.0

    def line(self) -> str:
        """Write a line of the table."""
        ratio = f"{self.articles / self.floor:7.0%} of {self.floor:,.1f}" if self.floor else ""
        if self.spent and self.floor_spent:
            ratio += f"; {self.floor_spent / self.spent:.0%} by processor time ({self.spent * 1000:.1f} ms an article)"
        return f"  {self.name:<38} {self.articles:>9,.1f} {self.words:>11,.0f}  {ratio}"


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


def reading(folder: Path, work: Path, words: int, jobs: list[int]) -> list[Figure]:
    """Measure reading alone, full text alone, and both as the indexer does them; then a look at what is unchanged."""
    began = time.perf_counter()
    found = (item for file in walk(folder) if isinstance(file, FoundFile) for item in read_path(file.path))
    read = [item for item in found if isinstance(item, Article)]
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
    figures = [
        Figure("reading alone", count / alone, words / alone),
        Figure("full text alone, in bare SQLite", count / bare, words / bare),
    ]
    for number in jobs:
        greeting = hello(folder, work, "", f"reading-{number}")
        told: list[tuple[float, int]] = []
        began = time.perf_counter()
        run_in_foreground(greeting, jobs=number, progress=partial(keep, told, "read"))
        whole = time.perf_counter() - began
        _, _, rate = steady(told, count)
        name = f"reading, copies, full text, {number} job{'s' * (number > 1)}"
        figures.append(Figure(name, rate, rate * words / count, count / (alone + bare)))
        figures.append(Figure("  the whole command, languages too", count / whole, words / whole))
    began = time.perf_counter()
    run_in_foreground(greeting)
    again = time.perf_counter() - began
    size = Path(greeting.index).stat().st_size
    print(f"  a look at {count:,} unchanged files, start included: {again:.2f} s; index {size / 1e6:,.0f} MB")
    return figures


def keep(told: list[tuple[float, int]], stage: str, message: Message) -> None:
    """Keep when how much of a stage was done."""
    if isinstance(message, Progress) and message.stage == stage:
        told.append((time.perf_counter(), message.done))


def steady(told: list[tuple[float, int]], count: int) -> tuple[float, float, float]:
    """Return from when to when the texts between the first tenth and the last were done, and how many a second."""
    (since, first), *_, (until, last) = [(at, done) for at, done in told if count <= 10 * done <= 9 * count]
    return since, until, (last - first) / (until - since)


def names(folder: Path, work: Path, count: int, words: int, jobs: int, model: str) -> list[Figure]:
    """Measure how fast names are found by so many processes, and what memory that takes."""
    told: list[tuple[float, int]] = []
    hear = partial(keep, told, "analyse")
    began = time.perf_counter()
    with Memory() as memory:
        run_in_foreground(hello(folder, work, model, f"names-{jobs}"), everything=True, jobs=jobs, progress=hear)
    whole = count / (time.perf_counter() - began)
    since, until, rate = steady(told, count)
    done = rate * (until - since)
    print(f"  memory, {jobs} process{'es' * (jobs > 1)}: {memory.line()}; the first name {told[0][0] - began:.1f} s on")
    name = f"names, {jobs} process{'es' * (jobs > 1)}"
    return [
        Figure(f"{name}, steady", rate, rate * words / count, spent=memory.seconds(since, until) / done),
        Figure("  the whole command", whole, whole * words / count),
    ]


def spacy_alone(folder: Path, jobs: int, model: str) -> tuple[float, float]:
    """Return articles a second of `nlp.pipe` in so many processes at once, and seconds of processor time for one."""
    files = [file.path for file in walk(folder) if isinstance(file, FoundFile)]
    running = []
    for number in range(jobs):
        command = (sys.executable, "-c", _FLOOR, model)
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert process.stdin is not None
        process.stdin.write("".join(f"{file}\n" for file in files[number::jobs]))
        process.stdin.close()
        running.append(process)
    seconds, spent = [], 0.0
    for process in running:
        assert process.stdout is not None
        *_, whole, own = map(float, process.stdout.read().split()[1:])
        seconds.append(whole)
        spent += own
        process.wait()
    return len(files) / max(seconds), spent / len(files)


def first_reading(library: Path, work: Path, jobs: int) -> None:
    """Read a library for the first time, and print when the first page is there, and when all is.

    Then look at it once more, as a start does where nothing has changed.
    """
    shown: list[float] = []
    told: list[tuple[float, Progress]] = []
    greeting = hello(library, work, "", f"first-{jobs}").replace(everything=False, jobs=jobs)

    def hear(message: Message) -> None:
        now = time.perf_counter() - began
        if isinstance(message, Articles) and message.n >= PAGE and not shown:
            reader = CatalogReader(Path(greeting.index))
            assert len(reader.first_page(PAGE)) == PAGE
            reader.close()
            shown.extend((now, time.perf_counter() - began - now))
        elif isinstance(message, Progress):
            told.append((now, message))

    began = time.perf_counter()
    with Memory() as memory:
        indexer = DrivenIndexer(greeting, hear, COMMAND)
        wait([indexer], lambda: indexer.idle)
    whole = time.perf_counter() - began
    indexer.stop()
    began = time.perf_counter()
    looking = DrivenIndexer(greeting, lambda message: None, COMMAND)
    wait([looking], lambda: looking.idle)
    again = time.perf_counter() - began
    looking.stop()
    read = [(at, message) for at, message in told if message.stage == "read"]
    scanned = max((at for at, message in told if message.stage == "scan"), default=0.0)
    at, last = read[-1]
    rates = [
        (two[1].done - one[1].done) / (two[0] - one[0])
        for one, two in pairwise([*read[:: max(1, len(read) // 4)][:4], read[-1]])
        if two[0] > one[0]
    ]
    print(
        f"  {last.done:,} articles, {jobs} job{'s' * (jobs > 1)}: folders listed after {scanned:.2f} s,"
        f" first page after {shown[0]:.2f} s (and {shown[1] * 1000:.0f} ms to read it), all read after {at:.0f} s"
        f" ({last.done / at:,.0f} articles/s, by quarters {', '.join(f'{rate:,.0f}' for rate in rates)}),"
        f" languages told after {whole:.0f} s; {memory.line()};"
        f" a second look, with nothing changed, {again:.2f} s"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--articles", type=int, default=2000, help="of which names are found; 0: none")
    parser.add_argument("--read", type=int, default=10_000, help="that are read; 0: none")
    parser.add_argument("--first", type=int, default=0, help="that are read for the first time, and nothing else done")
    parser.add_argument("--library", type=Path, help="the library of --first, made if it is not there")
    parser.add_argument("--jobs", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--model", default="")
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as folder:
        work = Path(folder)
        if args.first:
            library = args.library or work / "first"
            if not library.exists():
                write_library(args.first, library)
            for jobs in args.jobs:
                first_reading(library, work, jobs)
                for left in work.glob("first-*"):
                    shutil.rmtree(left) if left.is_dir() else left.unlink()
            return
        if args.read:
            figures += reading(work / "read", work, write(args.read, work / "read"), args.jobs)
        if args.articles:
            words = write(args.articles, work / "names")
            for jobs in args.jobs:
                found = names(work / "names", work, args.articles, words, jobs, args.model)
                floor, spent = spacy_alone(work / "names", jobs, args.model)
                for figure in found:
                    figure.floor, figure.floor_spent = floor, spent
                figures += found
    print(f"  {'':<38} {'articles/s':>9} {'words/s':>11}  beside the floor")
    for figure in figures:
        print(figure.line())
    if args.json:
        args.json.write_text(json.dumps({"figures": [vars(figure) for figure in figures]}, indent=1))


if __name__ == "__main__":
    main()
