"""Where the reader was: a small file a library, kept while one reads, dear to nobody but handy."""

from __future__ import annotations

import json
from typing import Any

from msgspec.structs import asdict

from store.library import LastPlace
from store.record import Record


class Session(Record):
    """The last place."""

    article: str = ""
    position: int = 0
    in_reader: bool = False
    above: int = 0
    """Lines of the list that were on screen above the article."""
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
    written: tuple[str, ...] = ()
    """Lines that were written on the command line, the newest last."""
    scope: str = ""
    """How far the last correction of a name reached; empty: to one place."""
    grouping: str = ""
    """The groups of lists that were chosen; empty: as the config says."""

    lost: bool = False
    """The line was lost, or Dateline was killed: what follows is taken up as well."""
    filter: str = ""
    name: int = -1
    """Offset of the current name in the text; -1: none was."""
    alone: bool = False
    """The text stood alone."""
    panel: str = ""
    """`shown` or `hidden`, where the user said so."""
    marked: tuple[str, ...] = ()
    """The ids of the marked articles."""
    page: tuple[str, ...] = ()
    """The page of a name that lay over all: the name's key, the name, its kind."""


def load(last: LastPlace) -> Session:
    """Read the last place; a missing or damaged file means the beginning."""
    last.hold()
    text, lost = last.read()
    try:
        body = json.loads(text)
    except ValueError:
        return Session()
    first = Session()
    if not isinstance(body, dict):
        return first
    kept = {name: _like(value, body.get(name)) for name, value in asdict(first).items()}
    return Session(**kept).replace(lost=lost)


def _like(default: Any, value: Any) -> Any:
    """Return the value if it is of the default's type, else the default."""
    if isinstance(default, tuple) and isinstance(value, list):
        return tuple(str(each) for each in value)
    return value if type(value) is type(default) else default


def packed(session: Session) -> bytes:
    """Return a place as it is kept."""
    return json.dumps(asdict(session)).encode()
