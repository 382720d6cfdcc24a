"""A prompt proposes what the user is likely to mean."""

from __future__ import annotations

import pytest

from store.errors import UsageError
from tui.screens.main.proposals import propose_query, propose_tag, propose_tags, tag_words

TAGS = ["japan", "kuriles", "asia/japan", "done"]


def test_bare_and_plus_words_add_and_minus_words_remove() -> None:
    assert tag_words("japan +done -kenya, x") == (("japan", "done", "x"), ("kenya",))


@pytest.mark.parametrize("text", ["+", "a -"])
def test_a_sign_needs_a_tag(text: str) -> None:
    with pytest.raises(UsageError):
        tag_words(text)


def test_what_begins_alike_comes_before_what_holds_it() -> None:
    assert propose_tags("ja", 2, TAGS, ()) == (0, ["japan", "asia/japan"])


def test_a_step_that_begins_alike_comes_before_what_only_holds_it() -> None:
    tags = ["nippon/kojima", "asia/japan", "jam"]
    assert propose_tags("ja", 2, tags, ()) == (0, ["jam", "asia/japan"])
    assert propose_tags("j", 1, tags, ())[1] == ["jam", "asia/japan", "nippon/kojima"]
    assert propose_tags("asia/", 5, tags, ())[1] == ["asia/japan"]
    assert propose_query("tag:ja", 6, tags) == (0, ["tag:jam", "tag:asia/japan"])


def test_another_name_is_proposed_until_it_is_written() -> None:
    assert propose_tag("ja", 2, TAGS) == (0, ["japan", "asia/japan"])
    assert propose_tag("Japan", 5, TAGS) == (0, [])


def test_tags_it_has_are_proposed_only_behind_a_minus() -> None:
    assert propose_tags("", 0, TAGS, ("japan",))[1] == ["kuriles", "asia/japan", "done"]
    assert propose_tags("x -", 3, TAGS, ("japan",)) == (2, ["-japan"])


def test_written_tags_are_not_proposed_again() -> None:
    assert propose_tags("japan ", 6, TAGS, ())[1] == ["kuriles", "asia/japan", "done"]


def test_fields_and_their_values_are_proposed() -> None:
    assert propose_query("kishida ta", 10, TAGS) == (8, ["tag:"])
    assert propose_query("-tag:k", 6, TAGS) == (0, ["-tag:kuriles"])
    assert "is:unread" in propose_query("is:u", 4, TAGS)[1]
    assert propose_query("", 0, TAGS) == (0, [])
