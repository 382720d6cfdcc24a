"""The reading half of the journal: what this session and others have written, taken in line by line."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from store.annotations.backups import backups
from store.annotations.base_file import META, META_KEY, read_base, refusal, sequence_of
from store.annotations.journal import NOTHING, Lines, Record, mark_of
from store.annotations.journal_file import JournalFile, journal_path
from store.annotations.migrations import SCHEMA
from store.annotations.reading import Files, read_files
from store.annotations.storage import Edit, LockedStorage, check, differences, place, write_protected
from store.disk.stamp import Stamp, stamp
from store.errors import Unreadable


class FollowingStorage(LockedStorage):
    """Knows what the annotation file and its journal hold together. Two stats when nothing has happened."""

    def __init__(self, path: Path | str, **options: Any) -> None:
        super().__init__(path, **options)
        self.version = 0
        """Counts the changes to what is in memory, one's own and others'."""
        self._journal_path = journal_path(self.path)
        self._journal: JournalFile | None = None
        self._base = NOTHING
        self._seen: Stamp | None = None
        self._folded = 0
        """The number of the last change in the plain file."""
        self._schema = SCHEMA
        """What is on the disk."""
        self._aside: tuple[tuple[Path, str], ...] = ()
        """Files to be kept under another name before they are replaced, with the reason that goes into it."""
        self._foreign = False
        """Another program has written the plain file, so that the journal does not go on from it."""
        self._loaded = False
        self._sure = False
        """Whether memory is known to be what was last seen of the disk."""
        self._untold: list[Edit] = []
        """Changes that are in memory and that whoever asks next is told of."""

    @property
    def read_only(self) -> str:
        """Why nothing can be saved, as a sentence; empty when it can."""
        journal = self._journal_path
        if self._journal is not None and journal.exists() and not os.access(journal, os.W_OK):
            return write_protected(journal)
        return super().read_only

    @property
    def pending(self) -> int:
        """How many changes only the journal holds."""
        return max(0, sequence_of(self._tables) - self._folded) if self._journal is not None else 0

    @property
    def wants_folding(self) -> bool:
        """Whether the plain file is behind, or the journal holds what it could be rid of."""
        journal = self._journal
        return self._sure and (bool(self._aside) or (journal is not None and journal.end > journal.begin))

    def _stale(self) -> bool:
        if self._journal is not None and not self._journal.writable and os.access(self._journal_path, os.W_OK):
            # It was write-protected when it was opened.
            self._sure = False
        journal = self._journal.seen if self._journal is not None else None
        if not self._sure or self._untold:
            return True
        return stamp(self.path) != self._seen or stamp(self._journal_path) != journal

    def _load(self) -> list[Edit]:
        sure, self._sure = self._sure, False
        if not (sure and self._follow()):
            self._load_whole()
        self._sure = True
        told, self._untold = self._untold, []
        return told

    def _load_whole(self) -> None:
        found = read_files(self.path, system=self.system)
        try:
            why = self._lost(found)
            if why:
                raise Unreadable(refusal(self.path, why))
            edits = differences(self._tables, found.tables)
            check(edits, self.path)
        except BaseException:
            if found.journal is not None:
                found.journal.close()
            raise
        if self._journal is not None:
            self._journal.close()
        self._tables, self._base, self._seen = found.tables, found.base, found.seen
        self._journal, self._folded, self._schema = found.journal, found.folded, found.schema
        self._foreign = found.foreign
        self._aside = ()
        if found.damaged:
            self._aside += ((self._journal_path, "damaged"),)
        if found.foreign and found.pending:
            self._aside += ((self.path, "foreign"),)
        for warning in found.warnings:
            self.warn(warning)
        if not self._loaded and not found.tables and backups(self.path):
            self.warn(
                f"{self.path} is missing or empty, but there are backups beside it, the newest of "
                f"{backups(self.path)[-1][0]}. A new file is begun with the first change."
            )
        self._loaded = True
        self._told(edits)

    def _lost(self, found: Files) -> str:
        """Say what was taken away under a running session; empty when nothing was."""
        if not self._loaded or not self._tables:
            return ""
        if not found.tables:
            return "it has been emptied or removed while Dateline was running"
        behind = sequence_of(found.tables) < sequence_of(self._tables)
        if self._journal is not None and found.journal is None and behind:
            return "its journal has been removed while Dateline was running"
        return ""

    def _follow(self) -> bool:
        """Take in what others added to the journal, and go on to the next one; False when that does not do."""
        journal = self._journal
        named = stamp(self._journal_path)
        if journal is None or journal.header is None or named is None or not self._play(journal.read()):
            return False
        if named.inode != journal.seen.inode:
            following = JournalFile.open(journal.path, system=self.system)
            if following is None:
                return False
            lines = following.read()
            header = following.header
            if header is None or (header.after, header.sequence) != (journal.header.id, sequence_of(self._tables)):
                following.close()
                return False
            journal.close()
            self._journal = journal = following
            self._base, self._folded = header.base, header.sequence
            if not self._play(lines):
                return False
        return self._recognise(journal)

    def _recognise(self, journal: JournalFile) -> bool:
        """Tell whether the plain file is one that the journal goes on from."""
        seen = stamp(self.path)
        if seen == self._seen:
            return True
        header = journal.header
        if seen is None or header is None:
            return False
        if (seen.size, (seen.inode, seen.mtime_ns)) == (header.base.size, header.stamp):
            self._base, self._seen, self._folded = header.base, seen, header.sequence
            return True
        data, read = read_base(self.path, system=self.system)
        base = mark_of(data)
        known = journal.knows(base)
        if known is None:
            return False
        self._base, self._seen, self._folded = base, read, known
        return True

    def _play(self, lines: Lines | None) -> bool:
        """Make the changes of some lines in memory; False when some are missing."""
        if lines is None or lines.damaged:
            return False
        for entry in lines.entries:
            if not isinstance(entry, Record):
                continue
            if entry.sequence != sequence_of(self._tables) + 1:
                return False
            edits = [
                Edit(table, key, self._tables.get(table, {}).get(key), document) for table, key, document in entry.edits
            ]
            check(edits, self.path)
            for edit in edits:
                place(self._tables, edit.table, edit.key, edit.after)
            place(self._tables, META, META_KEY, {"schema": SCHEMA, "sequence": entry.sequence})
            self._told(edits)
        return True

    def _keep_untold(self, news: list[Edit]) -> None:
        """Keep what was met on the way for whoever asks next."""
        self._untold = news + self._untold

    def _told(self, edits: list[Edit]) -> None:
        if edits:
            self.version += 1
            self._untold += edits

    def warn(self, warning: str) -> None:
        """Say something about what went wrong without costing anything yet; each thing once."""
        if warning not in self.warnings:
            self.warnings.append(warning)
