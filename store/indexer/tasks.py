"""What an indexer and the processes that read for it tell each other, as JSON lines like all that goes between ours.

The first line to such a process is the indexer's own `Hello` with `jobs` 0. Then come `Read`, `Analyse` and `Skip`;
back come `Begin`, before each document, and `Contents` and `Named`.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import Any, ClassVar

from msgspec.structs import astuple

from store.article import ArticleId, Mention, Problem
from store.catalog.entry import Entry
from store.indexer.protocol import Message, register
from store.paths import openable, storable


class Read(Message):
    """To it: read these files, in order, after those that it has been told already."""

    type: ClassVar[str] = "read"
    paths: tuple[str, ...]
    sizes: tuple[int, ...]


class Contents(Message):
    """From it: what a file holds, or the next part of that."""

    type: ClassVar[str] = "contents"
    path: str
    items: tuple[list[Any], ...]
    """As `packed` makes them."""
    last: bool = True
    opened: bool = True
    """Whether the file could be opened."""


class Prepare(Message):
    """To it: there will be names to find soon."""

    type: ClassVar[str] = "prepare"


class Analyse(Message):
    """To it: find the names of this text."""

    type: ClassVar[str] = "analyse"
    id: ArticleId
    text: str
    blocks: str
    """As the index keeps them."""
    language: str
    version: str
    """Of what the names should be."""


class Named(Message):
    """From it: a text's names, linked; or why there are none, as a sentence."""

    type: ClassVar[str] = "named"
    id: ArticleId
    rows: tuple[Mention, ...] = ()
    failed: str = ""
    """Why they cannot be found in this text."""
    unusable: str = ""
    """Why they cannot be found in any text of its language."""


register({Read: ("paths",), Contents: ("path",), Prepare: (), Analyse: (), Named: ()})


def packed(item: Entry | Problem) -> list[Any]:
    """Return what goes over the wire of an article or a problem.

    Raises:
        UnicodeEncodeError: it holds characters that are none.
    """
    if isinstance(item, Entry):
        *fields, mark = astuple(item)
        return [*fields, b64encode(mark).decode()]
    fields = [item.stage, storable(item.reason), storable(item.member)]
    "".join(fields).encode()
    return fields


def unpacked(fields: list[Any], path: str) -> Entry | Problem:
    """Return what `packed` was given, of a file."""
    if len(fields) == 3:
        stage, reason, member = fields
        return Problem(path, stage, openable(reason), openable(member))
    values = [*fields[:-1], b64decode(fields[-1])]
    return Entry(*values)
