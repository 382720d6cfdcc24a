"""What two annotation files hold of notes becomes one: the text that went on from the other's wins. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from store.annotations.contents import Contents
from store.annotations.documents import NOTES, Document, read_time
from store.annotations.merge_names import TextHere

if TYPE_CHECKING:
    from store.annotations.merge import Counts

_PLACE = ("article", "anchor", "text", "was", "lost")
"""Where a note stands, as against what it says."""


class NoteJoining:
    """Finds what our file lacks of the notes in theirs."""

    def __init__(
        self,
        ours: Contents,
        theirs: Contents,
        text_here: TextHere,
        united: Callable[[Iterable[str], Iterable[str]], list[str]],
        counts: Counts,
    ) -> None:
        """`united` joins two lists of tags; what becomes other is added to `counts`."""
        self._ours = ours
        self._theirs = theirs
        self._text_here = text_here
        self._united = united
        self._counts = counts
        self._after: dict[str, Document] = {}
        self._kept_beside = {
            (one["conflict_of"], one["body"]) for one in ours.notes.values() if one["conflict_of"] is not None
        }

    def joined(self) -> dict[tuple[str, str], Document]:
        """Return the documents that are new or other, by table and id."""
        for note in self._theirs.notes.values():
            self._note(self._here(note))
        return {(NOTES, one): after for one, after in self._after.items()}

    def _here(self, their: Document) -> Document:
        """Return their note as one on our article.

        Where that has another text than theirs, its passage is not known here until it is looked for.
        """
        identity, theirs, ours = self._text_here(their["article"])
        note = {**their, "article": identity}
        if their["anchor"] is None or theirs is None or ours is None or theirs == ours:
            return note
        # The anchor is one into their text, so that it is compared with ours as one from elsewhere.
        return {**note, "lost": True, "text": theirs}

    def _note(self, their: Document) -> None:
        our = self._after.get(their["id"]) or self._ours.notes.get(their["id"])
        if our is None:
            original = self._ours.notes.get(their["conflict_of"] or "")
            if original is None or original["body"] != their["body"]:
                # Kept beside just this text over there, it is the one that stands here.
                self._add(their)
                self._counts.notes += 1
            return
        after = self._told(our, their)
        tags = self._united(our["tags"], their["tags"])
        put = len(tags) - len(our["tags"])
        self._counts.tags += put
        if after is our and not put:
            return
        updated = max(our["updated"], their["updated"], key=read_time)
        self._after[our["id"]] = {**after, "tags": tags, "updated": updated}
        self._counts.newer += after is not our
        self._counts.articles.add(after["article"])

    def _add(self, note: Document) -> None:
        tags = self._united([], note["tags"])
        self._after[note["id"]] = {**note, "tags": tags}
        self._counts.tags += len(tags)
        self._counts.articles.add(note["article"])

    def _told(self, our: Document, their: Document) -> Document:
        """Return the note that stays; where both were written on, theirs is added beside ours."""
        if our["body"] == their["body"]:
            moved = any(our[name] != their[name] for name in _PLACE)
            return their if moved and _is_later(their, our) else our
        if self._goes_on(self._theirs, their, our):
            return {**their, "conflict_of": our["conflict_of"]}
        if not their["body"] or self._goes_on(self._ours, our, their):
            return our
        if not our["body"]:
            # Whatever is being written on ours was begun on another text.
            revision = max(their["revision"], our["revision"] + 1)
            return {**their, "conflict_of": our["conflict_of"], "revision": revision}
        if (our["id"], their["body"]) not in self._kept_beside:
            self._kept_beside.add((our["id"], their["body"]))
            self._add({**their, "id": _beside(their), "conflict_of": our["id"]})
            self._counts.conflicts += 1
        return our

    def _goes_on(self, side: Contents, note: Document, other: Document) -> bool:
        """Tell whether a side's note is the other one, edited further.

        Where its list of changes remembers the note at the other's revision, that decides.
        """
        once = side.earlier.get(other["id"], {}).get(other["revision"])
        if once is None or note["revision"] <= other["revision"]:
            return _is_later(note, other)
        return bool(once == other["body"])


def _is_later(note: Document, other: Document) -> bool:
    """Tell whether a note was edited further than another, as far as their numbers and clocks tell."""
    later = read_time(note["updated"]) >= read_time(other["updated"])
    return bool(note["revision"] > other["revision"] and later)


def _beside(note: Document) -> str:
    """Return the id of a text that is kept beside its note: always the same for the same text."""
    named = f"{note['id']} {note['body']}".encode("utf-8", "surrogatepass")
    return hashlib.sha256(named).hexdigest()[:16]
