"""What is new to rules is counted in the reader, and tagged by a key that says first what it will do."""

from __future__ import annotations

from concurrent.futures import Future
from datetime import UTC, datetime
from pathlib import Path

import pytest

from store.annotations.search_records import SaveSearch
from store.annotations.store import AnnotationStore
from tui.screens.main import rules


def made_long_ago(tmp_path: Path, *searches: SaveSearch) -> None:
    """Save searches before the library was there, so that all of it is new to them."""
    store = AnnotationStore(tmp_path / "annotations.json", clock=lambda: datetime(2000, 1, 1, tzinfo=UTC))
    for search in searches:
        store.apply(search)
    store.close()


async def test_what_is_new_is_counted_told_first_and_tagged_on_a_yes(run_app, tmp_path: Path) -> None:
    made_long_ago(tmp_path, SaveSearch("isles", "kuriles", tags=("sea", "asia")), SaveSearch("capital", "tokyo"))
    async with run_app() as user:
        await user.ready()
        library = user.main.library
        new = len(library.search("kuriles").result().keys)
        assert new
        await user.until(lambda: user.sees(f"{new} for your rules (W)"))
        await user.press("W")
        await user.until(lambda: user.sees(f"sea, asia on {new} (isles)? y or n:"))
        await user.press("n", "enter")
        await user.until(lambda: user.sees("nothing tagged"))
        await user.press("W")
        await user.until(lambda: user.main.prompt.asking)
        await user.press("y", "enter")
        await user.saved()
        await user.until(lambda: user.sees(f"Rule isles tagged {new} article"))
        assert len(library.search("tag:sea").result().keys) == new
        assert not user.sees("for your rules")
        await user.press("W")
        await user.until(lambda: user.sees("nothing is new to your rules"))
        await user.press("u")
        await user.until(lambda: not library.search("tag:sea").result().keys)
        # What was taken off stays off.
        rules.look(user.main)
        await user.press("W")
        await user.until(lambda: user.sees("nothing is new to your rules"))


async def test_a_key_before_the_question_is_there_is_an_answer_to_it_and_to_nothing_else(
    run_app, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_long_ago(tmp_path, SaveSearch("isles", "kuriles", tags=("sea",)))
    async with run_app() as user:
        await user.ready()
        library, late = user.main.library, Future[list[int]]()
        await user.until(lambda: user.sees("for your rules"))
        with monkeypatch.context() as patch:
            patch.setattr(library, "new_to", lambda _: late)
            await user.press("W", "f", "y")
        assert not user.main.prompt.asking, "no filter that a question would take the place of"
        late.set_result(library.search("kuriles").result().keys[:1])
        await user.until(lambda: user.sees("(isles)? y or n: fy"))
        await user.press("enter")
        await user.until(lambda: user.sees("nothing tagged"))
        await user.press("j")
        assert user.main.articles.cursor == 1, "keys go on"


async def test_of_many_rules_it_is_still_seen_that_a_yes_is_asked_for(run_app, tmp_path: Path) -> None:
    names = ("isles", "harbours")
    made_long_ago(tmp_path, *(SaveSearch(name, "kuriles", tags=("sea", "asia", "to-read")) for name in names))
    async with run_app((80, 24)) as user:
        await user.ready()
        await user.press("W")
        await user.until(lambda: user.sees("tag what is new? y or n:", "sea, asia, to-read on ", "(isles)"))
        await user.press("n", "enter")
        await user.until(lambda: user.sees("nothing tagged"))


async def test_without_rules_it_says_how_to_make_one(run_app) -> None:
    async with run_app() as user:
        await user.ready()
        await user.press("W")
        await user.until(lambda: user.sees("no rules yet", "t lets one tag what is new"))


async def test_a_rule_that_has_become_wrong_is_named(run_app, tmp_path: Path) -> None:
    made_long_ago(tmp_path, SaveSearch("above", "search:base", tags=("x",)))
    async with run_app() as user:
        await user.ready()
        await user.press("W")
        await user.until(lambda: user.sees("the rule above is wrong", "There is no saved search base"))
