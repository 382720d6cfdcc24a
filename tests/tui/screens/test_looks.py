"""What the screen looks like, at three sizes and in three kinds of terminal. For looks only: promises have tests."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from textual.pilot import Pilot

from store.config import Config

SIZES = [(120, 40), (80, 24), (50, 20)]


@pytest.fixture
def on_own_article(drive):
    """Return what makes what is done before a picture: wait for the list, go to the user's article, press keys."""

    def pressing(*keys: str) -> Callable[[Pilot[None]], object]:
        return partial(_before, drive, keys)

    return pressing


async def _before(drive, keys: tuple[str, ...], pilot: Pilot[None]) -> None:
    user = drive(pilot)
    await user.own_article()
    await user.press("enter", "g", "g", *keys)
    await user.until(lambda: user.main.status.name_articles is not None or user.main.reader.current is None)
    await pilot.pause()


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_reader(open_app, on_own_article, snap_compare, size) -> None:
    assert snap_compare(open_app(), terminal_size=size, run_before=on_own_article("right_square_bracket", "p"))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_list(open_app, on_own_article, snap_compare, size) -> None:
    assert snap_compare(open_app(), terminal_size=size, run_before=on_own_article("h"))


def test_without_colour(open_app, on_own_article, snap_compare, monkeypatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert snap_compare(open_app(), terminal_size=(100, 30), run_before=on_own_article())


def test_light(open_app, on_own_article, snap_compare) -> None:
    app = open_app(Config(theme="light"))
    assert snap_compare(app, terminal_size=(100, 30), run_before=on_own_article("w"))


def test_help(open_app, on_own_article, snap_compare) -> None:
    assert snap_compare(open_app(), terminal_size=(100, 30), run_before=on_own_article("question_mark"))


def test_note(open_app, on_own_article, snap_compare) -> None:
    assert snap_compare(open_app(), terminal_size=(120, 40), run_before=on_own_article("a", *"check the list"))
