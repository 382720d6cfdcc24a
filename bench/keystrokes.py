"""What a terminal sends for a key, and what was measured of the answer to one."""

from __future__ import annotations

from dataclasses import dataclass

KEYS = {
    "enter": "\r",
    "esc": "\x1b",
    "tab": "\t",
    "space": " ",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "delete": "\x1b[3~",
    "shift+tab": "\x1b[Z",
    "shift+up": "\x1b[1;2A",
    "shift+down": "\x1b[1;2B",
    "shift+left": "\x1b[1;2D",
    "shift+right": "\x1b[1;2C",
}
"""What a terminal sends for keys with a name; `ctrl+` and a letter goes without saying."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What followed a key."""

    first: float
    """Seconds from the key to the first byte; infinity when nothing came."""
    last: float
    """Seconds from the key to the last byte before it was quiet."""
    size: int
    """Bytes, without those that only frame an update."""
    frames: int
    """Updates of the screen, as synchronised output frames them; 0 where the program does not frame any."""
    shown: float = float("inf")
    """Seconds from the key to the end of the update that brought what was waited for; infinity without any such."""


def encoded(key: str) -> str:
    """Return what a terminal sends for a key."""
    if key.startswith("ctrl+") and len(key) == 6:
        return chr(ord(key[-1].upper()) ^ 0x40)
    return KEYS.get(key, key)
