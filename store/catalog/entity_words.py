"""By which words an entity is found, and how those that are named most come first.

The words lie sorted by level, the number of binary digits of an entity's articles: 1, 2 to 3, 4 to 7, and so on. Who
looks for a beginning asks one level after the other from the top and stops when there is enough to show, so that a key
costs the same whether a million names begin so or ten. An entity changes its level some twenty times at most.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterable

from store.catalog.folding import fold
from store.catalog.grams import SPACELESS

LEVELS = 33
"""More than any number of articles has binary digits."""
_LONGEST_RUN = 40
"""Letters of a name without spaces whose ends are words, too; what is longer is no name."""
_INITIAL = re.compile(r"(?<![^\W_])([^\W_])\.(?=[^\W_](?![^\W_])|\s|$)")
_WORD = re.compile(r"[^\W_]+|[^\w\s]")


def words(text: str) -> list[str]:
    """Split a text into folded words. Initials close up (U.N. is `un`), symbols stay, punctuation goes."""
    closed = _INITIAL.sub(r"\1", fold(text)) if "." in text else fold(text)
    return [w for w in _WORD.findall(closed) if w[0].isalnum() or unicodedata.category(w[0])[0] == "S"]


def words_of(name: str) -> set[str]:
    """Return the words that a name is found by; in scripts without spaces each of its ends is one."""
    found = set(words(name))
    if not name.isascii():
        for word in [word for word in found if SPACELESS.search(word)]:
            found.update(word[at:] for at in range(1, min(len(word), _LONGEST_RUN)))
    return found


def settle(db: sqlite3.Connection, entities: Iterable[int]) -> None:
    """Bring the levels of entities up to date whose articles have changed; one without articles goes."""
    sql = "SELECT kind, folded, articles, level FROM entity WHERE id=?"
    for entity in entities:
        row = db.execute(sql, (entity,)).fetchone()
        if row is None:
            continue
        kind, name, articles, level = row
        now = int(articles).bit_length()
        if now == level:
            continue
        found = words_of(name)
        if level:
            old = [(kind, level, word, entity) for word in found]
            db.executemany("DELETE FROM entity_word WHERE kind=? AND level=? AND word=? AND entity=?", old)
        if now:
            db.executemany("INSERT INTO entity_word VALUES (?,?,?,?)", [(kind, now, word, entity) for word in found])
            db.execute("UPDATE entity SET level=? WHERE id=?", (now, entity))
        else:
            db.execute("DELETE FROM entity_form WHERE entity=?", (entity,))
            db.execute("DELETE FROM entity WHERE id=?", (entity,))
