"""A changed text is told of, shown by `d`, accepted by a key and taken back by another."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from store.config import Config
from store.library import Library, SaveNote, make_anchor
from tui.app import ReaderApp

FIRST = (
    "The harbour of Lisbon\n\nThe mayor opened the new harbour on Monday. Fishermen from the north came to see it.\n\n"
    "A bridge to the island is planned for next year. Nobody knows who pays for it.\n\n"
    "The old quay is to be kept as a museum of the sea.\n"
)
SECOND = FIRST.replace("on Monday", "on Tuesday, in the rain").replace(" Nobody knows who pays for it.", "")


@pytest.fixture
def library(tmp_path: Path) -> Library:
    folder = tmp_path / "articles"
    folder.mkdir()
    file = folder / "harbour.txt"
    file.write_text(FIRST)
    annotations = tmp_path / "notes.json"
    with Library.open([folder], Config(), annotations=annotations) as library:
        assert library.bring_up_to_date() == ""
        library.load_annotations().result()
        (key,) = library.locate(str(file))
        text = library.article(key).article.text
        for quote, body in (("planned for next year", "by whom?"), ("Nobody knows", "ask them")):
            start = text.index(quote)
            anchor = make_anchor(text, start, start + len(quote))
            library.change(SaveNote(library.target(key), body, anchor=anchor)).result()
        file.write_text(SECOND)
        assert library.bring_up_to_date() == ""
    return Library.open([folder], Config(), annotations=annotations)


@pytest.fixture
def opened(library: Library, drive):  # type: ignore[no-untyped-def]
    @asynccontextmanager
    async def run(size: tuple[int, int] = (100, 30)) -> AsyncIterator:  # type: ignore[type-arg]
        app = ReaderApp(library, index=False)
        async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
            user = drive(pilot)
            await user.until(lambda: app.library.annotations_ready and user.main.opened, "the article")
            yield user

    return run


async def test_a_changed_text_is_told_of_when_it_is_opened(opened) -> None:
    async with opened() as user:
        await user.until(lambda: user.sees("2 passages, d shows"))
        assert user.sees("~")


@pytest.mark.parametrize("size", [(100, 30), (80, 24), (50, 20)])
async def test_d_shows_what_changed_and_n_goes_on(opened, size: tuple[int, int]) -> None:
    async with opened(size) as user:
        await user.press("d")
        await user.until(lambda: user.sees("2 passages", "1 of 2"))
        assert user.sees("- The mayor opened the new harbour on", "+ The mayor opened the new harbour on")
        await user.press("n")
        assert user.sees("2 of 2", "- Nobody knows who pays for it.", "✎ ask them")
        await user.press("n")
        assert user.sees("no difference further down")
        await user.press("N")
        assert user.sees("1 of 2")
        await user.press("q")
        assert user.app.screen is user.main


async def test_the_new_text_is_accepted_by_a_key_and_that_can_be_undone(opened) -> None:
    async with opened() as user:
        await user.press("d")
        await user.until(lambda: user.sees("a accepts the new text, u takes that back"))
        await user.press("a")
        await user.until(lambda: user.sees("New text accepted", "saved"))
        marks = user.app.library.marks
        assert not marks(user.main.opened.stored.article.id).changed
        await user.press("d")
        assert user.sees("the text is as it was when you noted on it")
        await user.press("u")
        await user.until(lambda: marks(user.main.opened.stored.article.id).changed)
        await user.press("d")
        await user.until(lambda: user.sees("1 of 2"))


async def test_where_the_old_text_is_lost_d_says_so(opened, tmp_path: Path) -> None:
    for kept in (tmp_path / "notes.json.texts").rglob("*.gz"):
        kept.write_bytes(kept.read_bytes()[:40])
    async with opened((160, 30)) as user:
        await user.press("d")
        await user.until(lambda: user.sees("The kept text is damaged"))
        assert user.app.screen is user.main


async def test_without_notes_there_is_nothing_to_compare(run_app) -> None:
    async with run_app() as user:
        await user.own_article()
        await user.press("d")
        assert user.sees("there are no notes on this article")
