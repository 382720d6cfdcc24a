"""What is written after `:`: a command by its words, and what it is to do. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from store.record import Record
from tui.commands.command import Command, Context
from tui.commands.footer import help_of
from tui.commands.over import SCREENS, own
from tui.commands.registry import BY_ID, COMMANDS

_HEAD = re.compile(r"[\s:]*")
_BEGINNINGS = re.compile(r"[^\w]+")
_SHELL = re.compile(r"!(?!\s*$)")

Called = Mapping[tuple[str, ...], Command]

BY_WORDS: Called = {
    tuple(words.split()): command
    for command in COMMANDS
    if not SCREENS.issuperset(command.contexts)
    for words in command.words
}
"""The commands by what they are called on the command line of the main screen."""


@cache
def called(context: Context | None) -> Called:
    """Return the commands by what they are called: over the main screen, a screen's own words come before its."""
    here = own(context) if context is not None else ()
    return {**BY_WORDS, **{tuple(words.split()): command for command in here for words in command.words}}


class Line(Record):
    """A line as it is understood."""

    text: str
    """What was written, without what is before the command."""
    command: Command | None = None
    """The command that it begins with, all of its words written."""
    argument: str = ""
    """What follows these words."""
    at: int = 0
    """Where that begins in `text`."""
    begun: bool = False
    """Whether an argument is being written: the command takes one, and something parts it from the words."""

    @property
    def words(self) -> str:
        """The words that name the command, as they were written."""
        return self.text[: self.at].rstrip()


def read(written: str, context: Context | None = None) -> Line:
    """Understand a line as far as it is one: of several words that would do the longest count.

    `context` is that of the screen over the main one on which it is written.
    """
    by_words = called(context)
    text = written[len(_HEAD.match(written)[0]) :]  # type: ignore[index]
    shell = _SHELL.match(text)
    if shell is not None:
        # As in vi; the pipe takes another one for the whole terminal.
        return Line(text, BY_WORDS[("!",)], text[1:].lstrip(), len(text) - len(text[1:].lstrip()), True)
    parts = [(found[0].casefold(), found.end()) for found in re.finditer(r"\S+", text)]
    for count in range(min(len(parts), _LONGEST), 0, -1):
        words = tuple(part for part, _ in parts[:count])
        command = by_words.get(words) or (BY_ID.get(words[0]) if count == 1 else None)
        if command is None:
            continue
        end = parts[count - 1][1]
        rest = text[end:]
        argument = rest.lstrip()
        return Line(text, command, argument, len(text) - len(argument), bool(rest) and command.takes is not None)
    return Line(text)


_LONGEST = max(len(words) for words in BY_WORDS)


def nearest(text: str, context: Context | None = None) -> Command | None:
    """Return the command whose word is most like the first one of a line; None where none is like it."""
    first = text.split(maxsplit=1)[0].casefold() if text.strip() else ""
    from difflib import get_close_matches

    known = {words[0]: one for words, one in called(context).items() if len(words) == 1 and len(words[0]) > 1}
    close = get_close_matches(first, known, 1, 0.6)
    return known[close[0]] if close else None


def found_by(command: Command, words: list[str]) -> int | None:
    """Tell how well words in lower case mean a command: 0 best, None not at all.

    Its own word, the beginning of it, the beginning of its title, then all where each is the beginning of a word.
    """
    if not words:
        return 3
    whole = " ".join(words)
    if whole in command.words:
        return 0
    if any(each.startswith(whole) for each in command.words):
        return 1
    if command.title.casefold().startswith(whole):
        return 2
    return 3 if all(f" {word}" in _searched(command) for word in words) else None


@cache
def _searched(command: Command) -> str:
    """Return the words of a command, one blank before each: looked through at every key."""
    told = f" {command.title} {command.id} {help_of(command, lambda other: other.keys)} {' '.join(command.words)}"
    return " ".join(_BEGINNINGS.split(told.casefold()))
