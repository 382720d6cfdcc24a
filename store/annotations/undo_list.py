"""The undo list: which step is next, what a step keeps, and how many are kept.

A session undoes its own steps, newest first, then those of ended sessions; never those of a living one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from store.annotations.dependence import fields, shares
from store.annotations.documents import NOTES, UNDO, Document, note_of, read_time
from store.annotations.index import Index
from store.annotations.pieces import dump
from store.annotations.records import Anchor, NoteId
from store.annotations.sessions import Sessions
from store.annotations.storage import Edit
from store.annotations.undo import play
from store.annotations.undo_records import Receipt, UndoEntry, Whose
from store.annotations.work import Delta, Work
from store.errors import UndoRefused

MOST_STEPS = 1000
MOST_BYTES = 8 << 20


class UndoList:
    """The steps that can be taken back, in the file's `undo` table."""

    def __init__(self, index: Index, sessions: Sessions) -> None:
        self._index = index
        self._sessions = sessions
        self._sizes: dict[str, int] = {}

    def take_in(self, edits: Iterable[Edit]) -> None:
        """Follow what changed in the file."""
        for edit in edits:
            if edit.table != UNDO:
                continue
            if edit.before is not None:
                self._sizes.pop(edit.before["id"], None)
            if edit.after is not None:
                self._sizes[edit.after["id"]] = _size(edit.after)

    def add(self, work: Work, sentence: str) -> str:
        """Keep what was done as a step and return its id. What this session had undone is past redoing."""
        identity = work.new_id()
        step: Document = {
            "id": identity,
            "n": work.number,
            "at": work.now,
            "session": work.session,
            "sentence": sentence,
            "undone": 0,
            "undone_by": "",
            "changes": work.deltas,
        }
        for one in self._steps(work, undone=True):
            if one["undone_by"] == work.session:
                work.put(UNDO, one["id"], {**one, "undone_by": ""})
        work.put(UNDO, identity, step)
        for old in self._outgrown(_size(step)):
            work.put(UNDO, old, None)
        return identity

    # ---- what comes next -----------------------------------------------------------------------------------
    def next(self) -> UndoEntry | None:
        """Return what undo would take back: this session's newest step, else the newest of an ended one."""
        order = self._index.order
        waiting = [entry for entry in list(self._index.history.values()) if not entry.undone]
        waiting.sort(key=lambda entry: order.get(entry.id, 0), reverse=True)
        own = next((entry for entry in waiting if entry.session == self._sessions.own), None)
        return own or next((entry for entry in waiting if self._sessions.is_ended(entry.session)), None)

    def whose(self, entry: UndoEntry) -> Whose:
        """Tell which session a step is of."""
        if entry.session == self._sessions.own:
            return Whose.OWN
        return Whose.ENDED if self._sessions.is_ended(entry.session) else Whose.LIVING

    def undo(self, work: Work, expected: str = "", most: int | None = None) -> Receipt:
        """Take back the next step.

        Raises:
            UndoRefused: it is not the one expected.
        """
        entry = self.next()
        if expected and (entry is None or entry.id != expected):
            now = f"; it would be “{entry.sentence}” now" if entry is not None else ""
            raise UndoRefused(f"Nothing undone: another change came between{now}. Press u again to see.")
        if entry is None:
            return Receipt("")
        if most is not None and (entry.session != work.session or entry.articles > most):
            return Receipt("", asks=entry)
        return self._play(work, self._step(work, entry.id), forward=False)

    def redo(self, work: Work) -> Receipt:
        """Do again what this session undid last."""
        mine = [one for one in self._steps(work, undone=True) if one["undone_by"] == work.session]
        last = max(mine, key=lambda one: one["undone"], default=None)
        return self._play(work, last, forward=True) if last is not None else Receipt("")

    # ---- any of them ---------------------------------------------------------------------------------------
    def undo_entry(self, work: Work, identity: str) -> Receipt:
        """Take back one step, whatever came later, if nothing later builds on it.

        Raises:
            UndoRefused: a later step does; or it is undone already, or a living session's.
        """
        step = self._step(work, identity)
        if step["undone"]:
            raise UndoRefused("This is undone already.")
        self._refuse_living(step)
        self._refuse_later(work, step, "came later and builds on it: undo that first.")
        return self._play(work, step, forward=False)

    def redo_entry(self, work: Work, identity: str) -> Receipt:
        """Do one undone step again, if no other step is in the way.

        Raises:
            UndoRefused: a later step touches the same, or one that it built on is undone too.
        """
        step = self._step(work, identity)
        if not step["undone"]:
            raise UndoRefused("This is not undone.")
        self._refuse_living(step)
        self._refuse_later(work, step, "came later and touches the same: undo that first.")
        touched = fields(step["changes"])
        for other in self._steps(work, undone=True):
            if other["n"] < step["n"] < other["undone"] and shares(touched, other["changes"]):
                raise UndoRefused(f"{_named(other)} came before it and is undone too: redo that first.")
        return self._play(work, step, forward=True)

    def _refuse_living(self, step: Document) -> None:
        if self._sessions.own != step["session"] and not self._sessions.is_ended(step["session"]):
            raise UndoRefused("Another session that runs made this change: it can be undone there.")

    def _refuse_later(self, work: Work, step: Document, why: str) -> None:
        touched = fields(step["changes"])
        for other in self._steps(work, undone=False):
            if other["n"] <= step["n"]:
                return
            if shares(touched, other["changes"]):
                raise UndoRefused(f"{_named(other)} {why}")

    # ---- inside --------------------------------------------------------------------------------------------
    def _step(self, work: Work, identity: str) -> Document:
        found = work.get(UNDO, identity)
        if found is None:
            raise UndoRefused("This step is so old that it is no longer kept.")
        return found

    def _steps(self, work: Work, *, undone: bool) -> list[Document]:
        """Return the steps that are undone, or that are not; newest first."""
        order = self._index.order
        chosen = [one for one, entry in self._index.history.items() if entry.undone == undone]
        chosen.sort(key=order.__getitem__, reverse=True)
        return [found for one in chosen if (found := work.get(UNDO, one)) is not None]

    def _play(self, work: Work, step: Document, *, forward: bool) -> Receipt:
        kept, skipped = play(work, step["changes"], forward=forward)
        after = {
            **step,
            "changes": kept,
            "undone": 0 if forward else work.number,
            # What had no effect cannot be done again either.
            "undone_by": work.session if kept and not forward else "",
        }
        work.put(UNDO, step["id"], after)
        verb = "Redone" if forward else "Undone"
        said = f"{verb}: {step['sentence']}"
        if not kept:
            said = f"Not {verb.lower()}, another session has changed it since: {step['sentence']}"
        elif skipped:
            said += f" ({skipped:,} left alone: changed since by another session)"
        note, passage = _concerned(work, kept)
        return Receipt(said, undo=step["id"], note=note, skipped=skipped, passage=passage)

    def _outgrown(self, newest: int) -> list[str]:
        """Return the steps to forget, oldest first, for one more of this size. That one always stays."""
        order = self._index.order
        total, count = sum(self._sizes.values()) + newest, len(self._sizes) + 1
        if count <= MOST_STEPS and total <= MOST_BYTES:
            return []
        found = []
        for identity in sorted(self._sizes, key=lambda one: order.get(one, 0)):
            if count <= MOST_STEPS and total <= MOST_BYTES:
                break
            found.append(identity)
            total, count = total - self._sizes[identity], count - 1
        return found


def _named(step: Document) -> str:
    """Name a step by what it did and when, in local time."""
    at, now = read_time(step["at"]).astimezone(), datetime.now().astimezone()
    clock = f"{at:%H:%M}"
    day = "" if at.date() == now.date() else f"{at.date().isoformat()} "
    return f"“{step['sentence']}” of {day}{clock}"


def _concerned(work: Work, deltas: Iterable[Delta]) -> tuple[NoteId | None, Anchor | None]:
    """Return the one note that deltas are about, if it is one, and its passage, or where that was."""
    notes: dict[str, Document | None] = {}
    for delta in deltas:
        if delta["do"] == "note":
            notes[delta["note"]] = delta["new"] or delta["old"]
        elif delta["do"] == "note tag":
            notes.update(dict.fromkeys(delta["notes"]))
    if len(notes) != 1:
        return None, None
    ((identity, before),) = notes.items()
    document = work.get(NOTES, identity) or before
    return NoteId(identity), note_of(document).anchor if document is not None else None


def _size(step: Document) -> int:
    """Return about how many bytes a step takes in the file."""
    return len(dump({UNDO: {"": step}}))
