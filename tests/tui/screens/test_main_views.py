"""Views: chosen by typing with live counts, saved under a name, pinned above the list, changed and undone."""

from __future__ import annotations

import asyncio
import re
from concurrent.futures import Future
from pathlib import Path

from store.annotations.search_records import SaveSearch
from store.annotations.store import AnnotationStore
from store.library import Tag
from tests.tui.screens.conftest import Driver
from tui.screens.choose import ChooseScreen
from tui.screens.main.listing import above
from tui.screens.main.viewing import show_view
from tui.screens.main.views import View
from tui.screens.searches import SearchesScreen
from tui.widgets.choice_list import ChoiceList


async def filtered(user: Driver, query: str) -> None:
    await user.press("f", *query, "enter")
    await user.until(lambda: user.main.filter == query and not user.main.prompt.asking)


async def saved_as(user: Driver, query: str, name: str) -> None:
    await filtered(user, query)
    await user.press("S", *name, "enter")
    await user.saved()


async def test_a_filter_is_saved_becomes_the_view_and_stands_above_the_list(run_app) -> None:
    async with run_app() as user:
        await user.ready()
        await saved_as(user, "kuriles OR tokyo", "islands")
        await user.until(lambda: user.sees("Saved the search islands: kuriles OR tokyo"))
        assert user.main.view.name == "islands" and user.main.filter == ""
        found = len(user.main.articles.keys)
        await user.until(lambda: re.search(rf"> \? islands +{found}\b", user.text()))


async def test_saving_asks_before_it_replaces(run_app) -> None:
    async with run_app() as user:
        await user.ready()
        await saved_as(user, "tokyo", "one")
        await filtered(user, "kuriles")
        await user.press("S")
        # Within the saved search the filter narrows: both are saved together.
        assert user.main.prompt.asking
        await user.press("enter")
        await user.until(lambda: user.sees("Replace it?"))
        await user.press("n", "enter")
        await user.until(lambda: user.sees("nothing saved"))
        await user.press("S", "enter")
        await user.until(lambda: user.sees("Replace it?"))
        await user.press("y", "enter")
        await user.saved()
        assert [one.query for one in user.app.library.searches()] == ["tokyo kuriles"]


async def test_without_a_filter_there_is_nothing_to_save_and_it_says_how(run_app) -> None:
    async with run_app() as user:
        await user.ready()
        await user.press("S")
        assert user.sees("nothing to save yet: f filters the list")


async def test_the_box_of_views_is_there_at_once_and_counts_come_after(run_app) -> None:
    async with run_app() as user:
        await user.own_article()
        await user.press("t", *"asia/japan", "enter")
        await user.saved()
        await saved_as(user, "tokyo", "capital")
        await user.press("o")
        await user.until(lambda: isinstance(user.app.screen, ChooseScreen))
        assert user.sees("Saved searches", "capital", "asia/japan")
        await user.until(lambda: re.search(r"capital  tokyo +\d", user.text()))
        await user.until(lambda: re.search(r"asia/japan +1\b", user.text()))
        await user.press(*"capi", "enter")
        await user.until(lambda: user.main.view.name == "capital")


async def test_a_folder_is_a_view(run_app, analysed_seeds: tuple[Path, Path]) -> None:
    async with run_app() as user:
        await user.ready()
        names = user.app.library.names("path").result()
        assert [name.articles for name in names if name.text == f"{analysed_seeds[0]}/"] == [12]


async def test_searches_are_renamed_edited_pinned_made_rules_and_deleted(run_app) -> None:
    async with run_app() as user:
        await user.ready()
        await saved_as(user, "tokyo", "one")
        await user.press("o", *"your saved", "enter")
        await user.until(lambda: isinstance(user.app.screen, SearchesScreen))
        library = user.app.library
        await user.press("r", "ctrl+u", *"two", "enter")
        await user.saved()
        await user.press("e", "ctrl+u", *"kuriles", "enter")
        await user.saved()
        await user.press("p")
        await user.saved()
        await user.press("t", *"islands", "enter")
        await user.saved()
        (search,) = library.searches()
        assert (search.name, search.query, search.pinned, search.tags) == ("two", "kuriles", False, ("islands",))
        await user.press("d")
        await user.saved()
        assert library.searches() == []
        for _ in range(5):
            await user.press("u")
            await user.saved()
        (search,) = library.searches()
        assert (search.name, search.query, search.pinned, search.tags) == ("one", "tokyo", True, ())


async def test_a_view_that_cannot_be_understood_leaves_the_one_before(run_app) -> None:
    async with run_app() as user:
        await user.ready()
        await filtered(user, "tokyo")
        found = list(user.main.articles.keys)
        show_view(user.main, View("broken", "search:gone"))
        await user.until(lambda: user.sees("There is no saved search gone."))
        await user.until(lambda: user.sees("All · “tokyo”"))
        assert list(user.main.articles.keys) == found


async def test_counts_that_come_when_the_searches_are_closed_again_are_left(run_app, monkeypatch, caplog) -> None:
    async with run_app() as user:
        await user.ready()
        await saved_as(user, "tokyo", "one")
        late: Future[list[int]] = Future()
        count = user.app.library.count
        monkeypatch.setattr(user.app.library, "count", lambda asked: late if asked == ["tokyo"] else count(asked))
        await user.press("o", *"your saved", "enter")
        await user.until(lambda: isinstance(user.app.screen, SearchesScreen))
        closed = user.app.screen
        user.app.pop_screen()
        while closed.query(ChoiceList):
            await asyncio.sleep(0)
        late.set_result([3])
        await user.until(lambda: closed._counts == {"one": 3}, "they came")
        await user.until(lambda: user.app.screen is user.main and not closed.is_attached, "closed")
        assert not caplog.records, "and broke nothing"


async def test_a_wrong_query_is_not_taken_and_explained(run_app) -> None:
    async with run_app() as user:
        await user.ready()
        await saved_as(user, "tokyo", "one")
        await user.press("o", *"your saved", "enter")
        await user.until(lambda: isinstance(user.app.screen, SearchesScreen))
        await user.press("e", "ctrl+u", *"persn:abe", "enter")
        await user.until(lambda: user.sees("column 1"))
        assert user.app.library.searches()[0].query == "tokyo"


async def test_what_another_session_saves_and_changes_is_followed(run_app, tmp_path: Path) -> None:
    async with run_app() as user:
        await user.ready()
        await saved_as(user, "tokyo", "one")
        other = AnnotationStore(tmp_path / "annotations.json")
        other.apply(SaveSearch("theirs", "kuriles", pinned=True))
        await user.until(lambda: user.sees("? theirs"))
        other.apply(SaveSearch("one", "orkney", pinned=True))
        await user.until(lambda: user.main.view.query == "orkney")


async def test_a_tag_narrows_the_list_from_the_list_of_tags(run_app) -> None:
    async with run_app() as user:
        await user.own_article()
        await user.press("t", *"japan", "enter")
        await user.saved()
        rows = [user.app.library.target(key) for key in user.main.articles.keys[:3]]
        user.app.library.change(Tag(tuple(rows), ("other",))).result()
        await filtered(user, "tokyo")
        await user.press("ctrl+t", "F")
        await user.until(lambda: user.main.filter == "tokyo tag:japan")
        await user.until(lambda: len(user.main.articles.keys) == 1)


async def test_pinned_searches_are_there_at_the_next_start_before_the_annotations_are_read(run_app) -> None:
    async with run_app() as user:
        await user.ready()
        await saved_as(user, "tokyo", "capital")
        assert any(view.name == "capital" for view in above(user.main))
        await user.press("o", *"all", "enter")
        await user.until(lambda: user.main.view.name == "All")
        await user.press("q")
    async with run_app() as user:
        assert user.app.session.pinned == ("capital\ntokyo",)
        await user.until(lambda: user.sees("? capital"))
