"""Looking along the list for a row that something is true of: a few on the spot, the rest on a thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from store.library import KeyList

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen

_ON_THE_SPOT = 128
"""Rows looked at while the key waits: two pages of the list."""

_AT_ONCE = 500


def next_unread(screen: MainScreen, start: int, by: int, then: Callable[[int | None], None]) -> None:
    """Call `then` with the nearest row of an unread article from `start` on, or None."""
    articles, library = screen.articles, screen.library
    keys = articles.keys
    near = list(islice(_rows(len(keys), start, by), _ON_THE_SPOT))
    for at in near:
        row = articles.row(at)
        if row is not None and not library.marks(row.id).read:
            then(at)
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
                        return at
        return None

    screen.work_held(look, then)


def next_among(screen: MainScreen, start: int, by: int, wanted: KeyList, then: Callable[[int | None], None]) -> None:
    """Call `then` with the nearest row, from `start` on, of an article that is among others, or None."""
    keys = screen.articles.keys

    def look(rows: Iterator[int]) -> int | None:
        return next((at for at in rows if wanted.row_of(keys[at]) is not None), None)

    rows = _rows(len(keys), start, by)
    found = look(islice(rows, _ON_THE_SPOT))
    if found is not None or not 0 <= start + by * _ON_THE_SPOT < len(keys):
        then(found)
    else:
        screen.work_held(lambda: look(rows), then)


def _rows(count: int, start: int, by: int) -> Iterator[int]:
    rows: Sequence[int] = range(start, count if by > 0 else -1, by) if 0 <= start < count else ()
    return iter(rows)
