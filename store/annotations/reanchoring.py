"""Notes follow their passages into a text that has changed; that is no change of the user's, and no step of undo.
Corrections of names follow theirs alike.

A passage that is found has its anchor brought up to date, and keeps how it read at first. One that is not found keeps
its anchor as it was and counts as lost; it is looked for again in every later text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from store.annotations.anchors import make_anchor
from store.annotations.documents import ARTICLES, CORRECTIONS, NOTES, Document, stored_anchor
from store.annotations.index import Index
from store.annotations.records import Anchor
from store.annotations.storage import Edit
from store.annotations.work import Work
from store.article import ArticleId

if TYPE_CHECKING:
    from store.annotations.searched_text import Searched

TextOf = Callable[[ArticleId], str | None]
"""Returns a text that is in the library, or was kept; None where it is neither."""

_REMEMBERED = 16
"""Texts that are held at a time: an import may touch notes of many."""


class Reanchoring:
    """Places the notes of one change; what is read and folded for it is read once."""

    def __init__(self, text_of: TextOf) -> None:
        self._text_of = text_of
        self._texts: dict[ArticleId, str | None] = {}
        self._searched: dict[ArticleId, Searched] = {}

    def follow(self, work: Work, index: Index, edits: Sequence[Edit]) -> None:
        """Bring the notes of a change to where their passages are: of articles with another text, and restored ones."""
        notes = {edit.after["id"]: edit for edit in edits if edit.table == NOTES and edit.after is not None}
        gone = {edit.before["id"] for edit in edits if edit.table == NOTES and edit.before and edit.after is None}
        for edit in edits:
            if edit.table != ARTICLES or edit.before is None or edit.after is None:
                continue
            if edit.before["text_hash"] != edit.after["text_hash"]:
                own = {note["id"]: note for note in index.note_documents.get(edit.after["id"], {}).values()}
                own |= {one: found.after for one, found in notes.items() if found.after is not None}
                left = [n for one, n in own.items() if one not in gone and n["article"] == edit.after["id"]]
                self._text_changed(work, edit.before, edit.after, left)
                for one in work.corrections_of(edit.after["id"]):
                    self._correct(work, one["id"], edit.before["text_hash"])
        for edit in notes.values():
            before, after = edit.before, edit.after
            if after is not None and (before is None or before["anchor"] != after["anchor"]):
                self._check(work, after["id"])
        for edit in edits:
            if edit.table == CORRECTIONS and edit.before is None and edit.after is not None:
                self._correct(work, edit.after["id"], None)

    def check(self, work: Work, article: Document) -> None:
        """Bring the notes of an article to where their passages are, as far as that was not done."""
        for note in work.notes_of(article["id"]):
            if not note["lost"]:
                self._check(work, note["id"])

    def moved(self, note: Document, before: Iterable[ArticleId | None], text: ArticleId) -> Document:
        """Return a note as it stands on a text; `before` are the texts that it may have been placed on."""
        if note["anchor"] is None or self._text(text) is None:
            return note
        anchor = Anchor(**note["anchor"])
        new = self._placed(anchor, before, text)
        if new is None:
            return {**note, "lost": True}
        first = note["was"] or anchor.quote
        was = "" if _reads_as(new.quote, first) else first
        return {**note, "anchor": stored_anchor(new), "was": was, "lost": False}

    def corrected(self, correction: Document, before: Iterable[ArticleId | None], text: ArticleId) -> Document:
        """Return a correction as it stands on a text; one whose place is not found keeps it, and is lost."""
        anchors = {name: correction[name] for name in ("anchor", "extent") if correction[name] is not None}
        if not anchors or self._text(text) is None:
            return correction
        found = {name: self._placed(Anchor(**anchor), before, text) for name, anchor in anchors.items()}
        if None in found.values():
            return {**correction, "lost": True}
        return {**correction, **{name: stored_anchor(one) for name, one in found.items()}, "lost": False}

    # ---- inside ----------------------------------------------------------------------------------------------
    def _placed(self, anchor: Anchor, before: Iterable[ArticleId | None], text: ArticleId) -> Anchor | None:
        from store.annotations.placing import place  # a start that finds no text changed needs none of this

        old = next((self._search(one) for one in before if one and self._holds(one, anchor)), None)
        found = place(anchor, self._search(text), old)
        return None if found is None else make_anchor(self._text(text) or "", found.start, found.end)

    def _correct(self, work: Work, identity: str, last: ArticleId | None) -> None:
        """Bring a correction to where its places are in its article's text."""
        one = work.get(CORRECTIONS, identity)
        article = work.get(ARTICLES, one["article"]) if one is not None and one["article"] is not None else None
        if one is None or article is None:
            return
        text = article["text_hash"]
        if not one["lost"] and all(self._holds(text, one[name]) for name in ("anchor", "extent")):
            return
        new = self.corrected(one, (last, one["text"]), text)
        if new != one:
            work.put(CORRECTIONS, identity, new)

    def _text_changed(self, work: Work, before: Document, after: Document, notes: list[Document]) -> None:
        if not notes:
            return
        now = work.get(ARTICLES, after["id"]) or after
        known = now["changed"]
        if known is None:
            work.put(ARTICLES, now["id"], {**now, "changed": {"text": before["text_hash"], "at": work.now}})
        elif known["text"] == after["text_hash"]:
            work.put(ARTICLES, now["id"], {**now, "changed": None})
        for note in notes:
            text = after["text_hash"]
            if note["text"] != text or not self._holds(text, note["anchor"]):
                self._put(work, note, self.moved(note, self._before(work, note, before["text_hash"]), text))

    def _check(self, work: Work, identity: str) -> None:
        note = work.get(NOTES, identity)
        article = work.get(ARTICLES, note["article"]) if note is not None else None
        if note is None or article is None or note["anchor"] is None or note["text"] == article["text_hash"]:
            return
        if note["lost"] or not self._holds(article["text_hash"], note["anchor"]):
            self._put(work, note, self.moved(note, self._before(work, note, None), article["text_hash"]))

    def _before(self, work: Work, note: Document, last: ArticleId | None) -> list[ArticleId | None]:
        article = work.get(ARTICLES, note["article"])
        changed = article["changed"] if article is not None else None
        return [last, changed["text"] if changed else None, note["text"]]

    def _put(self, work: Work, old: Document, new: Document) -> None:
        if old != new:
            work.put(NOTES, new["id"], new)

    def _holds(self, text: ArticleId, anchor: Anchor | Document | None) -> bool:
        """Whether a passage stands in a text where its anchor says."""
        if anchor is None:
            return True
        known = anchor if isinstance(anchor, Anchor) else Anchor(**anchor)
        found = self._text(text)
        return found is not None and found[known.start : known.end] == known.quote

    def _text(self, text: ArticleId) -> str | None:
        if text not in self._texts:
            if len(self._texts) >= _REMEMBERED:
                self._texts.clear()
                self._searched.clear()
            self._texts[text] = self._text_of(text)
        return self._texts[text]

    def _search(self, text: ArticleId) -> Searched:
        from store.annotations.searched_text import Searched

        found = self._text(text) or ""
        if text not in self._searched:
            self._searched[text] = Searched(found)
        return self._searched[text]


def _reads_as(quote: str, first: str) -> bool:
    """Whether a passage reads as it did at first, but for what a reflow or another encoding makes of it."""
    from store.annotations.folded_text import fold

    return quote == first or fold(quote) == fold(first)
