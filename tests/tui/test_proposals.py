"""A prompt proposes what the user is likely to mean."""

from __future__ import annotations

import pytest

from store.errors import UsageError
from store.query.complete import Completion, Option
from tui.commands.tag_words import tag_words
from tui.screens.main.proposals import propose_tag, propose_tags, query_proposals

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


def test_another_name_is_proposed_until_it_is_written() -> None:
    assert propose_tag("ja", 2, TAGS) == (0, ["japan", "asia/japan"])
    assert propose_tag("Japan", 5, TAGS) == (0, [])


def test_tags_it_has_are_proposed_only_behind_a_minus() -> None:
    assert propose_tags("", 0, TAGS, ("japan",))[1] == ["kuriles", "asia/japan", "done"]
    assert propose_tags("x -", 3, TAGS, ("japan",)) == (2, ["-japan"])


def test_written_tags_are_not_proposed_again() -> None:
    assert propose_tags("japan ", 6, TAGS, ())[1] == ["kuriles", "asia/japan", "done"]


def test_what_a_query_can_hold_is_proposed_with_its_articles() -> None:
    found = Completion(3, 5, (Option("japan", "japan", 1200), Option("tag:", "tag:", explained="has this tag")))
    proposed = query_proposals(found)
    assert (proposed.start, proposed.end) == (3, 5)
    assert [(each.text, each.detail, each.said, each.goes_on) for each in proposed.choices] == [
        ("japan", "1,200", "", False),
        ("tag:", "", "has this tag", True),
    ]
