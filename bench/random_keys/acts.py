"""What can be done to a session: a key, a new size, a signal, a file that comes, changes or goes; or nothing."""

from __future__ import annotations

from dataclasses import dataclass


class Typed(str):
    """Words that are typed letter by letter, even where they read like the name of a key."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Size:
    """A new size of the window."""

    columns: int
    lines: int


@dataclass(frozen=True, slots=True)
class Signal:
    """A signal to the program."""

    name: str


@dataclass(frozen=True, slots=True)
class Touch:
    """Something that happens to the library's files; the number says what, and to which."""

    number: int


@dataclass(frozen=True, slots=True)
class Rest:
    """A moment without keys, until what they led to is on the screen."""


Act = str | Size | Signal | Touch | Rest
"""A plain string is a key, as `Terminal.send` takes it, or bytes that a terminal sends by itself."""

Press = tuple[Act, ...]
"""What belongs together, in its order."""


def letters(*acts: Act) -> Press:
    """Return acts with typed words taken apart."""
    return tuple(one for act in acts for one in (map(str, act) if isinstance(act, Typed) else (act,)))
