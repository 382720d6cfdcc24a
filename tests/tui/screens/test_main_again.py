"""`.` makes the last change again where the cursor is now, and `,` tags as before and goes on."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from tests.tui.screens.names import browser
from tests.tui.screens.test_main_correcting import at_name, choose, names
from tui.screens.notes.screen import NotesScreen

Run = Callable[..., AbstractAsyncContextManager]  # type: ignore[type-arg]


def marks(user, row: int):  # type: ignore[no-untyped-def]
    return user.app.library.marks(user.main.articles.row(row).id)


async def test_a_tag_is_put_on_again_and_never_turned_off_by_it(run_app: Run) -> None:
    async with run_app() as user:
        await user.press("g", "g", ".")
        assert user.sees("nothing to do again yet")
        await user.press("t", *"ukraine", "enter")
        await user.saved()
        await user.press("j", ".")
        await user.saved()
        assert marks(user, 1).tags == ("ukraine",) and user.sees("again: +ukraine")
        await user.press(".")
        assert marks(user, 1).tags == ("ukraine",) and user.sees("it is so already")
        await user.press("u")
        await user.saved()
        assert not marks(user, 1).tags and marks(user, 0).tags == ("ukraine",)


async def test_a_number_that_took_a_tag_off_takes_it_off_again(run_app: Run) -> None:
    async with run_app() as user:
        await user.press("g", "g", "1", *"seen", "enter", "j", "1", "1")
        await user.saved()
        assert marks(user, 0).tags == ("seen",) and marks(user, 1).tags == ()
        await user.press("k", ".")
        await user.saved()
        assert marks(user, 0).tags == () and user.sees("again: -seen")


async def test_star_and_read_are_set_again_on_all_that_are_marked(run_app: Run) -> None:
    async with run_app() as user:
        await user.press("g", "g", "s", "j", "space", "space", ".")
        await user.saved()
        assert [marks(user, row).starred for row in range(4)] == [True, True, True, False]
        assert user.sees("again, 2 articles: star")
        await user.press("escape", "r", "k", ".")
        await user.saved()
        assert marks(user, 2).read and user.sees("again: read")


async def test_reading_an_article_to_its_end_is_no_change_to_make_again(run_app: Run) -> None:
    async with run_app() as user:
        await user.press("g", "g", "s", "enter", "G", "h", "j")
        await user.saved()
        await user.press(".")
        await user.saved()
        assert marks(user, 1).starred and not marks(user, 1).read


async def test_a_correction_is_made_again_on_the_name_under_the_cursor(run_app: Run) -> None:
    async with run_app() as user:
        await at_name(user, "Kishida")
        await user.press("x", "1")
        await user.saved()
        await user.press("w")
        one, text = user.main.reader.current, user.main.opened.stored.article.text
        word = text[one.start : one.end]
        before = len(names(user, word))
        await user.press(".")
        await user.saved()
        assert len(names(user, word)) == before - 1 and user.sees(f"again: {word} is no name, here")
        await user.press("w", "c")
        await choose(user, "PRODUCT")
        await user.press("1")
        await user.saved()
        await user.press("w", ".")
        await user.saved()
        one = user.main.reader.current
        assert one.label == "PRODUCT" and user.sees("again: ", ": product, here")


async def test_tags_go_from_a_note_to_the_next_and_on_to_a_name(run_app: Run) -> None:
    async with run_app() as user:
        await user.own_article()
        for words in ("first", "second"):
            await user.press("a", *words, "escape")
        await user.saved()
        await user.press("B")
        await user.until(lambda: isinstance(user.app.screen, NotesScreen) and user.app.screen.current is not None)
        await user.press("t", *"quoted", "enter")
        await user.saved()
        await user.press("j", ".")
        await user.saved()
        assert user.sees("again: +quoted")
        assert all(row.note.tags == ("quoted",) for row in user.app.screen.rows)
        await user.press("q")
        await browser(user)
        await user.press(".")
        await user.saved()
        assert user.app.library.entity_record(user.app.screen.who.key).tags == ("quoted",)


async def test_one_key_tags_and_opens_the_next_article(run_app: Run) -> None:
    async with run_app() as user:
        await user.press("g", "g", ",")
        assert user.sees("tag and go on:")
        await user.press(*"later", "enter")
        await user.until(lambda: user.main.articles.cursor == 1)
        await user.press(",", ",")
        await user.saved()
        assert user.main.articles.cursor == 3
        assert [marks(user, row).tags for row in range(4)] == [("later",)] * 3 + [()]


async def test_one_key_tags_in_the_text_and_in_triage_goes_on_to_the_next_unread(run_app: Run) -> None:
    async with run_app() as user:
        await user.press("g", "g", "1", *"later", "enter", "j", "j", "r", "k", "enter", "T", ",")
        await user.saved()
        await user.until(lambda: user.main.articles.cursor == 3)
        assert marks(user, 1).tags == ("later",) and marks(user, 2).tags == () and user.main.in_reader
