"""What another session saves shows here, whichever way the news comes in."""

from __future__ import annotations

import re
from pathlib import Path

from store.annotations.records import Star, Tag
from store.annotations.store import AnnotationStore
from store.library import Idle
from tui.screens.main import standing


async def test_a_change_by_another_session_is_shown_and_said(run_app, tmp_path: Path) -> None:
    async with run_app() as user:
        await user.own_article()
        await user.press("s")
        await user.saved()
        target = user.app.library.target(user.main.opened.stored.key)
        other = AnnotationStore(tmp_path / "annotations.json")
        other.apply(Tag((target,), ("elsewhere",)))
        await user.until(lambda: user.sees("changed by another session", "elsewhere"))


async def test_what_another_session_marks_is_counted_above_the_list(run_app, tmp_path: Path) -> None:
    async with run_app() as user:
        await user.own_article()
        await user.press("s")
        await user.saved()
        await user.until(lambda: re.search(r"Starred +1\b", user.text()))
        row = user.main.articles.row(0)
        other = AnnotationStore(tmp_path / "annotations.json")
        other.apply(Star((user.app.library.target(row.key),), True))
        await user.until(lambda: re.search(r"Starred +2\b", user.text()))


async def test_news_of_another_session_does_not_put_aside_what_was_said_last(run_app, tmp_path: Path) -> None:
    async with run_app() as user:
        await user.own_article()
        await user.press("s")
        await user.saved()
        target = user.app.library.target(user.main.opened.stored.key)
        other = AnnotationStore(tmp_path / "annotations.json")
        user.main.say("both texts are kept")
        for tag in ("first", "second"):
            other.apply(Tag((target,), (tag,)))
            await user.until(lambda tag=tag: user.sees("both texts are kept · changed by another session", tag))
        assert user.main.status.message.count("changed by another session") == 1


async def test_news_that_is_met_when_the_indexer_has_ended_its_round_is_shown_too(run_app, tmp_path: Path) -> None:
    async with run_app() as user:
        await user.own_article()
        await user.press("s")
        await user.saved()
        target = user.app.library.target(user.main.opened.stored.key)
        other = AnnotationStore(tmp_path / "annotations.json")
        for number in range(3):
            other.apply(Tag((target,), (f"tag-{number}",)))
            standing.heard(user.main, Idle())
            await user.until(lambda tag=f"tag-{number}": user.sees("changed by another session", tag))
