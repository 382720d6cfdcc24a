"""The very first start explains itself on one card that is in nobody's way; no later start does."""

from __future__ import annotations

import json

import pytest

FIRST = ("move", "open the article", "tag it", "write a note", "find", "next name", "all keys")


@pytest.fixture
def new_user(own_home):
    """Return the file that tells whether the user was greeted; there is none yet."""
    file = own_home / ".local/state/dateline/looks.json"
    file.unlink()
    return file


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_seven_lines_tell_the_first_keys_below_list_and_text(run_app, new_user, size) -> None:
    async with run_app(size) as user:
        await user.until(lambda: user.sees(*FIRST))
        lines = user.text().splitlines()
        at = next(y for y, line in enumerate(lines) if "FIRST KEYS" in line)
        assert [word for word, line in zip(FIRST, lines[at + 1 :], strict=False) if word in line] == list(FIRST)
        # The list and the beginning of the text are there, and keys work in the list.
        assert user.sees("Ferry strike leav", "By Morag Linklater", "Minutes of the Jo")
        assert user.main.focused is user.main.articles
        await user.until(new_user.exists, "remembered at once")
        assert json.loads(new_user.read_text())["greeted"] is True


@pytest.mark.parametrize(("key", "done"), [
    ("j", lambda user: user.main.articles.cursor == 1),
    ("enter", lambda user: user.main.in_reader),
    ("question_mark", lambda user: user.sees("Keys: list")),
    ("t", lambda user: user.main.prompt.asking),
    ("Q", lambda user: True),
])  # fmt: skip
async def test_any_key_closes_it_and_acts(run_app, new_user, key, done) -> None:
    async with run_app((120, 40)) as user:
        await user.until(lambda: user.sees("FIRST KEYS"))
        await user.press(key)
        await user.until(lambda: done(user))
        assert not user.sees("FIRST KEYS")


@pytest.mark.parametrize("size", [(50, 20), (40, 12)])
async def test_where_there_is_the_list_alone_one_line_tells_it(run_app, new_user, size) -> None:
    async with run_app(size) as user:
        await user.until(lambda: user.sees("j k move · enter open · ? all keys"))
        await user.press("j")
        assert not user.sees("all keys")


async def test_it_comes_once(run_app, new_user) -> None:
    async with run_app() as user:
        await user.until(lambda: user.sees("FIRST KEYS"))
        await user.until(new_user.exists)
    async with run_app() as user:
        assert not user.sees("FIRST KEYS") and not user.main.greets


async def test_who_has_read_here_before_knows_the_keys(run_app, new_user) -> None:
    (new_user.parent / "session-0123.json").write_text("{}")
    async with run_app() as user:
        assert not user.main.greets


async def test_it_outlives_a_resize_and_another_article_that_comes_by_itself(run_app, new_user) -> None:
    async with run_app((120, 40)) as user:
        await user.until(lambda: user.sees("FIRST KEYS"))
        await user.pilot.resize_terminal(50, 20)
        await user.pilot.resize_terminal(80, 24)
        await user.until(lambda: user.sees(*FIRST))
        user.main.reader.show_words("Reading the folder.")
        user.main.show_status()
        await user.until(lambda: user.sees("Reading the folder.", *FIRST))


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (50, 20)])
async def test_every_line_of_it_holds_in_the_list_where_it_is_read(run_app, new_user, size) -> None:
    async with run_app(size) as user:
        await user.press("w")
        await user.until(lambda: user.main.in_reader and user.main.reader.current is not None, "the first name")
        assert user.main.opened.stored.key == user.main.articles.current.key
        first = user.main.reader.current
        await user.press("w")
        assert user.main.reader.current.start > first.start
        await user.press("h", "w")
        await user.until(lambda: user.main.reader.current == first, "from the list the first name again")
        await user.press("h", "a", *"mine", "esc")
        await user.saved()
        (note,) = user.app.library.notes(user.main.opened.stored.article.id)
        assert note.body == "mine" and note.anchor is None, "on the article, from the list"
        await user.press("t", "esc", "/")
        await user.until(lambda: user.main.prompt.asking and not user.main.in_reader, "finds in all articles")
