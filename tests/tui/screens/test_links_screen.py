"""The links of an article are listed, gone to, copied and opened, and it is told where they lead."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from store.config import Config
from store.library import Library
from tests.tui.screens.conftest import Driver
from tui.app import ReaderApp
from tui.screens.links import LinksScreen

Drive = Callable[[Pilot[None]], Driver]

TEXT = """Links everywhere

See https://example.org/a?b=1 and write to desk@example.org, or (www.example.com/x).

https://bank.example@evil.example/in is not what it seems; https://example.org/a?b=1 is the first again.
"""

BEHIND = "# Behind words\n\nAs [the Guardian told](https://g.example/1) on [a page](rel.html).\n"


@pytest.fixture
def linked_app(tmp_path: Path) -> Callable[[], ReaderApp]:
    """Return what makes the app on an article with links and one without."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT)
    (folder / "d.md").write_text(BEHIND)
    (folder / "b.txt").write_text("No links at all\n\nOnly words.\n")
    (folder / "c.json").write_text('{"title": "From a page", "text": "No address here.", "url": "https://c.example/1"}')
    with Library.open([folder], Config()) as library:
        library.bring_up_to_date()
    return lambda: ReaderApp(Library.open([folder], Config()), index=False)


async def at(user: Driver, title: str) -> None:
    """Put the cursor on an article and show it."""
    await user.until(lambda: len(user.main.articles.keys) == 4 and user.app.library.annotations_ready)
    articles = user.main.articles
    articles.cursor = next(i for i in range(4) if articles.row(i).title == title)
    await user.until(lambda: user.main.opened is not None and user.main.opened.stored.article.title == title)


async def test_links_are_listed_once_each_and_gone_to(linked_app: Callable[[], ReaderApp], drive: Drive) -> None:
    async with linked_app().run_test(size=(80, 24)) as pilot:
        user = drive(pilot)
        await at(user, "Links everywhere")
        await user.press("L")
        await user.until(lambda: isinstance(user.app.screen, LinksScreen))
        await user.until(lambda: user.sees("4 links", ">https://example.org/a?b=1", "2 times", "leads to example.org"))
        await user.press("j")
        await user.until(lambda: user.sees("a letter to desk@example.org"))
        await user.press("G")
        await user.until(lambda: user.sees("leads to evil.example"))
        await user.press("k", "l")
        await user.until(lambda: user.app.screen is user.main)
        await user.until(lambda: user.main.in_reader and user.main.reader.selected_text == "www.example.com/x")
        await user.press("esc")


async def test_a_link_is_opened_in_the_background_or_copied(
    linked_app: Callable[[], ReaderApp], drive: Drive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "browse"
    program.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/opened\n')
    program.chmod(0o755)
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME", "TMUX", "STY"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("BROWSER", str(program))
    monkeypatch.setenv("TERM", "xterm-256color")
    async with linked_app().run_test(size=(80, 24)) as pilot:
        user = drive(pilot)
        await at(user, "From a page")
        await user.press("L")
        await user.until(lambda: user.sees("https://c.example/1", "this article"))
        await user.press("o")
        await user.until(lambda: user.sees("opened c.example with browse"))
        assert (tmp_path / "opened").read_text() == "https://c.example/1\n"
        await user.press("l")
        await user.until(lambda: user.sees("which does not stand in its text"))
        monkeypatch.setenv("BROWSER", str(tmp_path / "gone"))
        await user.press("enter")
        await user.until(lambda: user.sees("no browser here:", "the link"))
        assert user.app.clipboard == "https://c.example/1"


async def test_links_behind_words_are_listed_with_them_and_labelled(
    linked_app: Callable[[], ReaderApp], drive: Drive
) -> None:
    async with linked_app().run_test(size=(80, 24)) as pilot:
        user = drive(pilot)
        await at(user, "Behind words")
        await user.press("L")
        await user.until(lambda: user.sees("1 link", "“the Guardian told”  https://g.example/1", "leads to g.example"))
        await user.press("right")
        await user.until(lambda: user.main.in_reader and user.main.reader.selected_text == "the Guardian told")
        await user.press("esc", ";", "a")
        await user.until(lambda: user.sees("leads to g.example"))


async def test_without_links_it_says_so(linked_app: Callable[[], ReaderApp], drive: Drive) -> None:
    async with linked_app().run_test(size=(80, 24)) as pilot:
        user = drive(pilot)
        await at(user, "No links at all")
        await user.press("L")
        await user.until(lambda: user.sees("no links in this article"))


async def test_a_click_on_a_link_shows_it(linked_app: Callable[[], ReaderApp], drive: Drive) -> None:
    async with linked_app().run_test(size=(120, 40)) as pilot:
        user = drive(pilot)
        await at(user, "Links everywhere")
        row = next(y for y, line in enumerate(user.text().splitlines()) if "desk@example.org" in line)
        column = user.text().splitlines()[row].index("desk@example.org")
        await user.pilot.click(offset=(column + 3, row))
        await user.until(lambda: user.sees(">mailto:desk@example.org"))


async def test_a_click_on_words_shows_the_link_behind_them(linked_app: Callable[[], ReaderApp], drive: Drive) -> None:
    async with linked_app().run_test(size=(80, 24)) as pilot:
        user = drive(pilot)
        await at(user, "Behind words")
        lines = user.text().splitlines()
        y = next(y for y, line in enumerate(lines) if "As the Guardian" in line)
        await pilot.click(offset=(lines[y].index("Guardian") + 1, y))
        await user.until(lambda: isinstance(user.app.screen, LinksScreen))
        await user.until(lambda: user.sees("leads to g.example"))
        await user.press("q")
        await pilot.click(offset=(lines[y].index(" on ") + 1, y))
        await pilot.pause()
        assert user.app.screen is user.main and user.main.in_reader
