"""The annotation file's next text on its way: written in pieces beside the present one, until it takes its place."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path

from store.annotations.base_file import META, Tables
from store.annotations.journal import Mark
from store.annotations.pieces import pieces
from store.disk.atomic import SYSTEM, Replacement, System
from store.disk.stamp import Stamp


class Folding:
    """One try at folding the journal into the annotation file."""

    def __init__(self, path: Path, tables: Tables, *, system: System = SYSTEM) -> None:
        """Begin; raises OSError."""
        self._new = Replacement(path, system=system)
        # First what tells which file this is, so that it is there where the end is not.
        self._pieces = pieces({META: tables.get(META, {}), **tables})
        self.mark = Mark(0, 0)
        """What was written so far is known again by this; the whole text, when it is forced to the disk."""

    def steps(self) -> Iterator[None]:
        """Write the text, a piece a step; between them the tables may not change. Raises OSError."""
        for piece in self._pieces:
            self._new.write(piece)
            self.mark = Mark(self.mark.size + len(piece), zlib.crc32(piece, self.mark.crc))
            yield

    def force(self) -> Stamp:
        """Force the text to the disk, under its temporary name; returns the stamp that it will have."""
        return self._new.force()

    def put(self) -> None:
        """Give the text its name."""
        self._new.put()

    def drop(self) -> None:
        """Leave everything as it was; does nothing once the text has its name."""
        self._new.drop()
