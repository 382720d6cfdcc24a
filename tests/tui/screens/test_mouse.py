"""The mouse works too: rows, names, views, the wheel, and the keys that the lines at the edges show."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from store.config import Config
from tui.commands.command import BELOW, Context
from tui.commands.footer import FOOTERS, hints
from tui.commands.registry import BY_ID
from tui.screens.keys_help import KeysScreen
from tui.screens.names.browser import EntitiesScreen
from tui.screens.names.page import EntityScreen
from tui.screens.tags import TagsScreen
from tui.widgets.choice_list import ChoiceList

Run = Callable[..., AbstractAsyncContextManager]  # type: ignore[type-arg]


def place(user, words: str, after: str = "") -> tuple[int, int]:  # type: ignore[no-untyped-def]
    """Return where words stand on the screen, in the last line that has them (and has `after` before them)."""
    for y, line in reversed(list(enumerate(user.text().splitlines()))):
        at = line.find(words, max(0, line.find(after)))
        if at >= 0 and after in line:
            return at, y
    raise AssertionError(f"{words!r} is not on screen:\n{user.text()}")


async def click(user, words: str, after: str = "") -> None:  # type: ignore[no-untyped-def]
    await user.pilot.click(offset=place(user, words, after))
    await user.pilot.pause()


async def wheel(user, widget: str, down: bool) -> None:  # type: ignore[no-untyped-def]
    from textual.events import MouseScrollDown, MouseScrollUp

    kind = MouseScrollDown if down else MouseScrollUp
    await user.pilot._post_mouse_events([kind], widget, (2, 2))
    await user.pilot.pause()


async def test_a_click_chooses_an_article_and_another_opens_it(run_app: Run) -> None:
    async with run_app() as user:
        title = user.main.articles.row(3).title[:16]
        await click(user, title)
        assert user.main.articles.cursor == 3 and not user.main.in_reader
        await click(user, title)
        assert user.main.in_reader and user.main.opened.stored.key == user.main.articles.row(3).key


async def test_the_wheel_moves_in_the_list_and_scrolls_the_text(run_app: Run) -> None:
    async with run_app((80, 24)) as user:
        await user.own_article()
        before = user.main.articles.cursor
        await wheel(user, "#list", down=False)
        assert user.main.articles.cursor == before - 3
        await wheel(user, "#list", down=True)
        assert user.main.articles.cursor == before
        await wheel(user, "#reader", down=True)
        assert user.main.reader.scroll_offset.y > 0


async def test_a_name_in_the_text_and_in_the_panel_can_be_clicked(run_app: Run) -> None:
    async with run_app() as user:
        await user.own_article()
        await user.press("enter")
        await click(user, "Kishida", after="Fumio")
        current = user.main.reader.current
        assert current is not None and current.entity.endswith("Kishida")
        await click(user, "Moscow  ")
        current = user.main.reader.current
        assert current is not None and current.entity == "Moscow"


async def test_a_drag_from_the_list_selects_a_passage_that_keys_go_on_with(run_app: Run) -> None:
    async with run_app() as user:
        await user.own_article()
        assert user.main.focused is user.main.articles
        lines = user.text().splitlines()
        y, x = next((y, x) for y, line in enumerate(lines) if (x := line.find("Amid China-backed", 37)) > 0)
        await user.pilot.mouse_down(offset=(x, y))
        await user.pilot.hover(offset=(x + 10, y))
        await user.pilot.mouse_up(offset=(x + 10, y))
        await user.until(lambda: user.main.reader.selected is not None, "a passage")
        assert user.main.contexts()[0] is Context.SELECTION
        assert user.main.reader.selected_text.startswith("Amid China")
        await user.press("enter")
        await user.saved()
        await user.until(lambda: user.main.reader.passages.all, "highlighted")


async def test_what_the_footer_shows_can_be_clicked_in_every_pane_and_question(run_app: Run) -> None:
    async with run_app() as user:
        await user.own_article()
        await click(user, "open", after="⏎")
        assert user.main.in_reader
        await click(user, "b", after="w b")
        assert user.main.reader.current is not None
        await click(user, "note", after="a note")
        await user.until(lambda: user.main.note_focused)
        await user.press(*"words")
        await click(user, "save and close")
        await user.saved()
        assert not user.main.note_focused and user.app.library.marks(user.main.opened.stored.article.id).notes == 1
        await click(user, "? keys")
        assert isinstance(user.app.screen, KeysScreen)
        await user.press("q", "t")
        await click(user, "leave")
        await user.until(lambda: not user.main.prompt.asking)
        assert user.main.in_reader


async def test_a_number_that_bears_a_tag_can_be_clicked(run_app: Run) -> None:
    async with run_app() as user:
        await user.press("g", "g", "3", *"later", "enter", "j")
        await user.saved()
        await click(user, "later", after="3 later")
        await user.saved()
        assert user.app.library.marks(user.main.articles.row(1).id).tags == ("later",)


async def test_a_question_is_answered_by_the_keys_that_its_footer_shows(run_app: Run) -> None:
    async with run_app() as user:
        await user.press("f", *"tokyo", "enter", "S", *"asia", "enter")
        await user.saved()
        await user.press("esc", "f", *"kuriles", "enter", "S", "enter")
        await user.until(lambda: user.sees("Replace it? y or n:"))
        await click(user, "no", after="n no")
        await user.until(lambda: user.sees("nothing saved") and not user.main.prompt.asking)
        await user.press("S", "enter")
        await user.until(lambda: user.sees("Replace it? y or n:"))
        await click(user, "y yes")
        await user.saved()
        assert [(one.name, one.query) for one in user.app.library.searches()] == [("asia", "tokyo kuriles")]


async def test_how_far_a_correction_reaches_can_be_clicked(run_app: Run) -> None:
    async with run_app() as user:
        await user.own_article()
        await user.press("enter", "w", "x")
        await user.until(lambda: user.main.prompt.asking)
        await click(user, "2", after="1 2 3 choose")
        await user.saved()
        assert [str(one.scope) for one in user.app.library.corrections()] == ["article"]
        await user.press("w", "x")
        await user.until(lambda: user.main.prompt.asking)
        await click(user, "leave", after="esc leave")
        await user.until(lambda: user.sees("nothing corrected"))


async def test_a_proposal_is_taken_by_a_click(run_app: Run) -> None:
    async with run_app() as user:
        await user.press("t", *"later linguistics lisbon", "enter")
        await user.saved()
        await user.press("j", "t", "l")
        await user.until(lambda: user.sees("takes it"))
        await click(user, "linguistics", after="later")
        assert user.main.prompt.query_one("Input").value == "linguistics "
        await user.press("enter")
        await user.saved()
        assert user.app.library.marks(user.main.articles.row(1).id).tags == ("linguistics",)


async def test_rows_and_footers_of_other_screens_can_be_clicked(run_app: Run) -> None:
    async with run_app() as user:
        await user.press("1", *"later", "enter")
        await user.saved()
        await user.press("ctrl+t")
        await user.until(lambda: isinstance(user.app.screen, TagsScreen))
        await click(user, "articles", after="⏎ articles")
        await user.until(lambda: user.app.screen is user.main and user.main.view.name == "later")
        await user.press("E")
        await user.until(lambda: isinstance(user.app.screen, EntitiesScreen) and user.app.screen.who is not None)
        await click(user, "Aberdeen   ")
        assert user.app.screen.who.name == "Aberdeen"
        await click(user, "Aberdeen   ")
        await user.until(lambda: isinstance(user.app.screen, EntityScreen) and user.app.screen.who.name == "Aberdeen")
        await click(user, "close", after="q close")
        await user.until(lambda: isinstance(user.app.screen, EntitiesScreen), "back at the names")


async def test_a_name_that_is_clicked_over_and_over_has_its_page_opened_once(run_app: Run) -> None:
    async with run_app() as user:
        await user.press("E")
        await user.until(lambda: isinstance(user.app.screen, EntitiesScreen) and user.app.screen.who is not None)
        rows = user.app.screen.query_one(ChoiceList)
        for _ in range(4):
            rows.post_message(ChoiceList.Chosen(rows, rows.chosen, again=True))
        await user.until(lambda: isinstance(user.app.screen, EntityScreen) and user.app.screen.laid_out)
        await user.pilot.pause()
        assert [type(one) for one in user.app.screen_stack[1:]].count(EntityScreen) == 1


async def test_a_box_of_keys_does_what_is_clicked(run_app: Run) -> None:
    async with run_app() as user:
        await user.press("?")
        await click(user, "Mark all shown articles, or none")
        await user.until(lambda: len(user.main.articles.marked) == len(user.main.articles.keys))


def test_every_footer_of_every_preset_shows_keys_that_mean_what_it_says() -> None:
    from tui.keymap import Keymap

    for preset in ("vi", "newsboat"):
        keymap = Keymap(Config(keys={"preset": preset}).keys)
        for context, rows in FOOTERS.items():
            for shown, ids in zip(hints(context, keymap.keys_of), rows, strict=True):
                for key, one in zip(shown[0].split(" "), ids, strict=True):
                    found, _ = keymap.shown((context, *BELOW.get(context, ())), key)
                    assert found is BY_ID[one], (preset, context, key, one, found)
