"""The links of the article on screen: found in its text, shown, copied, opened. Nothing else is ever opened."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from store.links import Link, goes_to, normal
from tui.browser import Browser, BrowserError, browser_for, launch, run_in_terminal
from tui.render.safe import safe
from tui.screens.main import reading
from tui.screens.main.handlers import does
from tui.screens.main.waiting import in_background

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen

_PATIENCE = 4.0
"""Seconds in which a browser that cannot open a link says so."""


def on_screen(screen: MainScreen) -> list[Link]:
    """Return the links that begin in the text on screen."""
    start, end = screen.reader.on_screen
    known = screen.opened.links or () if screen.opened is not None else ()
    return [link for link in known if start <= link.start < end]


def once_known(screen: MainScreen, act: Callable[[], None]) -> None:
    """Do something that needs the links of the article on screen: now, or when a thread has looked for them."""
    opened = screen.opened
    if opened is None or opened.links is not None:
        act()
        return

    def know(links: Sequence[Link]) -> None:
        opened.links = links
        act()

    from store.library.links_of import links_of  # a start looks for none

    screen.work_held(lambda: links_of(opened.stored, screen.library.config.json_names), know)


@does("link.list")
def list_links(screen: MainScreen, _: str) -> None:
    """List the links of the article."""
    if screen.focused is screen.articles:
        reading.follow(screen)
    show(screen, None)


def _at_name(screen: MainScreen, links: Sequence[Link]) -> Link | None:
    """Return the link that is behind the current name, if there is one."""
    name = screen.reader.current
    return next((link for link in links if name and link.start < name.end and name.start < link.end), None)


def show(screen: MainScreen, link: Link | None) -> None:
    """List the links, with the cursor on one of them; else on that of the current name."""
    opened = screen.opened
    if opened is None:
        screen.say("no article here")
        return

    def lay() -> None:
        found, own = opened.links or (), normal(opened.stored.article.url)
        if not found and not own:
            screen.say("no links in this article")
            return
        from tui.screens.links import LinksScreen

        screen.app.push_screen(LinksScreen(screen, found, own, link or _at_name(screen, found)))

    once_known(screen, lay)


def show_behind(screen: MainScreen, offset: int) -> None:
    """List the links with the cursor on the one that words of the text lead to; where none is, nothing is done."""
    opened = screen.opened

    def lay() -> None:
        link = next((one for one in (opened and opened.links) or () if one.start <= offset < one.end), None)
        if link is not None and screen.opened is opened and screen.app.screen is screen:
            show(screen, link)

    if opened is not None:
        once_known(screen, lay)


def go_to(screen: MainScreen, link: Link) -> None:
    """Go to the place of a link in the text."""
    reading.remember(screen)
    if screen.opened is not None:
        screen.opened.deliberately = True
    screen.enter(screen.reader)
    screen.reader.select(link.start, link.end)
    screen.call_after_refresh(screen.reader.reveal, link.start, link.end)


def copy(screen: MainScreen, url: str) -> None:
    """Copy a link."""
    screen.say(screen.host.copy(safe(url), "the link"))


def open_link(screen: MainScreen, url: str) -> None:
    """Open a link in the user's browser, in the background; where there is none copy it, and say so."""
    address = normal(url)
    if not address:
        screen.say("not opened: only addresses of the web and of mail are")
        return
    if screen.app.is_web:
        screen.app.open_url(address)
        screen.say(f"opened {goes_to(address)}")
        return
    browser = browser_for(address, os.environ, platform=sys.platform)
    if browser is None:
        said = screen.host.copy(address, "the link")
        screen.say(f"no browser here: {said}; $BROWSER names one")
    elif browser.in_terminal:
        _on_terminal(screen, browser)
    else:
        in_background(screen, partial(_open, screen, browser, address), "link")


async def _open(screen: MainScreen, browser: Browser, address: str) -> None:
    screen.say(f"opening {goes_to(address)} with {browser.name}…")
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    statuses: list[int] = []

    def tell(status: int) -> None:
        statuses.append(status)
        loop.call_soon_threadsafe(ended.set)

    why = ""
    try:
        await asyncio.to_thread(launch, browser, tell)
        await asyncio.wait_for(ended.wait(), _PATIENCE)
        if statuses[0]:
            why = f"{browser.name} did not open it, exit status {statuses[0]}"
    except TimeoutError:
        why = ""  # a browser that stays open is one that opened it
    except BrowserError as error:
        why = str(error)
    if screen.is_attached and not screen.host.is_leaving:
        copied = f"{why}; {screen.host.copy(address, 'the link')}" if why else ""
        screen.say(copied or f"opened {goes_to(address)} with {browser.name}")


def _on_terminal(screen: MainScreen, browser: Browser) -> None:
    from textual.app import SuspendNotSupported

    try:
        with screen.app.suspend():
            status = run_in_terminal(browser)
    except (BrowserError, SuspendNotSupported) as error:
        screen.say(str(error))
    else:
        screen.say(f"{browser.name} is done" if not status else f"{browser.name} failed, exit status {status}")
