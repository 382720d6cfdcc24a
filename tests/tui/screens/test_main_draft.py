"""What is typed is kept within a second of the first key, however fast keys still come."""

from __future__ import annotations

from concurrent.futures import Future

from store.errors import NotSaved
from tui.screens.main import noting


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
