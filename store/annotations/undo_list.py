"""The undo list: which step is next, what a step keeps, and how many are kept.

A session undoes its own steps, newest first, then those of ended sessions; never those of a living one.
"""

from __future__ import annotations

from collections.abc import Iterable

from store.annotations.base_file import dump
from store.annotations.documents import UNDO, Document
from store.annotations.index import Index
from store.annotations.records import NoteId, Receipt
from store.annotations.sessions import Sessions
from store.annotations.storage import Edit
from store.annotations.undo import play
from store.annotations.work import Work

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

    def undo(self, work: Work) -> Receipt:
        """Take back the next step."""
        waiting = self._steps(work, undone=False)
        own = next((one for one in waiting if one["session"] == work.session), None)
        left = own or next((one for one in waiting if self._sessions.is_ended(one["session"])), None)
        return self._play(work, left, forward=False)

    def redo(self, work: Work) -> Receipt:
        """Do again what this session undid last."""
        mine = [one for one in self._steps(work, undone=True) if one["undone_by"] == work.session]
        return self._play(work, max(mine, key=lambda one: one["undone"], default=None), forward=True)

    def _steps(self, work: Work, *, undone: bool) -> list[Document]:
        """Return the steps that are undone, or that are not; newest first."""
        order = self._index.order
        chosen = [one for one, entry in self._index.history.items() if entry.undone == undone]
        chosen.sort(key=order.__getitem__, reverse=True)
        return [found for one in chosen if (found := work.get(UNDO, one)) is not None]

    def _play(self, work: Work, step: Document | None, *, forward: bool) -> Receipt:
        if step is None:
            return Receipt("")
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
            said = f"Nothing {verb.lower()}, it was changed elsewhere since: {step['sentence']}"
        elif skipped:
            said += f" ({skipped} changed elsewhere since and left alone)"
        note = next((NoteId(delta["note"]) for delta in kept if delta["do"] == "note"), None)
        return Receipt(said, undo=step["id"], note=note, skipped=skipped)

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


def _size(step: Document) -> int:
    """Return about how many bytes a step takes in the file."""
    return len(dump({UNDO: {"": step}}))
