"""From name to name: in the text, on into the next articles of the list, and into the articles that bear one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.library import Found, Group, group_title
from tui.screens.key_words import key_of
from tui.screens.main import listing, naming, reading, unread
from tui.screens.main.handlers import does
from tui.screens.main.narrowing import narrowed
from tui.screens.names.who import who_of

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen

_GROUPS = {"person": Group.PERSON, "organisation": Group.ORGANISATION, "place": Group.PLACE}


@does("name.next", "name.previous", "name.person-next", "name.person-previous", "name.organisation-next",
      "name.organisation-previous", "name.place-next", "name.place-previous")  # fmt: skip
def next_name(screen: MainScreen, _: str) -> None:
    """Go to the next name, of any shown group or of one."""
    what, _, direction = screen.host.command.removeprefix("name.").rpartition("-")
    by = -1 if direction == "previous" else 1
    group = _GROUPS.get(what)
    if screen.focused is screen.articles and screen.host.command == "name.next":
        _first_name(screen)
        return
    if screen.opened is None or screen.reader.move_name(by, group):
        return
    _no_more_names(screen, by, group)


def _first_name(screen: MainScreen) -> None:
    """Open the article under the list's cursor, and go to its first name."""

    def go_there() -> None:
        if screen.in_reader and screen.opened is not None and not screen.reader.move_name(1, None):
            _no_more_names(screen, 1, None)

    screen.reader.current = None
    reading.open_current(screen)
    # Where one pane is shown at a time the text has a size only when it was laid out.
    screen.once_laid_out(go_there)


def _no_more_names(screen: MainScreen, by: int, group: Group | None) -> None:
    assert screen.opened is not None
    if not screen.opened.stored.analysed:
        screen.say("names are not known yet: this article is next")
    elif group is None:
        screen.say(unread.reason(screen.opened.stored) or f"no more names {'below' if by > 0 else 'above'}")
    else:
        _on_into_others(screen, by, group)


def _on_into_others(screen: MainScreen, by: int, group: Group) -> None:
    """Go on to the next article of the list that names something of a group."""

    def go_on(found: Found) -> None:
        from tui.screens.main import along

        along.next_naming(screen, screen.articles.cursor + by, by, found.keys, group, go_to)

    def go_to(key: int | None) -> None:
        if not _open(screen, key):
            screen.say(f"no more {group_title(group)} further {'down' if by > 0 else 'up'} the list")
        else:
            screen.reader.go_to_first(group, last=by < 0)

    screen.when_done(screen.library.search("has:entity"), go_on, held=True)


def _open(screen: MainScreen, key: int | None) -> bool:
    """Open an article that was looked for; tells whether there is one, and the list still has it."""
    if key is None or screen.articles.keys.row_of(key) is None:
        return False
    reading.remember(screen)
    reading.point_at(screen, key)
    reading.show(screen, key, position=0, deliberately=True)
    screen.enter(screen.reader)
    return True


@does("name.same-next", "name.same-previous")
def same_name(screen: MainScreen, _: str) -> None:
    """Go to the next mention of the current name, on into the following articles."""
    by = -1 if screen.host.command.endswith("previous") else 1
    mention = screen.reader.current
    if mention is None:
        screen.say(f"no name under the cursor; {key_of(screen, 'name.next')} goes to the next one")
        return
    if screen.reader.move_same(by):
        return

    def go_on(found: Found) -> None:
        from tui.screens.main import along

        along.next_among(screen, screen.articles.cursor + by, by, found.keys, go_to)

    def go_to(key: int | None) -> None:
        if not _open(screen, key):
            screen.say(f"no more mentions of {mention.entity} in this list")
        else:
            screen.reader.go_to_entity(mention, last=by < 0)

    screen.when_done(screen.library.search(who_of(mention).query), go_on, held=True)


@does("name.filter")
def filter_by_name(screen: MainScreen, _: str) -> None:
    """Filter the list to the articles with this name; another name narrows further."""
    mention = naming.chosen_mention(screen)
    if mention is None:
        screen.say(f"no name under the cursor; {key_of(screen, 'name.next')} goes to the next one")
        return
    screen.filter = narrowed(screen.filter, who_of(mention).query)
    listing.run(screen, keep=True)
    out = key_of(screen, "step.out")
    # The first one leaves the name.
    keys = f"{out} {out}" if screen.in_reader and screen.reader.current is not None else out
    screen.say(f"articles with {mention.entity}; {keys} takes the filter off")
