"""Words are found whatever their case and accents, and where they really stand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.article import Article, Block, BlockKind
from store.sentences import first_sentence_between, paragraph_at, sentence_at, sentences
from tui.render.hits import FoldedText, fold, phrase_pattern
from tui.render.passages import as_seen

QUICK = settings(max_examples=100, deadline=None)

LETTERS = st.text(alphabet="aAbBéÉßİıﬁ ñ\n東e\u0301", max_size=60)


def found(text: str, *phrases: str, whole_words: bool = False) -> list[str]:
    pattern = phrase_pattern(phrases, whole_words=whole_words)
    return [text[a:b] for a, b in FoldedText(text).spans(pattern)] if pattern else []


@QUICK
@given(LETTERS, st.text(alphabet="aBéßıf", min_size=1, max_size=3))
def test_what_is_found_is_what_was_looked_for(text: str, word: str) -> None:
    for hit in found(text, word):
        assert fold(word) in fold(hit)


@QUICK
@given(LETTERS, st.integers(0, 50), st.integers(1, 5))
def test_a_stretch_of_the_text_is_found_in_it(text: str, start: int, size: int) -> None:
    word = text[start : start + size].strip()
    if fold(word).strip():
        assert found(text, word)


def test_case_and_accents_do_not_matter() -> None:
    assert found("Zürich, ZURICH und Strasse, STRAßE", "zurich") == ["Zürich", "ZURICH"]
    assert found("Strasse, STRAßE", "straße") == ["Strasse", "STRAßE"]


def test_a_phrase_goes_across_line_ends() -> None:
    assert found("in North\n  Korea", "north korea") == ["North\n  Korea"]


@pytest.mark.parametrize(
    ("phrase", "hits"),
    [("ten", ["ten"]), ("ten*", ["ten", "tension"]), ("tens ion", []), ("*", []), ("", []), ("[(", [])],
)
def test_words_of_a_filter_match_whole_words(phrase: str, hits: list[str]) -> None:
    assert found("ten often tension", phrase, whole_words=True) == hits


def test_sentences_end_where_one_hears_it() -> None:
    text = "Mr. Abe met U.S. envoys. “Is it so?” he asked. It is 3.5 km! 東京です。大阪です。End"
    assert [text[a:b] for a, b in sentences(text, 0, len(text))] == [
        "Mr. Abe met U.S. envoys.", "“Is it so?”", "he asked.", "It is 3.5 km!", "東京です。", "大阪です。", "End",
    ]  # fmt: skip


def _article() -> Article:
    text = "Title\n\nOne here.  Two\nthere.\n\n• item\n\n  code\n    more\n"
    spans = [
        (BlockKind.TITLE, "Title"),
        (BlockKind.PARAGRAPH, "One here.  Two\nthere."),
        (BlockKind.LIST_ITEM, "• item"),
        (BlockKind.CODE, "  code\n    more"),
    ]
    return Article("Title", text, tuple(Block(k, text.index(s), text.index(s) + len(s)) for k, s in spans))


def test_passages_of_an_article() -> None:
    article = _article()
    assert article.text[slice(*paragraph_at(article, 20))] == "One here.  Two\nthere."
    assert article.text[slice(*sentence_at(article, 20))] == "Two\nthere."
    assert article.text[slice(*sentence_at(article, 9))] == "One here."
    span = first_sentence_between(article, 9, len(article.text))
    assert span is not None
    assert article.text[slice(*span)] == "Two\nthere."


def test_a_stretch_is_copied_as_it_is_read() -> None:
    article = _article()
    assert as_seen(article, article.text, 0, len(article.text)) == (
        "Title\n\nOne here. Two there.\n\n• item\n\n  code\n    more"
    )
    assert as_seen(article, article.text, 11, 22) == "here. Two"
