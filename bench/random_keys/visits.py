"""Visits: for every command in turn, a way to where its keys work, and one of them. No command is left to luck."""

from __future__ import annotations

import random

from bench.random_keys.acts import Act, Press, Rest, Typed, letters
from tui.commands.command import Command, Context
from tui.commands.registry import COMMANDS

HOME: Press = ("esc", "esc", "esc", "h", *"oall", "enter")
"""Keys to the list of all articles, from nearly everywhere."""

_TWICE = "f 'title:\"kept twice\"' enter"
"""To the articles with a note of two texts, see `annotating.py`."""

INTO: dict[Context, tuple[str, ...]] = {
    Context.MAIN: ("", "enter", "e"),
    Context.LIST: ("", "G", "f 'is:unread' enter"),
    Context.READER: ("enter", "G enter", "enter w"),
    Context.SELECTION: ("enter v", "enter v p", "enter w v"),
    Context.NOTE: ("f 'title:\"kept once\"' enter ~ enter ] n",),
    Context.PANEL: ("e", "enter ~ e j"),
    Context.PROMPT: ("f", "t", "enter /", "D", "ctrl+t ~ /"),
    Context.EDITOR: ("a 'one more'", "enter ~ v p a 'on it'", "B ~ a"),
    Context.CHOICE: ("o", "O", "B ~ o"),
    Context.OVERLAY: ("?", "ctrl+t ~ ?", "E ~ o"),
    Context.TAGS: ("ctrl+t", "ctrl+t j"),
    Context.SEARCHES: (": 'searches' enter", "f 'open' enter S 'kept' enter : 'searches' enter"),
    Context.HISTORY: ("U",),
    Context.CORRECTIONS: ("ctrl+x", "enter ~ w x ~ 1 ~ ctrl+x"),
    Context.CHANGES: ("f 'is:changed' enter ~ d", "f 'is:changed' enter ~ enter G d"),
    Context.ENTITY: ("E ~ enter", "E ~ j j enter ~ tab", "enter ~ w enter"),
    Context.ENTITIES: ("E", "E ~ space j"),
    Context.MAP: ("g m", "E ~ g m", "g m ~ L"),
    Context.LIKELY: ("E ~ M", ": 'merge' enter"),
    Context.NOTES: ("B", "B ~ G", "B ~ tab"),
    Context.TEXTS: (f"{_TWICE} ~ enter ~ =", f"{_TWICE} ~ G enter ~ =", "B ~ / 'anna' enter ~ ="),
    Context.HINTS: (";", "enter ~ ;"),
    Context.LINKS: (f"{_TWICE} ~ enter L",),
    Context.COMMAND: (":", "E ~ :", ": 'tag'"),
}  # fmt: skip
"""Ways from the list to where the keys of each context work."""

_MORE = {context: tuple(one for one in COMMANDS if context in one.contexts and one.keys) for context in Context}


def steps(way: str) -> list[Act]:
    """Return the acts of a way: what stands in quotation marks is typed, and at each `~` one waits for what comes."""
    found: list[Act] = []
    for number, part in enumerate(way.split("'")):
        found += [Typed(part)] if number % 2 else [Rest() if one == "~" else one for one in part.split()]
    return found


def visit(command: Command, chance: random.Random) -> Press:
    """Return a way from anywhere to where a command can be carried out, and it, by a key or by its name."""
    context = chance.choice(command.contexts)
    if not command.keys:
        return (*HOME, Rest(), ":", *letters(Typed(command.words[0])), Rest(), "enter")
    return (*HOME, Rest(), *letters(*steps(chance.choice(INTO[context]))), Rest(), *_key(command, chance))


def more(command: Command, chance: random.Random) -> Press:
    """Return keys of other commands that work where a command does."""
    others = _MORE[chance.choice(command.contexts)]
    pressed: list[Act] = []
    for _ in range(chance.choice((0, 0, 1, 2, 4, 8)) if others else 0):
        pressed += _key(chance.choice(others), chance)
    return tuple(pressed)


def _key(command: Command, chance: random.Random) -> list[str]:
    return chance.choice(command.keys).split()


class Visits:
    """All commands in an order of their own for each seed, one after the other and over again."""

    def __init__(self, seed: int, first: int = 0) -> None:
        """`first` is where it begins in that order."""
        self._order = list(COMMANDS)
        random.Random(f"{seed} visits").shuffle(self._order)
        self._next = first

    def take(self) -> Command:
        """Return the command whose turn it is."""
        self._next += 1
        return self._order[(self._next - 1) % len(self._order)]
