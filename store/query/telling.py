"""What goes wrong or stops on the query thread, and SQLite's errors in words for the user."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from store.errors import CatalogError


@contextmanager
def told() -> Iterator[None]:
    """Turn SQLite's errors into words for the user; `Interrupted` is for the query thread alone."""
    try:
        yield
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "")
        if name == "SQLITE_INTERRUPT":
            raise Interrupted from error
        raise CatalogError(_sentence(name, str(error))) from error


def _sentence(name: str, said: str) -> str:
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return "The index is being rebuilt by another session; try again in a moment."
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return "The index is damaged; `dateline index` builds it anew. Tags and notes are not in it."
    return (
        f"The index cannot be read ({said}); `dateline index` builds it anew. Tags and notes are not in it."
    )


class Later(Exception):  # noqa: N818 - a job's way to let others go first
    """The job has more to do; it goes to the end of the queue."""


class Interrupted(Exception):  # noqa: N818 - no error: somebody asked for it
    """A statement was stopped because nobody waits for it any more."""
