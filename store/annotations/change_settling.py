"""Settling a note that two sessions edited at once: of two texts one is made, or both stay as notes of their own."""

from __future__ import annotations

from store.annotations.change_marks import Done
from store.annotations.documents import NOTES, Document, later
from store.annotations.records import NoteId, SettleNotes
from store.annotations.tags import has
from store.annotations.work import Work
from store.errors import NotFoundError


def settle_notes(work: Work, change: SettleNotes) -> Done:
    """Keep one of two texts, or both; what has changed since it was looked at is left alone.

    Raises:
        NotFoundError: one of the two is gone, or says something else by now.
    """
    note = _as_seen(work, change.note, change.base_revision)
    if change.other is None:
        return _leave_both(work, note)
    other = _as_seen(work, change.other, change.other_revision)
    body = note["body"] if change.body is None else change.body
    new = {
        **note,
        "body": body if body.strip() else "",
        "tags": [*note["tags"], *(tag for tag in other["tags"] if not has(note["tags"], tag))],
        "conflict_of": None if note["conflict_of"] == other["id"] else note["conflict_of"],
        "revision": note["revision"] + 1,
        "updated": later(note["created"], work.now),
    }
    work.write_note(new, note)
    for third in work.notes_of(other["article"]):
        if third["conflict_of"] == other["id"] and third["id"] != note["id"]:
            # Of three texts two are left: the third stands beside the one that stays.
            work.write_note({**third, "conflict_of": note["id"]}, third)
    work.write_note(None, other)
    return Done("One note made of two" if change.body is not None else "Kept one of two texts", NoteId(note["id"]))


def _leave_both(work: Work, note: Document) -> Done:
    if note["conflict_of"] is None:
        return Done(note=NoteId(note["id"]))
    work.write_note({**note, "conflict_of": None, "revision": note["revision"] + 1}, note)
    return Done("Kept both texts, as two notes", NoteId(note["id"]))


def _as_seen(work: Work, identity: NoteId, revision: int) -> Document:
    found = work.get(NOTES, identity)
    if found is None or found["revision"] != revision:
        raise NotFoundError("Another session has changed these notes meanwhile; look at them again.")
    return found
