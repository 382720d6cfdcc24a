"""What a command is. Keys, footer, palette, help and the README's table all come from these declarations."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from store.record import Record


class Context(StrEnum):
    """Where a command's keys work. A pane's own context is asked before `MAIN`."""

    MAIN = "anywhere"
    """On the main screen, whichever pane has the focus."""
    LIST = "list"
    READER = "reader"
    SELECTION = "selection"
    """In the reader while something is selected; asked before `READER`."""
    NOTE = "note in the text"
    """In the reader while a note's passage is current; asked before `READER`."""
    PANEL = "names panel"
    PROMPT = "prompt"
    """A one-line question; printable keys are text."""
    EDITOR = "note editor"
    CHOICE = "choice"
    """A list to choose from, over the main screen; printable keys narrow it."""
    OVERLAY = "overlay"
    """A page to read, over the main screen."""
    TAGS = "your tags"
    SEARCHES = "your searches"
    HISTORY = "your changes"
    CORRECTIONS = "your corrections"
    CHANGES = "changed text"
    ENTITY = "page of a name"
    ENTITIES = "all names"
    MAP = "map"
    LIKELY = "likely the same"
    NOTES = "list of notes"
    TEXTS = "two texts"
    """The two texts of a note that two sessions edited at once."""
    HINTS = "labels"
    """On the main screen while what can be chosen is labelled; asked before the pane."""
    LINKS = "links of the article"
    COMMAND = "command line"
    """The line that a command is written on; printable keys are text."""


BELOW: dict[Context, tuple[Context, ...]] = {
    Context.LIST: (Context.MAIN,),
    Context.READER: (Context.MAIN,),
    Context.PANEL: (Context.MAIN,),
    Context.SELECTION: (Context.READER, Context.MAIN),
    Context.NOTE: (Context.READER, Context.MAIN),
}
"""The contexts that are asked after one, in order."""

TYPED = frozenset({Context.PROMPT, Context.EDITOR, Context.CHOICE, Context.COMMAND})
"""Where printable keys are text, and so no command's."""


class Kind(StrEnum):
    """What an argument is, which says what completes it and when it is wrong."""

    DAY = "day"
    EXPORT = "options"
    NAME = "name"
    ORDER = "order"
    PIPE = "shell command"
    QUERY = "query"
    SETTING = "setting"
    TAGS = "tags"
    TEXT = "text"
    THEME = "theme"
    THING = "thing"
    """Anything that has a name: a view, a tag, a name in the texts, an article."""
    TOPIC = "topic"
    """A key or a command, for help."""
    WORDS = "words"


class Takes(Record):
    """What may follow a command on the command line."""

    shown: str
    """As help and completion write it: `+TAG -TAG`."""
    kind: Kind


class Command(Record):
    """One thing the user can do, declared once."""

    id: str
    """`group.name`: stable, since users write it in their config."""
    title: str
    """What it does, in the imperative, for palette and help."""
    keys: tuple[str, ...]
    """Printable keys as their character; `space enter esc tab ctrl+d pageup ...`; sequences with a blank: `g g`."""
    contexts: tuple[Context, ...] = (Context.MAIN,)
    help: str = ""
    """One line more, where the title does not say it all."""
    footer: str = ""
    """A word or two for the footer; empty keeps it out."""
    palette: bool = True
    """False for what makes no sense when chosen by name, such as moving by one line."""
    argument: str = ""
    """What each of its keys stands for, when the keys differ in meaning: `digit`, `letter`."""
    words: tuple[str, ...] = ()
    """What it is called on the command line, first as help says it, then what people try: `quit q`."""
    takes: Takes | None = None
    """What may follow these words there. Without it the command does what its key does."""


CLOSE = ("close", "quit", "q", "q!", "wq", "x", "exit")
"""What closing a screen is called: as in vi, `qa` leaves them all."""

_SPANS = {"digit": frozenset("123456789"), "letter": frozenset("abcdefghijklmnopqrstuvwxyz")}


def span(command: Command, keys: Collection[str]) -> tuple[str, ...]:
    """Return the first and the last of keys that differ in meaning and are all there: `1`, `9`; else nothing."""
    whole = _SPANS.get(command.argument)
    return (min(keys), max(keys)) if whole is not None and whole == frozenset(keys) else ()
