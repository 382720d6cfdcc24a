"""TinyDB's storage as a journal: a change costs what it touches, and now and then all is folded into the plain file."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from store.annotations.backups import back_up, keep_schema, set_aside
from store.annotations.base_file import META, sequence_of
from store.annotations.folding import Folding
from store.annotations.following import FollowingStorage
from store.annotations.journal import Announcement, Entry, Record
from store.annotations.journal_file import JournalFile, LostTrackError, new_header
from store.annotations.migrations import SCHEMA
from store.annotations.owner import Owner
from store.annotations.storage import Edit, place
from store.disk.atomic import sync_folder
from store.disk.mounts import file_system
from store.disk.stamp import Stamp
from store.errors import AnnotationsError, NotSaved

FULL = 4 << 20
"""Bytes of a journal that is folded as soon as there is a moment."""

OVERFULL = 4 * FULL
"""Bytes of a journal that is folded at once, whoever waits."""


class JournalState(NamedTuple):
    """How far the plain file is behind."""

    version: int
    """Changes with every change to what is in memory."""
    own: int
    """Changes with every change of this session's."""
    wants_folding: bool
    full: bool
    """Folding should not wait for a quiet moment."""


class JournalStorage(FollowingStorage):
    """Adds each change to the journal, and folds the journal into the plain file when asked to.

    A change is saved when the journal has it. The plain file is only ever replaced: it is whole at any time, and
    behind by what the journal holds.
    """

    def __init__(
        self, path: Path | str, *, file_system: Callable[[Path], str] = file_system, **options: Any
    ) -> None:
        super().__init__(path, **options)
        self._owner = Owner(self.path, kind_of=file_system, clock=self.clock, system=self.system)
        self.own = 0
        """Counts the changes of this session."""
        self._failed = ""

    @property
    def read_only(self) -> str:
        """Why nothing can be saved, as a sentence; empty when it can."""
        return self._failed or self._owner.blocked or super().read_only

    def refresh(self) -> list[Edit]:
        """Take in what others have written; see `LockedStorage.refresh`."""
        self._owner.look()
        return super().refresh()

    @property
    def full(self) -> bool:
        """Whether the journal is so long that folding should not wait for a quiet moment."""
        return self._journal is not None and self._journal.end > FULL

    # ---- folding -------------------------------------------------------------------------------------------
    def folding(self) -> Iterator[None]:
        """Fold, in small steps between which changes may be made; one that is made ends it, for another try later.

        Nothing is lost where it fails or is never ended: the journal holds everything until the file does.
        """
        if not self.wants_folding or self.read_only:
            return
        began = self.version
        # What goes wrong in the file itself is told to whoever asks for it next.
        with contextlib.suppress(AnnotationsError):
            yield from self._fold_if_still(began)

    def _fold_if_still(self, began: int) -> Iterator[None]:
        try:
            folding = Folding(self.path, self._tables, system=self.system)
            try:
                for _ in folding.steps():
                    yield
                    if self.version != began:
                        return
                seen = folding.force()
                yield
                if self.version != began:
                    return
                with self._holding_lock():
                    self._keep_untold(self.refresh())
                    if self.version == began:
                        self._put(folding, seen)
            finally:
                folding.drop()
        except OSError as error:
            self.warn(f"{self.path} could not be brought up to date: {error.strerror}. Its journal holds everything.")

    def fold(self) -> bool:
        """Fold now; returns whether the plain file holds everything.

        Raises:
            AnnotationsError: the file has become unusable.
        """
        self._keep_untold(self.refresh())
        for _ in self.folding():
            pass
        return not self.wants_folding

    def close(self, *, fold: bool = True) -> None:
        """Fold, unless there is no time for that, and close every file."""
        try:
            if fold and self.wants_folding:
                # Where it cannot be done now, the next session does it.
                with contextlib.suppress(AnnotationsError):
                    self.fold()
        finally:
            if self._journal is not None:
                self._journal.close()
                self._journal = None
            self._aside = ()
            self._sure = False
            self._owner.leave()
            super().close()

    def _take_lock(self) -> None:
        if self._owner.blocked:
            self._owner.look(at_once=True)
        super()._take_lock()
        try:
            reason = self._owner.claim()
            if reason:
                raise NotSaved(f"Not saved. {reason}")
        except OSError as error:
            self._lock.release()
            raise self._not_saved(error) from error
        except BaseException:
            self._lock.release()
            raise

    @contextlib.contextmanager
    def _holding_lock(self) -> Iterator[None]:
        if self._lock.held:
            yield
            return
        self._take_lock()
        try:
            yield
        finally:
            self._lock.release()

    def _put(self, folding: Folding, seen: Stamp) -> None:
        """Give the folded text its name, under the lock; raises OSError."""
        plain = not self._aside and not self._foreign and self._schema == SCHEMA
        self._keep_what_goes()
        made = self._back_up()
        journal = self._journal
        try:
            if journal is not None:
                # Who finds the new text beside this journal knows by the announcement that it is ours.
                self._append(journal, Announcement(folding.mark, sequence_of(self._tables)))
            folding.put()
        except BaseException:
            if made is not None:
                # It still shares its bytes with the file, which a foreign program may write to in place.
                with contextlib.suppress(OSError):
                    self.system.unlink(os.fspath(made))
            raise
        self._base, self._seen, self._folded = folding.mark, seen, sequence_of(self._tables)
        # The journal goes only when what it held is safe.
        sync_folder(self.path.parent, self.system)
        self._begin_journal(journal if plain else None)

    def _fold_held(self) -> None:
        """Fold at once, under the lock; raises OSError."""
        folding = Folding(self.path, self._tables, system=self.system)
        try:
            for _ in folding.steps():
                pass
            self._put(folding, folding.force())
        finally:
            folding.drop()

    def _keep_what_goes(self) -> None:
        now = self.clock().astimezone()
        for found, why in self._aside:
            kept = set_aside(found, why, now, system=self.system)
            self.warn(f"{found.name} as it was is kept in {kept}.")
        self._aside = ()
        if self._schema < SCHEMA and self.path.exists():
            keep_schema(self.path, self._schema, now, system=self.system)

    def _back_up(self, *, copy: bool = False) -> Path | None:
        try:
            return back_up(self.path, self.clock().astimezone().date(), copy=copy, system=self.system)
        except OSError as error:
            self.warn(f"No backup of {self.path} could be made today: {error.strerror}.")
            return None

    def _begin_journal(self, after: JournalFile | None) -> None:
        """Begin a journal that goes on from the file as it is; raises OSError."""
        former = after.header.id if after is not None and after.header is not None else ""
        header = new_header(former, SCHEMA, sequence_of(self._tables), self._base, self._seen)
        # Should it fail, either journal may have the name: then all is read anew.
        self._sure = False
        begun = JournalFile.begin_new(self._journal_path, header, self.path, system=self.system)
        if self._journal is not None:
            self._journal.close()
        self._journal = begun
        self._folded, self._schema, self._foreign, self._sure = header.sequence, SCHEMA, False, True

    # ---- changes -------------------------------------------------------------------------------------------
    def _commit(self, edits: list[Edit]) -> None:
        if self._journal is None or self._foreign or self._aside or self._schema < SCHEMA:
            with self._without(edits):
                self._make_ready()
        journal = self._journal
        assert journal is not None
        changed = [(edit.table, edit.key, edit.after) for edit in edits if edit.table != META]
        record = Record(sequence_of(self._tables), self.clock().isoformat(), changed)
        self.version += 1
        self._append(journal, record)
        self.own += 1
        if journal.end > OVERFULL:
            with contextlib.suppress(OSError):
                self._fold_held()

    def _append(self, journal: JournalFile, entry: Entry) -> None:
        self._cut_tail(journal)
        try:
            journal.append(entry)
        except LostTrackError as error:
            self._failed = (
                f"The disk reported an error while {self.path} was being saved ({error.strerror}), so nothing more is "
                "written. What was called saved before is there. Copy the file and its journal to another disk, then "
                "start Dateline anew."
            )
            raise

    def _make_ready(self) -> None:
        """Give a change a journal to be written to; raises OSError."""
        if self._aside or self._schema < SCHEMA:
            self._fold_held()
            return
        if self._foreign:
            self._back_up(copy=True)
        self._begin_journal(None)

    @contextlib.contextmanager
    def _without(self, edits: list[Edit]) -> Iterator[None]:
        """Have memory as it was before some edits, for a while."""
        for edit in edits:
            place(self._tables, edit.table, edit.key, edit.before)
        try:
            yield
        finally:
            for edit in edits:
                place(self._tables, edit.table, edit.key, edit.after)

    def _cut_tail(self, journal: JournalFile) -> None:
        if journal.torn:
            journal.cut()
            self.warn(
                f"The last line of {journal.path} was only half written, as by a crash while it was being saved. It "
                "was never called saved, and is gone."
            )
