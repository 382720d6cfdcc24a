"""What comes and goes in the folder shows in the list by itself, and moves nothing that is being looked at."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.config import Config
from store.library import Articles, Idle, KeyList, Library, Progress
from tui.app import ReaderApp
from tui.screens.main.news import merge


def write(folder: Path, day: int, name: str = "") -> Path:
    file = folder / f"{name}{day}.txt"
    date = f"2024-{1 + day // 28:02}-{1 + day % 28:02}"
    file.write_text(f"{name or 'Article'} of day {day}\n\n{date}\n\nIt is day {day}.\n")
    return file


class Folder:
    """A library of a hundred articles, a day each, and the indexer of another process."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        for day in range(100, 200):
            write(folder, day)
        self.index()

    def index(self) -> Articles:
        with Library.open([self.folder], Config()) as library:
            library.bring_up_to_date()
            return library.written()

    def app(self, query: str = "") -> ReaderApp:
        return ReaderApp(Library.open([self.folder], Config()), index=False, query=query)


@pytest.fixture
def articles(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "articles")


def shown(user) -> list[str]:  # type: ignore[no-untyped-def]
    """Return the titles on screen."""
    found = user.main.articles
    return [found.row(found.keys.row_of(key)).title for key in found.shown_keys()]


async def at_the_middle(user) -> tuple[str, int, list[str]]:  # type: ignore[no-untyped-def]
    await user.until(lambda: user.app.library.annotations_ready and not user.main.first_page)
    await user.until(lambda: len(user.main.articles.keys) == 100)
    user.main.articles.cursor = 50
    await user.pilot.pause(0.2)
    return user.main.articles.current.title, user.main.articles.scroll_offset.y, shown(user)


async def test_articles_that_come_stand_in_order_and_the_cursor_and_the_screen_stay(articles: Folder, drive) -> None:
    async with articles.app().run_test(size=(120, 40)) as pilot:
        user = drive(pilot)
        title, top, before = await at_the_middle(user)
        for day in (300, 301, 90):
            write(articles.folder, day, "New")
        user.main.heard(articles.index())
        await user.until(lambda: user.sees("103 articles", "3 new"))
        found = user.main.articles
        assert found.current.title == title and found.cursor == 52
        assert shown(user) == before and found.scroll_offset.y == top + 2
        days = [found.row(row).published for row in range(103)]
        assert days == sorted(days, reverse=True)
        await user.press("R")
        await user.until(lambda: not user.sees("3 new"))
        assert found.current.title == title


async def test_an_article_that_comes_between_two_on_screen_is_seen_there(articles: Folder, drive) -> None:
    async with articles.app().run_test(size=(120, 40)) as pilot:
        user = drive(pilot)
        title, _, before = await at_the_middle(user)
        day = user.main.articles.row(46).published
        between = articles.folder / "between.txt"
        between.write_text(f"Between\n\n{day}\n\nOn the very day.\n")
        user.main.heard(articles.index())
        await user.until(lambda: user.sees("Between", "1 new"))
        assert user.main.articles.current.title == title
        assert [one for one in shown(user) if one != "Between"] == before[1:], "the line under the cursor stays"


async def test_what_goes_stays_on_screen_dimmed_and_leaves_elsewhere(articles: Folder, drive) -> None:
    async with articles.app().run_test(size=(120, 40)) as pilot:
        user = drive(pilot)
        title, _, before = await at_the_middle(user)
        day = int(title.rsplit(" ", 1)[1])
        user.main.heard(Idle())
        await user.until(lambda: user.main.status.told_standing)
        for gone in (day, day + 1, 100, 199):
            (articles.folder / f"{gone}.txt").unlink()
        user.main.heard(articles.index())
        await user.until(lambda: user.sees("98 articles", "4 articles are gone"))
        found = user.main.articles
        assert found.current.title == title and shown(user) == before
        assert len(found.departed) == 2
        assert user.main.opened.stored.article.title == title, "the text goes on being read"
        await user.press("R")
        await user.until(lambda: user.sees("96 articles"))
        assert title not in shown(user) and not found.departed
        # Newest first: the next one down is a day older, and the day before that is gone as well.
        assert found.current.title == f"Article of day {day - 1}", "the cursor goes to the next one"


async def test_once_all_files_are_read_what_comes_is_new_though_names_are_still_looked_for(
    articles: Folder, drive
) -> None:
    async with articles.app().run_test(size=(120, 40)) as pilot:
        user = drive(pilot)
        title, _, before = await at_the_middle(user)
        # As at the first look at a library.
        user.main.first_index = user.main.touched = True
        user.main.heard(Progress("analyse", 1, 100))
        user.app.library.search("").result()  # after the list, which is run again
        await user.pilot.pause()
        (articles.folder / f"{title.rsplit(' ', 1)[1]}.txt").unlink()
        write(articles.folder, 300, "New")
        user.main.heard(articles.index())
        await user.until(lambda: user.sees("1 new"))
        assert user.main.articles.current.title == title and shown(user) == before


async def test_an_edited_article_keeps_its_row_though_the_edit_itself_is_told_later(articles: Folder, drive) -> None:
    async with articles.app().run_test(size=(120, 40)) as pilot:
        user = drive(pilot)
        title, _, _ = await at_the_middle(user)
        file = articles.folder / f"{title.rsplit(' ', 1)[1]}.txt"
        file.write_text(file.read_text().replace("Article", "Edition"))
        user.main.heard(articles.index())
        await user.until(lambda: user.sees(title.replace("Article", "Edition")))
        assert user.main.articles.current.title == title.replace("Article", "Edition")
        assert title not in shown(user) and user.sees("100 articles") and not user.sees("1 new")


async def test_in_a_view_what_was_read_meanwhile_stays_when_others_come(articles: Folder, drive) -> None:
    async with articles.app().run_test(size=(120, 40)) as pilot:
        user = drive(pilot)
        await at_the_middle(user)
        await user.press("/", *"is:unread", "enter")
        await user.until(lambda: len(user.main.articles.keys) == 100 and user.main.filter)
        await user.press("r", "j", "r")
        await user.saved()
        write(articles.folder, 300, "New")
        user.main.heard(articles.index())
        await user.until(lambda: user.sees("1 new"))
        assert len(user.main.articles.keys) == 101
        (articles.folder / "New300.txt").unlink()
        user.main.heard(articles.index())
        await user.until(lambda: not user.sees("1 new"), "what is gone again is not counted")


async def test_nothing_is_taken_in_while_a_filter_is_being_typed(articles: Folder, drive) -> None:
    async with articles.app().run_test(size=(120, 40)) as pilot:
        user = drive(pilot)
        await at_the_middle(user)
        await user.press("/")
        write(articles.folder, 300, "New")
        user.main.heard(articles.index())
        await user.pilot.pause(0.5)
        assert len(user.main.articles.keys) == 100
        await user.press("escape")
        await user.until(lambda: len(user.main.articles.keys) == 101)


async def test_one_that_stands_by_sees_it_too(articles: Folder, drive) -> None:
    async with articles.app().run_test(size=(120, 40)) as pilot:
        user = drive(pilot)
        title, _, before = await at_the_middle(user)
        user.main.status.standby = True
        write(articles.folder, 300, "New")
        articles.index()
        await user.until(lambda: user.sees("101 articles", "1 new"))
        assert user.main.articles.current.title == title and shown(user) == before


def test_what_a_list_keeps_stands_where_it_stood_and_counts_in_its_group() -> None:
    old = KeyList([1, 2, 3, 4, 5, 6])
    groups = [("a", 3), ("b", 2)]
    news = merge(old, KeyList([9, 2, 4, 6, 8]), groups, {1, 3}, lambda keys: {3, 5} & set(keys), all_alive=True)
    assert list(news.keys) == [1, 9, 2, 3, 4, 5, 6, 8]
    assert (news.came, news.left, news.departed) == ({8, 9}, {1}, {1})
    assert news.groups == [("a", 6), ("b", 2)] and sum(count for _, count in news.groups) == len(news.keys)
    news = merge(old, KeyList([9, 2, 4, 6, 8]), (), {1}, lambda keys: {3, 5} & set(keys), all_alive=False)
    assert list(news.keys) == [1, 9, 2, 4, 6, 8]
    news = merge(old, KeyList([1, 2, 9, 4, 5, 6]), (), {3}, lambda _: set(), {3: 9}, all_alive=False)
    assert (list(news.keys), news.came, news.left) == ([1, 2, 9, 4, 5, 6], set(), set()), "an edited text is no news"
    news = merge(old, KeyList([]), groups[:0], set(), lambda _: set(), all_alive=False)
    assert (list(news.keys), len(news.left)) == ([], 6)


class Arriving:
    """A library that is read for the first time while it is open, the oldest first."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder = folder

    def come(self, user, days: range) -> None:  # type: ignore[no-untyped-def]
        for day in days:
            write(self.folder, day)
        with Library.open([self.folder], Config()) as library:
            library.bring_up_to_date()
            written = library.written()
        if not user.main.articles.keys:
            # As the screen does when the indexer has made an index.
            user.app.library.reopen()
        user.main.heard(written)

    def app(self) -> ReaderApp:
        return ReaderApp(Library.open([self.folder], Config()), index=False)


def at_top(user, day: int) -> bool:  # type: ignore[no-untyped-def]
    found = user.main.articles
    title = f"Article of day {day}"
    return (
        found.cursor == 0 and found.current is not None and found.current.title == title
        and user.main.opened is not None and user.main.opened.stored.article.title == title
    )  # fmt: skip


async def test_at_the_first_look_the_newest_article_is_shown_until_a_key_is_pressed(tmp_path: Path, drive) -> None:
    library = Arriving(tmp_path / "arriving")
    async with library.app().run_test(size=(120, 40)) as pilot:
        user = drive(pilot)
        await user.until(lambda: user.app.library.annotations_ready and not user.main.first_page)
        library.come(user, range(100, 103))
        await user.until(lambda: at_top(user, 102))
        # Once a second at most, and then less and less often.
        assert user.main.top_is_due() and not user.main.top_is_due()
        user.main._top_due = 0.0
        library.come(user, range(103, 110))
        await user.until(lambda: at_top(user, 109))
        user.main._top_due = float("inf")
        library.come(user, range(110, 120))
        await user.until(lambda: len(user.main.articles.keys) == 20)
        assert user.main.articles.current.title == "Article of day 109", "it stays while it is not due"
        user.main.heard(Idle())
        await user.until(lambda: at_top(user, 119))


async def test_after_the_first_key_the_cursor_stays_where_it_is(tmp_path: Path, drive) -> None:
    library = Arriving(tmp_path / "arriving")
    async with library.app().run_test(size=(120, 40)) as pilot:
        user = drive(pilot)
        await user.until(lambda: user.app.library.annotations_ready and not user.main.first_page)
        library.come(user, range(100, 110))
        await user.until(lambda: at_top(user, 109))
        await user.press("j")
        library.come(user, range(110, 120))
        user.main.heard(Idle())
        await user.until(lambda: len(user.main.articles.keys) == 20)
        assert user.main.articles.current.title == "Article of day 108"
