"""Times corrections of every same name in a library of 100,000 articles and 6 million mentions.

python -m bench.correcting --keep FOLDER
"""

from __future__ import annotations

import argparse
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter, process_time

from bench.entities import Entities
from bench.entity_library import build
from store.annotations.name_records import CorrectionKind, CorrectName, Scope
from store.annotations.store import AnnotationStore
from store.catalog.writer import CatalogWriter
from store.indexer.correcting import Correcting
from store.query.connection import Connection
from store.query.reach import count_places, count_same

SIZES = (10, 1_000, 5_000)
"""Mentions that a correction touches, about."""


def main() -> None:
    """Print how long it takes from the change on the disk to the index that reflects it, and back."""
    parser = argparse.ArgumentParser(prog="python -m bench.correcting", description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, help="keep the index there, and use it again")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        made = build(arguments.articles, arguments.keep or Path(passing))
        # What is written to is a copy.
        index = Path(passing) / "index.sqlite3"
        shutil.copy(made, index)
        _measure(index, Path(passing) / "annotations.json")


def _measure(index: Path, annotations: Path) -> None:
    store = AnnotationStore(annotations)
    writer = CatalogWriter(index)
    correcting = Correcting(annotations)
    correcting.begin(writer)
    asked = Entities(index)

    def ask(question: Callable[[Connection], object]) -> Callable[[], object]:
        return lambda: asked.session.about_entities(lambda db, _: question(db)).result()

    print(f"{writer.articles:,} articles")
    _timed(ask(partial(count_same, names=[("nobody", "PERSON")])))
    print(f"{'ms from when the change is seen':>44} {'all':>9} {'longest':>9} {'processor':>9}")
    for size in SIZES:
        name, label, mentions = _name_of(writer.connection, size)
        counted = _timed(ask(partial(count_same, names=[(name, label)])))
        print(f"{name} ({label}), {mentions:,} mentions")
        print(f"{'counted before, of the label':>44} {counted}")
        added = _timed(ask(partial(count_places, words=name.split()[0])))
        print(f"{'counted before, as places to add':>44} {added}")
        print(f"{'floor: the labels by plain SQL':>44} {_floor(writer, name, label)}")
        for what, change in (
            ("another label", CorrectName(None, CorrectionKind.LABEL, Scope.LIBRARY, name, label, "LAW")),
            ("no name", CorrectName(None, CorrectionKind.DROP, Scope.LIBRARY, name, label)),
        ):
            store.apply(change)
            print(f"{what:>44} {_shown(_finish(correcting, writer))}")
            store.undo()
            print(f"{'undone':>44} {_shown(_finish(correcting, writer))}")
        word = CorrectName(None, CorrectionKind.ADD, Scope.LIBRARY, name.split()[0], label=label)
        store.apply(word)
        print(f"{f'added: {name.split()[0]}':>44} {_shown(_finish(correcting, writer))}")
        store.undo()
        print(f"{'undone':>44} {_shown(_finish(correcting, writer))}")
    asked.session.close()
    writer.close()


def _finish(correcting: Correcting, writer: CatalogWriter) -> tuple[float, float, float, int]:
    """Let the index follow; returns seconds in all, of the longest step, of the processor, and the texts written."""
    texts = 0

    def tell(message: object) -> None:
        nonlocal texts
        texts = getattr(message, "texts", 0)

    correcting._next_look = 0.0
    began, used, longest = perf_counter(), process_time(), 0.0
    while True:
        step = perf_counter()
        if not correcting.step(lambda: writer.commit() and None, tell):  # type: ignore[arg-type]
            break
        longest = max(longest, perf_counter() - step)
    return perf_counter() - began, longest, process_time() - used, texts


def _shown(took: tuple[float, float, float, int]) -> str:
    return f"{took[0] * 1000:>9.0f} {took[1] * 1000:>9.0f} {took[2] * 1000:>9.0f}   {took[3]:,} texts"


def _timed(act: Callable[[], object]) -> str:
    began, used = perf_counter(), process_time()
    act()
    return f"{(perf_counter() - began) * 1000:>9.0f} {'':>9} {(process_time() - used) * 1000:>9.0f}"


def _name_of(db: sqlite3.Connection, size: int) -> tuple[str, str, int]:
    sql = "SELECT canonical, mentions FROM entity WHERE kind='person' ORDER BY abs(mentions - ?) LIMIT 1"
    name, mentions = db.execute(sql, (size,)).fetchone()
    return name, "PERSON", mentions


def _floor(writer: CatalogWriter, name: str, label: str) -> str:
    """Change the label of the same mentions, whose rows are known, and commit; then back."""
    rows = writer.connection.execute(
        "SELECT m.article, m.start, m.end FROM entity e CROSS JOIN article_entity ae ON ae.entity=e.id CROSS JOIN"
        " mention m ON m.article=ae.article AND m.entity=e.id WHERE e.folded=? AND m.label=?",
        (name.casefold(), label),
    ).fetchall()
    began, used = perf_counter(), process_time()
    for new in ("LAW", label):
        with writer.changing(0) as db:
            sql = "UPDATE mention SET label=? WHERE article=? AND start=? AND end=?"
            db.executemany(sql, [(new, *row) for row in rows])
        writer.commit()
    return f"{(perf_counter() - began) * 500:>9.0f} {'':>9} {(process_time() - used) * 500:>9.0f}"


if __name__ == "__main__":
    main()
