"""What is typed is kept within a second of the first key, however fast keys still come."""

from __future__ import annotations

from concurrent.futures import Future
from contextlib import nullcontext
from pathlib import Path

import pytest
from textual.screen import Screen

from store.annotations.store import AnnotationStore
from store.errors import NotSaved
from store.library import SaveNote, make_anchor
from tests.tui.screens.names import on_page
from tui.editor import EditorError
from tui.screens import drafting, in_editor
from tui.screens.main import noting
from tui.screens.notes.screen import NotesScreen
from tui.screens.palette import PaletteScreen


async def test_keys_that_keep_coming_do_not_put_the_draft_off(run_app) -> None:
    async with run_app() as user:
        await user.own_article()
        await user.press("a", "x")
        first = user.main.writing.draft.timer
        assert first is not None
        await user.press(*"yz")
        assert user.main.writing.draft.timer in (first, None)
        await user.until(lambda: user.sees("draft kept"))
        assert user.main.writing.draft.timer is None
        await user.press("!")
        assert user.main.writing.draft.timer is not first


async def test_a_draft_that_was_not_kept_is_tried_again_with_the_next_key(run_app, monkeypatch) -> None:
    async with run_app() as user:
        await user.own_article()
        await user.press("a", "x")
        change = user.app.library.change

        def full(_: object) -> Future[object]:
            answer: Future[object] = Future()
            answer.set_exception(NotSaved("Not saved: no space left on device. Free some space, then do it again."))
            return answer

        monkeypatch.setattr(user.app.library, "change", full)
        noting.keep_draft(user.main)
        await user.until(lambda: user.sees("Free some space"))
        monkeypatch.setattr(user.app.library, "change", change)
        noting.keep_draft(user.main)
        await user.until(lambda: user.sees("draft kept"))


async def test_a_note_that_could_not_be_saved_is_kept_as_a_draft_again(run_app, monkeypatch) -> None:
    async with run_app() as user:
        await user.own_article()
        await user.press("a", "x")
        change = user.app.library.change

        def full(_: object) -> Future[object]:
            answer: Future[object] = Future()
            answer.set_exception(NotSaved("Not saved: no space left on device. Free some space, then do it again."))
            return answer

        monkeypatch.setattr(user.app.library, "change", full)
        await user.press("escape")
        await user.until(lambda: user.main.writing is not None and user.sees("Free some space"))
        monkeypatch.setattr(user.app.library, "change", change)
        await user.press("y")
        await user.until(lambda: user.sees("draft kept"), "kept again")


async def test_a_draft_taken_back_to_what_the_note_was_is_forgotten(run_app) -> None:
    async with run_app() as user:
        await user.own_article()
        await user.press("a", "x")
        await user.until(lambda: user.sees("draft kept"))
        article = user.main.opened.stored.article.id
        await user.press("backspace")
        noting.keep_draft(user.main)
        await user.press("escape")
        await user.until(lambda: user.app.library.draft(article) is None, "forgotten")


async def begin_to_edit(user) -> None:
    """Write a note, and begin to edit it until a draft is kept."""
    await user.own_article()
    await user.press("a", *"mine", "escape")
    await user.saved()
    article = user.main.opened.stored.article.id
    (note,) = user.app.library.notes(article)
    noting.edit_note(user.main, note.id)
    await user.until(lambda: user.main.note_focused)
    await user.press(*" more")
    noting.keep_draft(user.main)
    await user.until(lambda: (draft := user.app.library.draft(article)) is not None and "more" in draft.body)


@pytest.mark.parametrize("editor", ["pane", "list of notes"])
async def test_a_draft_that_is_gone_on_with_stays_beside_what_another_session_saved(
    run_app, tmp_path: Path, editor
) -> None:
    async with run_app() as user:
        await begin_to_edit(user)
        target = user.app.library.target(user.main.opened.stored.key)
        user.app.leave()
    other = AnnotationStore(tmp_path / "annotations.json")
    (note,) = other.notes(target)
    other.apply(SaveNote(target, "theirs", note.id, note.revision))
    other.close()
    async with run_app() as user:
        await user.own_article()
        await user.until(lambda: user.sees("was not finished"))
        if editor == "pane":
            await user.press("a")
        else:
            await user.press("B")
            await user.until(lambda: user.sees("theirs"))
            await user.press("a")
        await user.until(lambda: user.sees("more"))
        await user.press(*" words", "escape")
        library = user.app.library
        await user.until(lambda: len(library.notes(target.id)) == 2, "both are kept")
        first, second = sorted((one.body for one in library.notes(target.id)), key=len)
        assert first == "theirs" and "more" in second and "words" in second
        assert library.draft(target.id) is None


async def test_emptying_a_note_does_not_delete_what_another_session_wrote_into_it(run_app, tmp_path: Path) -> None:
    async with run_app() as user:
        await begin_to_edit(user)
        target = user.app.library.target(user.main.opened.stored.key)
        other = AnnotationStore(tmp_path / "annotations.json")
        (note,) = other.notes(target)
        other.apply(SaveNote(target, "theirs", note.id, note.revision))
        user.main.note_pane.query_one("TextArea").text = ""
        await user.press("escape")
        await user.until(lambda: user.sees("Kept: another session"))
        assert [one.body for one in user.app.library.notes(target.id)] == ["theirs"]


async def test_a_highlight_and_a_note_given_in_words_leave_a_draft_that_waits(run_app) -> None:
    async with run_app() as user:
        await user.own_article()
        await user.press("a", *"half a thou")
        await user.until(lambda: user.sees("draft kept"))
        user.app.leave()
    async with run_app() as user:
        await user.own_article()
        await user.until(lambda: user.sees("was not finished"))
        opened = user.main.opened.stored
        await user.press("v", "j", "enter")
        await user.saved()
        library = user.app.library
        assert library.marks(opened.article.id).highlights == 1
        anchor = make_anchor(opened.article.text, 0, 5)
        library.change(SaveNote(library.target(opened.key), "in words", anchor=anchor)).result()
        draft = library.draft(opened.article.id)
        assert draft is not None and draft.body == "half a thou"


@pytest.mark.parametrize("over", ["question", "palette", "screen over the list of notes"])
async def test_who_is_told_to_go_keeps_what_is_written_whatever_lies_over_it(run_app, monkeypatch, over) -> None:
    async with run_app() as user:
        await user.own_article()
        await user.press("a", *"a note", "escape")
        await user.saved()
        monkeypatch.setattr(drafting, "DRAFT_AFTER", 3600.0)
        if over.startswith("screen"):
            await user.press("B")
            await user.until(lambda: user.sees("a note") and isinstance(user.app.screen, NotesScreen))
        await user.press("a")
        await user.until(lambda: user.app.screen.query("TextArea"))
        await user.press(*", half")
        if over == "question":
            await user.press("ctrl+c")
            assert user.sees("discard what you wrote?")
        elif over == "palette":
            user.main.reader.focus()
            await user.press(":")
            await user.until(lambda: isinstance(user.app.screen, PaletteScreen))
        else:
            await user.app.push_screen(Screen())
        article = user.main.opened.stored.article.id
        user.app.leave(128 + 15)
    async with run_app() as user:
        draft = user.app.library.draft(article)
        assert draft is not None and draft.body.endswith(", half")


@pytest.mark.parametrize("listed", [False, True])
async def test_what_was_written_in_an_editor_that_failed_is_back_on_the_screen_and_kept(
    run_app, monkeypatch, listed
) -> None:
    def hung_up(text: str, _: object) -> str:
        raise EditorError("vi failed; what you wrote is in /tmp/note.md", f"{text}, and all of it")

    async with run_app() as user:
        await user.own_article()
        await user.press("a", *"a note", "escape")
        await user.saved()
        monkeypatch.setattr(in_editor, "edit_text", hung_up)
        monkeypatch.setattr(user.app, "suspend", nullcontext)
        article = user.main.opened.stored.article.id
        if listed:
            await user.press("B")
            await user.until(lambda: user.sees("a note") and isinstance(user.app.screen, NotesScreen))
        await user.press("A")
        library = user.app.library
        await user.until(lambda: (draft := library.draft(article)) and draft.body.endswith(", and all of it"))
        await user.until(lambda: user.app.screen.query("TextArea"))
        await user.press("!", "escape")
        await user.until(lambda: any(one.body.endswith("all of it!") for one in library.notes(article)))


async def test_what_was_written_on_a_name_in_an_editor_that_failed_is_back_on_its_page_and_kept(
    run_app, monkeypatch
) -> None:
    def hung_up(text: str, _: object) -> str:
        raise EditorError("vi failed; what you wrote is in /tmp/note.md", f"{text}, and all of it")

    async with run_app() as user:
        monkeypatch.setattr(in_editor, "edit_text", hung_up)
        monkeypatch.setattr(user.app, "suspend", nullcontext)
        shown = await on_page(user)
        await user.press("a", *"a note", "ctrl+e")
        library, key = user.app.library, shown.who.key
        assert user.sees("vi failed")
        await user.until(lambda: (draft := library.name_draft(key)) and draft.body == "a note, and all of it")
        await user.press("!", "escape")
        await user.until(lambda: (record := library.entity_record(key)) and record.body == "a note, and all of it!")
        assert library.name_draft(key) is None
