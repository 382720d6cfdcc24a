"""Everything one has written is found again on the screen of notes, and each note opens at its passage."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest

from store.article import ArticleId, ArticleKey, Source
from store.library import DeleteNote, NoteId, SaveNote, Target, make_anchor
from tests.tui.screens.conftest import OWN_ARTICLE, Driver
from tui.screens.main.screen import MainScreen
from tui.screens.notes.listing import Only
from tui.screens.notes.screen import NotesScreen

RunApp = Callable[..., AbstractAsyncContextManager[Driver]]

GONE = Target(ArticleId("0" * 32), "The last ferry", (Source("/nowhere/ferry.txt"),))


def key_of(user: Driver, title: str) -> ArticleKey:
    articles = user.main.articles
    rows = (articles.row(index) for index in range(len(articles.keys)))
    return next(row.key for row in rows if row is not None and row.title.startswith(title))


def write(user: Driver, title: str, body: str, quote: str = "", tags: tuple[str, ...] = ()) -> NoteId:
    """Write a note as the reader would; a quote is marked where it stands first."""
    library = user.app.library
    key = key_of(user, title)
    anchor = None
    if quote:
        stored = library.article(key)
        assert stored is not None
        at = stored.article.text.index(quote)
        anchor = make_anchor(stored.article.text, at, at + len(quote))
    receipt = library.change(SaveNote(library.target(key), body, anchor=anchor, tags=tags)).result()
    assert receipt.note is not None
    return receipt.note


def lose(user: Driver, body: str, quote: str) -> NoteId:
    """Write a note on an article that is nowhere."""
    anchor = make_anchor(f"Before it. {quote} After it.", 11, 11 + len(quote))
    receipt = user.app.library.change(SaveNote(GONE, body, anchor=anchor)).result()
    assert receipt.note is not None
    return receipt.note


async def opened(user: Driver, *, everywhere: bool = False) -> NotesScreen:
    await user.press("B")
    await user.until(lambda: isinstance(user.app.screen, NotesScreen) and not user.app.screen.gathering)
    screen = user.app.screen
    assert isinstance(screen, NotesScreen)
    if everywhere:
        await user.press("L")
    return screen


def bodies(screen: NotesScreen) -> list[str]:
    return [row.note.body for row in screen.notes.rows]


LAVROV = "the March 20 talks produced no breakthrough"


async def test_all_notes_are_listed_newest_first_with_what_they_are_about(run_app: RunApp) -> None:
    async with run_app() as user:
        write(user, OWN_ARTICLE, "check **this**\n\nsecond line", LAVROV, ("asia/japan",))
        write(user, "In Nemuro", "", "In Nemuro")
        screen = await opened(user)
        assert bodies(screen) == ["", "check **this**\n\nsecond line"]
        assert user.sees("2 notes", "newest first", "now", "“In Nemuro”")
        assert user.sees("“the March 20 talks", "check this", "#asia/japan")
        await user.press("j")
        text = user.text()
        assert "second line" in text
        assert "written" in text


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (50, 20)])
async def test_a_note_opens_its_article_at_the_passage(run_app: RunApp, size: tuple[int, int]) -> None:
    async with run_app(size) as user:
        key = key_of(user, OWN_ARTICLE)
        text = user.app.library.article(key).article.text  # type: ignore[union-attr]
        late = text[-300:].strip().split(".")[0].strip()
        write(user, OWN_ARTICLE, "the end", late)
        await opened(user)
        await user.press("enter")
        await user.until(lambda: isinstance(user.app.screen, MainScreen))
        main = user.main
        start = text.index(late)
        await user.until(lambda: main.reader.on_screen[0] <= start < main.reader.on_screen[1], "passage on screen")
        await user.until(lambda: main.reader.on_screen[1] >= start + len(late), "to its end")
        assert main.in_reader
        assert main.opened and main.opened.stored.key == key
        assert main.articles.current and main.articles.current.key == key
        await user.press("ctrl+o")
        assert main.opened.stored.key != key or not main.in_reader


async def test_an_article_outside_the_list_opens_too(run_app: RunApp) -> None:
    async with run_app() as user:
        write(user, OWN_ARTICLE, "seen from elsewhere", LAVROV)
        key = key_of(user, OWN_ARTICLE)
        await user.press("f", *"nemuro", "enter")
        await user.until(lambda: key not in user.main.articles.keys)
        await opened(user)
        await user.press("enter")
        await user.until(lambda: isinstance(user.app.screen, MainScreen))
        assert user.main.opened and user.main.opened.stored.key == key


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("cafe", ["Naïve café"]),
        ("NAIVE", ["Naïve café"]),
        ("breakthrough", ["who says so?"]),
        ("#asia", ["who says so?"]),
        ("tag:japan", []),
        ("nemuro cafe", ["Naïve café"]),
        ('"says so"', ["who says so?"]),
        ("", ["Naïve café", "who says so?"]),
    ],
)
async def test_words_narrow_the_list_as_one_types(run_app: RunApp, words: str, found: list[str]) -> None:
    async with run_app() as user:
        write(user, OWN_ARTICLE, "who says so?", LAVROV, ("asia/japan",))
        write(user, "In Nemuro", "Naïve café")
        screen = await opened(user)
        await user.press("/", *(character if character != " " else "space" for character in words))
        await user.until(lambda: bodies(screen) == found, f"{words} finds {found}")
        await user.press("enter")
        assert bodies(screen) == found
        await user.press("esc" if words else "j")
        assert len(bodies(screen)) == 2


async def test_notes_are_ordered_by_article_and_place(run_app: RunApp) -> None:
    async with run_app() as user:
        write(user, "In Nemuro", "third")
        write(user, OWN_ARTICLE, "second", LAVROV)
        write(user, OWN_ARTICLE, "first")
        screen = await opened(user)
        assert bodies(screen) == ["first", "second", "third"]
        write(user, "In Nemuro", "now the newest", "In Nemuro")
        await user.until(lambda: bodies(screen)[0] == "now the newest", "another's note appears")
        assert screen.current and screen.current.note.body == "first", "the cursor stays on its note"
        await user.press("s")
        assert bodies(screen) == ["first", "second", "third", "now the newest"]


async def test_a_note_is_deleted_and_brought_back(run_app: RunApp) -> None:
    async with run_app() as user:
        write(user, OWN_ARTICLE, "to go")
        screen = await opened(user)
        await user.press("d")
        await user.until(lambda: not bodies(screen), "deleted")
        assert user.sees("no notes yet")
        await user.press("u")
        await user.until(lambda: bodies(screen) == ["to go"], "brought back")


async def test_a_note_is_edited_where_it_is_listed(run_app: RunApp) -> None:
    async with run_app((80, 24)) as user:
        note = write(user, OWN_ARTICLE, "draft")
        screen = await opened(user)
        await user.press("a", *" two", "escape")
        await user.until(lambda: bodies(screen) == ["draft two"])
        assert screen.current and screen.current.note.id == note
        assert user.sees("Note saved")
        await user.press("u")
        await user.until(lambda: bodies(screen) == ["draft"])


async def test_what_is_being_edited_survives_a_discard_that_was_not_meant(run_app: RunApp) -> None:
    async with run_app() as user:
        write(user, OWN_ARTICLE, "draft")
        screen = await opened(user)
        await user.press("a", *" two", "ctrl+c", "n", "enter", *" three", "escape")
        await user.until(lambda: bodies(screen) == ["draft two three"])


async def test_tags_are_put_on_notes(run_app: RunApp) -> None:
    async with run_app() as user:
        write(user, OWN_ARTICLE, "tag me")
        screen = await opened(user)
        await user.press("t", *"asia/japan todo", "enter")
        await user.until(lambda: screen.current and screen.current.note.tags == ("asia/japan", "todo"))
        await user.press("t", *"-todo", "enter")
        await user.until(lambda: screen.current and screen.current.note.tags == ("asia/japan",))
        await user.press("4", *"abe", "enter")
        await user.until(lambda: screen.current and screen.current.note.tags == ("asia/japan", "abe"))
        await user.press("4")
        await user.until(lambda: screen.current and screen.current.note.tags == ("asia/japan",))
        assert user.main.library.marks(screen.current.target.id).tags == ()  # type: ignore[union-attr]


async def test_quote_note_and_citation_are_copied(run_app: RunApp) -> None:
    async with run_app() as user:
        write(user, OWN_ARTICLE, "my words", LAVROV)
        await opened(user)
        await user.press("y")
        copied = user.app.clipboard
        assert f"“{LAVROV}”" in copied
        assert "my words" in copied
        assert OWN_ARTICLE in copied
        assert user.sees("sent to the terminal")


async def test_notes_of_articles_that_are_gone_stay_and_are_told_of(run_app: RunApp) -> None:
    async with run_app() as user:
        write(user, OWN_ARTICLE, "here")
        lose(user, "the only source", "The ferry never sailed again.")
        screen = await opened(user)
        assert bodies(screen) == ["here"], "the other one was in no library that is open"
        await user.press("L")
        assert bodies(screen) == ["the only source", "here"]
        await user.press("home")
        assert user.sees("article gone", "The ferry never sailed again.", "The article is nowhere")
        await user.press("enter")
        assert isinstance(user.app.screen, NotesScreen)
        assert user.sees("its file is gone")


async def test_the_choice_of_notes_shows_counts(run_app: RunApp) -> None:
    async with run_app() as user:
        write(user, OWN_ARTICLE, "words")
        write(user, OWN_ARTICLE, "", LAVROV)
        screen = await opened(user)
        await user.press("o")
        assert user.sees("without a place", "kept twice", "highlights alone")
        await user.press(*"alone", "enter")
        await user.until(lambda: screen.listing.only is Only.HIGHLIGHTS)
        assert bodies(screen) == [""]


async def test_a_change_of_another_session_appears_by_itself(run_app: RunApp, open_app: Callable[..., object]) -> None:
    async with run_app() as user:
        note = write(user, OWN_ARTICLE, "mine")
        screen = await opened(user)
        other = open_app().library  # type: ignore[attr-defined]
        other.load_annotations().result()
        other.change(SaveNote(other.target(key_of(user, "In Nemuro")), "another's")).result()
        other.change(DeleteNote(note)).result()
        await user.until(lambda: bodies(screen) == ["another's"], "seen within two seconds")
        other.close()


async def test_keys_typed_ahead_wait_for_the_notes(run_app: RunApp) -> None:
    async with run_app() as user:
        write(user, OWN_ARTICLE, "one")
        write(user, OWN_ARTICLE, "two")
        await user.pilot.press("B", "j", "d")
        await user.until(lambda: [n.body for n in user.app.library.notes(_id(user))] == ["two"])


def _id(user: Driver) -> ArticleId:
    return user.app.library.target(key_of(user, OWN_ARTICLE)).id


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (50, 20)])
async def test_the_note_in_full_can_be_read_at_every_size(run_app: RunApp, size: tuple[int, int]) -> None:
    async with run_app(size) as user:
        write(user, OWN_ARTICLE, "\n\n".join(f"paragraph {n}" for n in range(60)), LAVROV)
        await opened(user)
        await user.press("tab")
        await user.until(lambda: user.sees("However, the March 20 talks", "paragraph 0"), "the quote in its sentence")
        await user.press("G")
        await user.until(lambda: user.sees("paragraph 59"))
        await user.press("q")
        assert isinstance(user.app.screen, NotesScreen)
        await user.press("q")
        assert isinstance(user.app.screen, MainScreen)
