"""The names that a query can hold, with their articles: tags, entities, folders, languages. For the query thread.

Counting the articles of each reads much of an index, so it is done once and again only some time after the index has
changed. A count that is a few seconds old will do for choosing a name. The index itself counts those of entities.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Sequence

from store.query.candidates import KINDS, Candidates, as_joined
from store.query.complete import Name
from store.query.fields import KINDS as KIND_OF_FIELD
from store.query.fold import clean, words
from store.query.joined import Joined
from store.query.saved import Saved

KEEP = 10.0
"""Seconds for which counts are kept although the index is being written."""
_MOST = 200
"""Entities that are handed out for a beginning."""

_TAGS = """
SELECT min(m.tag), count(*) FROM mirror.tagged AS m
CROSS JOIN library.article AS x ON x.text_hash = m.text_hash GROUP BY m.folded
"""
_LANGUAGES = "SELECT language, count(*) FROM library.article WHERE language <> '' GROUP BY lower(language)"
# What stands before the last slash: everything is cut off at the end that is no slash.
_FOLDERS = "SELECT rtrim(path, replace(path, '/', '')), count(*) FROM library.source GROUP BY 1"


class KnownNames:
    """The names of the attached library and of the mirror."""

    def __init__(self, db: sqlite3.Connection, joined: Joined, saved: Callable[[], Saved] = dict) -> None:
        self._db = db
        self._joined = joined
        self._saved = saved
        self._marks = 0
        self._kept: dict[str, tuple[object, float, Sequence[Name]]] = {}

    def marks_changed(self) -> None:
        """Count the tags anew when they are asked for next."""
        self._marks += 1

    def forget_library(self) -> None:
        """Count everything anew, since another index was attached."""
        self._kept.clear()

    def __call__(self, field: str, wanted: str) -> Sequence[Name]:
        """Return what a field may hold; of entities those that begin with what is wanted, or a word of them."""
        if field in KIND_OF_FIELD:
            return self._entities(KINDS if field == "entity" else KIND_OF_FIELD[field], wanted)
        if field == "tag":
            return self._known("tag", lambda: self._rows(_TAGS), self._marks)
        if field == "lang":
            return self._known("lang", lambda: self._rows(_LANGUAGES))
        if field == "search":
            return [Name(name, 0) for name in sorted(self._saved())]
        if field == "path":
            return self._folders(wanted)
        return ()

    def _known(self, what: str, count: Callable[[], Sequence[Name]], marks: int = 0) -> Sequence[Name]:
        version = (self._db.execute("PRAGMA library.data_version").fetchone()[0], marks)
        kept = self._kept.get(what)
        if kept is not None and kept[0] == version:
            return kept[2]
        if kept is not None and marks == 0 and time.monotonic() - kept[1] < KEEP:
            return kept[2]
        names = count()
        self._kept[what] = version, time.monotonic(), names
        return names

    def _rows(self, sql: str) -> Sequence[Name]:
        return [Name(text, articles) for text, articles in self._db.execute(sql)]

    def _entities(self, kinds: Sequence[str], wanted: str) -> Sequence[Name]:
        sought = words(clean(wanted))
        found, _ = Candidates(self._db, sought, kinds).most_named(_MOST)
        if self._joined.any:
            self._joined.bring_up_to_date()
            found = as_joined(self._joined, found, sought, kinds)
        found.sort(key=lambda one: (-one.articles, one.folded))
        others = self._joined.names
        return [Name(one.name, one.articles, one.kind, others.get(one.id, ())) for one in found[:_MOST]]

    def _folders(self, wanted: str) -> Sequence[Name]:
        """Return folders: all of it where the value begins at the root, else below the folder of all."""
        folders = self._known("path", lambda: _with_parents(self._rows(_FOLDERS)))
        if wanted.startswith("/") or not folders:
            return folders
        top = folders[0].text
        return [Name(name.text.removeprefix(top), name.articles) for name in folders[1:]]


def _with_parents(folders: Sequence[Name]) -> Sequence[Name]:
    """Return folders, which end in a slash, with those around them: first the one that holds them all."""
    counts: dict[str, int] = {}
    for folder in folders:
        at = 0
        while (at := folder.text.find("/", at) + 1) > 0:
            counts[folder.text[:at]] = counts.get(folder.text[:at], 0) + folder.articles
    every = sum(folder.articles for folder in folders)
    top = max((path for path, n in counts.items() if n == every), key=len, default="")
    inside = [Name(path, n) for path, n in counts.items() if path.startswith(top) and path != top]
    return [Name(top, every), *inside] if top else []
