"""Looking along the list for an article that something is true of: a few on the spot, the rest on a thread.

It is told by its key: the list may be another one by then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from store.library import Group, KeyList, group_of

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen

_ON_THE_SPOT = 128
"""Rows looked at while the key waits: two pages of the list."""

_AT_ONCE = 500

MOST_READ = 1_000
"""Articles whose mentions are read for one key."""


def next_unread(screen: MainScreen, start: int, by: int, then: Callable[[int | None], None]) -> None:
    """Call `then` with the nearest unread article from row `start` on, or None."""
    articles, library = screen.articles, screen.library
    keys = articles.keys
    near = list(islice(_rows(len(keys), start, by), _ON_THE_SPOT))
    for at in near:
        row = articles.row(at)
        if row is not None and not library.marks(row.id).read:
            then(row.key)
            return
    if len(near) < _ON_THE_SPOT:
        then(None)
        return

    def look() -> int | None:
        rest = range(near[-1] + by, len(keys) if by > 0 else -1, by)
        with library.reading() as many:
            for begin in range(0, len(rest), _AT_ONCE):
                rows = rest[begin : begin + _AT_ONCE]
                texts = dict(many.ids([keys[at] for at in rows]))
                for at in rows:
                    if (text := texts.get(keys[at])) is not None and not library.marks(text).read:
                        return keys[at]
        return None

    screen.work_held(look, then)


def next_among(screen: MainScreen, start: int, by: int, wanted: KeyList, then: Callable[[int | None], None]) -> None:
    """Call `then` with the nearest article, from row `start` on, that is among others, or None."""
    keys = screen.articles.keys

    def look(rows: Iterator[int]) -> int | None:
        return next((keys[at] for at in rows if wanted.row_of(keys[at]) is not None), None)

    rows = _rows(len(keys), start, by)
    found = look(islice(rows, _ON_THE_SPOT))
    if found is not None or not 0 <= start + by * _ON_THE_SPOT < len(keys):
        then(found)
    else:
        screen.work_held(lambda: look(rows), then)


def next_naming(
    screen: MainScreen, start: int, by: int, wanted: KeyList, group: Group, then: Callable[[int | None], None]
) -> None:
    """Call `then` with the nearest article, from row `start` on, that names something of a group, or None.

    `wanted` are the articles that name anything at all. Their mentions are read on a thread, and of no more than
    `MOST_READ` articles: almost always the first one will do.
    """
    keys, library = screen.articles.keys, screen.library

    def look() -> int | None:
        rows = (at for at in _rows(len(keys), start, by) if wanted.row_of(keys[at]) is not None)
        with library.reading() as many:
            for at in islice(rows, MOST_READ):
                if any(group_of(each.label) is group for one in many.articles([keys[at]]) for each in one.mentions):
                    return keys[at]
        return None

    screen.work_held(look, then)


def _rows(count: int, start: int, by: int) -> Iterator[int]:
    rows: Sequence[int] = range(start, count if by > 0 else -1, by) if 0 <= start < count else ()
    return iter(rows)
