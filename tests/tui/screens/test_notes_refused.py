"""A note that the disk refuses comes back to be saved again, and takes the place of nothing that is being written."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Any

import pytest

from store.errors import AnnotationsError
from store.library import SaveDraft, SaveNote
from tests.tui.screens.conftest import OWN_ARTICLE, Driver
from tests.tui.screens.test_notes_screen import opened, write
from tui.screens.main.noting import keep_draft


class LateDisk:
    """Answers the first note that is saved late; everything else goes its way."""

    def __init__(self, user: Driver, patch: pytest.MonkeyPatch) -> None:
        self.library_change = user.app.library.change
        self.late: Future[Any] = Future()
        self.asked: list[object] = []
        patch.setattr(user.app.library, "change", self.change)

    def change(self, change: Any) -> Future[Any]:
        if isinstance(change, SaveNote) and not self.asked:
            self.asked.append(change)
            return self.late
        return self.library_change(change)

    def refuse(self) -> None:
        self.late.set_exception(AnnotationsError("not saved: the disk is full"))


def bodies(user: Driver) -> set[str]:
    return {note.body for _, note in user.app.library.all_notes()}


async def test_the_next_note_goes_on_and_the_refused_one_comes_behind_it(
    run_app, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with run_app() as user:
        await user.own_article()
        with monkeypatch.context() as patch:
            disk = LateDisk(user, patch)
            await user.press("a", *"first", "escape")
            await user.until(lambda: disk.asked)
            await user.press("a", *"second")
            disk.refuse()
            await user.until(lambda: user.sees("the disk is full"))
            pane = user.main.note_pane
            assert pane is not None and pane.text == "second", "what is being written stays"
            await user.press("!", "escape")
            await user.until(lambda: pane.is_open and pane.text == "first", "the refused one is back")
            await user.press("escape")
            await user.until(lambda: bodies(user) == {"first", "second!"})
            assert not pane.is_open


async def test_told_to_go_it_is_kept_as_a_draft(run_app, monkeypatch: pytest.MonkeyPatch) -> None:
    async with run_app() as user:
        await user.own_article()
        target = user.app.library.target(user.main.opened.stored.key)
        with monkeypatch.context() as patch:
            disk = LateDisk(user, patch)
            await user.press("a", *"first", "escape")
            await user.until(lambda: disk.asked)
            await user.press("J", "a", *"second")
            disk.refuse()
            await user.until(lambda: user.main.unsaved)
        keep_draft(user.main)
        await user.until(lambda: (found := user.app.library.draft(target.id)) is not None and found.body == "first")


async def test_in_the_list_of_notes_it_is_kept_as_a_draft_where_that_was_closed(
    run_app, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with run_app() as user:
        write(user, OWN_ARTICLE, "one")
        screen = await opened(user)
        with monkeypatch.context() as patch:
            disk = LateDisk(user, patch)
            await user.press("a", *"!!", "escape")
            await user.until(lambda: disk.asked)
            target = disk.asked[0].target  # type: ignore[attr-defined]
            await user.press("q")
            await user.until(lambda: user.app.screen is user.main, "the list is closed")
            disk.refuse()
            await user.until(lambda: (found := user.app.library.draft(target.id)) and found.body.endswith("!!"))
        assert user.app._exception is None and not screen.is_open


async def test_that_a_draft_is_kept_is_not_told_over_what_came_of_it(run_app, monkeypatch: pytest.MonkeyPatch) -> None:
    async with run_app() as user:
        await user.own_article()
        late, change = Future[Any](), user.app.library.change
        with monkeypatch.context() as patch:
            drafts = lambda one: late if isinstance(one, SaveDraft) else change(one)  # noqa: E731
            patch.setattr(user.app.library, "change", drafts)
            await user.press("a", *"words")
            keep_draft(user.main)
            await user.press("ctrl+c", "y", "enter")
            await user.until(lambda: user.sees("discarded"))
            late.set_result(None)
            await user.pilot.pause()
            assert user.sees("discarded")
