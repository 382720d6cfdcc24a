"""The place in the library: kept while one reads, and taken up again after a lost connection or a kill."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from msgspec import Struct

from store.article import ArticleId, EntityKey
from store.library import KeyList
from tui.screens.key_words import key_of
from tui.screens.main import listing, reading
from tui.screens.main.views import ALL, named_view
from tui.session import Session
from tui.widgets.views_bar import ViewsBar

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen

_MOST_MARKED = 200
"""Marked articles that are kept: they are looked up at the next start, one by one."""

CUT_OFF = "here the last session was cut off"

_PANEL = {"": None, "shown": True, "hidden": False}


class Resumed(Struct):
    """What is known of the place, beyond the screen itself."""

    lost: bool = False
    """The last session was lost, and is taken up."""
    marked: AbstractSet[int] = frozenset()
    """The keys of the articles that were marked when the place was kept."""
    ids: tuple[str, ...] = ()
    """Their ids."""


# ---- keeping it ------------------------------------------------------------------------------------------------------


def place(screen: MainScreen, theme: str) -> Session:
    """Return where the reader is."""
    opened, config, reader = screen.opened, screen.library.config, screen.reader
    shown = tuple(sorted(screen.names_shown))
    return Session(
        opened.stored.article.id if opened else "",
        reader.position if opened else 0,
        screen.in_reader or screen.note_focused,
        screen.articles.above,
        screen.view.name,
        screen.view.query,
        shown if set(shown) != set(config.shown) else (),
        tuple(f"{view.name}\n{view.query}" for view in listing.above(screen) if view.saved),
        theme,
        order=screen.order if screen.order != config.order else "",
        grouping=screen.grouping if screen.grouping != config.grouping else "",
        piped=screen.piped,
        written=screen.written,
        scope=screen.status.scope,
        filter=screen.filter,
        name=reader.current.start if reader.current is not None else -1,
        alone=screen.alone,
        panel=next(word for word, wanted in _PANEL.items() if wanted is screen.panel_wanted),
        marked=_marked(screen),
        page=_page(screen),
    )


def _marked(screen: MainScreen) -> tuple[str, ...]:
    marked = screen.articles.marked
    if not 0 < len(marked) <= _MOST_MARKED:
        return ()
    kept = screen.resumed
    if kept.marked != marked:
        rows = screen.library.rows(sorted(marked))
        kept.marked, kept.ids = frozenset(marked), tuple(row.id for row in rows if row is not None)
    return kept.ids


def _page(screen: MainScreen) -> tuple[str, ...]:
    front = screen.app.screen
    who = getattr(front, "who", None) if getattr(front, "IS_PAGE", False) and getattr(front, "laid_out", True) else None
    return (who.key, who.name, who.kind) if who is not None else ()


# ---- taking it up ----------------------------------------------------------------------------------------------------
def begin(screen: MainScreen) -> None:
    """Fill list and reader for the first paint: the newest page and the article that was read last."""
    last = screen.host.session
    # With all its lines from the start, so that nothing moves when the counts arrive.
    screen.query_one(ViewsBar).key = key_of(screen, "view.choose")
    views = listing.above(screen)
    counts: Sequence[int | None] = screen.host.last_screen.counts
    if len(counts) != len(views):
        counts = [None] * len(views)
    screen.query_one(ViewsBar).load(list(zip(views, counts, strict=True)))
    asked = bool(screen.filter or screen.library.narrowed)
    screen.view = named_view(last.view, last.view_query) if not screen.filter else ALL
    if not asked:
        _take_up(screen)
    page = screen.library.first_page(listing.FIRST_PAGE)
    screen.first_index = not page
    # In another order the first page is another one, and takes a look at all articles.
    plain = screen.order == "date" and screen.grouping == "none"
    if screen.view is ALL and not screen.filter and not screen.library.narrowed and plain:
        keys = KeyList(row.key for row in page)
        key = screen.library.key_of(ArticleId(last.article)) if last.article else None
        at = keys.row_of(key) if key is not None else None
        if at is None and key is not None:
            # Further down than the first page.
            around = KeyList(row.key for row in screen.library.page_around(key, listing.FIRST_PAGE))
            keys, at = around or keys, around.row_of(key)
        screen.articles.load(keys, cursor=at or 0, above=last.above if at is not None else None)
        screen.first_page = len(page) >= listing.FIRST_PAGE
        if key is not None:
            reading.show(screen, key, position=last.position, deliberately=last.in_reader)
        elif keys:
            reading.show(screen, keys[0])
        if last.in_reader and key is not None:
            screen.enter(screen.reader)
    elif not asked and last.article:
        key = screen.library.key_of(ArticleId(last.article))
        if key is not None and reading.show(screen, key, position=last.position, deliberately=last.in_reader):
            screen.return_to = key
            if last.in_reader:
                screen.enter(screen.reader)


def _take_up(screen: MainScreen) -> None:
    """Filter the list, and show the panes, as in the session that was lost."""
    last = screen.host.session
    if last.lost:
        screen.filter, screen.alone = last.filter, last.alone
        screen.panel_wanted = _PANEL.get(last.panel)
        screen.resumed.lost = True


def go_on(screen: MainScreen) -> None:
    """Make the name current, mark the articles and open the page that were when the session was lost."""
    if not screen.resumed.lost:
        return
    last, opened = screen.host.session, screen.opened
    if last.name >= 0 and opened is not None and opened.stored.article.id == last.article:
        screen.call_after_refresh(screen.reader.go_to_mention, last.name, last.name + 1)
    if last.marked:
        screen.once_listed(lambda: _mark(screen, last.marked))
    if len(last.page) == 3:
        from tui.screens.main import entity_pages
        from tui.screens.names.who import Who

        key, name, kind = last.page
        entity_pages.open_page(screen, Who(EntityKey(key), name, kind))
    screen.say(CUT_OFF)
    from tui.screens.main import noting

    noting.article_shown(screen)


def _mark(screen: MainScreen, ids: tuple[str, ...]) -> None:
    from tui.screens.main.selecting import shown_of

    keys: set[int] = {key for one in ids if (key := screen.library.key_of(ArticleId(one))) is not None}
    screen.articles.set_marked(keys, shown_of(keys, screen.articles.keys))
    screen.show_status()
