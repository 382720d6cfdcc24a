"""What became of annotated articles is told and shown, and dates set by hand are seen wherever a date stands."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from store.config import Config
from store.library import Anchor, Idle, Library, SaveNote, Standing, Tag
from tui.app import ReaderApp
from tui.screens.main.standing import sentence

PORT = "Port opens\n\nThe port of Gwadar has opened its gates.\n"


@pytest.fixture
def gone_app(tmp_path: Path) -> Callable[[], ReaderApp]:
    """Return what makes the app on a folder of three articles, one of which was annotated and is gone."""
    folder = tmp_path / "articles"
    (folder / "sub").mkdir(parents=True)
    (folder / "ferry.txt").write_text("Ferry strike in Orkney\n\n2024-11-23\n\nThe strike began on Friday.\n")
    (folder / "court.txt").write_text("Court halts eviction\n\nA court in Nairobi halted the eviction.\n")
    (folder / "sub" / "port.txt").write_text(PORT)
    with Library.open([folder], Config()) as library:
        library.bring_up_to_date()
        library.load_annotations().result()
        (key,) = library.search("gwadar").result().keys
        target = library.target(key)
        start = PORT.index("opened its gates")
        anchor = Anchor("opened its gates", "", "", start, start + len("opened its gates"))
        library.change(Tag((target,), ("harbours",))).result()
        library.change(SaveNote(target, "Ask Anna", anchor=anchor)).result()
        (folder / "sub" / "port.txt").unlink()
        library.bring_up_to_date()

    def make() -> ReaderApp:
        return ReaderApp(Library.open([folder], Config()), index=False)

    return make


async def test_the_start_says_once_what_became_of_articles(gone_app, drive) -> None:  # type: ignore[no-untyped-def]
    async with gone_app().run_test(size=(120, 40)) as pilot:
        user = drive(pilot)
        await user.until(lambda: user.app.library.annotations_ready)
        assert not user.sees("gone")
        user.main.heard(Idle())
        await user.until(lambda: user.sees("1 article is gone: o shows"))
        await user.press("j")
        assert not user.sees("is gone")
        user.main.heard(Idle())
        await pilot.pause(0.05)
        assert not user.sees("is gone")


@pytest.mark.parametrize(
    ("standing", "said"),
    [
        (Standing(0, 0, 0), ""),
        (Standing(3, 2, 0), "3 articles changed; 2 notes want a place: o shows"),
        (Standing(1, 1, 1), "1 article changed, 1 is gone; 1 note wants a place: o shows"),
        (Standing(0, 1200, 0), "1,200 notes want a place: o shows"),
        (Standing(0, 0, 2), "2 articles are gone: o shows"),
    ],
)
def test_the_start_line_counts_in_words(standing: Standing, said: str) -> None:
    assert sentence(standing, "o") == said


async def test_the_start_line_waits_for_what_is_said_and_asked(gone_app, drive) -> None:  # type: ignore[no-untyped-def]
    async with gone_app().run_test(size=(120, 40)) as pilot:
        user = drive(pilot)
        await user.until(lambda: user.app.library.annotations_ready)
        await user.press("f", "p")
        user.main.heard(Idle())
        await pilot.pause(0.05)
        assert not user.sees("is gone")
        await user.press("escape")
        user.main.say("something the user needs")
        await pilot.pause(0.05)
        assert user.sees("something the user needs")
        await user.press("j")
        await user.until(lambda: user.sees("1 article is gone: o shows"))


async def test_an_article_that_is_gone_is_listed_read_and_noted(gone_app, drive) -> None:  # type: ignore[no-untyped-def]
    async with gone_app().run_test(size=(120, 40)) as pilot:
        user = drive(pilot)
        await user.until(lambda: user.app.library.annotations_ready)
        await user.press("o")
        await user.until(lambda: user.sees("Gone", "harbours"))
        assert not user.sees("Changed")
        await user.press(*"gone", "enter")
        await user.until(lambda: user.sees("Gone · 1 article", "Port opens"))
        await user.until(lambda: user.sees("the file is gone: last at sub/port.txt", "opened its gates"))
        await user.until(lambda: user.sees("Ask Anna"))
        await user.press("enter", "s")
        await user.saved()
        await user.until(lambda: user.sees("★"))
        await user.press("a", *"Second", "escape")
        await user.saved()
        await user.until(lambda: user.sees("Second"))
        # The text is the one that was kept when the first note was written.
        assert "opened its gates" in user.main.opened.stored.article.text
        await user.press("u")
        await user.until(lambda: not user.sees("Second"))
        await user.press("h", "f", *"is:starred", "enter")
        await user.until(lambda: user.sees("“is:starred”", "1 article"))
        await user.press("w", "F", "J", "K", "ctrl+o", "v", "escape", "q")


async def test_a_file_that_vanishes_while_it_is_read_can_still_be_noted(gone_app, drive) -> None:  # type: ignore[no-untyped-def]
    app = gone_app()
    async with app.run_test(size=(120, 40)) as pilot:
        user = drive(pilot)
        await user.until(lambda: app.library.annotations_ready and len(user.main.articles.keys) == 2)
        await user.press("enter")
        await user.until(lambda: user.main.opened is not None)
        shutil.rmtree(app.library.roots[0])
        app.library.roots[0].mkdir()
        with Library.open([app.library.roots[0]], Config()) as other:
            other.bring_up_to_date()
        app.library.reopen()
        await user.press("s")
        await user.saved()
        assert user.sees("Starred")
        await user.press("a", *"Kept", "escape")
        await user.saved()
        await user.press("J", "h", "j", "space", "space", "r")
        await user.press("o")
        await user.until(lambda: user.sees("Gone"))


# ---- dates -------------------------------------------------------------------------------------------------------
async def test_a_date_is_set_by_hand_shown_everywhere_and_taken_back(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app((120, 40)) as user:
        await user.own_article()
        assert user.main.opened.stored.article.published is None
        await user.press("D", *"20 Mar 2017", "enter")
        await user.saved()
        await user.until(lambda: user.sees("Mar’17", "20 Mar 2017"))
        await user.press("f", *"date:2017-03", "enter")
        await user.until(lambda: user.sees("1 article"))
        await user.press("escape", "u")
        await user.until(lambda: not user.sees("20 Mar 2017") and user.main.opened.stored.article.published is None)


@pytest.mark.parametrize(
    ("typed", "said"),
    [("march 2017", "more than one day"), ("3/4/2017", "could be two days"), ("soon", "is no date"),
     ("2017-02-30", "is no date"), ("", "the date is as it was")],
)  # fmt: skip
async def test_what_is_no_day_is_explained(run_app, typed: str, said: str) -> None:  # type: ignore[no-untyped-def]
    async with run_app((120, 40)) as user:
        await user.own_article()
        await user.press("D", *typed, "enter")
        await user.until(lambda: user.sees(said))
        assert user.main.opened.stored.article.published is None


async def test_a_date_set_before_puts_the_list_in_its_order(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app((120, 40)) as user:
        await user.own_article()
        title = user.main.opened.stored.article.title
        await user.press("D", *"2099-01-01", "enter")
        await user.saved()
    async with run_app((120, 40)) as user:
        await user.until(lambda: user.main.articles.row(0).title == title, "re-run with the date")
        assert user.sees("Jan’99")
