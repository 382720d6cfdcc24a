"""Where the reader was when Dateline was left: a small file a library, dear to nobody but handy."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from store.library import keep_last_place, read_last_place


@dataclass(frozen=True, slots=True)
class Session:
    """The last place."""

    article: str = ""
    position: int = 0
    in_reader: bool = False
    view: str = "All"
    view_query: str = ""
    shown: tuple[str, ...] = ()
    """The groups of names that were highlighted; empty: as the config says."""
    pinned: tuple[str, ...] = ()
    """The saved searches above the list: name and query, a line each."""
    theme: str = ""
    """The theme that was chosen from the palette; empty: as the config says."""
    order: str = ""
    """The order of lists that was chosen; empty: as the config says."""
    piped: tuple[str, ...] = ()
    """Commands that articles were piped to, the newest last."""
    scope: str = ""
    """How far the last correction of a name reached; empty: to one place."""
    grouping: str = ""
    """The groups of lists that were chosen; empty: as the config says."""


def load(roots: Iterable[Path]) -> Session:
    """Read the last place; a missing or damaged file means the beginning."""
    try:
        body = json.loads(read_last_place(roots))
    except ValueError:
        return Session()
    first = Session()
    if not isinstance(body, dict):
        return first
    kept = {name: _like(value, body.get(name)) for name, value in asdict(first).items()}
    return Session(**kept)


def _like(default: Any, value: Any) -> Any:
    """Return the value if it is of the default's type, else the default."""
    if isinstance(default, tuple) and isinstance(value, list):
        return tuple(str(each) for each in value)
    return value if type(value) is type(default) else default


def save(roots: Iterable[Path], session: Session) -> None:
    """Write the last place; a disk that refuses costs only the place."""
    keep_last_place(roots, json.dumps(asdict(session)).encode())
