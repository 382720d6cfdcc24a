"""A note that lost its passage waits on a list, and goes where its owner puts it; never elsewhere, never away."""

from __future__ import annotations

from concurrent.futures import Future

import pytest
from textual.screen import Screen

from store.errors import DatelineError
from store.library import Found, KeyList, Note, NoteId, PlaceNote
from tests.tui.screens.conftest import OWN_ARTICLE, Driver
from tests.tui.screens.test_notes_screen import LAVROV, RunApp, key_of, lose, opened, write
from tui.screens.choose import ChooseScreen
from tui.screens.main.notes_list import open_at
from tui.screens.main.screen import MainScreen
from tui.screens.notes.screen import NotesScreen
from tui.screens.notes.texts import TextsScreen

QUOTE = "Abe will visit Russia in May to meet President Putin, Kishida said."
"""As the article reads but for a few words."""


def note_of(user: Driver, note: NoteId) -> Note | None:
    return next((one for _, one in user.app.library.all_notes() if one.id == note), None)


def title_of(user: Driver, note: NoteId) -> str:
    return next(target.title for target, one in user.app.library.all_notes() if one.id == note)


async def until_screen(user: Driver, kind: type[Screen[object]]) -> None:
    await user.until(lambda: isinstance(user.app.screen, kind), f"{kind.__name__} in front")


async def lost_note(user: Driver) -> NoteId:
    """Write a note on an article that is gone, and open the list on it."""
    note = lose(user, "ask about this", QUOTE)
    await opened(user, everywhere=True)
    return note


async def test_likely_passages_are_offered_and_one_key_takes_the_likest(run_app: RunApp) -> None:
    async with run_app() as user:
        note = await lost_note(user)
        await user.press("P")
        await until_screen(user, ChooseScreen)
        assert user.sees(f"In “{OWN_ARTICLE}", "Abe will visit Russia in late April", "%")
        await user.press("enter")
        await user.until(lambda: title_of(user, note).startswith(OWN_ARTICLE), "placed")
        placed = note_of(user, note)
        assert placed and placed.anchor and not placed.lost
        stored = user.app.library.article(key_of(user, OWN_ARTICLE))
        assert stored and stored.article.text[placed.anchor.start : placed.anchor.end] == placed.anchor.quote
        assert placed.anchor.quote.startswith("Abe will visit Russia in late April")
        assert placed.was == QUOTE
        assert user.sees("Note placed")
        await user.press("u")
        await user.until(lambda: title_of(user, note) == "The last ferry", "back among those without a place")


async def test_nothing_happens_to_a_note_whose_places_are_looked_at_and_left(run_app: RunApp) -> None:
    async with run_app() as user:
        note = await lost_note(user)
        before = note_of(user, note)
        await user.press("P")
        await until_screen(user, ChooseScreen)
        await user.press("q")
        await until_screen(user, NotesScreen)
        assert note_of(user, note) == before


@pytest.mark.parametrize("answer", [Found(KeyList()), DatelineError("the disk is gone")])
async def test_places_that_come_when_the_notes_are_closed_again_are_left(
    run_app: RunApp, monkeypatch: pytest.MonkeyPatch, answer: object
) -> None:
    async with run_app() as user:
        await lost_note(user)
        late: Future[object] = Future()
        with monkeypatch.context() as patch:
            patch.setattr(user.app.library, "search", lambda *_, **__: late)
            await user.press("P")
            await user.until(lambda: user.sees("looking for the passage…"))
        await user.press("q")
        await user.until(lambda: user.app.screen is user.main, "closed")
        late.set_exception(answer) if isinstance(answer, BaseException) else late.set_result(answer)
        await user.pilot.pause()
        assert user.app.screen is user.main and user.app._exception is None


async def test_a_note_in_hand_is_put_on_what_is_selected(run_app: RunApp) -> None:
    async with run_app() as user:
        note = await lost_note(user)
        await user.press("P")
        await until_screen(user, ChooseScreen)
        await user.press("G", "enter")
        await until_screen(user, MainScreen)
        main = user.main
        assert main.placing is not None
        await user.own_article()
        main.enter(main.reader)
        await user.press("P")
        assert user.sees("select the passage first")
        assert main.opened is not None
        text = main.opened.stored.article.text
        at = text.index(LAVROV)
        main.reader.select(at, at + len(LAVROV))
        await user.press("P")
        await user.until(lambda: title_of(user, note).startswith(OWN_ARTICLE), "placed")
        placed = note_of(user, note)
        assert placed and placed.anchor and placed.anchor.quote == LAVROV
        assert main.placing is None


async def test_escape_lets_a_note_in_hand_be(run_app: RunApp) -> None:
    async with run_app() as user:
        note = await lost_note(user)
        before = note_of(user, note)
        await user.press("P")
        await until_screen(user, ChooseScreen)
        await user.press("G", "enter")
        await until_screen(user, MainScreen)
        await user.press("escape")
        assert user.main.placing is None
        assert note_of(user, note) == before


async def test_a_note_can_go_to_its_article_as_a_whole(run_app: RunApp) -> None:
    async with run_app() as user:
        note = write(user, OWN_ARTICLE, "about all of it", LAVROV)
        await opened(user)
        await user.press("P")
        await until_screen(user, ChooseScreen)
        await user.press("G", "enter")
        await user.until(lambda: (found := note_of(user, note)) is not None and found.anchor is None, "on the whole")
        await user.press("u")
        await user.until(lambda: (found := note_of(user, note)) is not None and found.anchor is not None, "undone")


async def test_those_without_a_place_are_a_list_of_their_own(run_app: RunApp) -> None:
    async with run_app() as user:
        write(user, OWN_ARTICLE, "in its place", LAVROV)
        await user.press("P")
        await until_screen(user, NotesScreen)
        await user.until(lambda: user.sees("every note has its place"))


# ---- texts of two sessions -----------------------------------------------------------------------------------------
async def twice(user: Driver, open_app: object) -> NoteId:
    """Edit one note in two sessions at once."""
    from store.library import SaveNote

    note = write(user, OWN_ARTICLE, "what he said")
    other = open_app().library  # type: ignore[operator]
    other.load_annotations().result()
    target = other.target(key_of(user, OWN_ARTICLE))
    user.app.library.change(SaveNote(target, "what he said in Tokyo", note, 1)).result()
    assert other.change(SaveNote(target, "what she said", note, 1)).result().conflict
    other.close()
    user.app.library.refresh().result()
    return note


def texts(user: Driver) -> set[str]:
    return {note.body for _, note in user.app.library.all_notes()}


async def test_both_texts_are_seen_side_by_side_and_one_is_kept(run_app: RunApp, open_app: object) -> None:
    async with run_app() as user:
        await twice(user, open_app)
        screen = await opened(user)
        assert user.sees("kept twice")
        for key, left in (("1", "what he said in Tokyo"), ("2", "what she said")):
            await user.press("=")
            await until_screen(user, TextsScreen)
            assert any("he said in Tokyo" in line and "she said" in line for line in user.text().splitlines())
            await user.press(key)
            await user.until(lambda left=left: texts(user) == {left}, f"only {left!r}")  # type: ignore[misc]
            assert not any(row.twice for row in screen.notes.rows) or len(screen.notes.rows) == 2
            await user.press("u")
            await user.until(lambda: len(texts(user)) == 2, "both are back")
            await user.until(lambda: all(row.twice for row in screen.notes.rows) and len(screen.notes.rows) == 2)


async def test_both_texts_stay_as_notes_of_their_own(run_app: RunApp, open_app: object) -> None:
    async with run_app() as user:
        await twice(user, open_app)
        screen = await opened(user)
        await user.press("=")
        await until_screen(user, TextsScreen)
        await user.press("b")
        await user.until(lambda: not any(row.twice for row in screen.notes.rows), "no doubles any more")
        assert len(texts(user)) == 2


async def test_both_texts_are_joined_and_written_on(run_app: RunApp, open_app: object) -> None:
    async with run_app() as user:
        note = await twice(user, open_app)
        screen = await opened(user)
        await user.press("=")
        await until_screen(user, TextsScreen)
        await user.press("a")
        await user.until(lambda: screen.pane is not None and screen.pane.is_open, "the editor opens")
        await user.press(*"!", "escape")
        await user.until(lambda: texts(user) == {"what he said in Tokyo\n\nwhat she said!"})
        assert note_of(user, note) is not None


async def test_a_narrow_screen_shows_the_texts_one_below_the_other(run_app: RunApp, open_app: object) -> None:
    async with run_app((50, 20)) as user:
        await twice(user, open_app)
        await user.own_article()
        await user.press("=")
        await until_screen(user, TextsScreen)
        assert user.sees("what he said in Tokyo", "what she said", "keep 1")
        assert not any("what he" in line and "what she" in line for line in user.text().splitlines())
        await user.press("q")
        assert len(texts(user)) == 2


async def test_what_changed_meanwhile_is_not_settled_by_what_was_seen(run_app: RunApp, open_app: object) -> None:
    from store.library import SaveNote

    async with run_app() as user:
        note = await twice(user, open_app)
        await opened(user)
        await user.press("=")
        await until_screen(user, TextsScreen)
        library = user.app.library
        target = library.target(key_of(user, OWN_ARTICLE))
        library.change(SaveNote(target, "a third text", note, 2)).result()
        await user.press("2")
        await user.until(lambda: user.sees("changed these notes meanwhile"))
        assert texts(user) == {"a third text", "what she said"}
        library.change(PlaceNote(note, target, None)).result()


async def test_a_note_without_a_place_says_so_where_its_article_is_opened(run_app: RunApp) -> None:
    async with run_app() as user:
        await user.ready()
        note = note_of(user, lose(user, "ask", QUOTE))
        assert note is not None
        open_at(user.main, key_of(user, OWN_ARTICLE), note.replace(lost=True))
        await user.until(lambda: user.main.in_reader)
        assert user.sees("the passage of this note is not in the text any more")


@pytest.mark.parametrize("listed", [True, False])
@pytest.mark.parametrize("gone_to", ["q", "/", "a"])
async def test_one_note_made_of_two_opens_no_more_where_one_has_gone_on(
    run_app: RunApp, open_app: object, monkeypatch: pytest.MonkeyPatch, listed: bool, gone_to: str
) -> None:
    async with run_app() as user:
        await twice(user, open_app)
        await user.own_article()
        under = await opened(user) if listed else user.main
        if not listed:
            user.main.enter(user.main.reader)
        await user.press("=")
        await until_screen(user, TextsScreen)
        change, asked, late = user.app.library.change, list[object](), Future[object]()
        with monkeypatch.context() as patch:
            patch.setattr(user.app.library, "change", lambda one: (asked.append(one), late)[1])
            await user.press("a")
            await user.until(lambda: bool(asked), "asked for")
        await user.until(lambda: user.app.screen is under, "the box is closed")
        await user.press(gone_to if listed or gone_to != "q" else "B")
        await user.until(lambda: user.app.screen is not under or under.prompt.asking or under.writing is not None)
        before = under.writing
        late.set_result(change(asked[0]).result())  # type: ignore[arg-type]
        await user.until(lambda: len(texts(user)) == 1, "one is made of two")
        await user.pilot.pause()
        assert user.app._exception is None and under.writing is before
