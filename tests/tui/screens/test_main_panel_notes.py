"""The notes in the panel: in the order of the text, the one gone to in full, none silently without a place."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from store.library import Anchor, DocumentId, Note, NoteId
from tui.screens.main.panel_notes import note_rows

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def note(name: str, body: str = "", at: int | None = None, **more: object) -> Note:
    anchor = None if at is None else Anchor(f"quote of {name}", "", "", at, at + 10)
    days = more.pop("days", 0)
    when = NOW - timedelta(days=days)  # type: ignore[arg-type]
    return Note(NoteId(name), DocumentId("d"), body, when, when, 1, anchor=anchor, **more)


def texts(*notes: Note, here: str = "", width: int = 24) -> list[str]:
    return [row.text for row in note_rows(notes, NoteId(here), width, NOW)]


def test_notes_on_the_article_come_first_then_the_text_then_what_lost_its_place() -> None:
    rows = texts(note("lost", "x", 1, lost=True), note("b", "two", 50), note("a", at=20), note("all", "on all of it"))
    first = ["✎ on all of it", "▌ quote of a", "✎ quote of b", "  two"]
    assert rows == [*first, "✎ quote of lost", "  x", "  (place lost)"]


def test_the_note_gone_to_is_shown_in_full_and_the_others_begin() -> None:
    body = "\n\n".join(f"line {number} is rather long for this" for number in range(5))
    rows = texts(note("a", body, 1, tags=("todo",)), note("b", body, 9), here="a")
    assert rows[0] == "✎ quote of a" and "  #todo" in rows
    full = rows[: rows.index("✎ quote of b")]
    assert " ".join(" ".join(full[1:-1]).split()) == " ".join(body.split())
    assert all(len(row) <= 24 for row in full[1:])
    assert rows[rows.index("✎ quote of b") + 1 :] == [f"  line {number} is rather long for this" for number in (0, 1)]


def test_notes_have_an_age_and_a_clock_that_went_back_makes_none_negative() -> None:
    rows = note_rows([note("a", "x", days=3), note("b", "y", days=-1), note("c", "z", days=400)], None, 24, NOW)
    details = [row.detail for row in rows]
    assert details[:2] == ["3 d", "now"] and "-" not in "".join(details)


def test_a_note_of_any_length_takes_a_few_lines() -> None:
    rows = note_rows([note("a", "word " * 100_000, 1)], NoteId("a"), 24, NOW)
    assert len(rows) <= 43


def test_only_rows_that_stand_for_a_note_can_be_chosen() -> None:
    rows = note_rows([note("a", "one\ntwo", 1, tags=("t",))], NoteId("a"), 24, NOW)
    assert [row.value for row in rows if row.value is not None] == ["a"]
