"""Writing the names of one article: its mentions, their entities, and how often each is named and written how.

Only what differs is written. The counts of an entity are kept by triggers (store.catalog.schema), so that they are
right however an article goes.
"""

from __future__ import annotations

import sqlite3
import unicodedata
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from store.article import Mention, fold_name
from store.catalog.entity_words import settle
from store.catalog.talked_rows import write_days
from store.entities.days import DATES
from store.entities.gazetteer import locate
from store.entities.labels import Group

MAX_NAME = 200
"""Longer canonical names are cut: a recogniser that runs wild must not fill the list of entities."""

_Rows = dict[tuple[int, int], tuple[str, int]]
"""(start, end) of a mention -> label, entity."""


def replace_mentions(
    db: sqlite3.Connection,
    article: int,
    text: str,
    mentions: Sequence[Mention],
    kind_of: Callable[[str], str],
    present: Iterable[Mention] = (),
) -> None:
    """Put an article's names in the place of those it had. Runs inside the caller's transaction.

    `kind_of` gives the entity's kind by label. A mention that was not linked stands for its own words. `present` are
    the names that it had, where they are known: those that stay need not be looked up.
    """
    before = _rows(db, article)
    after = _wanted(db, text, mentions, kind_of, {(one.start, one.end): one for one in present}, before)
    if before != after:
        _write(db, article, text, before, after)


def forget_mentions(db: sqlite3.Connection, article: int) -> None:
    """Take away the names of an article that is about to go; its text must still be there."""
    before = _rows(db, article)
    if before:
        (text,) = db.execute("SELECT text FROM body WHERE id=?", (article,)).fetchone() or ("",)
        _write(db, article, text, before, {})


def _rows(db: sqlite3.Connection, article: int) -> _Rows:
    sql = "SELECT start, end, label, entity FROM mention WHERE article=?"
    return {(start, end): (label, entity) for start, end, label, entity in db.execute(sql, (article,))}


def _wanted(
    db: sqlite3.Connection,
    text: str,
    mentions: Sequence[Mention],
    kind_of: Callable[[str], str],
    present: Mapping[tuple[int, int], Mention],
    before: _Rows,
) -> _Rows:
    known: dict[tuple[str, str], int] = {}
    rows: _Rows = {}
    for mention in mentions:
        place = (mention.start, mention.end)
        if present.get(place) == mention and place in before:
            rows.setdefault(place, before[place])
            continue
        if not 0 <= mention.start < mention.end <= len(text) or place in rows:
            continue
        shown = " ".join((mention.entity or text[mention.start : mention.end]).split())[:MAX_NAME]
        key = (kind_of(mention.label), fold_name(shown))
        if not key[1]:
            continue
        if key not in known:
            known[key] = _entity(db, mention.label, key[0], shown, key[1])
        rows[place] = (mention.label, known[key])
    return rows


def _write(db: sqlite3.Connection, article: int, text: str, before: _Rows, after: _Rows) -> None:
    gone = {place: row for place, row in before.items() if after.get(place) != row}
    new = {place: row for place, row in after.items() if before.get(place) != row}
    db.executemany(
        "DELETE FROM mention WHERE article=? AND start=? AND end=?", [(article, *place) for place in gone]
    )
    db.executemany(
        "INSERT INTO mention VALUES (?,?,?,?,?)", [(article, *place, *row) for place, row in new.items()]
    )
    _count_forms(db, text, gone, new)
    uses, used = (Counter(entity for _, entity in rows.values()) for rows in (after, before))
    left = [entity for entity in used if entity not in uses]
    changed = [entity for entity, n in uses.items() if used[entity] not in (0, n)]
    come = [entity for entity in uses if entity not in used]
    (published,) = db.execute("SELECT published FROM article WHERE id=?", (article,)).fetchone()
    day = int(published.replace("-", "") or 0)
    db.executemany(
        "DELETE FROM article_entity WHERE entity=? AND day=? AND article=?",
        [(entity, day, article) for entity in left],
    )
    db.executemany(
        "UPDATE article_entity SET n=? WHERE entity=? AND day=? AND article=?",
        [(uses[entity], entity, day, article) for entity in changed],
    )
    db.executemany(
        "INSERT INTO article_entity VALUES (?,?,?,?)", [(entity, day, article, uses[entity]) for entity in come]
    )
    again = array("I", (entity for entity, n in uses.items() for _ in range(n - 1)))
    if uses:
        row = (article, array("I", uses).tobytes(), again.tobytes())
        db.execute("INSERT OR REPLACE INTO named VALUES (?,?,?)", row)
    else:
        db.execute("DELETE FROM named WHERE article=?", (article,))
    settle(db, [*left, *come])
    if any(label in DATES for label, _ in (*gone.values(), *new.values())):
        write_days(db, article)


def _count_forms(db: sqlite3.Connection, text: str, gone: _Rows, new: _Rows) -> None:
    """Count how the names are written, but for those that are written like the entity's canonical name."""
    change: Counter[tuple[int, str]] = Counter()
    for rows, by in ((gone, -1), (new, 1)):
        for (start, end), (_, entity) in rows.items():
            change[entity, written(text, start, end)] += by
    counts = [(entity, form, n) for (entity, form), n in change.items() if n]
    db.executemany(
        "INSERT INTO entity_form SELECT ?1, ?2, ?3 FROM entity WHERE id=?1 AND canonical<>?2"
        " ON CONFLICT DO UPDATE SET n=n+excluded.n",
        counts,
    )
    db.executemany(
        "DELETE FROM entity_form WHERE entity=? AND form=? AND n<=0", [row[:2] for row in counts if row[2] < 0]
    )


def written(text: str, start: int, end: int) -> str:
    """Return how a name is written at a place, as forms are kept: NFC, single spaces."""
    form = " ".join(text[start:end].split())[:MAX_NAME]
    return form if form.isascii() else unicodedata.normalize("NFC", form)


def _entity(db: sqlite3.Connection, label: str, kind: str, shown: str, folded: str) -> int:
    row = db.execute("SELECT id FROM entity WHERE kind=? AND folded=?", (kind, folded)).fetchone()
    if row is not None:
        return int(row[0])
    # A building may be called like a city: the White House like Casablanca.
    spot = (locate(shown) if kind == Group.PLACE and label != "FAC" else None) or (None, None, None)
    sql = "INSERT INTO entity(kind, canonical, folded, latitude, longitude, country) VALUES (?,?,?,?,?,?)"
    return db.execute(sql, (kind, shown, folded, *spot)).lastrowid or 0
