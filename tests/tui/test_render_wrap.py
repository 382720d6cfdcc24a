"""Wrapping keeps every character, keeps it once, and keeps to the width."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.render import wrap as wrapping
from tui.render.clusters import NARROW, WHITE, WIDTHS, clusters, shown
from tui.render.emoji import MODIFIERS
from tui.render.wrap import breaks, code_breaks, code_line, line, wrap

QUICK = settings(max_examples=100, deadline=None)

WORDS = st.sampled_from(
    [
        "a", "the", "so-called", "two-plus-two", "Japan-Russia", "talks", "“no”", "well—then", "x" * 30, "2013.",
        "東京", "「日本」と", "한국어", "ＡＢＣ", "नमस्ते",
        "क्षत्रिय", "e\u0301te\u0301", "می\u200cخواهم", "👨\u200d👩\u200d👧",
        "👍🏽", "1\ufe0f\u20e3", "❤\ufe0f", "🇯🇵🇷🇺", "🇯", "\u200d", "\u0301",
        "a\u200d", "\ufe0f", "ﷺ", "\xa0", "İ", "--", "-", "—",
    ]
)  # fmt: skip
GAPS = st.sampled_from([" ", " ", " ", "  ", "\n", "\n    ", "\t", "\u3000", "\u2003", ""])
PROSE = st.lists(st.tuples(WORDS, GAPS), max_size=40).map(lambda parts: "".join(w + g for w, g in parts))
ANYTHING = st.text(max_size=200) | PROSE
WIDTH = st.integers(1, 40)


def is_white(character: str) -> bool:
    return character in " \t\n\u1680\u205f\u3000" or ("\u2000" <= character <= "\u200a" and character != "\u2007")


@QUICK
@given(ANYTHING, WIDTH, st.booleans())
def test_every_character_that_is_not_white_is_shown_once_and_in_order(text: str, width: int, base: bool) -> None:
    text = shown(text)
    lines = wrap(text, 0, len(text), width, base)
    seen = [at for each in lines for c, at in zip(each.text, each.offsets, strict=True) if c != " "]
    wanted = [at for at, c in enumerate(text) if not is_white(c) and not (base and MODIFIERS.match(c))]
    assert seen == wanted


@QUICK
@given(ANYTHING, WIDTH)
def test_what_is_shown_at_an_offset_is_what_the_text_has_there(text: str, width: int) -> None:
    text = shown(text)
    for each in wrap(text, 0, len(text), width):
        for character, at in zip(each.text, each.offsets, strict=True):
            assert character == text[at] or (character == " " and is_white(text[at]))
            assert each.start <= at < each.end
        assert list(each.offsets) == sorted(set(each.offsets))
        assert "  " not in each.text
        assert each.text == each.text.strip(" ")


@QUICK
@given(ANYTHING, WIDTH, st.booleans())
def test_no_line_is_wider_than_the_width_unless_a_single_cluster_is(text: str, width: int, base: bool) -> None:
    text = shown(text)
    for each in wrap(text, 0, len(text), width, base):
        if cell_len(each.text) > width:
            assert sum(1 for _, _, cells in clusters(each.text, 0, len(each.text)) if cells) == 1


@QUICK
@given(ANYTHING, WIDTH)
def test_a_cluster_is_never_split(text: str, width: int) -> None:
    text = shown(text)
    lines = breaks(text, 0, len(text), width)
    for (_, end), (start, _) in pairwise(lines):
        if end == start:
            whole = [a for a, _, _ in clusters(text, *_word_around(text, start))]
            assert start in whole


def _word_around(text: str, at: int) -> tuple[int, int]:
    start = end = at
    while start and not is_white(text[start - 1]):
        start -= 1
    while end < len(text) and not is_white(text[end]):
        end += 1
    return start, end


@QUICK
@given(st.text(alphabet="ab-—“é \n", max_size=150), WIDTH)
def test_the_fast_way_breaks_where_the_careful_way_does(text: str, width: int) -> None:
    start, end = wrapping.trimmed(text, 0, len(text))
    assert breaks(text, start, end, width) == wrapping._general(text, start, end, width, False)


@QUICK
@given(ANYTHING)
def test_clusters_cover_a_word_and_count_as_rich_counts(text: str) -> None:
    for word in shown(text).split():
        parts = list(clusters(word, 0, len(word)))
        assert [a for a, _, _ in parts] == [0, *(b for _, b, _ in parts[:-1])]
        assert parts[-1][1] == len(word)
        assert sum(cells for _, _, cells in parts) == cell_len(word)


@QUICK
@given(ANYTHING, WIDTH)
def test_code_keeps_every_character_and_the_width(text: str, width: int) -> None:
    text = shown(text)
    lines = [code_line(text, a, b) for a, b in code_breaks(text, 0, len(text), width)]
    seen = [at for each in lines for c, at in zip(each.text, each.offsets, strict=True) if not is_white(c)]
    assert seen == [at for at, c in enumerate(text) if not is_white(c)]
    for each in lines:
        assert not {"\t", "\n"} & set(each.text)
        if cell_len(each.text) > max(width, wrapping.TAB):
            assert sum(1 for _, _, cells in clusters(each.text, 0, len(each.text)) if cells) == 1


def test_narrow_characters_take_one_cell() -> None:
    import re

    narrow = re.compile(f"[{NARROW}]")
    for code in range(0x20, 0x3000):
        if narrow.match(chr(code)) and not 0x7F <= code < 0xA0:
            assert WIDTHS[chr(code)] == 1, hex(code)


def test_hard_wrapped_paragraphs_run_on() -> None:
    text = "one two\nthree   four\n  five"
    assert [each.text for each in wrap(text, 0, len(text), 40)] == ["one two three four five"]


def test_words_break_after_a_hyphen_and_never_before_a_number() -> None:
    text = "so-called two-plus-two covid-19"
    assert [each.text for each in wrap(text, 0, len(text), 9)] == [
        "so-called",
        "two-plus-",
        "two",
        "covid-19",
    ]


def test_japanese_breaks_between_characters_but_no_line_begins_with_a_full_stop() -> None:
    text = "東京と京都。大阪「神戸」"
    lines = [each.text for each in wrap(text, 0, len(text), 10)]
    assert "".join(lines) == text
    assert not any(each[0] in "。」" or each[-1] == "「" for each in lines)


def test_tabs_in_code_go_to_the_next_stop() -> None:
    text = "if x:\n\ty = 1\n\n\t\tz"
    lines = [code_line(text, a, b) for a, b in code_breaks(text, 0, len(text), 30)]
    assert [each.text for each in lines] == ["if x:", "    y = 1", "", "        z"]


def test_emoji_can_be_shown_as_their_base_character() -> None:
    text = shown("👍🏽 1\ufe0f\u20e3 ❤\ufe0f")
    assert line(text, 0, len(text), True).text == "👍 1 ❤"
    assert WHITE
