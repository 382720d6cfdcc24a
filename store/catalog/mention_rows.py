"""Writing the names of one article: its mentions, their entities, and how often each is named."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from store.article import Mention

MAX_NAME = 200
"""Longer canonical names are cut: a recogniser that runs wild must not fill the list of entities."""


def fold(name: str) -> str:
    """Return a name as entities are compared: NFC, casefold, single spaces."""
    return unicodedata.normalize("NFC", " ".join(name.split()).casefold())


def replace_mentions(
    db: sqlite3.Connection,
    article: int,
    text: str,
    mentions: Sequence[Mention],
    kind_of: Callable[[str], str],
) -> None:
    """Put an article's names in the place of those it had. Runs inside the caller's transaction.

    `kind_of` gives the entity's kind by label. A mention that was not linked stands for its own words.
    """
    before = entities_of(db, [article])
    db.execute("DELETE FROM mention WHERE article=?", (article,))
    db.execute("DELETE FROM article_entity WHERE article=?", (article,))
    known: dict[tuple[str, str], int] = {}
    rows: dict[tuple[int, int], tuple[int, int, int, str, int]] = {}
    for mention in mentions:
        if not 0 <= mention.start < mention.end <= len(text):
            continue
        shown = " ".join((mention.entity or text[mention.start : mention.end]).split())[:MAX_NAME]
        key = (kind_of(mention.label), fold(shown))
        if not key[1]:
            continue
        if key not in known:
            known[key] = _entity(db, key[0], shown, key[1])
        row = (article, mention.start, mention.end, mention.label, known[key])
        rows.setdefault((mention.start, mention.end), row)
    db.executemany("INSERT INTO mention VALUES (?,?,?,?,?)", rows.values())
    uses = Counter(row[4] for row in rows.values())
    db.executemany("INSERT INTO article_entity VALUES (?,?,?)", [(e, article, n) for e, n in uses.items()])
    drop_orphans(db, before - set(known.values()))


def entities_of(db: sqlite3.Connection, articles: Iterable[int]) -> set[int]:
    """Return the entities that these articles name."""
    found: set[int] = set()
    for article in articles:
        found.update(row[0] for row in db.execute("SELECT entity FROM article_entity WHERE article=?", (article,)))
    return found


def drop_orphans(db: sqlite3.Connection, entities: Iterable[int]) -> None:
    """Delete those of these entities that no article names any more."""
    db.executemany(
        "DELETE FROM entity WHERE id=?1 AND NOT EXISTS (SELECT 1 FROM article_entity WHERE entity=?1)",
        [(entity,) for entity in entities],
    )


def _entity(db: sqlite3.Connection, kind: str, shown: str, folded: str) -> int:
    row = db.execute("SELECT id FROM entity WHERE kind=? AND folded=?", (kind, folded)).fetchone()
    if row is not None:
        return int(row[0])
    values = (kind, shown, folded)
    return db.execute("INSERT INTO entity(kind, canonical, folded) VALUES (?,?,?)", values).lastrowid or 0
