"""Marks in the list: one, a range, all, all others; they outlast filters, and say what they leave alone."""

from __future__ import annotations

import pytest


def tagged(user, tag: str) -> list[int]:  # type: ignore[no-untyped-def]
    """Return the rows whose articles bear a tag."""
    articles = user.main.articles
    rows = (articles.row(at) for at in range(len(articles.keys)))
    return [at for at, row in enumerate(rows) if tag in user.app.library.marks(row.id).tags]


async def test_marks_are_turned_round(run_app) -> None:
    async with run_app() as user:
        everything = len(user.main.articles.keys)
        await user.press("g", "g", "space", "space", "I")
        assert user.sees(f"{everything - 2} marked")
        assert not user.main.articles.is_marked(0) and user.main.articles.is_marked(2)
        await user.press("I")
        assert user.sees("2 marked") and user.main.articles.is_marked(0)


async def test_marks_outlast_a_filter_and_say_how_many_are_not_shown(run_app) -> None:
    async with run_app() as user:
        everything = len(user.main.articles.keys)
        await user.press("*")
        await user.press("f", *"japan", "enter")
        await user.until(lambda: len(user.main.articles.keys) < everything)
        found = len(user.main.articles.keys)
        assert user.sees(f"{everything} marked, {everything - found} not shown")
        await user.press("s")
        await user.saved()
        assert user.sees(f"Starred {found} articles")
        await user.press("escape", "escape")
        assert not user.main.articles.marked
        await user.press("escape")
        await user.until(lambda: len(user.main.articles.keys) == everything)
        starred = [at for at in range(everything) if user.app.library.marks(user.main.articles.row(at).id).starred]
        assert len(starred) == found


async def test_where_no_marked_one_is_shown_nothing_is_changed(run_app) -> None:
    async with run_app() as user:
        everything = len(user.main.articles.keys)
        await user.press("g", "g", "space", "f", *"title:zzz OR title:grain", "enter")
        await user.until(lambda: len(user.main.articles.keys) < everything)
        if user.main.articles.marked_shown:
            pytest.skip("the first article is among those found")
        for key in ("s", "r", "t", "D", "1"):
            await user.press(key)
            assert user.sees("the marked one is not shown here"), key
        assert not user.app.library.history()


async def test_more_than_a_screenful_is_asked_for_and_is_one_undo(run_app) -> None:
    async with run_app((80, 14)) as user:
        everything = len(user.main.articles.keys)
        assert everything > user.main.articles.size.height
        await user.press("*", "s")
        assert user.sees(f"s again or y: star {everything} articles (unstar if all are)")
        assert not user.app.library.history()
        await user.press("j")
        await user.press("s", "s")
        await user.saved()
        assert user.sees(f"Starred {everything} articles")
        await user.press("s", "y")
        await user.saved()
        assert [one.sentence for one in user.app.library.history()] == [
            f"Star removed from {everything} articles", f"Starred {everything} articles",
        ]  # fmt: skip
        await user.press("u")
        await user.saved()
        row = user.main.articles.row(0)
        assert user.app.library.marks(row.id).starred


async def test_citations_of_the_marked_ones_are_copied(run_app, monkeypatch) -> None:
    async with run_app() as user:
        copied: list[str] = []
        monkeypatch.setattr("tui.app.ReaderApp._send", lambda _, sent: copied.append(sent))
        await user.press("g", "g", "space", "space", "y")
        assert user.sees("sent to the terminal, 2 citations") and len(copied) == 1
        assert len(user.app.clipboard.splitlines()) == 2
        await user.press("f", *"title:zzz", "enter")
        await user.until(lambda: not user.main.articles.keys)
        await user.press("y")
        assert user.sees("none of the 2 marked is shown here") and len(copied) == 1


async def test_marks_go_when_the_index_is_built_anew(run_app) -> None:
    async with run_app() as user:
        await user.press("g", "g", "space", "space")
        index = user.app.library.index_file
        data = index.read_bytes()
        old = index.rename(index.with_name("old"))
        try:
            index.write_bytes(data)
            assert user.app.library.written().n
            await user.press("R")
            await user.until(lambda: not user.main.articles.marked, "marks taken off")
        finally:
            old.rename(index)


async def test_any_other_key_is_no_answer(run_app) -> None:
    async with run_app((80, 14)) as user:
        await user.press("*", "r", "j", "r", "escape")
        assert not user.app.library.history() and not user.main.articles.marked


async def test_a_number_pressed_twice_tags_all_and_another_number_does_not(run_app) -> None:
    async with run_app((80, 14)) as user:
        await user.press("1", *"one", "enter", "j", "2", *"two", "enter")
        await user.saved()
        before = len(user.app.library.history())
        await user.press("*", "1", "2")
        assert user.sees("2 again or y: tag two:") and len(user.app.library.history()) == before
        await user.press("2")
        await user.saved()
        assert tagged(user, "two") == list(range(len(user.main.articles.keys))) and len(tagged(user, "one")) == 1


async def test_a_range_of_marks_begins_at_an_article_wherever_it_stands_by_then(run_app) -> None:
    async with run_app() as user:
        await user.press("g", "g", "j", "j", "V")
        begun = user.main.articles.current.key
        await user.press("R")
        await user.pilot.pause()
        await user.press("j", "V")
        assert begun in user.main.articles.marked and len(user.main.articles.marked) == 2


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (50, 20)])
async def test_the_tag_question_says_how_many_and_how_many_are_not_shown(run_app, size) -> None:
    async with run_app(size) as user:
        everything = len(user.main.articles.keys)
        await user.press("*", "f", *"japan", "enter")
        await user.until(lambda: len(user.main.articles.keys) < everything)
        found = len(user.main.articles.keys)
        await user.press("t")
        assert user.sees(f"tag {found} articles ({everything - found} more not shown):")
