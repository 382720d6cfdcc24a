"""What an acknowledged tag costs, beside stock TinyDB and SQLite on the same disk: `python -m bench.annotation_cost`.

Each figure stands beside the time that this disk takes to force a few bytes down (fdatasync), measured in the same
run: that is what nobody who promises "saved" can do without. Ours may cost five of them and a millisecond, and at
100,000 annotated articles at most twice as much as at 10.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench.processes import cost
from store.annotations.documents import ARTICLES, NOTES, key_for
from store.annotations.migrations import SCHEMA
from store.annotations.records import Tag, Target
from store.annotations.store import AnnotationStore
from store.article import ArticleId, text_hash

SIZES = (10, 10_000, 100_000)
TAGS = 300
"""How many tags are timed; stock TinyDB gets fewer, since it takes seconds for one."""
WHEN = "2026-03-01T12:00:00+00:00"


def article(number: int) -> Target:
    """Return the n-th annotated article."""
    return Target(text_hash(f"article {number}"), f"Officials meet in Tokyo over fisheries, the {number}th time")


def tables(articles: int) -> dict[str, dict[str, Any]]:
    """Return the documents of so many annotated articles: three tags each, a note on every tenth."""
    found: dict[str, dict[str, Any]] = {ARTICLES: {}, NOTES: {}}
    for number in range(articles):
        target = article(number)
        found[ARTICLES][key_for(target.id)] = {
            "id": target.id,
            "text_hash": target.id,
            "title": target.title,
            "sources": [{"path": f"/home/someone/articles/{number // 100}/{number}.txt", "member": ""}],
            "tags": ["japan", "asia/kuriles", f"topic-{number % 50}"],
            "star": number % 7 == 0,
            "read": True,
            "position": number % 4000,
            "created": WHEN,
            "updated": WHEN,
            "from": [],
            "published": None,
            "changed": None,
        }
        if number % 10 == 0:
            note = f"note-{number}"
            found[NOTES][key_for(note)] = {
                "id": note,
                "article": target.id,
                "body": "A thought of about two hundred characters. " * 5,
                "anchor": {"quote": "a quote", "prefix": "before ", "suffix": " after", "start": 10, "end": 17},
                "tags": [],
                "conflict_of": None,
                "text": target.id,
                "was": "",
                "lost": False,
                "revision": 1,
                "n": number,
                "created": WHEN,
                "updated": WHEN,
            }
    found["_meta"] = {"1": {"schema": SCHEMA, "sequence": articles}}
    return found


def make_file(path: Path, articles: int) -> None:
    """Write an annotation file of so many articles, as folding leaves it."""
    path.write_text(json.dumps(tables(articles)), encoding="utf-8")


# ---- what is measured ----------------------------------------------------------------------------------------
class Probe:
    """A file on the same disk, to which a line is added and forced down: what a promise costs at the least."""

    def __init__(self, path: Path) -> None:
        self._fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._force = getattr(os, "fdatasync", os.fsync)

    def __call__(self) -> None:
        """Add a line and wait for the disk."""
        os.write(self._fd, b"x" * 600 + b"\n")
        self._force(self._fd)


def timed(tag: Callable[[int], None], times: int, path: Path) -> dict[str, list[float]]:
    """Return milliseconds of some tags, of the processor in them, and of the probe, which takes turns with them."""
    probe = Probe(path.with_name(f"{path.name}-probe"))
    found: dict[str, list[float]] = {"tags": [], "cpu": [], "disk": []}
    for number in range(times):
        start, busy = time.perf_counter(), time.process_time()
        tag(number)
        found["tags"].append((time.perf_counter() - start) * 1000)
        found["cpu"].append((time.process_time() - busy) * 1000)
        start = time.perf_counter()
        probe()
        found["disk"].append((time.perf_counter() - start) * 1000)
    return found


def ours(path: Path, articles: int) -> dict[str, Any]:
    """Measure our store, in a process of its own so that its memory can be told."""
    before = cost(os.getpid()).memory
    start = time.perf_counter()
    store = AnnotationStore(path)
    load = time.perf_counter() - start
    memory = cost(os.getpid()).memory - before
    step = max(1, articles // TAGS)
    found = timed(lambda n: _ours(store, articles, n * step % articles, f"new-{n}"), TAGS, path)
    start = time.perf_counter()
    store.close()
    fold = time.perf_counter() - start
    start = time.perf_counter()
    AnnotationStore(path)
    again = time.perf_counter() - start
    return {**found, "load": load * 1000, "again": again * 1000, "fold": fold * 1000, "memory": memory}


def _ours(store: AnnotationStore, articles: int, number: int, tag: str) -> None:
    if not store.apply(Tag((article(number),), (tag,))).sentence:
        raise AssertionError(f"article {number} of {articles} was not tagged")


def stock(path: Path, articles: int) -> dict[str, Any]:
    """Measure TinyDB with its default storage on the same file."""
    from tinydb import TinyDB

    with TinyDB(path) as database:
        table = database.table(ARTICLES)

        def tag(n: int) -> None:
            key = int(key_for(article(n % articles).id))
            table.update(lambda row: row["tags"].append(f"stock-{n}"), doc_ids=[key])

        return timed(tag, 3 if articles > 50_000 else 10, path)


def sqlite(path: Path, articles: int) -> dict[str, Any]:
    """Measure SQLite as it keeps the same promise: WAL, synchronous=FULL, a transaction for each tag."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA synchronous=FULL")
        database.execute("CREATE TABLE article (id TEXT PRIMARY KEY, document TEXT) WITHOUT ROWID")
        database.execute("CREATE TABLE undo (n INTEGER PRIMARY KEY, change TEXT)")
        database.execute("BEGIN")
        rows = ((row["id"], json.dumps(row)) for row in tables(articles)[ARTICLES].values())
        database.executemany("INSERT INTO article VALUES (?, ?)", rows)
        database.execute("COMMIT")
        step = max(1, articles // TAGS)

        def tag(n: int) -> None:
            found: ArticleId = article(n * step % articles).id
            database.execute("BEGIN IMMEDIATE")
            row = json.loads(database.execute("SELECT document FROM article WHERE id = ?", (found,)).fetchone()[0])
            row["tags"].append(f"new-{n}")
            database.execute("UPDATE article SET document = ? WHERE id = ?", (json.dumps(row), found))
            database.execute("INSERT INTO undo (change) VALUES (?)", (f"new-{n} on {found}",))
            database.execute("COMMIT")

        return timed(tag, TAGS, path)


SUBJECTS: dict[str, Callable[[Path, int], dict[str, Any]]] = {
    "ours": ours,
    "TinyDB's own storage": stock,
    "SQLite, WAL, FULL": sqlite,
}


# ---- the table -----------------------------------------------------------------------------------------------
def measured(subject: str, articles: int, folder: Path) -> dict[str, Any]:
    """Measure one subject at one size, in a process of its own."""
    path = folder / f"{list(SUBJECTS).index(subject)}-{articles}"
    if subject != "SQLite, WAL, FULL":
        make_file(path, articles)
    words = [sys.executable, "-m", "bench.annotation_cost", "--one", subject, str(articles), str(path)]
    done = subprocess.run(words, stdout=subprocess.PIPE, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def middle(times: list[float]) -> float:
    """Return the median."""
    return statistics.median(times)


def high(times: list[float]) -> float:
    """Return the 95th percentile."""
    return sorted(times)[max(0, -(-len(times) * 95 // 100) - 1)]


def report(sizes: tuple[int, ...], subjects: list[str], folder: Path) -> Iterator[str]:
    """Measure everything, and yield the lines of the table."""
    yield f"{'':24}{'annotated':>10}{'median ms':>11}{'p95 ms':>9}{'cpu ms':>9}{'fdatasync':>11}"
    found: dict[tuple[str, int], dict[str, Any]] = {}
    for articles in sizes:
        for subject in subjects:
            found[subject, articles] = one = measured(subject, articles, folder)
            tags = f"{middle(one['tags']):>11.2f}{high(one['tags']):>9.2f}{middle(one['cpu']):>9.2f}"
            line = f"{subject:24}{articles:>10,}{tags}{middle(one['disk']):>11.2f}"
            if "load" in one:
                line += (
                    f"   load {one['load']:.0f} ms, after folding {one['again']:.0f} ms, fold {one['fold']:.0f} ms, "
                    f"{one['memory'] / 1e6:.0f} MB"
                )
            yield line
    for articles in sizes if "ours" in subjects else ():
        one = found["ours", articles]
        took, allowed = middle(one["tags"]), 5 * middle(one["disk"]) + 1
        verdict = _verdict(took <= allowed)
        yield f"ours at {articles:,}: {took:.2f} ms, allowed {allowed:.2f} ms (5 fdatasync + 1 ms): {verdict}"
    if "ours" in subjects:
        small, large = (found["ours", sizes[at]] for at in (0, -1))
        growth, busier = (middle(large[what]) / middle(small[what]) for what in ("tags", "cpu"))
        yield f"ours from {sizes[0]:,} to {sizes[-1]:,}: {growth:.2f} times, allowed 2: {_verdict(growth <= 2)}"
        yield f"of the processor alone: {busier:.2f} times, which a busy disk does not blur"


def _verdict(within: bool) -> str:
    return "within" if within else "OVER"


def main() -> None:
    """Measure and print."""
    words = argparse.ArgumentParser(prog="python -m bench.annotation_cost", description=__doc__)
    words.add_argument("--sizes", default=",".join(map(str, SIZES)), help="how many articles are annotated")
    words.add_argument("--without-peers", action="store_true", help="leave stock TinyDB and SQLite out")
    words.add_argument("--folder", type=Path, help="where to write; its disk is the one that is measured")
    words.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    asked = words.parse_args()
    if asked.one:
        subject, articles, path = asked.one
        print(json.dumps(SUBJECTS[subject](Path(path), int(articles))))
        return
    sizes = tuple(int(size) for size in asked.sizes.split(","))
    with tempfile.TemporaryDirectory(dir=asked.folder or Path.cwd()) as folder:
        for line in report(sizes, ["ours"] if asked.without_peers else list(SUBJECTS), Path(folder)):
            print(line, flush=True)


if __name__ == "__main__":
    main()
