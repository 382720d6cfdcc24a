"""The palette and command line in one: commands by name, with their arguments, completed; whatever has a name."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from store.library import Tag
from tests.tui.screens.conftest import Driver
from tui.commands.line import BY_WORDS, nearest, read
from tui.commands.over import KEYS, LEADS, SCREENS, STAYS, own
from tui.commands.registry import COMMANDS
from tui.screens.main.completing import KINDS
from tui.screens.main.handlers import GIVEN
from tui.screens.palette import PaletteScreen
from tui.widgets.choice_list import ChoiceList
from tui.widgets.entry import Entry

RunApp = Callable[..., AbstractAsyncContextManager[Driver]]


async def write(user: Driver, text: str, *keys: str) -> None:
    """Write on the command line."""
    await user.press(":")
    await user.until(lambda: isinstance(user.app.screen, PaletteScreen), "the command line")
    await user.press(*text, *keys)


def line(user: Driver) -> str:
    """Return what stands on the line."""
    return user.app.screen.query_one(Entry).value


def chosen(user: Driver) -> str:
    """Return the row that the cursor is on."""
    choice = user.app.screen.query_one(ChoiceList).chosen
    return choice.text.strip() if choice is not None else ""


async def put_tags(user: Driver, row: int, *tags: str) -> None:
    """Tag an article behind the screen's back."""
    target = user.app.library.target(user.main.articles.keys[row])
    future = user.app.library.change(Tag((target,), add=tags))
    await user.until(future.done)


def tags_here(user: Driver) -> tuple[str, ...]:
    """Return the tags of the article on screen."""
    return user.app.library.marks(user.main.opened.stored.article.id).tags


# ---- the grammar -----------------------------------------------------------------------------------------------------
def test_what_follows_a_command_is_declared_once_and_carried_out() -> None:
    import tui.screens.main.abilities  # noqa: F401 - the handlers register on import

    here = [command for command in COMMANDS if not SCREENS.issuperset(command.contexts)]
    assert {command.id for command in here if command.takes is not None} == set(GIVEN)
    assert {command.takes.kind for command in COMMANDS if command.takes is not None} <= set(KINDS)
    assert all(command.words for command in COMMANDS if command.takes is not None)
    assert sum(len(command.words) for command in here) == len(BY_WORDS), "a word means one command"
    for context in SCREENS:
        words = [word for command in own(context) for word in command.words]
        assert len(words) == len(set(words)), f"a word means one command in {context}"
    assert {command.id for command in here} >= LEADS | STAYS | KEYS


@pytest.mark.parametrize(
    ("written", "command", "argument"),
    [
        ("tag +a -b", "tag.edit", "+a -b"),
        (":tag a", "tag.edit", "a"),
        ("TAG a", "tag.edit", "a"),
        ("list -q is:unread abe", "find.filter", "is:unread abe"),
        ("list your", "", ""),
        ("tag.edit x", "tag.edit", "x"),
        ("!wc -l", "run.pipe", "wc -l"),
        ("wq", "run.quit", ""),
        ("note  two words ", "note.write", "two words "),
        ("", "", ""),
    ],
)
def test_a_line_is_a_command_and_its_argument(written: str, command: str, argument: str) -> None:
    found = read(written)
    assert ((found.command.id if found.command else ""), found.argument) == (command, argument)
    assert found.text[found.at :] == argument or not command


def test_the_nearest_command_is_known() -> None:
    assert nearest("tga +x").id == "tag.edit"
    assert nearest("exprot").id == "run.export"
    assert nearest("zzzzzz") is None and nearest("") is None


# ---- carried out -----------------------------------------------------------------------------------------------------
async def test_a_tag_is_completed_and_put_on(run_app: RunApp) -> None:
    async with run_app((120, 40)) as user:
        await put_tags(user, 3, "japan", "weather")
        await user.own_article()
        await write(user, "tag +ja", "tab")
        assert line(user) == "tag +japan "
        await user.press(*"-x", "enter")
        await user.until(lambda: tags_here(user) == ("japan",), "tagged")
        # As on the shell; what is wrong with it is said before anything is done.
        await write(user, "tag +")
        assert user.sees("needs a tag right behind it")
        await user.press("esc")


async def test_a_filter_a_date_a_note_and_a_setting_are_written(run_app: RunApp) -> None:
    async with run_app((120, 40)) as user:
        await user.own_article()
        await write(user, "date 2024-01-02", "enter")
        await user.until(lambda: user.sees("Date set: 2024-01-02"), "dated")
        await write(user, "date soon", "enter")
        assert isinstance(user.app.screen, PaletteScreen)
        await user.press("esc")
        await write(user, "note call them", "enter")
        await user.until(lambda: len(user.app.library.notes(user.main.opened.stored.article.id)) == 1)
        assert user.app.library.notes(user.main.opened.stored.article.id)[0].body == "call them"
        await write(user, "set width 60", "enter")
        assert user.main.reader.measure == 60
        await write(user, "set width 7")
        assert user.sees("width takes a number from 45 to 100")
        await user.press("esc")
        await write(user, "theme contrast", "enter")
        assert user.app.theme == "dateline-contrast"
        await write(user, "list -q 'grain ships'", "enter")
        await user.until(lambda: len(user.main.articles.keys) == 1)
        assert user.main.filter == "grain ships"
        await write(user, "filter tga:x")
        assert user.sees("tag:", "filter QUERY")


async def test_what_is_shown_is_exported_as_on_the_shell(
    run_app: RunApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with run_app((120, 40)) as user:
        await put_tags(user, 0, "japan")
        await write(user, "export --for", "tab")
        assert line(user) == "export --format "
        await user.press(*"js", "tab", *"-o out.jsonl", "enter")
        await user.until(lambda: (tmp_path / "out.jsonl").exists(), "written")
        await user.until(lambda: user.sees("written to out.jsonl"), "told")
        assert '"japan"' in (tmp_path / "out.jsonl").read_text()
        # What is there already is not written over unasked.
        await user.press(":")
        await user.press("up", "enter")
        await user.until(lambda: user.sees("out.jsonl exists; replace it?"), "asked")
        await user.press("n", "enter")
        await write(user, "export --format tree -o x")
        assert user.sees("'tree' is none of markdown")


# ---- history and habits ----------------------------------------------------------------------------------------------
async def test_lines_come_back_also_in_the_next_session(run_app: RunApp) -> None:
    async with run_app((100, 30)) as user:
        await write(user, "set width 60", "enter")
        await write(user, "set width 70", "enter")
        await write(user, "se", "up", "up")
        assert line(user) == "set width 60"
        await user.press("down")
        assert line(user) == "set width 70"
        await user.press("down")
        assert line(user) == ""
        await user.press("esc")
        await user.press("q")
    async with run_app((100, 30)) as user:
        await write(user, "", "up", "enter")
        assert user.main.reader.measure == 70


async def test_habits_of_other_programs_are_answered(run_app: RunApp) -> None:
    async with run_app((80, 24)) as user:
        await write(user, "w", "enter")
        assert user.sees("all is saved as soon as it is done; q quits")
        await write(user, "3", "enter")
        await user.until(lambda: user.main.opened and user.main.opened.stored.key == user.main.articles.keys[2])
        await write(user, "99")
        assert user.sees("the list has 12 articles")
        await user.press("esc")
        await write(user, "q", "enter")
        assert user.app.is_leaving


async def test_a_wrong_command_is_told_with_the_nearest_one(run_app: RunApp) -> None:
    async with run_app((80, 24)) as user:
        await write(user, "tga +japan")
        assert user.sees("no command is called “tga”; did you mean:") and chosen(user) == "tag +japan"
        await user.press("enter")
        assert line(user) == "tag +japan" and chosen(user) == "tag +japan"
        await user.press("enter")
        await user.until(lambda: "japan" in tags_here(user), "tagged")
        await write(user, "zzzqqq", "enter")
        assert user.sees("no command is called “zzzqqq”")


async def test_typed_ahead_a_line_is_carried_out_as_it_was_written(run_app: RunApp) -> None:
    async with run_app((80, 24)) as user:
        await user.own_article()
        await user.press(":", *"tag ahead", "enter", "s")
        await user.until(lambda: tags_here(user) == ("ahead",), "tagged")
        await user.until(lambda: user.app.library.marks(user.main.opened.stored.article.id).starred, "starred")


# ---- whatever has a name ---------------------------------------------------------------------------------------------
async def test_it_finds_names_articles_tags_and_keys(run_app: RunApp) -> None:
    async with run_app((120, 40)) as user:
        await put_tags(user, 2, "abenomics")
        await write(user, "abe")
        await user.until(lambda: user.sees("Names", "Shinzo Abe", "Views and tags", "abenomics"), "found")
        await user.press("esc")
        await write(user, "grain shi")
        await user.until(lambda: user.sees("Articles", "GRAIN SHIPS"), "the article")
        await user.press("enter")
        await user.until(lambda: user.main.opened.stored.article.title.startswith("GRAIN SHIPS"), "opened")
        assert user.main.in_reader
        await write(user, "half a page down")
        await user.until(lambda: user.sees("Keys", "Move half a page down"), "the key")
        await user.press("enter")
        await user.until(lambda: user.sees("Keys: reader") and not user.sees("Read on by a page"), "the help")


async def test_a_view_a_name_and_an_article_are_opened_by_name(run_app: RunApp) -> None:
    async with run_app((120, 40)) as user:
        await write(user, "open starr", "enter")
        await user.until(lambda: user.main.view.name == "Starred", "the view")
        await write(user, "open all", "enter")
        await user.until(lambda: len(user.main.articles.keys) == 12)
        await write(user, "open ferry strike", "enter")
        await user.until(lambda: user.main.opened.stored.article.title.startswith("Ferry strike"), "the article")
        await write(user, "name shinzo")
        await user.until(lambda: user.sees("Shinzo Abe"), "proposed")
        await user.press("enter")
        await user.until(lambda: type(user.app.screen).__name__ == "EntityScreen", "the page")
        await user.press("q")
        await write(user, "open no such thing at all", "enter")
        await user.until(lambda: user.sees("nothing is called “no such thing at all”"), "told")
