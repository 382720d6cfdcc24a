"""What comes and goes while a list is shown: it is put in order around what is on screen, which does not move."""

from __future__ import annotations

import asyncio
import time
from array import array
from collections.abc import Callable, Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from store.article import ListedArticle
from store.library import Found, KeyList, ListGroup
from store.record import Record
from tui.screens.main.waiting import in_background

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen
    from tui.widgets.folds import Folded

TAKE_AFTER = 0.3
"""Seconds for what comes together to be taken in together."""
_SHARE = 10
"""News are taken in so rarely that they take a tenth of the time at most."""


def take_soon(screen: MainScreen, after: float = TAKE_AFTER) -> None:
    """Take in what is new in the library shortly; more that comes until then is taken in with it."""
    if screen.news_timer is None:
        wait = max(after, screen.news_due - time.monotonic())
        screen.news_timer = screen.set_timer(wait, lambda: _take(screen))


def _take(screen: MainScreen) -> None:
    screen.news_timer = None
    if screen.prompt.asking or screen.first_page or screen.is_waiting:
        # The list follows what is typed, or is on its way; what else is new in it can wait.
        take_soon(screen, 1.0)
        return
    from tui.screens.main import listing  # which hears of news first

    if not screen.articles.keys:
        listing.renew(screen)
        return
    began, number = time.monotonic(), screen.list_run

    def found(answer: Found) -> None:
        in_background(screen, partial(_put, screen, answer, number, began), "news")

    screen.when_done(listing.ask(screen, screen.filter), found, lambda _: None)


async def _put(screen: MainScreen, found: Found, number: int, began: float) -> None:
    articles = screen.articles
    old, kept = articles.folds.keys or articles.keys, set(articles.shown_keys())
    # In a view one reads on in, what no longer matches stays until it is opened again; not so where copies are folded,
    # as they mostly left for having found their like.
    stays = not articles.folds.on
    rows = {key: row for key in kept if (row := _listed(screen, key)) is not None}

    successors = dict(screen.successors)

    def merged() -> tuple[News, Folded]:
        # An edit may be told later than what it brought: annotations move first.
        lost = {key: row.source for key, row in rows.items() if found.keys.row_of(key) is None}
        if lost:
            with screen.library.reading() as many:
                successors.update(many.in_place_of(lost))
        news = merge(
            old, found.keys, found.groups, kept, lambda missing: _alive(screen, missing), successors, all_alive=stays
        )
        return news, articles.folds.prepared(news.keys, found.copies)

    news, folded = await asyncio.to_thread(merged)
    if number != screen.list_run or screen.prompt.asking or screen.first_page:
        take_soon(screen, 1.0)
        return
    from tui.screens.main import listing, snippets, telling

    current = articles.current
    articles.departed.update((key, rows[key]) for key in news.departed if key in rows)
    screen.groups = news.groups
    keys = articles.folds.take(folded)
    at = _row_of(articles.keys, keys, articles.cursor, successors)
    if keys == articles.keys:
        articles.redraw()
    else:
        listing.put(screen, keys, cursor=at, hold=current is not None)
        articles.redraw()
    screen.new_keys = (screen.new_keys | news.came) - news.left
    screen.status.arrivals = len(screen.new_keys)
    if screen.words:
        snippets.want(screen)
    if articles.marked:
        from tui.screens.main import selecting

        selecting.count_shown(screen)
    screen.news_due = time.monotonic() + (time.monotonic() - began) * _SHARE
    if news.left and screen.status.told_standing:
        # At a start only what became of annotated articles is told.
        telling.tell(screen, _gone(len(news.left)), "gone")
    screen.show_status()


def _listed(screen: MainScreen, key: int) -> ListedArticle | None:
    """Return what the list shows of an article, from what it has fetched."""
    at = screen.articles.keys.row_of(key)
    return screen.articles.row(at) if at is not None else None


def _gone(count: int) -> str:
    if count == 1:
        return "1 article is gone: no file holds it any more"
    return f"{count:,} articles are gone: no file holds them any more"


def _alive(screen: MainScreen, keys: Sequence[int]) -> set[int]:
    """Return which of these articles are still in the library; for any thread."""
    with screen.library.reading() as many:
        return {key for key, _ in many.ids(keys)}


def _row_of(old: Sequence[int], new: KeyList, row: int, successors: Mapping[int, int]) -> int:
    """Return where the article at a row of a list stands in another, or the next one above it that is there."""
    for index in range(min(row, len(old) - 1), -1, -1):
        there = new.row_of(old[index])
        if there is None:
            there = new.row_of(successors.get(old[index], 0))
        if there is not None:
            return there
    return 0


class News(Record):
    """A list that has taken in what is new."""

    keys: KeyList
    groups: Sequence[ListGroup]
    came: AbstractSet[int]
    """Articles that are new in it."""
    left: AbstractSet[int]
    """Those that have left the library."""
    departed: AbstractSet[int]
    """Those of them that stay in the list."""


def merge(
    old: KeyList,
    new: KeyList,
    groups: Sequence[ListGroup],
    kept: AbstractSet[int],
    alive: Callable[[Sequence[int]], Collection[int]],
    successors: Mapping[int, int] = MappingProxyType({}),
    *,
    all_alive: bool,
) -> News:
    """Put what a list keeps of its articles between those that its query finds by now. Pure, but for `alive`.

    What is on screen is `kept`; with `all_alive`, so is whatever is still in the library, which `alive` tells of keys.
    An article that the query no longer finds stands behind the one that it stood behind. `successors` are in the place
    of texts that were edited, by their keys.
    """
    before, now = set(old), set(new)
    missing, came = before - now, now - before
    edited = {key for key in missing.intersection(successors) if new.row_of(successors[key]) is not None}
    came.difference_update(successors[key] for key in edited)
    missing -= edited
    if not missing:
        return News(new.know_places(), groups, came, frozenset(), frozenset())
    there = alive(sorted(missing))
    stay = {key for key in missing if key in kept or (all_alive and key in there)}
    gone = missing.difference(there)
    behind: dict[int, list[int]] = {}
    """Of the rows of the new list, counted from 1: what is put behind each."""
    last = 0
    if stay:
        new.know_places()
        for key in old:
            if key in stay:
                behind.setdefault(last, []).append(key)
            elif (row := new.row_of(key)) is not None:
                last = row + 1
    merged, start = array("q"), 0
    for row in sorted(behind):
        merged.extend(new[start:row])
        merged.extend(array("q", behind[row]))
        start = row
    merged.extend(new[start:])
    return News(KeyList(merged).know_places(), _counted_in(groups, behind), came, gone, stay & gone)


def _counted_in(groups: Sequence[ListGroup], behind: dict[int, list[int]]) -> Sequence[ListGroup]:
    """Count what is put behind rows into the groups of those rows."""
    if not groups or not behind:
        return groups
    counted: list[ListGroup] = []
    end = 0
    rows = sorted(behind)
    for number, (name, count) in enumerate(groups):
        end += count
        while rows and (rows[0] <= end or number == len(groups) - 1):
            count += len(behind[rows.pop(0)])
        counted.append((name, count))
    return counted
