"""The commands of the linear mode, each declared once where it is carried out: word, what it takes, a line of help."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from types import ModuleType
from typing import TYPE_CHECKING

from store.config import nearest
from store.errors import UsageError
from store.record import Record

if TYPE_CHECKING:
    from tui.linear.session import Session

Act = Callable[["Session", str], None]


class Word(Record):
    """One command."""

    name: str
    takes: str
    """What follows it, as the user types it."""
    help: str
    """A sentence, in the imperative."""
    act: Act
    short: str = ""
    """A shorter word for it; else any beginning that is no other's will do."""
    also: tuple[str, ...] = ()
    """What else it is called on the command line of the screen, or what people try."""
    does: tuple[str, ...] = ()
    """The commands of the screen that it stands for, by their ids."""


WORDS: dict[str, Word] = {}
"""All commands by their words."""
GROUPS: dict[str, list[Word]] = {
    "Articles": [], "Reading": [], "Names": [], "Correcting names": [], "Tags and marks": [], "Notes": [],
    "Saved searches": [], "Taking back": [], "Dateline": [],
}
"""The same, as the help reads them."""


def word(
    name: str,
    help: str,
    *,
    group: str,
    takes: str = "",
    short: str = "",
    also: tuple[str, ...] = (),
    does: tuple[str, ...] = (),
) -> Callable[[Act], Act]:
    """Declare a command; what it decorates carries it out, with what was written behind the word."""

    def declare(act: Act) -> Act:
        WORDS[name] = Word(name, takes, help, act, short, also, does)
        GROUPS[group].append(WORDS[name])
        return act

    return declare


def arrange(parts: Iterable[ModuleType]) -> None:
    """Let the help read the commands in the order of the files that declare them, however these are imported."""
    order = [one.__name__ for one in parts]
    for members in GROUPS.values():
        members.sort(key=lambda one: order.index(one.act.__module__))


def find(written: str) -> Word:
    """Return the command that a word, or the beginning of one, means.

    Raises:
        UsageError: none, or several.
    """
    begun = written.casefold()
    exact = [one for one in WORDS.values() if begun in (one.name, one.short, *one.also)]
    if exact:
        return exact[0]
    found = [one for one in WORDS.values() if one.name.startswith(begun)]
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(f"{written} could be {' or '.join(one.name for one in found)}.")
    meant = nearest(begun, list(WORDS))
    raise UsageError(f"There is no command {written}{f'; did you mean {meant}?' if meant else '.'} help lists them.")
