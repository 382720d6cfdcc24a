"""Passages are found again where they are, or not at all."""

from __future__ import annotations

import random
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bench.anchors import articles, run
from store.annotations.anchors import make_anchor
from store.annotations.folded_text import Folded, fold
from store.annotations.placing import place

TEXT = (
    "The ferry\n\nThe ferry to the isles sailed at noon. It carried forty passengers and a cow. Nobody was hurt when "
    "it ran aground near the lighthouse.\n\nThe owner spoke of bad luck. The captain, who is seventy, spoke of fog.\n\n"
    "• Tickets are refunded.\n• Tickets for the cow are not.\n\nThe next ferry sails on Sunday, “weather permitting” — "
    "so the owner says. The owner spoke of bad luck twice.\n"
)


def found(quote: str, text: str, *, with_old: bool = True, nth: int = 0) -> str | None:
    """Mark a passage of TEXT and return what it is put on in another text."""
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(quote, start + 1)
    at = place(make_anchor(TEXT, start, start + len(quote)), text, TEXT if with_old else None)
    return None if at is None else text[at.start : at.end]


QUOTES = [
    "cow", "lighthouse", "forty passengers", "It carried forty passengers and a cow.", "• Tickets are refunded.",
    "The captain, who is seventy, spoke of fog.", "“weather permitting” — so the owner says.",
    "Nobody was hurt when it ran aground near the lighthouse.\n\nThe owner spoke of bad luck.",
]  # fmt: skip


@pytest.mark.parametrize("with_old", [True, False])
@pytest.mark.parametrize("quote", QUOTES)
def test_a_passage_is_found_after_text_was_written_before_it(quote: str, with_old: bool) -> None:
    assert found(quote, "A first line that is new.\n\n" + TEXT, with_old=with_old) == quote


@pytest.mark.parametrize("quote", QUOTES)
def test_a_passage_is_found_in_reflowed_and_recoded_text(quote: str) -> None:
    reflowed = TEXT.replace("the isles", "the\nisles").replace("ran aground", "ran\naground").replace("“", '"')
    recoded = unicodedata.normalize("NFD", reflowed.replace("”", '"').replace("—", "-"))
    text = "Über die Fähre\n\n" + recoded
    at = found(quote, text)
    assert at is not None
    assert fold(at) == fold(quote)


def test_a_misspelled_passage_is_found() -> None:
    text = TEXT.replace("forty passengers", "fourty pasengers")
    assert found("It carried forty passengers and a cow.", text) == "It carried fourty pasengers and a cow."
    assert found("forty passengers", text) == "fourty pasengers"


def test_a_reworded_passage_is_found_in_its_place() -> None:
    text = TEXT.replace("carried forty passengers and a cow", "carried more than forty passengers and a brown cow")
    assert found("It carried forty passengers and a cow.", text) == (
        "It carried more than forty passengers and a brown cow."
    )


def test_a_moved_passage_is_found() -> None:
    sentence = "It carried forty passengers and a cow."
    text = TEXT.replace(f" {sentence}", "").replace("The next ferry", f"{sentence} The next ferry")
    assert found(sentence, text) == sentence
    assert found("cow", text) == "cow"


@pytest.mark.parametrize("with_old", [True, False])
def test_a_removed_passage_is_nowhere(with_old: bool) -> None:
    text = TEXT.replace(" It carried forty passengers and a cow.", "")
    assert found("It carried forty passengers and a cow.", text, with_old=with_old) is None
    assert found("forty passengers", text, with_old=with_old) is None
    # The word is still there, in another sentence.
    assert found("cow", text, with_old=with_old) is None


def test_a_near_copy_elsewhere_is_not_the_passage() -> None:
    text = TEXT.replace(" It carried forty passengers and a cow.", "")
    text = text.replace("\n\nThe next", " It carried sixty passengers and a horse.\n\nThe next")
    assert found("It carried forty passengers and a cow.", text) is None


def test_beside_a_near_copy_the_passage_itself_is_found() -> None:
    text = TEXT.replace("\n\nThe next", "\n\nIt carried sixty passengers and a cow.\n\nThe next")
    text = text.replace("forty passengers", "forty pasengers")
    assert found("It carried forty passengers and a cow.", text) == "It carried forty pasengers and a cow."


def test_of_equal_passages_the_marked_one_is_found() -> None:
    text = "A first line that is new.\n\n" + TEXT
    for nth in (0, 1):
        start = [text.index("The owner spoke of bad luck"), text.rindex("The owner spoke of bad luck")][nth]
        marked = TEXT.index("The owner spoke") if nth == 0 else TEXT.rindex("The owner spoke")
        at = place(make_anchor(TEXT, marked, marked + 27), text, TEXT)
        assert at is not None
        assert (at.start, at.end) == (start, start + 27)


def test_a_passage_that_may_be_in_two_places_is_in_none() -> None:
    text = "yes\n\nno\n\nyes\n\nno\n\nyes\n"
    anchor = make_anchor(text, 9, 12)
    assert place(anchor, "maybe\n\nyes\n\nyes\n\nyes\n\nno\n", text) is None
    assert place(anchor, text, text) is not None


def test_of_a_passage_torn_apart_nothing_is_marked_but_a_piece_of_it() -> None:
    quote = "Nobody was hurt when it ran aground near the lighthouse.\n\nThe owner spoke of bad luck."
    text = TEXT.replace(" Nobody was hurt when it ran aground near the lighthouse.", "")
    text += "\nNobody was hurt when it ran aground near the lighthouse.\n"
    at = found(quote, text)
    assert at is None or at in quote


def test_signs_without_letters_stay_only_where_they_were() -> None:
    text = "One\n\n---\n\nTwo of them are here\n\n---\n\nThree\n"
    anchor = make_anchor(text, 5, 8)
    assert place(anchor, text, text) is not None
    assert place(anchor, "Zero\n\n" + text, text) is None


def test_a_long_text_is_searched_in_bounded_time() -> None:
    dice = random.Random(1)
    words = ["".join(dice.choice("abcdefghijklmnop") for _ in range(dice.randint(2, 9))) for _ in range(4000)]
    sentences = [" ".join(dice.choices(words, k=12)).capitalize() + "." for _ in range(3000)]
    text = "\n\n".join(" ".join(sentences[at : at + 5]) for at in range(0, 3000, 5))
    quote = sentences[1501]
    start = text.index(quote)
    changed = text.replace(quote, quote[:20] + "x" + quote[20:])
    at = place(make_anchor(text, start, start + len(quote)), changed, text)
    assert at is not None
    assert changed[at.start : at.end] == quote[:20] + "x" + quote[20:]


@given(st.text("ab -\n“’…éﬁ\u0301\u200b—x1? ", max_size=40))
def test_what_is_folded_leads_back_to_where_it_was(text: str) -> None:
    folded = Folded(text)
    for at, letter in enumerate(folded.text):
        start, end = folded.original(at, at + 1)
        assert 0 <= start <= end <= len(text)
        assert letter == " " or letter in fold(text[start:end])


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60), st.text(max_size=60))
@example("0" * 24, 0, 25, "")
def test_any_text_may_come(text: str, start: int, end: int, other: str) -> None:
    anchor = make_anchor(text, min(start, end), max(start, end))
    for new in (other, text, text + other):
        for old in (text, None):
            at = place(anchor, new, old)
            assert at is None or 0 <= at.start < at.end <= len(new)


def test_real_articles_edited_by_a_script_keep_their_notes(shared: Path) -> None:
    """`python -m bench.anchors` does the same with all articles, and says what was not found."""
    folder = shared / "corpus" / "articles" / "18f"
    if not folder.is_dir():
        pytest.skip("needs the articles in ../shared/corpus")
    texts = articles(sorted(folder.glob("*.md"))[::12], 40)
    scores = [run(texts, seed) for seed in (1, 2, 3)]
    examples = "\n".join(example for score in scores for example in score.examples)
    assert sum(score.there for score in scores) > 500
    assert sum(score.wrong for score in scores) == 0, examples
    assert sum(score.found for score in scores) >= 0.97 * sum(score.there for score in scores), examples
