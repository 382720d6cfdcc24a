"""Near copies: a key folds the list to one of each, another shows the copies of one article beneath it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from pathlib import Path

import pytest

from store.config import Config
from store.library import Library
from tui.app import ReaderApp

WORDS = [f"word{n}" for n in range(200)]


def story(number: int, change: int) -> str:
    """Return an article; those of one number differ by a word."""
    words = [f"story{number}{word}" for word in WORDS]
    words[change] = "changed"
    return f"Story {number}, paper {change}\n\n2024-03-{change + 1:02}\n\n{' '.join(words)}\n"


@pytest.fixture
def run_papers(
    tmp_path: Path, drive: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., AbstractAsyncContextManager[object]]:
    """Return what runs the app on four stories, of which two stand in three papers, and one text in two places."""
    folder = tmp_path / "papers"
    folder.mkdir()
    for number, papers in enumerate([3, 1, 3, 1]):
        for paper in range(papers):
            (folder / f"{number}-{paper}.txt").write_text(story(number, paper))
    for number in range(4, 12):
        (folder / f"{number}.txt").write_text(story(number, 0))
    shutil.copy(folder / "1-0.txt", folder / "1-0-again.txt")

    @asynccontextmanager
    async def run(size: tuple[int, int] = (120, 40)):  # type: ignore[no-untyped-def]
        library = Library.open([folder], Config(), annotations=tmp_path / "annotations.json")
        library.bring_up_to_date()
        app = ReaderApp(library, index=False)
        async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
            user = drive(pilot)
            await user.until(lambda: len(user.main.articles.keys) == 16, "list filled")
            await user.ready()
            yield user

    return run


def titles(user) -> list[str]:
    """Return the titles of the list."""
    articles = user.main.articles
    return [articles.row(index).title for index in range(len(articles.keys))]


async def cursor_on(user, title: str) -> None:
    """Put the cursor on an article."""
    user.main.articles.cursor = titles(user).index(title)
    await user.until(lambda: user.main.opened and user.main.opened.stored.article.title == title)


async def test_a_key_folds_to_the_earliest_of_each_group_and_unfolds(run_papers) -> None:
    async with run_papers() as user:
        await cursor_on(user, "Story 2, paper 2")
        await user.press("C")
        await user.until(lambda: len(user.main.articles.keys) == 12)
        assert {"Story 0, paper 0", "Story 2, paper 0"} < set(titles(user))
        assert user.sees("12 articles", "4 copies folded", "4 copies are folded: + on a row", "+2")
        # The cursor is on what stands for the article that it was on.
        assert user.main.articles.current.title == "Story 2, paper 0"
        await user.press("C")
        await user.until(lambda: len(user.main.articles.keys) == 16)
        assert user.sees("every copy is shown") and not user.sees("folded")
        assert user.main.articles.current.title == "Story 2, paper 0"


async def test_copies_are_shown_beneath_one_article_and_folded_again_from_any_of_them(run_papers) -> None:
    async with run_papers() as user:
        await user.press("C")
        await user.until(lambda: len(user.main.articles.keys) == 12)
        await cursor_on(user, "Story 0, paper 0")
        at = user.main.articles.cursor
        await user.press("plus")
        assert titles(user)[at : at + 3] == ["Story 0, paper 0", "Story 0, paper 1", "Story 0, paper 2"]
        assert user.main.articles.cursor == at and user.sees("  Story 0, paper 1", "2 copies folded")
        await user.press("j", "plus")
        assert len(user.main.articles.keys) == 12 and user.main.articles.cursor == at


async def test_copies_that_come_for_a_list_that_is_another_one_by_then_do_not_bring_it_back(
    run_papers, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with run_papers() as user:
        held: list[Callable[[], None]] = []
        await user.press("C")
        await user.until(lambda: len(user.main.articles.keys) == 12)
        await cursor_on(user, "Story 0, paper 0")
        with monkeypatch.context() as patch:
            patch.setattr(user.main, "work_held", lambda work, then: held.append(partial(then, work())))
            await user.press("plus")
        await user.press("f", *'title:"story 0"', "enter")
        await user.until(lambda: titles(user) == ["Story 0, paper 0"], "another list")
        held[0]()
        assert titles(user) == ["Story 0, paper 0"]


async def test_the_annotated_copy_stands_for_the_others(run_papers) -> None:
    async with run_papers() as user:
        await cursor_on(user, "Story 2, paper 1")
        await user.press("s")
        await user.saved()
        await user.press("C")
        await user.until(lambda: len(user.main.articles.keys) == 12)
        assert "Story 2, paper 1" in titles(user) and "Story 2, paper 0" not in titles(user)


async def test_a_filter_folds_what_it_finds(run_papers) -> None:
    async with run_papers() as user:
        await user.press("C")
        await user.until(lambda: len(user.main.articles.keys) == 12)
        await user.press("f", *"title:paper -date:2024-03-01", "enter")
        await user.until(lambda: titles(user) == ["Story 2, paper 1", "Story 0, paper 1"] or len(titles(user)) == 2)
        assert user.sees("2 copies folded")


async def test_without_copies_it_says_so(run_app) -> None:
    async with run_app() as user:
        await user.press("plus")
        assert user.sees("no copies are folded: C folds them")
        await user.press("C")
        await user.until(lambda: user.sees("no near copies in this list"))


async def test_the_reader_names_the_other_places_of_a_text(run_papers) -> None:
    async with run_papers() as user:
        await cursor_on(user, "Story 1, paper 0")
        await user.until(lambda: user.sees("also at 1-0.txt"))
        await cursor_on(user, "Story 5, paper 0")
        assert not user.sees("also at")
