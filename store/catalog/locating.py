"""Which articles of the index somebody means, who writes a path, a folder, `PATH#MEMBER` or digits of an id."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from typing import Any

from store.article import ArticleKey
from store.paths import storable

_ID_PREFIX = re.compile(r"[0-9a-f]{6,32}")

Ask = Callable[[str, Sequence[Any]], list[tuple[Any, ...]]]
"""From a statement and its values to the rows that it finds."""


def locate(ask: Ask, what: str) -> list[ArticleKey]:
    """Find articles; see `CatalogReader.locate`."""
    if "\0" in what:
        return []
    for path in _spellings(what):
        found = _at(ask, path)
        if found:
            return found
    if os.path.lexists(what):
        return []
    for match in re.finditer("#", what):
        member = what[match.end() :]
        for place in _spellings(what[: match.start()]):
            rows = ask(
                "SELECT article FROM source WHERE path=? AND member=?",
                (storable(place), storable(member)),
            )
            if rows:
                return [ArticleKey(rows[0][0])]
    prefix = what.lower()
    if not _ID_PREFIX.fullmatch(prefix):
        return []
    rows = ask(
        "SELECT id FROM article WHERE text_hash>=? AND text_hash<? ORDER BY text_hash",
        (prefix, prefix + "g"),
    )
    return [ArticleKey(row[0]) for row in rows]


def _at(ask: Ask, path: str) -> list[ArticleKey]:
    stored = storable(path)
    below = stored.rstrip("/")
    rows = ask(
        "SELECT article FROM source WHERE path=?1 OR (path>=?2 AND path<?3) ORDER BY path, member",
        (stored, below + "/", below + "0"),
    )
    return [ArticleKey(key) for key in dict.fromkeys(row[0] for row in rows)]


def _spellings(path: str) -> tuple[str, ...]:
    """Return a path as it was written and as it is without links; libraries are opened by either."""
    return tuple(dict.fromkeys((os.path.abspath(path), os.path.realpath(path))))  # noqa: PTH100 - keeps links
