"""What the screen looks like, at three sizes and in three kinds of terminal. For looks only: promises have tests."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from textual.pilot import Pilot

from store.config import Config
from tests.tui.screens import names

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


async def _on_page(drive, pilot: Pilot[None]) -> None:
    await names.on_page(drive(pilot))
    await pilot.pause()


async def _in_browser(drive, pilot: Pilot[None]) -> None:
    user = drive(pilot)
    await user.ready()
    await names.browser(user)
    await user.press("j", "space")


async def _on_map(drive, pilot: Pilot[None]) -> None:
    user = drive(pilot)
    await user.ready()
    await user.press("g", "m")
    await user.until(lambda: user.sees("5 places"))
    await user.press("j")


@pytest.mark.parametrize("size", [(120, 40), (50, 20)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_page_of_a_name(open_app, drive, snap_compare, size) -> None:
    assert snap_compare(open_app(), terminal_size=size, run_before=partial(_on_page, drive))


def test_page_of_a_name_without_colour(open_app, drive, snap_compare, monkeypatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert snap_compare(open_app(), terminal_size=(80, 24), run_before=partial(_on_page, drive))


def test_all_names(open_app, drive, snap_compare) -> None:
    assert snap_compare(open_app(), terminal_size=(100, 30), run_before=partial(_in_browser, drive))


@pytest.mark.parametrize("size", [(120, 40), (40, 12)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_map(analysed_seeds, open_app, tmp_path, monkeypatch, drive, snap_compare, size) -> None:
    names.with_places(analysed_seeds[1], tmp_path / "cache")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert snap_compare(open_app(), terminal_size=size, run_before=partial(_on_map, drive))
