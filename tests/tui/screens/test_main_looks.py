"""How the text is looked at: the length of its lines, its place in the pane, alone, and how far one has read."""

from __future__ import annotations

import json

import pytest

from store.config import Config
from tui.themes.chrome import THEMES


def habits(home) -> dict[str, object]:
    return json.loads((home / ".local/state/dateline/looks.json").read_text())


async def test_lines_get_longer_and_shorter_and_the_place_stays(run_app, own_home) -> None:
    async with run_app((200, 40)) as user:
        await user.own_article()
        await user.press("enter", "space")
        reader = user.main.reader
        place = reader.position
        await user.press("less_than_sign", "less_than_sign", "less_than_sign")
        assert reader.measure == 60 and user.sees("lines of 60 columns")
        assert place - 80 < reader.position <= place  # the same words are in the first line
        await user.press("greater_than_sign")
        assert reader.measure == 64
        await user.press("q")
    async with run_app((200, 40)) as user:
        assert user.main.reader.measure == 64
    assert habits(own_home)["measure"] == 64


async def test_it_is_told_where_lines_cannot_get_longer_or_shorter(run_app) -> None:
    async with run_app((200, 40), Config(measure=96)) as user:
        await user.press("enter", "greater_than_sign")
        assert user.sees("lines of 100 columns")
        await user.press("greater_than_sign")
        assert user.sees("no wider")
        await user.press(*["less_than_sign"] * 15)
        assert user.sees("lines of 45 columns; no narrower")
    async with run_app((80, 24)) as user:
        await user.press("enter", "greater_than_sign")
        assert user.sees("this pane has room for")


async def test_the_text_stands_in_the_middle_with_signs_of_notes_beside_it(run_app) -> None:
    async with run_app((200, 40)) as user:
        await user.own_article()
        await user.press("enter", "v", "enter")
        await user.saved()
        width, measure = user.main.reader.size.width, user.main.reader.measure
        left = (width - measure) // 2
        row = next(y for y in range(30) if "▌" in user.main.reader.render_line(y).text)
        assert user.main.reader.render_line(row).text.index("▌") == left - 2
        assert user.main.reader.render_line(row).text[left] != " "


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (50, 20), (40, 12)])
async def test_alone_there_is_the_text_and_where_in_it_one_is(run_app, size) -> None:
    async with run_app(size) as user:
        await user.own_article()
        await user.press("z")
        text = user.text()
        assert "Amid China-backed" in text
        for other in ("VIEWS", "newest first", "WHO", "1-9 free", "? keys", "Ferry strike"):
            assert other not in text
        last = text.splitlines()[-1]
        assert " %" in last and "Amid" not in last
        # What is done is told all the same.
        await user.press("s")
        await user.until(lambda: "starred" in user.text().splitlines()[-1].lower())
        await user.press("t")
        await user.until(lambda: user.main.prompt.asking and not user.main.prompt.preparing)
        assert user.sees("tag")
        await user.press("escape")
        assert user.main.alone
        await user.press("escape")
        assert not user.main.alone and user.main.in_reader


@pytest.mark.parametrize("key", ["h", "e", "f"])
async def test_who_goes_elsewhere_sees_it_again(run_app, key) -> None:
    async with run_app((60, 24)) as user:
        await user.own_article()
        await user.press("z", key)
        await user.until(lambda: not user.main.alone)
        assert user.main.focused is not None and user.main.focused.region.height > 0


async def test_where_in_the_text_one_is_stays_where_room_is_short(run_app) -> None:
    async with run_app((40, 12)) as user:
        await user.own_article()
        await user.press("enter")
        assert " %" in user.text().splitlines()[-2]
        await user.pilot.resize_terminal(80, 24)
        await user.until(lambda: user.sees("min left"))
        # Of a list without its text beside it nothing is told.
        await user.press("h")
        await user.pilot.resize_terminal(50, 20)
        await user.until(lambda: not user.sees(" %"))


async def test_minutes_are_those_of_the_users_own_pace(run_app) -> None:
    async with run_app((120, 24), Config(pace=50)) as user:
        await user.own_article()
        stored = user.main.opened.stored
        assert stored.words == stored.article.words > 300
        await user.press("enter")
        left = round(stored.words * (100 - user.main.reader.percent) / 100 / 50)
        assert user.sees(f"{left} min left")


async def test_a_theme_is_chosen_by_a_command_and_kept_for_all_libraries(run_app, own_home) -> None:
    async with run_app() as user:
        await user.press("colon")
        await user.until(lambda: len(user.app.screen_stack) > 2 or user.app.screen is not user.main)
        await user.press(*"theme light", "enter")
        await user.until(lambda: user.app.theme == THEMES["light"].name)
        await user.press("q")
    assert habits(own_home)["theme"] == "light"
    async with run_app() as user:
        assert user.app.theme == THEMES["light"].name
