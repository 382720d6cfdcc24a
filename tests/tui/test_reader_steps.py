"""Selections grow and shrink by what one reads: sentences, words, paragraphs, characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import parsed

from store.article import Article
from tui.render.clusters import clusters
from tui.widgets.reader_steps import Stretch, Unit, moved, trimmed

TEXT = (
    "A headline\n\nOne two three. Four, “five” six!\n\nSeven 50% of $8; nine.\n\n"
    "東京 is there. Cafe\u0301 👨\u200d👩\u200d👧 end"
)
ARTICLE = parsed(TEXT)


def of(words: str, *, forward: bool = True) -> Stretch:
    start = TEXT.index(words)
    return Stretch(start, start + len(words), forward)


def shown(stretch: Stretch) -> str:
    return TEXT[stretch.start : stretch.end]


@pytest.mark.parametrize(
    ("words", "unit", "by", "found"),
    [
        ("One two three.", Unit.SENTENCE, 1, "One two three. Four, “five” six!"),
        ("Four, “five” six!", Unit.SENTENCE, 1, "Four, “five” six!\n\nSeven 50% of $8; nine."),
        ("One two three. Four, “five” six!", Unit.SENTENCE, -1, "One two three."),
        ("Four, “five” six!", Unit.SENTENCE, -1, "One two three. Four, “five” six!"),
        ("two", Unit.WORD, 1, "two three"),
        ("three", Unit.WORD, 1, "three. Four"),
        ("Four", Unit.WORD, 1, "Four, “five"),
        ("One two", Unit.WORD, -1, "One"),
        ("two", Unit.WORD, -1, "One two"),
        ("Seven", Unit.WORD, 1, "Seven 50%"),
        ("of", Unit.WORD, 1, "of $8"),
        ("東", Unit.WORD, 1, "東京"),
        ("is", Unit.WORD, -1, "京 is"),
        ("two", Unit.PARAGRAPH, 1, "One two three. Four, “five” six!"),
        ("One two three. Four, “five” six!", Unit.PARAGRAPH, 1,
         "One two three. Four, “five” six!\n\nSeven 50% of $8; nine."),
        ("Caf", Unit.CHARACTER, 1, "Cafe\u0301"),
        ("Cafe\u0301 ", Unit.CHARACTER, 1, "Cafe\u0301 👨\u200d👩\u200d👧"),
        ("Cafe\u0301", Unit.CHARACTER, -1, "Caf"),
        ("end", Unit.SENTENCE, 1, "end"),
    ],
)  # fmt: skip
def test_the_moving_end_goes_where_the_unit_ends(words: str, unit: Unit, by: int, found: str) -> None:
    assert shown(moved(ARTICLE, of(words), unit, by)) == found


def test_the_other_end_moves_alike() -> None:
    stretch = of("two three", forward=False)
    assert shown(moved(ARTICLE, stretch, Unit.WORD, 1)) == "three"
    assert shown(moved(ARTICLE, stretch, Unit.WORD, -1)) == "One two three"
    assert shown(moved(ARTICLE, of("three", forward=False), Unit.WORD, 1)) == "three. Four"


def test_up_and_down_again_is_where_one_was() -> None:
    stretch = of("Seven 50% of $8; nine.")
    up = moved(ARTICLE, stretch, Unit.SENTENCE, -1)
    assert not up.forward
    assert shown(moved(ARTICLE, up, Unit.SENTENCE, 1)) == shown(stretch)


def test_without_paragraphs_the_whole_text_is_one() -> None:
    article = Article("a", "One. Two three. Four", ())
    found = moved(article, Stretch(0, 4), Unit.SENTENCE, 1)
    assert article.text[found.start : found.end] == "One. Two three."
    found = moved(article, Stretch(0, 4), Unit.PARAGRAPH, 1)
    assert (found.start, found.end) == (0, len(article.text))


def test_a_paragraph_of_a_megabyte_takes_no_longer_than_its_neighbourhood() -> None:
    text = "word " * 200_000 + "end."
    article = Article("a", text, ())
    stretch = Stretch(500_000, 500_004)
    stretch = moved(article, stretch, Unit.WORD, 1)
    assert (stretch.start, stretch.end) == (500_000, 500_009)
    stretch = moved(article, stretch, Unit.SENTENCE, 1)
    assert 500_009 < stretch.end < 520_000


texts = st.text(alphabet="ab .!?\n“”-東\u0301\U0001f468\u200d", max_size=80)


@given(texts, st.data())
def test_any_moves_in_any_text_leave_something_selected_and_tear_no_character(text: str, data) -> None:  # type: ignore[no-untyped-def]
    article = parsed(text or "a")
    whole = trimmed(article.text, 0, len(article.text))
    if whole is None:
        return
    stretch = Stretch(*whole)
    for _ in range(8):
        unit, by = data.draw(st.sampled_from(list(Unit))), data.draw(st.sampled_from([1, -1]))
        after = moved(article, stretch, unit, by)
        assert 0 <= after.start < after.end <= len(article.text)
        if unit is Unit.CHARACTER and after.end != stretch.end and by > 0:
            edges = {end for _, end, _ in clusters(article.text, 0, len(article.text))}
            assert after.end in edges
        stretch = after
