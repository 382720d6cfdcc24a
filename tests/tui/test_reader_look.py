"""How passages look on every kind of terminal: marked, calm, and the names within still told apart."""

from __future__ import annotations

import pytest
from rich.style import Style

from store.article import BlockKind, Mention
from store.library import NoteId
from tui.render.layout import Row
from tui.render.paint import Painted
from tui.render.styles import ANSI, DARK, LIGHT, MONO, EntityPalette, palette_for
from tui.widgets.reader_look import Look
from tui.widgets.reader_names import Names
from tui.widgets.reader_passages import Passage, Passages

TEXT = "before Shinzo Abe met AFP in Tokyo again, after"
MENTIONS = (Mention(7, 17, "PERSON"), Mention(22, 25, "ORG"), Mention(29, 34, "GPE"))
ROW = Row(0, BlockKind.PARAGRAPH, 0, len(TEXT), "", TEXT, range(len(TEXT)), frozenset(), "")
PALETTES = pytest.mark.parametrize("palette", [DARK, LIGHT, ANSI, MONO], ids=lambda palette: palette.name)


def painted(palette: EntityPalette, passages: list[Passage], here: Passage | None = None) -> Painted:
    look = Look(palette, Names(TEXT, MENTIONS, {"person", "organisation", "place"}))
    look.passages, look.passage = Passages(passages, len(TEXT)), here
    return look.paint(ROW, 2, 60, Style(), Style(reverse=True))


def style_of(line: Painted, word: str) -> Style:
    at, wanted = 0, line.strip.text.index(word)
    for segment in line.strip:
        if at <= wanted < at + len(segment.text):
            return segment.style or Style()
        at += len(segment.text)
    raise AssertionError(word)


@PALETTES
def test_a_passage_is_marked_without_a_ground_and_only_where_it_lies(palette: EntityPalette) -> None:
    passage = Passage(7, 40, NoteId("a"))
    line = painted(palette, [passage])
    assert style_of(line, "met") != style_of(line, "before") == style_of(line, "after")
    for here in (None, passage):
        style = style_of(painted(palette, [passage], here), "met")
        assert style.bgcolor is None and not style.reverse and not style.italic
    assert style_of(painted(palette, [passage], passage), "met") != style_of(line, "met")


@PALETTES
def test_names_in_a_passage_differ_from_it_and_from_each_other(palette: EntityPalette) -> None:
    line = painted(palette, [Passage(0, len(TEXT), NoteId("a"))])
    looks = [str(style_of(line, word)) for word in ("before", "Shinzo", "AFP")]
    looks.append(str(style_of(line, "Tokyo")) + ("°" if "Tokyo°" in line.strip.text else ""))
    assert len(set(looks)) == 4


@pytest.mark.parametrize("ascii_only", [False, True])
def test_the_margin_tells_notes_from_highlights_and_which_one_was_gone_to(ascii_only: bool) -> None:
    palette = palette_for(dark=True, ansi=False, no_colour=False, ascii_only=ascii_only)
    mark, here, note = ("|", "#", "n") if ascii_only else ("▌", "█", "✎")
    highlight, written = Passage(7, 17, NoteId("a")), Passage(22, 25, NoteId("b"), True)
    assert painted(palette, []).strip.text[0] == " "
    assert painted(palette, [highlight]).strip.text[0] == mark
    assert painted(palette, [highlight], highlight).strip.text[0] == here
    assert painted(palette, [highlight, written]).strip.text[0] == note


@PALETTES
def test_marks_move_no_letter(palette: EntityPalette) -> None:
    assert painted(palette, [Passage(3, 30, NoteId("a"), True)]).strip.text[1:] == painted(palette, []).strip.text[1:]
