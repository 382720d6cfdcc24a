"""Every screen works from 40x12 to 300x90, and through any change of size."""

from __future__ import annotations

import pytest
from textual import events
from textual.geometry import Size
from textual.screen import Screen

from tests.tui.screens import names
from tui.commands.registry import BY_ID

SIZES = ((40, 12), (50, 20), (80, 24), (300, 90))
BETWEEN = (1, 1)
"""What a window is while it is dragged shut."""


def fits(text: str, width: int, height: int) -> bool:
    """Tell whether what is shown lies within a terminal."""
    lines = text.splitlines()
    return len(lines) <= height and all(len(line) <= width for line in lines)


async def through_all_sizes(user, *words: str) -> None:
    """Resize the terminal, and see these words at every size, with nothing drawn beyond it."""
    for size in (*SIZES, BETWEEN, *reversed(SIZES)):
        await user.pilot.resize_terminal(*size)
        if size == BETWEEN:
            await user.pilot.pause()
            continue
        await user.until(lambda size=size: user.sees(*words) and fits(user.text(), *size), f"{words} at {size}")


async def test_list_text_and_names(run_app) -> None:
    async with run_app((80, 24)) as user:
        await user.own_article()
        await through_all_sizes(user, "Amid China", "? keys", "All")
        await user.press("enter")
        await through_all_sizes(user, "Amid China", " %", "? keys")
        await user.press("w")
        await through_all_sizes(user, "China", "place", "w b name")
        await user.press("z")
        await through_all_sizes(user, "Amid China", " %")
        await user.press("escape", "e")
        await through_all_sizes(user, "WHO", "Fumio Kishida")
        await user.press("escape")


@pytest.mark.parametrize("width", [76, 97, 98, 104, 109, 110, 149, 150, 300])
async def test_beside_a_list_the_text_keeps_its_room_and_the_list_takes_what_is_left(run_app, width: int) -> None:
    async with run_app((120, 40)) as user:
        await user.own_article()
        await user.pilot.resize_terminal(width, 30)
        listed = 28 if width < 98 else 34 if width < 110 else 35 if width < 150 else 45
        await user.until(lambda: user.main.articles.size.width == listed, f"{user.main.articles.size} of {width}")
        assert user.main.reader.size.width >= (60 if 98 <= width < 110 else 47)


async def test_prompts_and_the_note_editor(run_app) -> None:
    async with run_app((80, 24)) as user:
        await user.own_article()
        await user.press("enter", "t")
        await user.until(lambda: user.main.prompt.asking and not user.main.prompt.preparing)
        await user.press(*"kuriles")
        await through_all_sizes(user, "kuriles", "leave")
        await user.press("escape", "w", "x")
        await user.until(lambda: user.main.prompt.asking)
        await through_all_sizes(user, "China is no name", "1 here", "1 2 3 choose")
        await user.press("escape", "escape", "a")
        await user.until(lambda: user.main.note_focused)
        await user.press(*"check the list")
        await through_all_sizes(user, "check the list", "save and close")


OVER = {
    "help.keys": ("Keys:",),
    "help.palette": ("Command",),
    "view.choose": ("All", "Unread"),
    "tag.list": ("Your tags", "japan", "q close"),
    "undo.history": ("Your changes", "japan", "q close"),
    "note.list": ("Notes", "check it", "? keys"),
    "search.list": ("Your saved", "kuriles", "q close"),
    "correct.list": ("Your corrections", "q close"),
    "name.all": ("Japan", "q close"),
}
"""What lies over the main screen, by its command, and what has to be seen of it."""


async def test_every_list_over_the_main_screen(run_app) -> None:
    async with run_app((80, 24)) as user:
        await user.own_article()
        for text in (("t", *"japan"), ("f", *"kuriles"), ("S", *"kuriles")):
            await user.press(text[0])
            await user.until(lambda: user.main.prompt.asking and not user.main.prompt.preparing)
            await user.press(*text[1:], "enter")
            await user.saved()
        await user.press("a")
        await user.until(lambda: user.main.note_focused)
        await user.press(*"check it", "escape")
        await user.saved()
        for command, words in OVER.items():
            user.app.perform(BY_ID[command])
            await user.until(lambda: user.app.screen is not user.main, command)
            await through_all_sizes(user, *words)
            await user.press("escape")
            await user.until(lambda: user.app.screen is user.main, f"{command} closed")


async def test_the_screens_of_names(run_app) -> None:
    async with run_app((80, 24)) as user:
        await names.on_page(user)
        await through_all_sizes(user, "Shinzo Abe", "MENTIONS", "q close")
        await user.press("tab")
        await through_all_sizes(user, "Shinzo Abe", "APPEARS WITH", "q close")
        await user.press("q", "g", "m")
        await user.until(lambda: user.sees("Where"))
        await through_all_sizes(user, "Where", "q close")
        await user.press("p")
        await through_all_sizes(user, "When", "q close")
        await user.press("q")
        await names.browser(user)
        await user.press("M")
        await names.likely(user)
        await through_all_sizes(user, "Likely the same", "q close")


async def test_where_there_is_most_room_views_stand_above_the_list_and_a_note_beside_the_text(run_app) -> None:
    async with run_app((200, 60)) as user:
        await user.own_article()
        assert user.sees("VIEWS", "WHO", "Amid China-backed turbulence, Japan and Russia hold talks in Tokyo")
        await user.press("enter", "a")
        await user.until(lambda: user.main.note_focused)
        note, reader = user.main.note_pane.region, user.main.reader.region
        assert note.y == reader.y and note.x == reader.right and reader.width >= 72


async def test_the_footer_of_a_name_tells_how_it_is_put_right(run_app) -> None:
    async with run_app((120, 40)) as user:
        await user.own_article()
        await user.press("enter")
        assert user.sees("v select", "/ find") and not user.sees("x no name")
        await user.press("w")
        await user.until(lambda: user.sees("⏎ its page", "x no name", "c its kind", "m same as", "? keys"))
        await user.press("escape")
        await user.until(lambda: user.sees("v select") and not user.sees("x no name"))


@pytest.mark.parametrize("keys", [(), ("?",), ("E",)], ids=" ".join)
async def test_two_sizes_that_come_together_do_not_call_each_other_back_for_ever(run_app, monkeypatch, keys) -> None:
    async with run_app((120, 40)) as user:
        await user.ready()
        await user.press(*keys)
        await user.until(lambda: getattr(user.app.screen, "laid_out", True))
        screen, laid_out = user.app.screen, []
        real = Screen._refresh_layout

        def counted(self: Screen[None], size: Size | None = None, scroll: bool = False) -> None:
            laid_out.append(size)
            assert len(laid_out) < 100, "back and forth"
            real(self, size, scroll)
            if size is not None:
                # As of all that follows a change of size: two sizes side by side in the queue are taken for one.
                self.call_later(lambda: None)

        monkeypatch.setattr(Screen, "_refresh_layout", counted)
        for size in (Size(90, 30), Size(120, 40)) * 3:
            screen.post_message(events.Resize(size, size))
            screen.call_later(lambda: None)
        for _ in range(10):
            await user.pilot.pause()
        assert screen.size == user.app.size == Size(120, 40)
