"""The looks that the user has chosen for whatever is read: a small file, dear to nobody but handy."""

from __future__ import annotations

import json

from msgspec.structs import asdict

from store.library import has_read_before, keep_habits, read_habits
from store.record import Record


class Habits(Record):
    """What the user chose to see everything with."""

    theme: str = ""
    """The theme that was chosen; empty: as the config says."""
    measure: int = 0
    """The widest that a line of text gets, in columns; 0: as the config says."""
    greeted: bool = False
    """Whether the first keys have been shown."""


def load() -> Habits:
    """Read the user's habits; a missing or damaged file means none."""
    kept = read_habits()
    if not kept:
        # Who has read here before this file was kept knows the first keys.
        return Habits(greeted=has_read_before())
    try:
        body = json.loads(kept)
    except ValueError:
        body = None
    known = body if isinstance(body, dict) else {}
    fields = asdict(Habits(greeted=True))
    return Habits(**{name: known[name] if type(known.get(name)) is type(value) else value
                     for name, value in fields.items()})  # fmt: skip


def save(habits: Habits, before: Habits | None = None) -> None:
    """Write the user's habits, unless they are as they were; a disk that refuses costs only these."""
    if habits != before:
        keep_habits(json.dumps(asdict(habits)).encode())
