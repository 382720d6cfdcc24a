"""Tags, stars, read marks, notes: by key, said in words, on disk, undone."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path

from tinydb import TinyDB

from store.library import Marks
from tui.screens.main.saving import follow_change


def marks(user) -> Marks:  # type: ignore[no-untyped-def]
    return user.app.library.marks(user.main.opened.stored.article.id)


async def test_a_number_that_gets_a_tag_which_the_article_has_leaves_it_on(run_app) -> None:
    async with run_app() as user:
        await user.own_article()
        await user.press("t", *"japan", "enter", "1", *"japan", "enter")
        await user.saved()
        assert user.app.library.digits == {1: "japan"}
        assert marks(user).tags == ("japan",)


async def test_a_number_asks_once_then_toggles_its_tag(run_app) -> None:
    async with run_app() as user:
        await user.own_article()
        await user.press("1")
        assert user.sees("tag for 1:")
        await user.press(*"japan", "enter")
        await user.saved()
        assert marks(user).tags == ("japan",)
        assert user.sees("Tagged: japan", "1 japan·", "saved")
        await user.press("1")
        await user.saved()
        assert marks(user).tags == () and user.sees("Untagged: japan")


async def test_what_is_told_of_two_changes_comes_in_their_order(run_app) -> None:
    async with run_app() as user:
        await user.ready()
        told: list[str] = []

        def tell(what: str) -> None:
            user.main.status.saving -= 1
            told.append(what)

        slow, quick = Future(), Future()  # type: ignore[var-annotated]
        follow_change(user.main, slow, tell)
        slow.set_result("slow")
        quick.set_result("quick")
        follow_change(user.main, quick, tell)
        await user.until(lambda: len(told) == 2)
        assert told == ["slow", "quick"]


async def test_a_row_follows_each_time_that_its_tag_is_turned(run_app) -> None:
    async with run_app() as user:
        await user.own_article()
        await user.press("1", *"japan", "enter")
        for tagged in (True, False, True, False):
            await user.saved()
            await user.until(lambda tagged=tagged: user.sees("Tagged: japan" if tagged else "Untagged: japan"))
            row = next(line for line in user.text().splitlines() if line.startswith(">") and "Amid" in line)
            assert row.split("│")[0].rstrip().endswith(" 1") == tagged, row
            await user.press("1")


async def test_the_tag_prompt_completes_adds_and_removes(run_app, tmp_path: Path) -> None:
    async with run_app() as user:
        await user.own_article()
        await user.press("t", *"japan +kuriles", "enter")
        await user.saved()
        assert marks(user).tags == ("japan", "kuriles")
        await user.press("J", "t", *"ku", "tab", "enter")
        await user.saved()
        assert marks(user).tags == ("kuriles",)
        await user.press("K", "t", *"-ja", "tab", "enter")
        await user.saved()
        assert marks(user).tags == ("kuriles",)
    with TinyDB(tmp_path / "annotations.json") as db:
        assert sorted(tuple(doc["tags"]) for doc in db.table("articles")) == [("kuriles",), ("kuriles",)]


async def test_star_read_and_undo_say_what_they_did(run_app) -> None:
    async with run_app() as user:
        await user.own_article()
        await user.press("s")
        await user.saved()
        assert marks(user).starred and user.sees("Starred")
        await user.press("r")
        await user.saved()
        assert marks(user).read
        await user.press("u")
        await user.saved()
        assert not marks(user).read
        await user.press("u")
        await user.saved()
        assert not marks(user).starred
        await user.press("ctrl+r")
        await user.saved()
        assert marks(user).starred
        await user.press("U")
        assert user.sees("Your changes", "Starred")


async def test_marked_articles_are_tagged_together_and_undone_together(run_app) -> None:
    async with run_app() as user:
        await user.press("g", "g", "space", "space", "j", "V", "j", "V")
        assert user.sees("4 marked")
        await user.press("t", *"batch", "enter")
        await user.saved()
        tagged = [i for i in range(8) if "batch" in user.app.library.marks(user.main.articles.row(i).id).tags]
        assert len(tagged) == 4 and user.sees("4 articles")
        await user.press("escape", "u")
        await user.saved()
        assert not any("batch" in user.app.library.marks(user.main.articles.row(i).id).tags for i in range(8))


async def test_star_marks_all_shown_or_none(run_app) -> None:
    async with run_app() as user:
        await user.press("*")
        assert len(user.main.articles.marked) == len(user.main.articles.keys)
        await user.press("*")
        assert not user.main.articles.marked


async def test_triage_tags_and_opens_the_next_unread(run_app) -> None:
    async with run_app() as user:
        await user.press("g", "g", "1", *"later", "enter")
        await user.saved()
        await user.press("T", "j")
        await user.until(lambda: user.main.opened.stored.key == user.main.articles.row(1).key)
        await user.press("1")
        await user.saved()
        assert user.main.articles.cursor == 2
        assert user.app.library.marks(user.main.articles.row(1).id).tags == ("later",)
        await user.press("escape")
        assert not user.main.triage


async def test_a_note_is_written_saved_and_changed(run_app, tmp_path: Path) -> None:
    async with run_app() as user:
        await user.own_article()
        await user.press("a", *"check the list", "enter", *":wq", "escape")
        await user.saved()
        assert marks(user).notes == 1 and user.sees("Note saved", "check the list")
        await user.press("a", *"second", "escape")
        await user.saved()
        assert marks(user).notes == 2
    with TinyDB(tmp_path / "annotations.json") as db:
        assert sorted(doc["body"] for doc in db.table("notes")) == ["check the list", "second"]


async def test_discarding_a_note_asks_first(run_app) -> None:
    async with run_app() as user:
        await user.own_article()
        await user.press("a", *"words", "ctrl+c")
        assert user.sees("discard what you wrote?")
        await user.press("n", "enter")
        assert user.main.note_focused
        await user.press("ctrl+c", "y", "enter")
        await user.until(lambda: user.sees("discarded"))
        assert marks(user).notes == 0


async def test_a_draft_is_kept_and_offered_again(run_app) -> None:
    async with run_app() as user:
        await user.own_article()
        await user.press("a", *"half a thou")
        await user.until(lambda: user.sees("draft kept"))
        user.app.leave()
    async with run_app() as user:
        await user.own_article()
        await user.until(lambda: user.sees("was not finished"))
        await user.press("a")
        assert user.main.note_pane.text == "half a thou"
        await user.press(*"ght", "escape")
        await user.saved()
        assert marks(user).notes == 1 and not marks(user).draft


async def test_what_no_longer_matches_stays_dimmed_until_the_view_is_opened_again(run_app) -> None:
    async with run_app() as user:
        await user.press("o", *"unread", "enter")
        await user.until(lambda: user.main.view.name == "Unread" and len(user.main.articles.keys) >= 10)
        count = len(user.main.articles.keys)
        await user.press("r")
        await user.saved()
        assert len(user.main.articles.keys) == count
        await user.press("o", *"unread", "enter")
        await user.until(lambda: len(user.main.articles.keys) == count - 1)
