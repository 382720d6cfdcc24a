"""`:export` counts, asks how and where to, and says what it wrote; the list answers while it writes."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import date
from pathlib import Path

import pytest

from store.annotations.name_records import CorrectionKind, CorrectName, Scope
from store.library import SaveNote, make_anchor
from tests.tui.screens.conftest import Driver

RunApp = Callable[..., AbstractAsyncContextManager[Driver]]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder of the test's own, below the home of the test's own."""
    folder = tmp_path / "home" / "work"
    folder.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(folder)
    return folder


async def note(user: Driver, row: int, body: str, *tags: str) -> None:
    """Write a note on the first words of an article's text."""
    key = user.main.articles.keys[row]
    stored = user.app.library.article(key)
    assert stored is not None
    anchor = make_anchor(stored.article.text, 0, 12)
    change = SaveNote(user.app.library.target(key), body, anchor=anchor, tags=tags)
    future = user.app.library.change(change)
    await user.until(future.done)
    future.result()


async def choose(user: Driver, *words: str) -> None:
    """Take the command Export…, and in its box what these words narrow it to."""
    await user.press(":", *"export", "enter")
    await user.until(lambda: user.sees("Export ", "by person"), "the box")
    await user.press(*" ".join(words), "enter")
    await user.until(lambda: user.main.prompt.asking and not user.main.prompt.preparing, "where to")


async def test_the_shown_articles_are_counted_and_written(run_app: RunApp, here: Path) -> None:
    async with run_app((120, 40)) as user:
        await note(user, 0, "call them")
        await note(user, 1, "")
        await choose(user, "html", "tag")
        name = f"dateline-{date.today().isoformat()}.html"
        assert user.sees(f"export to: ~/work/{name}")
        await user.press("enter")
        await user.until(lambda: user.sees(f"2 passages and 1 note to {name}"), "what was written")
        assert user.sees("10 more articles without notes")
        text = (here / name).read_text()
        assert text.startswith("<!doctype html>")
        assert "<p>call them</p>" in text


async def test_a_file_is_not_replaced_by_a_key_that_was_typed_for_something_else(
    run_app: RunApp, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "mine.md").write_text("dear")
    is_file, seen = os.path.isfile, threading.Event()
    async with run_app((80, 24)) as user:
        await note(user, 0, "call them")
        await choose(user, "markdown", "person")
        with monkeypatch.context() as patch:
            # A disk that takes its time.
            patch.setattr(os.path, "isfile", lambda path: (seen.wait(20), is_file(path))[1])
            await user.press("ctrl+u", *"mine.md", "enter", "f", "y")
            assert not user.sees("filter:"), "keys wait for the question"
            seen.set()
            await user.until(lambda: user.sees("mine.md exists; replace it? y or n: fy"))
        await user.press("enter")
        await user.until(lambda: user.sees("nothing exported; mine.md is as it was"))
        assert (here / "mine.md").read_text() == "dear"


async def test_of_marked_articles_only_these(run_app: RunApp, here: Path) -> None:
    async with run_app((80, 24)) as user:
        await note(user, 0, "first")
        await note(user, 1, "second")
        await user.press("j", "space")
        await choose(user, "markdown", "article")
        await user.press("ctrl+u", *"mine.md", "enter")
        await user.until(lambda: user.sees("1 passage and 1 note to mine.md"), "what was written")
        text = (here / "mine.md").read_text()
        assert ("- second" in text, "- first" in text) == (True, False)


async def test_private_notes_are_counted_and_go_only_where_they_are_asked_for(run_app: RunApp, here: Path) -> None:
    async with run_app((120, 40)) as user:
        await note(user, 0, "for all")
        await note(user, 1, "hush", "private")
        await user.press(":", *"export", "enter")
        await user.until(lambda: user.sees("Export 1 passage and 1 note of 1 article, without 1 private note"))
        await user.press("escape")
        await choose(user, "markdown", "article")
        await user.press("ctrl+u", *"open.md", "enter")
        await user.until(lambda: user.sees("to open.md; 1 private note left out"), "what was written")
        await choose(user, "markdown", "article", "private")
        await user.press("ctrl+u", *"all.md", "enter")
        await user.until(lambda: user.sees("to all.md; 1 private note put in"), "what was written")
        assert "hush" not in (here / "open.md").read_text()
        assert "hush" in (here / "all.md").read_text()


async def test_a_file_that_is_there_is_replaced_only_after_a_question(run_app: RunApp, here: Path) -> None:
    (here / "x.md").write_text("as it was")
    async with run_app((120, 40)) as user:
        await note(user, 0, "new")
        for answer, text in (("n", "as it was"), ("y", "- new")):
            await choose(user, "markdown", "date")
            await user.press("ctrl+u", *"x.md", "enter")
            await user.until(lambda: user.sees("x.md exists; replace it? y or n:"), "the question")
            await user.press(answer, "enter")
            await user.until(lambda: user.sees("x.md is as it was") or user.sees("1 note to x.md"), "the answer")
            assert text in (here / "x.md").read_text()


async def test_what_cannot_be_written_is_said(run_app: RunApp, here: Path, tmp_path: Path) -> None:
    async with run_app((120, 40)) as user:
        await user.press(":", *"export", "enter")
        await user.until(lambda: user.sees("nothing to export: no article shown bears a note"), "nothing there")
        await note(user, 0, "words")
        for path, message in (
            ("no/where.md", "its folder is not there"),
            ("~/work", "is a folder"),
            (str(tmp_path / "annotations.json"), "is the annotation file itself"),
        ):
            await choose(user, "markdown", "date")
            await user.press("ctrl+u", *path, "enter")
            if message.startswith("is the annotation"):
                await user.until(lambda: user.sees("replace it?"), "the question")
                await user.press("y", "enter")
            await user.until(lambda message=message: message in user.main.status.message, message)
        await choose(user, "markdown", "date")
        await user.press("ctrl+u", "enter")
        await user.until(lambda: user.sees("nothing exported"))
        assert not list(here.iterdir())


async def test_corrected_names_are_written_as_training_data(run_app: RunApp, here: Path) -> None:
    async with run_app((120, 40)) as user:
        await user.own_article()
        change = CorrectName(None, CorrectionKind.LABEL, Scope.LIBRARY, "Tokyo", "GPE", "ORG")
        future = user.app.library.change(change)
        await user.until(future.done)
        await user.press(":", *"export", "enter")
        await user.until(lambda: user.sees("Names you corrected", "for spaCy"), "the box")
        await user.press(*"training", "down", "enter")
        await user.until(lambda: user.main.prompt.asking and not user.main.prompt.preparing, "where to")
        name = f"dateline-{date.today().isoformat()}.conll"
        assert user.sees(f"export to: ~/work/{name}")
        await user.press("enter")
        await user.until(lambda: user.sees(f"to {name}"), "what was written")
        assert "Tokyo B-ORG" in (here / name).read_text()
