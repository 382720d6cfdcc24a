"""The keys of where one is, searchable: the pane's own first, then those that work anywhere, then all others."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, cast

from textual import events

from tui.commands.command import TYPED, Command, Context, span
from tui.commands.footer import help_of
from tui.commands.over import KEYS
from tui.commands.registry import BY_ID, COMMANDS, GROUPS
from tui.screens.choose import ChooseScreen
from tui.screens.host import Host
from tui.widgets.choice_list import Choice

if TYPE_CHECKING:
    from textual.screen import Screen

PANES = frozenset((
    Context.MAIN, Context.LIST, Context.READER, Context.SELECTION, Context.NOTE, Context.PANEL,
))  # fmt: skip
"""Where a command of the main screen works."""

_ROOMY = 60
"""Columns from which on there is room for air."""

KeysOf = Callable[[Command], Sequence[str]]


def show_keys(screen: Screen[Any], own: Sequence[Context]) -> None:
    """Lay the keys of some contexts over a screen, those asked first before the others; one that is chosen is done."""

    def chosen(value: object) -> None:
        if isinstance(value, str):
            # Another box may be in front by then.
            screen.call_after_refresh(partial(cast(Host, screen.app).perform, BY_ID[value], on=screen))

    screen.app.push_screen(KeysScreen(own, cast(Host, screen.app).keys_of, screen.app.size.width), chosen)


class KeysScreen(ChooseScreen):
    """Dismissed with the id of the command to carry out, or None."""

    def __init__(self, own: Sequence[Context], keys_of: KeysOf, width: int) -> None:
        self._own, self._keys_of, self._wide = own, keys_of, width
        super().__init__(f"Keys: {own[0]}", key_rows(own, keys_of, self.room(width)), Context.OVERLAY)

    def on_resize(self, event: events.Resize) -> None:
        """Break the lines where the new width has them end."""
        if event.size.width != self._wide:
            self._wide = event.size.width
            self.refill(key_rows(self._own, self._keys_of, self.room(self._wide)))


def key_rows(own: Sequence[Context], keys_of: KeysOf, room: int) -> list[Choice]:
    """Return the lines: under a heading for each context that is asked, in its order, what its keys do.

    Keys that a context asked before has are not told of again: there they mean something else.
    """
    rows: list[Choice] = []
    told: set[str] = set()
    taken: set[str] = set()
    for context in own:
        here = [one for one in COMMANDS if context in one.contexts and one.id not in told]
        left = {one.id: [key for key in keys_of(one) if key not in taken] for one in here}
        rows += _headed(context, here, partial(_left, left), keys_of, room)
        told |= {one.id for one in here}
        taken |= {key for one in here for key in keys_of(one)}

    def free(command: Command) -> Sequence[str]:
        return [key for key in keys_of(command) if key not in taken]

    if Context.MAIN not in own and not TYPED.intersection(own):
        rows += _lines("On every screen", [one for one in COMMANDS if one.id in KEYS], free, keys_of, room)
    if Context.MAIN in own:
        for title, commands in GROUPS:
            rest = [one for one in commands if one.id not in told]
            rows += _lines(f"Elsewhere: {title}", rest, keys_of, keys_of, room, told_where=True)
    return rows


def _left(left: Mapping[str, Sequence[str]], command: Command) -> Sequence[str]:
    return left[command.id]


def _headed(context: Context, here: list[Command], shown: KeysOf, keys_of: KeysOf, room: int) -> list[Choice]:
    """Return the lines of a context; what works anywhere is much, and in the groups that the manual has."""
    if context is not Context.MAIN:
        return _lines(str(context).capitalize(), here, shown, keys_of, room)
    rows: list[Choice] = []
    for title, commands in GROUPS:
        these = [one for one in commands if one in here]
        rows += _lines(f"{str(context).capitalize()}: {title}", these, shown, keys_of, room)
    return rows


def _lines(
    title: str, commands: Sequence[Command], shown: KeysOf, keys_of: KeysOf, room: int, *, told_where: bool = False
) -> list[Choice]:
    """Write commands with those of their keys that are `shown`; what their help says of keys holds anywhere."""
    rows: list[Choice] = []
    for command in commands:
        keys = shown(command)
        if keys:
            rows += _command(command, keys, room, told_where, help_of(command, keys_of))
    # Air costs a line, of which a small screen has few.
    air = [Choice("")] if room >= _ROOMY else []
    return [Choice(title, heading=True), *rows, *air] if rows else []


def _command(command: Command, keys: Sequence[str], room: int, told_where: bool, help: str) -> list[Choice]:
    """Write a command: its keys at the left, what it does beside them, both on as many lines as they need."""
    column = 18 if room >= _ROOMY else 12
    whole = " … ".join(span(command, keys))
    shown = [whole] if whole else _wrapped("  ".join(key.replace(" ", "") for key in keys), column - 1)
    where = f" ({', '.join(command.contexts)})" if told_where else ""
    says = _wrapped(f"{command.title}{where}", room - column)
    # A key of a prompt or of another screen is only told of: out of its place there is nothing to do.
    value = None if told_where and not PANES & set(command.contexts) else command.id
    first, *others = zip_longest(shown, says, fillvalue="")
    rows = [Choice(_beside(*first, column), value, search=command.id)]
    rows += [Choice(_beside(*each, column)) for each in others]
    rows += [Choice(_beside("", each, column), style="quiet") for each in _wrapped(help, room - column)]
    return rows


def _beside(keys: str, says: str, column: int) -> str:
    return f"{keys:<{column}}{says}"


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, max(10, width), break_long_words=False, break_on_hyphens=False)
