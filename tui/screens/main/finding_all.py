"""Whatever has a name, found by it: views, tags, names in the texts, articles, keys. Asked for off the event loop."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from store.article import ArticleKey, EntityKey, fold_name
from tui.commands.line import found_by
from tui.commands.registry import COMMANDS
from tui.screens.main import entity_pages, reading, viewing
from tui.screens.main.handlers import does, given, handler_of
from tui.screens.main.proposals import matching
from tui.screens.main.views import FIXED, View, saved_view, tag_view
from tui.screens.offered import Go, Offered
from tui.widgets.choice_list import Choice

if TYPE_CHECKING:
    from textual.timer import Timer

    from store.library import EntityList, Found
    from tui.screens.main.screen import MainScreen

ASK_AFTER = 0.12
"""Seconds without a key after which the library is asked."""
SHORTEST = 2
"""Letters from which on it is."""
MOST = 6
"""Things of one sort that are offered."""

Then = Callable[[Sequence[Choice]], None]


class Waiting:
    """Asks for what is called so once no key has come for a moment; a later line takes the place of an earlier one."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._timer: Timer | None = None
        self._run = 0

    def stop(self) -> None:
        """Ask nothing more."""
        self._run += 1
        if self._timer is not None:
            self._timer.stop()

    def ask(self, words: str, then: Then) -> None:
        """Call `then` with the rows, and again when more of them are known."""
        self.stop()
        if len(words.strip()) < SHORTEST:
            return
        run = self._run
        parts: dict[str, Sequence[Choice]] = {}

        def know(part: str, rows: Sequence[Choice]) -> None:
            if run == self._run:
                parts[part] = rows
                then([row for each in ("views", "names", "articles", "keys") for row in parts.get(each, ())])

        self._timer = self._screen.set_timer(ASK_AFTER, lambda: _ask(self._screen, words, know))


def _ask(screen: MainScreen, words: str, know: Callable[[str, Sequence[Choice]], None]) -> None:
    def names(found: EntityList) -> None:
        know("names", _group("Names", [
            Choice(f"  {row.name}", Offered(Go("name", (row.key, row.name, row.kind)), f"name {row.name}"),
                   f"{row.kind} {row.articles:,}")
            for row in found.rows
        ]))  # fmt: skip

    def articles(found: Found) -> None:
        rows = screen.library.rows(found.keys[:MOST])
        know("articles", _group("Articles", [
            Choice(f"  {row.title}", Offered(Go("article", row.key), f"open {row.title}"),
                   row.published.isoformat() if row.published else "")
            for row in rows if row is not None
        ]))  # fmt: skip

    know("keys", _topics(words))
    if not screen.library.annotations_ready:
        return
    know("views", _views(screen, words))
    screen.when_done(screen.library.entities(words.strip(), limit=MOST), names, lambda _: None)
    titled = _titled(words)
    if titled:
        # As what is typed into the filter is asked for: a later question stops it.
        screen.when_done(screen.library.search(titled, typing=True, most=MOST), articles, lambda _: None)


def _titled(words: str) -> str:
    return " ".join(f'title:"{word}"*' for word in words.replace('"', " ").split())


def _group(heading: str, rows: Sequence[Choice]) -> Sequence[Choice]:
    return [Choice(heading, heading=True), *rows] if rows else ()


def _views(screen: MainScreen, words: str) -> Sequence[Choice]:
    begun = words.strip().casefold()
    views = [*FIXED, *(saved_view(search) for search in screen.library.searches())]
    named = {view.name: view for view in views}
    found = [named[name] for name in matching(begun, list(named))]
    tags = matching(begun, [use.name for use in screen.library.tags()])
    found += [tag_view(name) for name in tags[: max(0, 2 * MOST - len(found))]]
    rows = [
        Choice(f"  {view.name}", Offered(Go("view", view), f"open {view.name}"), view.query or "the whole library")
        for view in found[: 2 * MOST]
    ]
    return _group("Views and tags", rows)


def _topics(words: str) -> Sequence[Choice]:
    """Offer the keys that no command is chosen for by name: moving, prompts, the other screens."""
    wanted = words.casefold().split()
    found = [one for one in COMMANDS if not one.palette and one.keys and found_by(one, wanted) is not None]
    return _group("Keys", [
        Choice(f"  {one.title}", Offered(Go("help", one.id), f"help {one.id}"),
               f"{', '.join(one.contexts[:2])}{' …' if len(one.contexts) > 2 else ''} {one.keys[0].replace(' ', '')}")
        for one in found[:MOST]
    ])  # fmt: skip


def numbered(screen: MainScreen, number: int) -> list[Choice]:
    """Offer the article of a number in the list, as vi goes to a line."""
    row = screen.articles.row(number - 1)
    if row is None:
        count = len(screen.articles.keys)
        return [Choice(f"  the list has {count:,} article{'' if count == 1 else 's'}", style="quiet")]
    return [Choice(f"Open article {number}: {row.title}", Offered(Go("article", row.key), str(number)))]


# ---- going there -----------------------------------------------------------------------------------------------------
def go(screen: MainScreen, where: Go) -> None:
    """Go to what was chosen."""
    value = where.value
    if where.sort == "view" and isinstance(value, View):
        viewing.show_view(screen, value)
    elif where.sort == "name" and isinstance(value, tuple):
        from tui.screens.names.who import Who

        key, name, kind = value
        entity_pages.open_page(screen, Who(EntityKey(str(key)), str(name), str(kind)))
    elif where.sort == "article" and isinstance(value, int):
        open_article(screen, value)
    elif where.sort == "help":
        help_on(screen, str(value))


def open_article(screen: MainScreen, key: int) -> None:
    """Open an article, and point at it where it is listed."""
    reading.remember(screen)
    reading.point_at(screen, key)
    if reading.show(screen, ArticleKey(key), deliberately=True):
        screen.enter(screen.reader)


@given("help.keys")
def help_on(screen: MainScreen, words: str) -> None:
    """Show the keys, narrowed to some words."""
    from tui.screens.choose import ChooseScreen

    handler_of("help.keys")(screen, "")
    box = screen.app.screen
    if isinstance(box, ChooseScreen):
        box.search_for(words)


@given("open.named")
def open_named(screen: MainScreen, words: str) -> None:
    """Go to what is called so: a view or a tag, else a name in the texts, else an article by its title."""
    rows = [row.value for row in _views(screen, words)]
    first = next((row.does for row in rows if isinstance(row, Offered)), None)
    if first is not None:
        go(screen, first)  # type: ignore[arg-type]
        return

    def articles(found: Found) -> None:
        if found.keys:
            open_article(screen, found.keys[0])
        else:
            screen.say(f"nothing is called “{words}”")

    def titled() -> None:
        screen.when_done(screen.library.search(_titled(words), most=1), articles, held=True)

    _open_name(screen, words, titled)


@given("name.all")
def open_name(screen: MainScreen, words: str) -> None:
    """Open the page of a name, the one called just so before those that it begins."""
    _open_name(screen, words, lambda: screen.say(f"no name begins with “{words}”"))


def _open_name(screen: MainScreen, words: str, otherwise: Callable[[], None]) -> None:
    def found(names: EntityList) -> None:
        whole = fold_name(words)
        best = min(names.rows, key=lambda row: fold_name(row.name) != whole, default=None)
        if best is None:
            otherwise()
        else:
            go(screen, Go("name", (best.key, best.name, best.kind)))

    screen.once_loaded(lambda: screen.when_done(screen.library.entities(words, limit=MOST), found, held=True))


@does("open.named")
def ask_what(screen: MainScreen, _: str) -> None:
    """Let a name be written on the command line."""
    from tui.screens.main import command_line

    command_line.open_line(screen, "open ")
