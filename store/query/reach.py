"""How many mentions a correction of every same one would touch. For the query thread."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from store.article import Mention, fold_name
from store.catalog.folding import fold
from store.catalog.grams import expression
from store.entities.labels import LABELS, group_of
from store.entities.occurring import compared, places_of, sought
from store.query.connection import Connection

MOST = 2_000
"""Texts that are looked into; of more it is only said that there are so many at least."""


def count_same(connection: Connection, names: Iterable[tuple[str, str]]) -> tuple[int, bool]:
    """Count the mentions in the library with these words and labels; says whether those are all."""
    with connection.view() as db:
        counts = [_count(db, entity, words, label) for words, label in names for entity in _entities(db, words, label)]
    return sum(count for count, _ in counts), all(whole for _, whole in counts)


def _count(db: sqlite3.Connection, entity: int, words: str, label: str) -> tuple[int, bool]:
    """Count an entity's mentions with these words and this label."""
    wanted = compared(words)
    canonical, mentions = db.execute("SELECT canonical, mentions FROM library.entity WHERE id=?", (entity,)).fetchone()
    forms = db.execute("SELECT form, n FROM library.entity_form WHERE entity=?", (entity,)).fetchall()
    forms.append((canonical, mentions - sum(n for _, n in forms)))
    same = sum(n for form, n in forms if compared(form) == wanted)
    if len(LABELS[group_of(label)]) == 1:
        return same, True
    if same == mentions:
        sql = (
            "SELECT count(*) FROM library.article_entity ae CROSS JOIN library.mention m"
            " ON m.article=ae.article AND m.entity=ae.entity WHERE ae.entity=? AND m.label=?"
        )
        return int(db.execute(sql, (entity, label)).fetchone()[0]), True
    texts = _keys(db, "SELECT article FROM library.article_entity WHERE entity=? LIMIT ?", (entity, MOST + 1))
    count = 0
    for text, found in _read(db, texts[:MOST], label, entity):
        count += sum(1 for one in found if compared(text[one.start : one.end]) == wanted)
    return count, len(texts) <= MOST


def count_places(connection: Connection, words: str) -> tuple[int, bool]:
    """Count where these words stand in the library and are no name; says whether those are all."""
    with connection.view() as db:
        texts = _holding(db, words)
        count = 0
        for key in texts[:MOST]:
            row = db.execute("SELECT text FROM library.body WHERE id=?", (key,)).fetchone()
            places = list(places_of(sought(row[0]), words)) if row is not None else []
            if places:
                taken = db.execute("SELECT start, end FROM library.mention WHERE article=?", (key,)).fetchall()
                count += sum(1 for start, end in places if not any(start < b and a < end for a, b in taken))
    return count, len(texts) <= MOST


def _entities(db: sqlite3.Connection, words: str, label: str) -> Iterator[int]:
    plain = " ".join(words.replace("’", "'").split())
    spelled = {plain, plain.upper(), plain.lower(), plain.title(), plain.casefold()}
    forms = sorted({form.replace("'", mark) for form in spelled for mark in "'’"})
    sql = (
        "SELECT id FROM library.entity WHERE kind=?1 AND folded IN (SELECT value FROM json_each(?2))"
        " UNION SELECT entity FROM library.entity_form f CROSS JOIN library.entity e ON e.id=f.entity"
        " WHERE f.form IN (SELECT value FROM json_each(?3)) AND e.kind=?1"
    )
    folded = json.dumps([fold_name(form) for form in forms])
    for (entity,) in db.execute(sql, (group_of(label).value, folded, json.dumps(forms))):
        yield entity


def _holding(db: sqlite3.Connection, words: str) -> list[int]:
    wanted = fold(words)
    pairs = expression(wanted)
    if pairs is not None:
        return _keys(db, "SELECT rowid FROM library.spaceless WHERE spaceless MATCH ? LIMIT ?", (pairs, MOST + 1))
    if not any(map(str.isalnum, wanted)):
        return []
    phrase = '"' + wanted.replace('"', '""') + '"'
    return _keys(db, "SELECT rowid FROM library.fulltext WHERE fulltext MATCH ? LIMIT ?", (phrase, MOST + 1))


def _keys(db: sqlite3.Connection, sql: str, values: Sequence[object]) -> list[int]:
    return [key for (key,) in db.execute(sql, values)]


def _read(
    db: sqlite3.Connection, keys: Iterable[int], label: str, entity: int
) -> Iterator[tuple[str, list[Mention]]]:
    """Yield texts with an entity's mentions of a label."""
    sql = "SELECT start, end, label FROM library.mention WHERE article=? AND label=? AND entity=?"
    for key in keys:
        row = db.execute("SELECT text FROM library.body WHERE id=?", (key,)).fetchone()
        if row is not None:
            yield row[0], [Mention(*one) for one in db.execute(sql, (key, label, entity))]
