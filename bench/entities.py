"""Times what the screens ask about entities at 100,000 articles and 6 million mentions.

python -m bench.entities --keep FOLDER
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import statistics
import tempfile
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import perf_counter, process_time, sleep

from bench.entity_library import build
from bench.measure import percentile
from store.annotations.name_records import CorrectName, WithdrawCorrections
from store.article import EntityKey
from store.catalog.writer import CatalogWriter
from store.config import Config
from store.indexer.correcting import LOOK, Correcting
from store.library import Library
from store.library.entities import EntityLibrary
from store.query.session import QuerySession

ROUNDS = 5
TYPED = ("harbour", "ba", "mon", "xa ter", "zifen", "stacle ke", "jasmon dor", "é", "lomi group", "quiwod")


class Entities(EntityLibrary):
    """The entities of an index that has no files."""

    narrowed = ""

    def __init__(self, index: Path) -> None:
        self.session = QuerySession(index)
        self._lists = self  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Sample:
    """Entities to ask about: by how many articles name them."""

    everywhere: list[EntityKey]
    typical: list[EntityKey]
    rare: list[EntityKey]


def main() -> None:
    """Print median and 95th percentile of each question, beside its budget and the least that its rows cost."""
    parser = argparse.ArgumentParser(prog="python -m bench.entities", description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, help="keep the index there, and use it again")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        index = build(arguments.articles, arguments.keep or Path(passing))
        _measure(index)


def _measure(index: Path) -> None:
    db = sqlite3.connect(f"file:{index}?mode=ro", uri=True)
    count = [db.execute(f"SELECT {sql}").fetchone()[0] for sql in (
        "count(*) FROM article", "count(*) FROM mention", "count(*) FROM entity")]  # fmt: skip
    print(f"{count[0]:,} articles, {count[1]:,} mentions, {count[2]:,} entities; milliseconds, {ROUNDS} rounds")
    print(f"{'':44}{'median':>8}{'95th':>8}{'busy':>8}{'95th':>8}{'budget':>8}{'floor':>8}")
    library = Entities(index)
    sample = _sample(db)
    for name, keys in (("named everywhere", sample.everywhere), ("typical", sample.typical), ("rare", sample.rare)):
        floor = _timed(lambda key: _floor_of_page(db, key), keys)
        _line(f"page, first screen: {name}", _timed(lambda key: _page(library, key), keys), 100, floor)
        took = _timed(lambda key: library.mention_lines(key, order="best").result(), keys)
        _line(f"  best mentions: {name}", took, 100)
        floor = _timed(lambda key: _floor_of_company(db, key), keys)
        _line(f"company: {name}", _timed(lambda key: library.together(key).result(), keys), 150, floor)
        _line(f"months: {name}", _timed(lambda key: library.months(key).result(), keys), None)
        _line(f"dates in its texts: {name}", _timed(lambda key: library.talked_about(key=key).result(), keys), None)
    typed = [word[:end] for word in TYPED for end in range(1, len(word) + 1)]
    _line("browser, a key", _timed(lambda text: library.entities(text).result(), typed), 40)
    _line("browser, a key, people", _timed(lambda text: library.entities(text, kinds=("person",)).result(), typed), 40)
    for query in ("lang:en harbo*", "date:2017", "date:2010..2015", "-date:2017"):
        first = _timed(lambda query: library.entities(query=query).result(), [query], rounds=1)
        _line(f"browser opened within {query}", first, None)
        _line(
            f"browser, a key within {query}",
            _timed(lambda text, query=query: library.entities(text, query=query).result(), typed, rounds=1),
            40,
        )
    for order in ("mentions", "name", "newest"):
        _line(f"browser by {order}", _timed(lambda order: library.entities(order=order).result(), [order]), None)
    _line("places of the library", _timed(lambda _: library.places().result(), [None]), None)
    _line("places within date:2017", _timed(lambda _: library.places(query="date:2017").result(), [None]), None)
    _line("dates in all texts", _timed(lambda _: library.talked_about().result(), [None]), None)
    took = _timed(lambda key: library.likely_same(key, decided=()).result(), sample.typical)
    _line("likely twins of one", took, None)
    took = _timed(lambda _: library.likely_same(decided=()).result(), [None], rounds=1)
    _line("likely twins of the library", took, None)
    library.session.close()
    _measure_corrections(db, index)


def _measure_corrections(db: sqlite3.Connection, index: Path) -> None:
    """Let the index follow a library-wide correction of a name of 1,000 mentions, as the indexer does, and back."""
    sql = "SELECT canonical, mentions FROM entity WHERE kind = 'person' ORDER BY abs(mentions - 1000) LIMIT 3"
    there, back, steps = _Took(), _Took(), _Took()
    for name, _ in db.execute(sql).fetchall():
        with ExitStack() as stack:
            file = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "annotations.json"
            library = stack.enter_context(Library.open([], Config(), annotations=file))
            library.load_annotations().result()
            writer = CatalogWriter(index)
            stack.callback(writer.close)
            correcting = Correcting(file)
            correcting.begin(writer)
            library.change(CorrectName(None, "drop", "library", name, "PERSON")).result()
            sleep(LOOK)
            there.time(partial(_follow, correcting, writer, steps))
            library.change(WithdrawCorrections(tuple(one.id for one in library.corrections()))).result()
            sleep(LOOK)
            back.time(partial(_follow, correcting, writer, steps))
    _line("correct 1,000 mentions", there, 1000)
    _line("  and take it back", back, 1000)
    _line("  a step, between which others have their turn", steps, None)


def _follow(correcting: Correcting, writer: CatalogWriter, steps: _Took) -> None:
    worked = [True]
    while worked[-1]:
        steps.time(lambda: worked.append(correcting.step(lambda: writer.commit() and None, lambda _: None)))


def _page(library: Entities, key: EntityKey) -> None:
    """Ask for what a page needs for its first screen, all at once as the screen does."""
    asked = (library.entity(key), library.mention_lines(key, limit=40), library.months(key))
    for future in asked:
        future.result()


def _floor_of_page(db: sqlite3.Connection, key: EntityKey) -> None:
    """Read the rows that a first screen shows, and nothing else."""
    kind, _, name = key.partition(":")
    (entity,) = db.execute("SELECT id FROM entity WHERE kind = ? AND folded = ?", (kind, name)).fetchone()
    sql = "SELECT article FROM article_entity WHERE entity = ? ORDER BY day DESC LIMIT 40"
    for (article,) in db.execute(sql, (entity,)).fetchall():
        db.execute("SELECT title, text FROM body WHERE id = ?", (article,)).fetchone()
        db.execute("SELECT start, end FROM mention WHERE article = ? AND entity = ?", (article, entity)).fetchall()


def _floor_of_company(db: sqlite3.Connection, key: EntityKey) -> None:
    """Let SQLite alone count who is named with an entity."""
    kind, _, name = key.partition(":")
    (entity,) = db.execute("SELECT id FROM entity WHERE kind = ? AND folded = ?", (kind, name)).fetchone()
    db.execute(
        "SELECT o.entity, count(*) FROM article_entity AS e CROSS JOIN article_entity AS o ON o.article = e.article"
        " WHERE e.entity = ? GROUP BY o.entity ORDER BY 2 DESC LIMIT 40",
        (entity,),
    ).fetchall()


def _sample(db: sqlite3.Connection) -> Sample:
    dice = random.Random(7)

    def some(where: str, n: int) -> list[EntityKey]:
        rows = db.execute(f"SELECT kind, folded FROM entity WHERE kind <> 'number' AND {where}").fetchall()
        return [EntityKey(f"{kind}:{name}") for kind, name in dice.sample(rows, min(n, len(rows)))]

    (most,) = db.execute("SELECT max(articles) FROM entity").fetchone()
    return Sample(
        some(f"articles > {most // 3}", 5),
        some("articles BETWEEN 100 AND 2000", 20),
        some("articles BETWEEN 2 AND 9", 20),
    )


class _Took(list[float]):
    """Milliseconds that something took, several times; `busy`: of a processor, whatever else the machine did."""

    def __init__(self) -> None:
        super().__init__()
        self.busy: list[float] = []

    def time(self, ask: Callable[[], object]) -> None:
        """Do it once more."""
        start, worked = perf_counter(), process_time()
        ask()
        self.append(1000 * (perf_counter() - start))
        self.busy.append(1000 * (process_time() - worked))


def _timed(ask: Callable[..., object], things: Iterable[object], rounds: int = ROUNDS) -> _Took:
    took = _Took()
    for thing in things:
        for _ in range(rounds):
            took.time(partial(ask, thing))
    return took


def _line(name: str, took: _Took, budget: int | None, floor: _Took | None = None) -> None:
    figures = [value for one in (took, took.busy) for value in (statistics.median(one), percentile(one, 0.95))]
    shown = f"{budget:>8}" if budget is not None else f"{'':8}"
    least = f"{statistics.median(floor.busy):>8.1f}" if floor else ""
    print(f"{name:44}" + "".join(f"{figure:>8.1f}" for figure in figures) + shown + least, flush=True)


if __name__ == "__main__":
    main()
