"""Clean text: nothing dangerous is left, and no offset moves."""

from __future__ import annotations

import sys
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from store.formats.clean import clean, drop_invisible, is_clean, normalise_newlines, one_line

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=200)
KEPT = set("\n\t\u200c\u200d\ufe0f\ufe0e\u00a0\u3000") | {"\U000e0100"}


@given(ANY_TEXT)
def test_cleaning_keeps_the_length_and_is_done_once(text: str) -> None:
    done = clean(text)
    assert len(done) == len(text)
    assert clean(done) == done
    assert is_clean(done)


def test_no_control_or_hidden_character_of_all_unicode_survives() -> None:
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        done = clean(char)
        category = unicodedata.category(char)
        if char in KEPT:
            assert done == char, hex(code)
        elif category in ("Cc", "Cs", "Zl", "Zp"):
            assert done != char, hex(code)
        if unicodedata.bidirectional(char) in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"):
            assert done != char, hex(code)


def test_controls_become_the_symbols_that_name_them() -> None:
    assert clean("\x1b[31m\x00\x07\x7f\x9b") == "␛[31m␀␇␡\ufffd"


def test_joiners_and_emoji_stay() -> None:
    text = "می‌خواهم 👩‍👩‍👧 ❤️ 葛󠄀飾区"
    assert clean(text) == text


def test_every_kind_of_line_end_becomes_a_newline() -> None:
    assert normalise_newlines("a\r\nb\rc\x0bd\x0ce\x85f\u2028g\u2029h\n") == "a\nb\nc\nd\ne\nf\ng\nh\n"


@given(ANY_TEXT)
def test_one_line_is_one_clean_line_within_its_limit(text: str) -> None:
    line = one_line(text, 40)
    assert len(line) <= 40
    assert "\n" not in line
    assert is_clean(line)
    assert line == line.strip()


def test_a_long_line_is_cut_at_a_word() -> None:
    assert (
        one_line("Amid China-backed turbulence, Japan and Russia hold talks", 34)
        == "Amid China-backed turbulence…"
    )


def test_soft_hyphens_and_zero_widths_are_dropped_where_text_is_made_anew() -> None:
    assert drop_invisible("Soft\u00adhy\u200bphen\ufeff") == "Softhyphen"


def test_every_character_is_judged_alike_whatever_stands_beside_it() -> None:
    from store.formats.clean import _FORBIDDEN

    for code in range(0x110000):
        char = chr(code)
        assert is_clean(char) is is_clean(f"a\n\t\xa0{char}") is (_FORBIDDEN.search(char) is None), hex(code)
