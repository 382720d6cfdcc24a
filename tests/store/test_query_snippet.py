"""A snippet is one line around the first word found, below the headline."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
import query_reference as reference
from hypothesis import given, settings
from hypothesis import strategies as st
from query_reference import Doc

from store.annotations.records import Marks
from store.query.fold import fold
from store.query.session import QuerySession
from store.query.snippet import BEFORE, BEHIND, snippet


def marked(text: str, words: list[str], start: int = 0) -> tuple[str, list[str]] | None:
    made = snippet(text, words, start=start)
    return made and (made.text, [made.text[one:other] for one, other in made.hits])


@pytest.mark.parametrize(("text", "words", "start", "line", "hits"), [
    ("Abe met\n\nAbel, said ABE.", ["abe"], 0, "Abe met Abel, said ABE.", ["Abe", "ABE"]),
    ("Abe met\n\nAbel, said ABE.", ["abe"], 3, "met Abel, said ABE.", ["ABE"]),
    ("the north\n  korea talks", ["north korea"], 0, "the north korea talks", ["north korea"]),
    ("東京都の春。", ["京都"], 0, "東京都の春。", ["京都"]),
])  # fmt: skip
def test_the_line_shows_what_was_found(text: str, words: list[str], start: int, line: str, hits: list[str]) -> None:
    assert marked(text, words, start) == (line, hits)


def test_a_long_text_is_cut_at_a_word_before_the_hit_and_looked_through_to_its_end() -> None:
    made = snippet("word " * 20_000 + "harbour tail " * 100, ["harbour"])
    assert made is not None and not made.begins
    assert made.text.startswith("word word") and len(made.text) <= BEFORE + BEHIND
    assert made.text[slice(*made.hits[0])] == "harbour"
    assert snippet("word " * 20_000, ["harbour"]) is None


@settings(max_examples=200, deadline=None)
@given(st.text(), st.lists(st.text(max_size=5)), st.integers(0, 20))
def test_any_text_gives_a_line_with_its_hits_or_none(text: str, words: list[str], start: int) -> None:
    made = snippet(text, [fold(word) for word in words], start=min(start, len(text)))
    if made is not None:
        assert made.hits and all(0 <= one < other <= len(made.text) for one, other in made.hits)
        assert "\n" not in made.text


def test_snippets_come_from_the_index_and_of_what_is_gone_from_what_was_kept(tmp_path: Path) -> None:
    docs = [
        Doc("Abe in Moscow", "Abe in Moscow. Then Abe left."),
        Doc("Abe", "Abe"),
        Doc("Gone", "What Abe had said.", marks=Marks(("x",)), is_gone=True),
    ]
    rows = reference.build(tmp_path / "index", docs)
    with closing(QuerySession(tmp_path / "index", describe=reference.describe(rows))) as session:
        session.fill_mirror(reference.mirror(docs))
        found = session.snippets([1, 2, -3, 99], ["abe"]).result()
        assert {key: each.text for key, each in found.items()} == {1: ". Then Abe left.", -3: "What Abe had said."}
        assert session.snippets([1], []).result() == {}


def test_of_several_places_the_one_with_most_of_the_words_is_shown() -> None:
    text = f"A ferry came. {'Nothing happened. ' * 40}The ferry of Kunashir left, and a ferry came back from there."
    found = snippet(text, ["ferry", "kunashir"])
    assert found is not None and "ferry of Kunashir" in found.text
    assert [found.text[start:end] for start, end in found.hits][:2] == ["ferry", "Kunashir"]


def test_a_word_that_is_repeated_does_not_outweigh_two_words() -> None:
    text = f"ferry ferry ferry ferry. {'Nothing happened. ' * 40}A boat, a ferry."
    found = snippet(text, ["ferry", "boat"])
    assert found is not None and "A boat, a ferry" in found.text
