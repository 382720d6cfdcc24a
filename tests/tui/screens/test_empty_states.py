"""Where there is nothing to see, the screen says why and what to press."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.config import Config
from store.library import Library
from tests.tui.screens import names
from tui.app import ReaderApp
from tui.commands.registry import BY_ID

SMALL = [(80, 24), (50, 20)]


@pytest.mark.parametrize("size", SMALL)
async def test_an_empty_folder_says_what_is_read_and_how_to_leave(tmp_path: Path, drive, size) -> None:
    folder = tmp_path / "nothing"
    folder.mkdir()
    library = Library.open([folder], Config(), annotations=tmp_path / "db.json")
    app = ReaderApp(library, index=False)
    async with app.run_test(size=size, notifications=True) as pilot:
        user = drive(pilot)
        await user.until(lambda: user.sees("Reading the folder."))
        await user.until(lambda: app.library.annotations_ready)
        user.main.first_index = False
        user.app.perform(BY_ID["view.refresh"])
        await user.until(lambda: user.sees("No articles in", "q quits"))
        await user.press("j", "k", "enter", "space", "s", "1")
        assert app.is_running


@pytest.mark.parametrize("size", SMALL)
async def test_a_folder_of_which_nothing_can_be_read_names_the_files_and_the_reasons(
    tmp_path: Path, drive, own_home, size
) -> None:
    (own_home / ".local/state/dateline/looks.json").unlink()  # a very first start
    folder = tmp_path / "scans"
    folder.mkdir()
    for name in ("a.txt", "b.txt"):
        (folder / name).write_bytes(bytes(range(32)) * 20)
    library = Library.open([folder], Config(), annotations=tmp_path / "db.json")
    assert library.bring_up_to_date() == ""
    library.close()
    app = ReaderApp(Library.open([folder], Config(), annotations=tmp_path / "db.json"), index=False)
    async with app.run_test(size=size, notifications=True) as pilot:
        user = drive(pilot)
        await user.until(lambda: app.library.annotations_ready)
        user.main.first_index = False
        user.app.perform(BY_ID["view.refresh"])
        await user.until(lambda: user.sees("No articles in", "a.txt and 1 more", "This is not text", ":problems"))
        # Keys for articles are of no use yet: neither the footer nor the card of the first start name them.
        assert not user.sees("tag") and not user.sees("FIRST KEYS")
        assert user.sees("q quit", "? keys")


@pytest.mark.parametrize("size", SMALL)
async def test_a_filter_that_finds_nothing_says_how_to_take_it_off(run_app, size) -> None:
    async with run_app(size) as user:
        await user.press("f")
        await user.until(lambda: user.main.prompt.asking and not user.main.prompt.preparing)
        await user.press(*"xyzzy", "enter")
        await user.until(lambda: user.sees("Nothing matches “xyzzy”.", "esc takes the filter off", "f changes it"))
        await user.press("escape")
        await user.until(lambda: user.sees("Ferry strike"))
        assert not user.sees("Nothing matches")


@pytest.mark.parametrize(("view", "says"), [("Starred", "s stars an article"), ("With notes", "a writes a note")])
async def test_an_empty_view_says_what_would_fill_it(run_app, view, says) -> None:
    async with run_app((50, 20)) as user:
        await user.press("o", *view)
        await user.press("enter")
        await user.until(lambda: user.sees(f"Nothing in {view}.", says, "o chooses"))


@pytest.mark.parametrize(("command", "says"), [
    ("tag.list", "no tags yet; t puts one on the article on screen"),
    ("undo.history", "nothing changed yet; what you tag, note or mark can be undone here"),
    ("search.list", "no saved searches yet; f filters the list, S saves the filter"),
    ("correct.list", "no corrections yet; x, c and + on a name make some"),
    ("note.list", "no notes yet in this library; a in the reader writes one"),
])  # fmt: skip
async def test_an_empty_list_says_how_to_fill_it(run_app, command, says) -> None:
    async with run_app((80, 24)) as user:
        user.app.perform(BY_ID[command])
        await user.until(lambda: user.sees(says))
        await user.press("j", "enter", "d")
        assert user.app.is_running


async def test_rows_that_do_not_match_say_how_to_see_all(run_app) -> None:
    async with run_app((80, 24)) as user:
        await user.press("t")
        await user.until(lambda: user.main.prompt.asking and not user.main.prompt.preparing)
        await user.press(*"japan", "enter")
        await user.saved()
        await user.press("ctrl+t", "slash")
        await user.until(lambda: user.app.screen.prompt.asking and not user.app.screen.prompt.preparing)
        await user.press(*"xyzzy", "enter")
        await user.until(lambda: user.sees("nothing matches; esc shows all again"))
        await user.press("escape")
        await user.until(lambda: user.sees("japan"))


async def test_names_that_are_not_there_say_what_to_press(run_app) -> None:
    async with run_app((80, 24)) as user:
        screen = await names.browser(user)
        screen.find("xyzzy")
        await user.until(lambda: user.sees("no such name; esc shows all again"))
        await user.press("escape")
        await user.until(lambda: user.sees("Russia"))


async def test_a_text_without_names_says_so_and_in_a_language_without_a_pipeline_why(run_app) -> None:
    async with run_app((120, 40)) as user:
        articles = user.main.articles
        titles = {articles.row(index).title: index for index in range(len(articles.keys))}
        articles.cursor = next(index for title, index in titles.items() if title.startswith("Stadtbibliothek"))
        await user.until(lambda: user.sees("no model for German"))
