"""Undo says what it would do before it does much, goes to what changed, and lists all that was done."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.annotations import records
from store.annotations.store import AnnotationStore
from store.article import text_hash
from store.library import SaveNote, Star, Tag, Target, UndoEntry, make_anchor
from tui.screens.history import HistoryScreen
from tui.screens.main import saving


def marks(user, index: int):  # type: ignore[no-untyped-def]
    return user.app.library.marks(user.main.articles.row(index).id)


def target(user, index: int) -> Target:  # type: ignore[no-untyped-def]
    found: Target = user.main.library.target(user.main.articles.row(index).key)
    return found


def change(user, *changes) -> None:  # type: ignore[no-untyped-def]
    for one in changes:
        user.app.library.change(one).result()


async def history(user) -> None:  # type: ignore[no-untyped-def]
    await user.press("U")
    await user.until(lambda: isinstance(user.app.screen, HistoryScreen))


def earlier(path: Path, *changes: records.Change) -> None:
    store = AnnotationStore(path)
    for one in changes:
        store.apply(one)
    store.close()


MANY = tuple(Target(text_hash(str(n)), f"Elsewhere {n}") for n in range(21))


# ---- asking ----------------------------------------------------------------------------------------------------------
async def test_a_change_of_an_earlier_session_wants_a_second_u(run_app, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    earlier(tmp_path / "annotations.json", Tag(MANY[:2], ("japan",)))
    async with run_app() as user:
        await user.press("u")
        await user.until(lambda: user.sees("u again undoes “Tagged 2 articles: japan”, just now"))
        assert user.app.library.marks(MANY[0].id).tags == ("japan",)
        # Any other key forgets it.
        await user.press("j", "u")
        await user.until(lambda: user.sees("u again undoes"))
        assert user.app.library.marks(MANY[0].id).tags == ("japan",)
        await user.press("u")
        await user.until(lambda: user.sees("Undone: Tagged 2 articles: japan"))
        assert user.app.library.marks(MANY[0].id).tags == ()
        await user.press("ctrl+r")
        await user.until(lambda: user.sees("Redone: Tagged 2 articles: japan"))
        await user.press("u", "u")
        await user.until(lambda: user.app.library.marks(MANY[0].id).tags == ())
        await user.press("u")
        await user.until(lambda: user.sees("nothing to undo"))


async def test_many_articles_want_a_second_u_and_one_does_not(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        change(user, Tag(MANY, ("japan",)), Star((target(user, 0),), True))
        await user.press("u")
        await user.until(lambda: user.sees("Undone: Starred"))
        await user.press("u")
        await user.until(lambda: user.sees("u again undoes “Tagged 21 articles: japan”"))
        await user.press("u")
        await user.until(lambda: user.sees("Undone: Tagged 21 articles: japan · not this article"))


async def test_a_change_that_comes_between_is_not_undone_instead(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        change(user, Tag(MANY, ("japan",)))
        await user.press("u")
        await user.until(lambda: user.sees("u again undoes"))
        change(user, Star((target(user, 1),), True))
        await user.press("u")
        await user.until(lambda: user.sees("Nothing undone: another change came between"))
        assert marks(user, 1).starred


# ---- going to what changed -------------------------------------------------------------------------------------------
async def test_the_screen_goes_to_the_article_and_back_again(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        await user.press("g", "g", "s")
        await user.saved()
        await user.press("G")
        await user.until(lambda: user.main.opened.stored.key == user.main.articles.keys[-1])
        await user.press("u")
        await user.until(lambda: user.main.opened.stored.key == user.main.articles.keys[0])
        assert user.main.articles.cursor == 0 and user.sees("Undone: Starred")
        await user.press("ctrl+o")
        assert user.main.articles.cursor == len(user.main.articles.keys) - 1


async def test_the_screen_goes_to_the_passage_of_a_note(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app((80, 20)) as user:
        await user.own_article()
        await user.press("l")
        text = user.main.opened.stored.article.text
        at = text.rindex(". ")
        about = target(user, user.main.articles.cursor)
        change(user, SaveNote(about, "words", anchor=make_anchor(text, at + 2, at + 9)))
        await user.press("u")
        await user.until(lambda: user.sees("Undone: Note saved"))
        await user.until(lambda: user.main.reader.scroll_offset.y > 0, "at the passage")


async def test_an_article_out_of_the_list_is_named(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        change(user, Star((MANY[0],), True))
        await user.press("u")
        await user.until(lambda: user.sees("Undone: Starred · “Elsewhere 0”, not in this library"))
        title = user.main.articles.row(0).title
        change(user, Star((target(user, 0),), True))
        await user.press("f", *"zzzz", "enter")
        await user.until(lambda: not user.main.articles.keys)
        await user.press("u")
        await user.until(lambda: user.sees("Undone: Starred", title[:20], "not in this list"))


async def test_the_tag_bar_follows_an_undone_rename(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        tagged = Tag((target(user, 0),), ("japan",))
        change(user, records.AssignDigit(1, "japan"), tagged, records.RenameTag("japan", "nippon"))
        await user.press("j")
        assert user.app.library.digits == {1: "nippon"}
        await user.press("u")
        await user.until(lambda: user.sees("Undone: Renamed the tag on 1 article: japan → nippon", "1 japan"))


# ---- the list --------------------------------------------------------------------------------------------------------
async def test_the_list_names_session_time_and_article(run_app, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    earlier(tmp_path / "annotations.json", Star(MANY[:1], True))
    other = AnnotationStore(tmp_path / "annotations.json")
    other.apply(Tag(MANY[:3], ("theirs",)))
    async with run_app() as user:
        await user.press("g", "g", "s")
        await user.saved()
        await history(user)
        rows = [" ".join(line.split()) for line in user.text().splitlines()]
        title = user.main.articles.row(0).title.split()[0]
        assert any(row.startswith(f">Starred {title}") and "this session" in row for row in rows)
        assert any(row.startswith("Tagged 3 articles: theirs another, running") for row in rows)
        assert any(row.startswith("Starred Elsewhere 0 earlier") for row in rows)
        await user.press("j", "enter")
        await user.until(lambda: user.sees("Another session that runs made this change"))
        await user.press("/", *"elsewhere", "enter")
        assert user.sees("nothing matches")
    other.close()


async def test_one_change_is_undone_alone_and_done_again(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        one, two = target(user, 0), target(user, 1)
        change(user, Tag((one, two), ("japan",)), Star((one,), True), Tag((two,), ("more",)))
        await history(user)
        await user.press("G", "u")
        await user.until(lambda: user.sees("Undone: Tagged 2 articles: japan", "japan (undone)"))
        assert marks(user, 0).starred and marks(user, 1).tags == ("more",)
        await user.press("enter")
        await user.until(lambda: user.sees("Redone: Tagged 2 articles: japan"))
        assert set(marks(user, 1).tags) == {"more", "japan"}
        await user.press("q")
        assert user.app.screen is user.main


async def test_a_change_that_another_builds_on_names_that_one(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        one, two = target(user, 0), target(user, 1)
        change(user, Tag((one, two), ("japan",)), Tag((two,), (), ("japan",)))
        await history(user)
        await user.press("G", "enter")
        await user.until(lambda: user.sees("“Untagged: japan” of", "came later and builds on it: undo that first"))
        assert marks(user, 0).tags == ("japan",)


async def test_an_old_change_wants_a_second_key_in_the_list_too(run_app, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    earlier(tmp_path / "annotations.json", Star(MANY[:1], True), Star(MANY[1:2], True))
    async with run_app() as user:
        await history(user)
        await user.press("enter")
        assert user.sees("enter again undoes “Starred”")
        await user.press("j", "k", "enter")
        assert user.sees("enter again undoes “Starred”")
        await user.press("enter")
        await user.until(lambda: not user.app.library.marks(MANY[1].id).starred)
        assert user.app.library.marks(MANY[0].id).starred


async def test_a_thousand_changes_open_at_once(run_app, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "annotations.json"
    store = AnnotationStore(path)
    entries = [
        UndoEntry(f"{n}", f"Tagged: t{n}", store._clock(), f"s{n % 7}", n % 3 == 0) for n in range(1000)
    ]
    store.close()
    async with run_app((80, 24)) as user:
        looked: list[str] = []
        library = type(user.app.library)
        whose = library.whose
        monkeypatch.setattr(library, "history", lambda self: entries)
        monkeypatch.setattr(library, "whose", lambda self, entry: looked.append(entry.session) or whose(self, entry))
        await history(user)
        assert user.sees("Your changes · 1,000", "Tagged: t0")
        # One look at the lock of each session, however many changes are its.
        assert len(looked) == 7


async def test_nothing_done_yet_is_said(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app((50, 20)) as user:
        await history(user)
        assert user.sees("nothing changed yet")
        await user.press("enter", "?", "q", "q")
        assert user.app.screen is user.main


async def test_what_the_disk_has_at_once_is_told_at_once(run_app, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        await user.own_article()
        library = user.app.library
        change = library.change

        def on_disk(made: object) -> object:
            future = change(made)
            future.result(10)
            return future

        monkeypatch.setattr(library, "change", on_disk)
        saving.save(user.main, Star((user.main.opened.target(library),), True))
        status = user.main.status
        assert (status.saving, status.saved, status.message) == (0, True, "Starred")
