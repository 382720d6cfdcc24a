"""Keys that arrive all at once, as over a slow line, do what they do one by one."""

from __future__ import annotations

from concurrent.futures import Future

import pytest
from textual import events
from textual.keys import _character_to_key
from textual.widgets import Input, TextArea

from store.library import Library
from tui.commands.command import Context

_NAMED = {"\x7f": "backspace", "\r": "enter", "\x1b": "escape", "\x15": "ctrl+u", "\x17": "ctrl+w", "<": "left",
          "\x05": "ctrl+e", "\t": "tab"}  # fmt: skip


def type_at_once(user, keys: str) -> None:  # type: ignore[no-untyped-def]
    """Hand keys to the app as the terminal's thread does when they came in one piece."""
    for one in keys:
        name = _NAMED.get(one)
        key = events.Key(name, one) if name else events.Key(_character_to_key(one), one)
        key.set_sender(user.app)
        user.app._message_queue.put_nowait(key)


@pytest.mark.parametrize(
    ("keys", "tags"),
    [
        ("twatter\x7f\x7f\x7fer\r", {"water"}),
        ("tsalt\x15water\r", {"water"}),
        ("tsalt water\x17sea\r", {"salt", "sea"}),
        ("twter<<<a\r", {"water"}),
        ("twater\rjj", {"water"}),
        ("twater\rtsalt\r", {"water", "salt"}),
    ],
)
async def test_in_a_question(run_app, keys: str, tags: set[str]) -> None:  # type: ignore[no-untyped-def]
    async with run_app((120, 40)) as user:
        await user.until(lambda: user.main.opened and user.app.library.annotations_ready, "an article")
        article = user.main.opened.stored.article.id
        library: Library = user.app.library
        type_at_once(user, keys)
        await user.until(lambda: set(library.marks(article).tags) == tags, f"tags are {library.marks(article).tags}")
        moved = keys.count("j")
        await user.until(lambda: user.main.articles.cursor == moved, "the rest went to the list")


@pytest.mark.parametrize("key", ["enter", "escape"])
async def test_the_key_after_an_answer_is_for_the_pane_it_was_asked_in(run_app, key: str) -> None:  # type: ignore[no-untyped-def]
    async with run_app((120, 40)) as user:
        await user.until(lambda: user.main.opened and user.app.library.annotations_ready, "an article")
        await user.press("t", "a")
        await user.until(lambda: user.main.prompt.asking, "a question")
        prompt = user.main.prompt
        # As when the next key comes before the screen hears that the question is closed.
        prompt._submit("") if key == "enter" else prompt.cancel()
        assert Context.LIST in user.main.contexts()


async def test_in_a_note(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app((120, 40)) as user:
        await user.until(lambda: user.main.opened and user.app.library.annotations_ready, "an article")
        article = user.main.opened.stored.article.id
        type_at_once(user, "aone twi\x7fo\rthre<e")
        await user.until(lambda: user.app.screen.query(TextArea), "the editor")
        await user.until(lambda: "\n" in user.app.screen.query_one(TextArea).text, "written")
        await user.press("escape")
        await user.until(lambda: user.app.library.notes(article), "saved")
        assert user.app.library.notes(article)[0].body == "one two\nthree"


@pytest.mark.parametrize("opens", ["a", "aone"])
async def test_what_is_pasted_stays_behind_the_key_before_it(run_app, opens: str) -> None:  # type: ignore[no-untyped-def]
    async with run_app((120, 40)) as user:
        await user.until(lambda: user.main.opened and user.app.library.annotations_ready, "an article")
        article = user.main.opened.stored.article.id
        type_at_once(user, opens)
        paste = events.Paste(" pasted words")
        paste.set_sender(user.app)
        user.app._message_queue.put_nowait(paste)
        type_at_once(user, "\x1b")
        await user.until(lambda: user.app.library.notes(article), "saved")
        assert user.app.library.notes(article)[0].body == f"{opens[1:]} pasted words"


@pytest.mark.parametrize("before", ["", "earlier "])
async def test_what_ends_a_note_comes_after_its_last_letter(run_app, before: str) -> None:  # type: ignore[no-untyped-def]
    async with run_app((120, 40)) as user:
        await user.until(lambda: user.main.opened and user.app.library.annotations_ready, "an article")
        article = user.main.opened.stored.article.id
        await user.press("a", *before)
        await user.until(lambda: user.app.screen.query(TextArea), "the editor")
        await user.until(lambda: user.app.screen.query_one(TextArea).text == before, "written")
        type_at_once(user, "a thought\x1bj")
        await user.until(lambda: user.app.library.notes(article), "saved")
        assert user.app.library.notes(article)[0].body == f"{before}a thought"


async def test_what_goes_on_in_an_editor_begins_with_the_last_letter(run_app, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    began: list[str] = []
    monkeypatch.setattr("tui.screens.main.noting_in_editor.write_in_editor", lambda _, body, __: began.append(body))
    async with run_app((120, 40)) as user:
        await user.until(lambda: user.main.opened and user.app.library.annotations_ready, "an article")
        await user.press("a")
        await user.until(lambda: user.app.screen.query(TextArea), "the editor")
        type_at_once(user, "a thought\x05")
        await user.until(lambda: began, "the editor is called")
        assert began == ["a thought"]


async def test_what_completes_a_word_comes_after_its_last_letter(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app((120, 40)) as user:
        await user.until(lambda: user.main.opened and user.app.library.annotations_ready, "an article")
        article = user.main.opened.stored.article.id
        type_at_once(user, "twater\r")
        await user.until(lambda: user.app.library.marks(article).tags, "tagged")
        type_at_once(user, "jtw\t\r")
        await user.until(lambda: user.main.articles.cursor == 1 and user.main.opened.stored.article.id != article, "on")
        following = user.main.opened.stored.article.id
        await user.until(lambda: user.app.library.marks(following).tags, "tagged")
        assert set(user.app.library.marks(following).tags) == {"water"}


async def test_what_is_done_after_a_filter_is_done_in_what_it_found(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app((120, 40)) as user:
        await user.until(lambda: user.main.opened and user.app.library.annotations_ready, "an article")
        library: Library = user.app.library
        type_at_once(user, "/the\rjjtfound\r")
        await user.until(lambda: [tag for tag in library.tags() if tag.name == "found"], "tagged")
        await user.until(lambda: user.sees("“the” · 11 articles"), "the filter")
        assert user.main.articles.cursor == 2
        assert "found" in library.marks(user.main.articles.row(2).id).tags


async def test_what_is_done_after_going_to_a_name_is_done_to_the_name(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app((120, 40)) as user:
        await user.own_article()
        article = user.main.opened.stored.article.id
        type_at_once(user, "wanote on it\x1b")
        await user.until(lambda: user.app.library.notes(article), "saved")
        note = user.app.library.notes(article)[0]
        assert note.body == "note on it" and "China" in note.anchor.quote


async def test_what_is_typed_after_asking_which_name_is_the_same_is_the_answer(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app((120, 40)) as user:
        await user.own_article()
        type_at_once(user, "wmatokyo")
        await user.until(lambda: user.main.prompt.asking and not user.main.prompt.preparing, "the question")
        await user.until(lambda: user.main.prompt.query_one(Input).value == "atokyo", "what was typed is its answer")
        assert user.main.writing is None


async def test_keys_do_not_wait_for_ever_for_what_does_not_come(run_app, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    async with run_app((120, 40)) as user:
        await user.until(lambda: user.main.opened and user.app.library.annotations_ready, "an article")
        monkeypatch.setattr(type(user.app.library), "search", lambda *_, **__: Future())
        user.main.filter = "lisbon"
        await user.press("R", "?")
        await user.until(lambda: user.sees("Keys: list"), "the keys")


async def test_in_the_search_of_a_box(run_app) -> None:  # type: ignore[no-untyped-def]
    from tui.screens.history import HistoryScreen

    async with run_app((120, 40)) as user:
        await user.press("?")
        await user.until(lambda: user.sees("Keys: list"), "the keys")
        type_at_once(user, "/history\r\r")
        await user.until(lambda: isinstance(user.app.screen, HistoryScreen), "what was found and chosen")


@pytest.mark.parametrize("keys", ["\r\r", "\r\r\r", "\t\t\r\r\r", "open\r\rq"])
async def test_a_key_after_a_chosen_command_waits_until_it_is_carried_out(run_app, keys: str) -> None:  # type: ignore[no-untyped-def]
    async with run_app((120, 40)) as user:
        await user.ready()
        await user.press("E")
        await user.until(lambda: user.sees("mentions"), "all names")
        await user.press(":")
        await user.until(lambda: user.sees("Command"), "the command line")
        type_at_once(user, keys)
        await user.until(lambda: not user.app._held and not user.app._keys_wait, "all are delivered")
        await user.pilot.pause()
        assert user.app.screen.is_attached
