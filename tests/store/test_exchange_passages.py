"""A passage stands in its sentence, also where nothing but what its anchor keeps is left of the text."""

from __future__ import annotations

from datetime import UTC, datetime

from store.annotations.anchors import make_anchor
from store.annotations.records import DocumentId, Note, NoteId
from store.exchange.passages import passage

TEXT = "Ferries stand still\n\nBy Morag Linklater\n\nIn Kirkwall crews walked out. Nobody sailed.\n\nThe union waits."
NOW = datetime(2026, 11, 27, tzinfo=UTC)


def note_on(quote: str) -> Note:
    start = TEXT.index(quote)
    anchor = make_anchor(TEXT, start, start + len(quote))
    return Note(NoteId("1"), DocumentId("1"), "", NOW, NOW, 1, anchor=anchor)


def test_without_its_text_a_passage_does_not_run_into_headline_or_byline() -> None:
    assert passage(note_on("crews walked out"), ()).sentence == "In Kirkwall crews walked out."


def test_without_its_text_a_passage_does_not_run_into_the_next_paragraph() -> None:
    assert passage(note_on("sailed"), ()).sentence == "Nobody sailed."
    assert passage(note_on("The union"), ()).sentence == "The union waits."
