"""Nothing that we did not write commands a terminal."""

from __future__ import annotations

import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color

from tui.render.control_filter import ControlFilter
from tui.render.emoji import base_characters, in_multiplexer
from tui.render.literal import content, content_block
from tui.render.safe import plain, safe, safe_block

QUICK = settings(max_examples=100, deadline=None)

HOSTILE = [
    "\x1b]0;owned\x07", "\x1b]52;c;UFdORUQ=\x1b\\", "\x1b[2J", "\x9b31m", "\x9d0;t\x9c", "\x0e\x0f", "a\u202eb",
    "\u2066x\u2069", "\ufeff", "\u200b", "\udc80", "\U000e0041", "[/]", "[@click=app.quit]x[/]", "[b]", "\\", "a\rb",
    "\x7f", "\x00", "\u2028", "\x85",
]  # fmt: skip
TEXT = st.text(max_size=80) | st.lists(st.sampled_from(HOSTILE), max_size=6).map("".join)


def obeyed(character: str) -> bool:
    """Whether a terminal may obey a character, or hide it."""
    kind = unicodedata.category(character)
    return kind in ("Cc", "Cs") or (kind == "Cf" and character not in "\u200c\u200d" and not _of_a_script(character))


def _of_a_script(character: str) -> bool:
    # Number signs and joiners of Arabic, Syriac, Kaithi and hieroglyphs are part of what is written.
    return character != "\u061c" and ("\u0600" <= character <= "\u08e2" or "\U000110bd" <= character < "\U0001d173")


@QUICK
@given(TEXT)
def test_a_line_holds_no_control_and_keeps_its_length(text: str) -> None:
    shown = safe(text)
    assert len(shown) == len(text)
    assert not any(obeyed(c) for c in shown)
    assert not set("\n\t\u2028\u2029") & set(shown)


@QUICK
@given(TEXT)
def test_a_block_keeps_line_feeds_and_tabs_alone(text: str) -> None:
    shown = safe_block(text)
    assert len(shown) == len(text)
    assert not any(obeyed(c) for c in shown if c not in "\n\t")
    assert plain(text) == shown


@QUICK
@given(TEXT)
def test_what_is_safe_stays_what_it_is(text: str) -> None:
    assert safe(safe(text)) == safe(text)
    assert safe_block(safe_block(text)) == safe_block(text)


def test_words_are_left_alone() -> None:
    text = "“Zürich” — 東京, می‌خواهم, नमस्ते, 👨‍👩‍👧 ❤️ [brackets] \\"
    assert safe(text) == text


def test_controls_become_visible() -> None:
    assert safe("a\x1b[0m\n\tb\x7f") == "a␛[0m␊␉b␡"
    assert safe("\x9b\u202e\udc80\U0010ff80") == "\ufffd" * 4


def test_every_line_end_becomes_one_line_feed() -> None:
    assert safe_block("a\r\nb\rc\u2028d\x85e") == "a \nb\nc\nd\ne"


@pytest.mark.parametrize("text", HOSTILE)
def test_content_is_literal(text: str) -> None:
    assert content(text).plain == safe(text)
    assert not content(text).spans
    assert content_block(text).plain == safe_block(text)


@QUICK
@given(st.lists(TEXT, max_size=4))
def test_the_back_stop_deletes_what_got_past_and_keeps_the_width(texts: list[str]) -> None:
    segments = [Segment(text) for text in texts]
    cleaned = ControlFilter().apply(segments, Color(0, 0, 0))
    assert not any(obeyed(c) for segment in cleaned for c in segment.text)
    for before, after in zip(segments, cleaned, strict=True):
        if "\u200d" not in before.text and "\ufe0f" not in before.text:
            assert cell_len(after.text) == cell_len(before.text)


def test_the_back_stop_leaves_clean_lines_alone() -> None:
    segments = [Segment("plain"), Segment("東京")]
    assert ControlFilter().apply(segments, Color(0, 0, 0)) is segments


def test_emoji_lose_what_terminals_disagree_on() -> None:
    assert base_characters("👍🏽 1\ufe0f\u20e3 ❤\ufe0f ok") == "👍 1 ❤ ok"
    assert in_multiplexer({"TERM": "tmux-256color"})
    assert in_multiplexer({"TERM": "xterm", "TMUX": "/tmp/x"})
    assert not in_multiplexer({"TERM": "xterm-256color"})


def test_the_door_needs_no_textual() -> None:
    code = "import sys, tui.render.safe; sys.exit(any(m.split('.')[0] in ('textual', 'rich') for m in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
