"""A note is shown as it is meant, whatever it holds: nothing in it is a command, and no line is too wide."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from tui.render.note_markdown import LONGEST, note_lines
from tui.render.safe import CONTROLS

MARKUP = st.sampled_from([
    "# ", "> ", "- ", "1. ", "**", "*", "_", "`", "```\n", "    ", "[a](b)", "![", "](", "<b>", "&#27;", "&#x9b;",
    "&#8238;", "&amp;", "\x1b]52;c;x\x07", "\u202e", "[@click=app.quit]", "[/]", "---\n", "~~", "\n", "\n\n", "\t",
    "東京", "é", "word ", "http://x.y ",
])  # fmt: skip


@given(st.lists(st.one_of(MARKUP, st.text(max_size=12)), max_size=60).map("".join), st.integers(12, 100))
def test_any_text_is_set_safely_and_within_its_width(body: str, width: int) -> None:
    for line in note_lines(body, width):
        assert not CONTROLS.search(line.plain)
        deep = len(line.plain) - len(line.plain.lstrip(" ▏•0123456789."))
        assert line.cell_length <= max(width, deep + 12)
        for span in line.spans:
            assert str(span.style) in ("", "bold", "underline", "strike", "$quiet") or " " in str(span.style)


def shown(body: str, width: int = 40, **options: bool) -> list[str]:
    return [line.plain for line in note_lines(body, width, **options)]


def style_of(line: Content, words: str) -> str:
    at = line.plain.index(words)
    return " ".join(str(span.style) for span in line.spans if span.start <= at < span.end and str(span.style))


def test_what_is_stressed_is_bold_or_underlined() -> None:
    (line,) = note_lines("a **strong** and a *stressed* word", 60)
    assert line.plain == "a strong and a stressed word"
    assert style_of(line, "strong") == "bold"
    assert style_of(line, "stressed") == "underline"


def test_lines_that_were_broken_by_hand_stay_so() -> None:
    assert shown("first\nsecond\n\nnext") == ["first", "second", "", "next"]


def test_lists_hang_and_quotes_have_a_bar() -> None:
    assert shown("- one item that is longer than the width of a line\n- two\n\n3. three\n4. four") == [
        "• one item that is longer than the width", "  of a line", "• two", "", "3. three", "4. four",
    ]  # fmt: skip
    assert shown("> said\n>\n> twice\n\nbefore") == ["▏ said", "▏", "▏ twice", "", "before"]
    assert shown("- one\n\n> said", ascii_only=True) == ["- one", "", "| said"]


def test_links_pictures_and_html_are_text() -> None:
    assert shown("[site](http://a.b) <http://c.d> ![pic](e.png)", 80) == ["site (http://a.b) http://c.d [pic](e.png)"]
    assert shown("<script>alert(1)</script>") == ["<script>alert(1)</script>"]
    assert not any(span.style and "@click" in str(span.style) for line in note_lines("[x](@click)", 40)
                   for span in line.spans)  # fmt: skip


@pytest.mark.parametrize("entity", ["&#27;", "&#x9b;", "&#8238;", "&#0;", "&#7;"])
def test_a_control_character_that_is_written_out_does_not_come_back(entity: str) -> None:
    for body in (entity, f"`{entity}`", f"[{entity}](http://x/{entity})", f"# {entity}", f"![{entity}]({entity})"):
        assert not any(CONTROLS.search(line) for line in shown(body))


def test_code_keeps_its_shape() -> None:
    assert shown("```\nif a:\n\tb\n```\nafter") == ["    if a:", "        b", "", "after"]


def test_a_very_long_note_says_how_much_is_left() -> None:
    assert shown("x" * (LONGEST + 1_000))[-1] == "(and 1,000 characters more)"
