"""Makes the index of a library with millions of names, at once and without files: seeded, the same each time.

The names are as frequent as names are (Zipf's law): a few in every other article, most of a million in one.
Each article is of one of 600 topics, whose names are named together. Its text holds what its mentions say it does.
"""

from __future__ import annotations

import random
import sqlite3
import sys
import unicodedata
from array import array
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

from store.article import fold_name, text_hash
from store.catalog import opening, schema
from store.catalog.entity_words import settle

ENTITIES = 1_000_000
TOPICS = 600
MENTIONS = 60
"""In each article."""
NEWEST = date(2024, 6, 30)
DAYS = 9_000
"""Over which the articles were published: 25 years."""
_LETTERS = "ba ke lo mi nu ra se ti vo xa zi har bour ter mon pel dor gri sta cle fen wod qui jas ó é ñu"
_WORDS = ("said", "met", "told", "left", "praised", "feared", "sued", "visited", "thanked", "saw", "heard", "found")
_KINDS = (("person", "PERSON", 45), ("organisation", "ORG", 25), ("place", "GPE", 15), ("other", "EVENT", 5))
_KINDS = (*_KINDS, ("number", "DATE", 10))
_AT_ONCE = 1_000


def build(articles: int, home: Path) -> Path:
    """Return the index of so many articles below `home`; one that is there already is used again."""
    index = home / f"entities-{articles}.sqlite3"
    known = opening.open_for_reading(index, schema.INDEX_VERSION)
    if known is not None:
        filled = known.execute("SELECT count(*) FROM meta WHERE key = 'generation'").fetchone()[0]
        known.close()
        if filled:
            return index
    opening.remove(index)
    home.mkdir(parents=True, exist_ok=True)
    db, _ = opening.open_for_writing(index, schema.INDEX, schema.INDEX_VERSION)
    db.execute("PRAGMA cache_size=-400000")
    db.execute("PRAGMA synchronous=OFF")
    _fill(db, articles)
    db.close()
    return index


def _fill(db: sqlite3.Connection, articles: int) -> None:
    dice = random.Random("dateline entities")
    names = list(_names(dice, min(ENTITIES, articles * 10)))
    often = list(accumulate(1 / (rank + 3) for rank in range(len(names))))
    db.execute("BEGIN")
    for entity, (kind, _, name) in enumerate(names, 1):
        values = (entity, kind, name, fold_name(name))
        db.execute("INSERT INTO entity(id, kind, canonical, folded) VALUES (?,?,?,?)", values)
        if kind == "place" and entity % 30 == 0:
            spot = (dice.uniform(-55, 70), dice.uniform(-180, 180), "XX", entity)
            db.execute("UPDATE entity SET latitude=?, longitude=?, country=? WHERE id=?", spot)
    for key in range(1, articles + 1):
        _article(db, key, dice, names, often)
        if key % 10_000 == 0:
            db.execute("COMMIT")
            db.execute("BEGIN")
            print(f"  {key:,} articles", file=sys.stderr, flush=True)
    db.execute(
        "INSERT INTO entity_form SELECT entity, upper(canonical), 1 FROM article_entity JOIN entity ON entity.id=entity"
        " WHERE article % 7 = 0 AND n > 1 AND upper(canonical)<>canonical ON CONFLICT DO UPDATE SET n=n+1"
    )
    settle(db, range(1, len(names) + 1))
    counts = {"generation": 1, "articles": articles, "analysed": articles, "problems": 0, "looked": 1}
    db.executemany("INSERT OR REPLACE INTO meta VALUES (?,?)", [(name, str(n)) for name, n in counts.items()])
    db.execute("COMMIT")


def _article(
    db: sqlite3.Connection, key: int, dice: random.Random, names: list[tuple[str, str, str]], often: list[float]
) -> None:
    day = (NEWEST - timedelta(days=dice.randrange(DAYS))).isoformat() if key % 40 else ""
    topic = dice.randrange(TOPICS)
    everywhere = dice.choices(range(len(names)), cum_weights=often, k=22)
    # A topic's own names are every 600th, the first of them most often.
    own = [(topic + TOPICS * int(dice.paretovariate(0.6))) % len(names) for _ in range(16)]
    named = list(dict.fromkeys((*everywhere, *own)))
    said = [*named, *dice.choices(named, k=max(0, MENTIONS - len(named)))]
    title = f"{names[said[0]][2]} {dice.choice(_WORDS)} {dice.choice(_WORDS)} {key}"
    pieces, rows, at = [title, "\n\n"], [], len(title) + 2
    for number, one in enumerate(said):
        _, label, name = names[one]
        rows.append((key, at, at + len(name), label, one + 1))
        rest = f" {dice.choice(_WORDS)} " if number % 2 == 0 else f" on the {dice.choice(_WORDS)} day.{_gap(number)}"
        pieces += (name, rest)
        at += len(name) + len(rest)
    text = "".join(pieces)
    db.execute(
        "INSERT INTO article(id, text_hash, title, byline, published, language, url, encoding, words, added, analysed)"
        " VALUES (?,?,?,'',?,'en','','',?,'2024-07-01T00:00:00.000000','x')",
        (key, text_hash(text), title, day, len(text.split())),
    )
    blocks = f'[["title",0,{len(title)},0],["paragraph",{len(title) + 2},{len(text)},0]]'
    db.execute("INSERT INTO body VALUES (?,?,?,?)", (key, title, text, blocks))
    path = f"/made/{key % 100:02}/{key}.txt"
    db.execute("INSERT INTO file(path, stamp) VALUES (?, '')", (path,))
    db.execute("INSERT INTO source(path, member, article) VALUES (?, '', ?)", (path, key))
    db.executemany("INSERT INTO mention VALUES (?,?,?,?,?)", rows)
    uses = Counter(row[4] for row in rows)
    number = int(day.replace("-", "") or 0)
    db.executemany("INSERT INTO article_entity VALUES (?,?,?,?)", [(e, number, key, n) for e, n in uses.items()])
    again = array("I", (entity for entity, n in uses.items() for _ in range(n - 1)))
    db.execute("INSERT INTO named VALUES (?,?,?)", (key, array("I", uses).tobytes(), again.tobytes()))
    if day:
        about = [date.fromisoformat(day) - timedelta(days=dice.randrange(700)) for _ in range(4)]
        talked = [(key, start, int(f"{one:%Y%m%d}"), int(f"{one:%Y%m%d}")) for start, one in enumerate(about)]
        db.executemany("INSERT INTO talked VALUES (?,?,?,?)", talked)


def _gap(number: int) -> str:
    return "\n\n" if number % 12 == 11 else " "


def _names(dice: random.Random, count: int) -> Iterator[tuple[str, str, str]]:
    """Yield kind, label and name, each name once."""
    pieces = _LETTERS.split()
    firsts = ["".join(dice.choices(pieces, k=dice.randint(2, 3))).title() for _ in range(3_000)]
    lasts = ["".join(dice.choices(pieces, k=dice.randint(2, 5))).title() for _ in range(80_000)]
    common = list(accumulate(1 / (rank + 5) for rank in range(len(firsts))))
    kinds = [kind for *kind, share in _KINDS for _ in range(share)]
    seen: set[str] = set()
    while len(seen) < count:
        kind, label = dice.choice(kinds)
        name = f"{dice.choices(firsts, cum_weights=common)[0]} {dice.choice(lasts)}"
        name = unicodedata.normalize("NFC", name + " Group" * (kind == "organisation"))
        if name not in seen:
            seen.add(name)
            yield kind, label, name
