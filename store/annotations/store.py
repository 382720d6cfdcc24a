"""The annotation store: every change to what the user has added, saved when it returns.

It is for one thread, `writer.py`'s; only what is said to be for any thread may be called from elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from store.annotations.adopt import adopt
from store.annotations.base_file import Tables
from store.annotations.changing import carry_out
from store.annotations.evidence import Evidence
from store.annotations.index import Index
from store.annotations.journal_storage import JournalState
from store.annotations.living import LivingWriters
from store.annotations.name_records import CorrectName
from store.annotations.reanchoring import Reanchoring
from store.annotations.records import Change, PlaceNote, SaveNote, Target
from store.annotations.sessions import Sessions
from store.annotations.storage import PATIENCE, Edit
from store.annotations.stored import StoredAnnotations
from store.annotations.tables import AnnotationDB
from store.annotations.undo_list import UndoList
from store.annotations.undo_records import Receipt
from store.annotations.work import Work
from store.article import Article, ArticleId
from store.disk.atomic import SYSTEM, System
from store.disk.mounts import file_system


def _now() -> datetime:
    return datetime.now(UTC)


class AnnotationStore(StoredAnnotations):
    """The user's annotations in one TinyDB file."""

    def __init__(
        self,
        path: Path,
        *,
        session: str | None = None,
        clock: Callable[[], datetime] = _now,
        is_live: Callable[[ArticleId], bool] = lambda _: False,
        article_of: Callable[[ArticleId], Article | None] = lambda _: None,
        timeout: float = PATIENCE,
        file_system: Callable[[Path], str] = file_system,
        system: System = SYSTEM,
    ) -> None:
        """Read the file; nothing is written before the first change.

        `is_live` tells whether a text is still at some source; a text that is not may hand its annotations to what now
        stands there. `article_of` returns an article that is live. Both are called on this store's thread. `timeout`
        is for the lock, in seconds. `file_system` tells on which kind a folder lies.

        Raises:
            AnnotationsError: the file cannot be used. It was not touched.
        """
        self._db = AnnotationDB(path, timeout=timeout, system=system, clock=clock, file_system=file_system)
        self._storage = self._db.storage
        self._sessions = Sessions(self._storage.path, session, system=system)
        self.session = self._sessions.own
        """The name under which this session's steps are kept."""
        self._clock = clock
        self._is_live = is_live
        self._evidence = Evidence(self._storage.path, article_of, self.warn, system)
        self._index = Index()
        self._undo_list = UndoList(self._index, self._sessions)
        self._living = LivingWriters(self._index, self._sessions)
        self._news: frozenset[ArticleId] = frozenset()
        """What others changed that was met while changing something here; the next refresh tells of it."""
        self._take_in(self._storage.refresh())

    @property
    def path(self) -> Path:
        """The file itself, links followed."""
        return self._storage.path

    @property
    def read_only(self) -> str:
        """Why nothing can be saved, as a sentence; empty when it can. For any thread."""
        return self._storage.read_only

    @property
    def warnings(self) -> tuple[str, ...]:
        """What went wrong without costing anything yet, as sentences. For any thread."""
        return tuple(self._storage.warnings)

    def snapshot(self) -> Tables:
        """Return everything that is saved, as it is now and stays in what is returned. Raises what `refresh` raises."""
        self._news |= self._take_in(self._storage.refresh())
        return {name: dict(table) for name, table in self._storage.tables.items()}

    # ---- changing ------------------------------------------------------------------------------------------
    def apply(self, change: Change) -> Receipt:
        """Make a change; when this returns, the disk has it.

        Quiet changes (drafts, positions, automatic read marks) have no sentence and are no step of the undo
        list.

        Raises:
            UsageError: the change is wrong in itself, such as a tag with a space.
            NotFoundError: a tag to be renamed is on nothing.
            AnnotationsError: it was not saved (NotSaved, Busy, Unreadable, TooNew). Nothing has changed.
        """

        if isinstance(change, SaveNote | PlaceNote | CorrectName) and change.target is not None:
            self._evidence.keep(change.target.id)

        def make(work: Work) -> Receipt:
            done = carry_out(work, change)
            step = ""
            if work.deltas and done.sentence:
                step = self._undo_list.add(work, done.sentence)
            return Receipt(done.sentence, undo=step, note=done.note, conflict=done.conflict)

        return self._transact(make)

    def undo(self, expected: str = "", most: int | None = None) -> Receipt:
        """Take back this session's newest change, else the newest of the ended sessions.

        With `expected`, only if that is still the step. With `most`, only a step of this session that touches at
        most so many articles and notes: another one is handed back in `asks`, and nothing is changed. A field
        that another session has changed since is left alone and counted in `skipped`. The sentence is empty when
        there is nothing to undo.

        Raises:
            UndoRefused: it is another step than expected by now.
            AnnotationsError: as in `apply`.
        """
        return self._transact(lambda work: self._undo_list.undo(work, expected, most))

    def redo(self) -> Receipt:
        """Do again what this session undid last; no sentence when a newer change has made that moot."""
        return self._transact(self._undo_list.redo)

    def undo_entry(self, entry: str) -> Receipt:
        """Take back one step, whatever came after it.

        Raises:
            UndoRefused: a later step builds on it, which the message names; or it is a living session's.
            AnnotationsError: as in `apply`.
        """
        return self._transact(lambda work: self._undo_list.undo_entry(work, entry))

    def redo_entry(self, entry: str) -> Receipt:
        """Do one undone step again; raises as `undo_entry` does."""
        return self._transact(lambda work: self._undo_list.redo_entry(work, entry))

    def adopt(self, old: ArticleId, new: Target) -> Receipt:
        """Let annotations follow a source whose text has changed from `old` to `new`. May be repeated.

        Where the old text is still live elsewhere (or the new one bears annotations already), tags and notes
        are copied instead of moved. Raises what `apply` raises.
        """

        if self.notes(old):
            self._evidence.keep(new.id)
        places = Reanchoring(self._evidence.text)

        def make(work: Work) -> Receipt:
            adopt(work, self._index, old, new, still_live=self._is_live(old), places=places)
            return Receipt("")

        return self._transact(make)

    def refresh(self) -> frozenset[ArticleId]:
        """Take in what other sessions saved; returns the articles affected. Costs one look when that is none.

        Raises:
            AnnotationsError: the file has become unusable; what was read last stays.
        """
        self._news |= self._take_in(self._storage.refresh())
        affected, self._news = self._news, frozenset()
        return affected | self._living.look()

    # ---- the plain file ------------------------------------------------------------------------------------
    @property
    def journal(self) -> JournalState:
        """How far the plain file is behind."""
        storage = self._storage
        return JournalState(storage.version, storage.own, storage.wants_folding, storage.full)

    def warn(self, warning: str) -> None:
        """Say something about what went wrong without costing anything yet."""
        self._storage.warn(warning)

    def folding(self) -> Iterator[None]:
        """Bring the plain file up to date in small steps, between which other methods may be called.

        A change ends it, for another try later. What is saved is saved, whether this is ended or not.
        """
        yield from self._storage.folding()

    def fold(self) -> bool:
        """Bring the plain file up to date now; returns whether it is. Raises what `refresh` raises."""
        return self._storage.fold()

    def close(self, *, fold: bool = True) -> None:
        """End the session. Every change that was applied is on the disk already; `fold` is for the plain file."""
        self._sessions.leave()
        self._storage.close(fold=fold)

    # ---- inside --------------------------------------------------------------------------------------------
    def _transact(self, make: Callable[[Work], Receipt]) -> Receipt:
        with self._storage.transaction() as changes:
            self._news |= self._take_in(changes.news)
            self._sessions.join()
            work = Work(changes, self._index, session=self.session, now=self._clock(), is_live=self._is_live)
            receipt = make(work)
            Reanchoring(self._evidence.text).follow(work, self._index, changes.edits())
            edits = changes.edits()
        affected = self._take_in(edits)
        return receipt.replace(articles=affected)

    def _take_in(self, edits: list[Edit]) -> frozenset[ArticleId]:
        if not edits:
            return frozenset()
        self._undo_list.take_in(edits)
        return self._index.take_in(edits) | self._living.look()
