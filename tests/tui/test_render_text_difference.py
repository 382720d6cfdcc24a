"""A comparison of texts reads without colour, fits its width, and lets no foreign byte through."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from rich.cells import cell_len

from store.article import Article, Block, BlockKind
from store.library import DocumentId, Note, NoteId, make_anchor
from store.library.text_difference import compare
from tui.render.text_difference import DifferenceLine, Look, difference_lines

OLD = (
    "The ferry sailed at noon. It carried forty passengers and a cow. Nobody was hurt. The owner spoke of bad luck. "
    "He left. The captain stayed. The cow was sold."
)
NEW = OLD.replace("forty passengers and a cow", "sixty passengers, a cow and a horse").replace("He left. ", "")
NOW = datetime(2026, 11, 23, tzinfo=UTC)


def note(text: str, quote: str, body: str, *, lost: bool = False) -> Note:
    start = text.index(quote)
    anchor = make_anchor(text, start, start + len(quote))
    return Note(NoteId(quote), DocumentId("d"), body, NOW, NOW, 1, anchor=anchor, lost=lost)


def lines(old: str, new: str, notes: tuple[Note, ...] = (), width: int = 60, **how: bool) -> list[DifferenceLine]:
    one, other = (Article("t", text, (Block(BlockKind.PARAGRAPH, 0, len(text)),)) for text in (old, new))
    return difference_lines(compare(one, other), (old, new), notes, width, **how)


def shown(found: list[DifferenceLine]) -> list[str]:
    return [f"{line.sign} {''.join(text for text, _ in line.pieces)}".rstrip() for line in found]


def test_a_comparison_reads_by_its_margin() -> None:
    assert shown(lines(OLD, NEW)) == [
        "  The ferry sailed at noon.",
        "",
        "- It carried forty passengers and a cow.",
        "+ It carried sixty passengers, a cow and a horse.",
        "",
        "  Nobody was hurt.",
        "  The owner spoke of bad luck.",
        "",
        "- He left.",
        "",
        "  The captain stayed.",
        "  The cow was sold.",
    ]


def test_many_sentences_as_before_are_counted() -> None:
    stays = " ".join(f"Sentence {number} stays." for number in range(20))
    found = shown(lines(f"{stays} One goes. {stays}", f"{stays} {stays}"))
    assert found == [
        "  (19 sentences as before)", "  Sentence 19 stays.", "", "- One goes.", "", "  Sentence 0 stays.",
        "  (19 sentences as before)",
    ]  # fmt: skip


def test_notes_stand_where_they_are_and_lost_ones_where_they_were() -> None:
    notes = (
        note(NEW, "sixty passengers", "how many?\nmore"),
        note(OLD, "He left.", "why?", lost=True),
        note(NEW, "bad luck", ""),
    )
    found = shown(lines(OLD, NEW, notes))
    assert found[3:5] == ["+ It carried sixty passengers, a cow and a horse.", "✎ how many?"]
    assert "✎ The owner spoke of bad luck." in found
    assert found[found.index("- He left.") + 1] == "✎ why? (its passage is not found now)"
    assert "n how many?" in shown(lines(OLD, NEW, notes, ascii_only=True))


def test_words_that_differ_are_marked_in_both_sentences() -> None:
    marked = ["".join(text for text, look in line.pieces if look is Look.DIFFERS) for line in lines(OLD, NEW)]
    assert "forty" in marked[2]
    assert "sixty" in marked[3] and "horse" in marked[3] and "passengers" not in marked[3]


@pytest.mark.parametrize("width", [12, 20, 33, 80])
def test_lines_fit_their_width(width: int) -> None:
    wide = "日本語の文章がここにあります。" * 3 + "averyverylongwordthatgoesonandonandonandonwithoutanyend "
    found = lines(f"{OLD} {wide}", f"{NEW} {wide}x", (note(NEW, "sixty passengers", "a long note " * 9),), width)
    assert all(cell_len(text) <= width for text in shown(found))


def test_no_byte_of_the_text_reaches_the_terminal_raw() -> None:
    hostile = "\x1b]52;c;UFdORUQ=\x1b\\ \x9b2J [bold]x[/nope] \u202e"
    found = lines(f"{hostile} one. Two.", f"{hostile} other. Two.", (note("Two.", "Two", hostile),))
    assert not any(letter in text for text in shown(found) for letter in "\x1b\x9b\u202e")
    assert any("[bold]" in text for text in shown(found))
