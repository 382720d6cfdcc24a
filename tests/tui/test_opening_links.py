"""A link is opened by the browser that the user chose, as one argument, and by none where nobody would see it."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from tui.browser import Browser, BrowserError, browser_for, launch

URL = "https://example.org/a?b=1"


def which(*known: str):  # type: ignore[no-untyped-def]
    return lambda name: f"/usr/bin/{name}" if name in known else None


@pytest.mark.parametrize(
    ("environ", "known", "argv"),
    [
        ({"BROWSER": "firefox"}, ["firefox"], ("firefox", URL)),
        ({"BROWSER": "gone:qutebrowser -R %s -l info"}, ["qutebrowser"], ("qutebrowser", "-R", URL, "-l", "info")),
        ({"BROWSER": "gone", "DISPLAY": ":0"}, ["xdg-open"], ("xdg-open", URL)),
        ({"WAYLAND_DISPLAY": "wayland-0"}, ["gio"], ("gio", "open", URL)),
        ({"WSL_DISTRO_NAME": "x"}, ["wslview"], ("wslview", URL)),
    ],
)
def test_which_browser_it_is(environ: dict[str, str], known: list[str], argv: tuple[str, ...]) -> None:
    browser = browser_for(URL, environ, which=which(*known))
    assert browser is not None and browser.argv == argv


def test_without_a_screen_there_is_none() -> None:
    assert browser_for(URL, {"SSH_CONNECTION": "x"}, which=which("xdg-open", "firefox", "w3m")) is None
    assert browser_for(URL, {"SSH_CONNECTION": "x"}, platform="darwin", which=which("open")) is None
    assert browser_for(URL, {}, platform="darwin", which=which("open")) == Browser(("open", URL))


def test_one_of_the_terminal_is_told_apart() -> None:
    browser = browser_for(URL, {"BROWSER": "w3m -N"}, which=which("w3m"))
    assert browser == Browser(("w3m", "-N", URL), in_terminal=True) and browser.name == "w3m"


@pytest.mark.parametrize("url", ["file:///etc/passwd", "javascript:alert(1)", "--help", "", "/etc/passwd"])
def test_nothing_else_is_opened(url: str) -> None:
    assert browser_for(url, {"BROWSER": "firefox"}, which=which("firefox")) is None


def test_no_shell_reads_a_link() -> None:
    browser = browser_for("https://example.org/$(touch x);`id` 'a\"", {"BROWSER": "sh -c %s"}, which=which("sh"))
    assert browser is not None and browser.argv[2].startswith("https://example.org/$(touch%20x);%60id%60%20'a%22")


def test_a_browser_is_started_and_its_end_told(tmp_path: Path) -> None:
    program = tmp_path / "browser"
    program.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/opened\nexit 3\n')
    program.chmod(0o755)
    told: list[int] = []
    over = threading.Event()

    def ended(status: int) -> None:
        told.append(status)
        over.set()

    launch(Browser((str(program), URL)), ended)
    assert over.wait(20)
    assert told == [3] and (tmp_path / "opened").read_text() == f"{URL}\n"
    with pytest.raises(BrowserError, match="could not be started"):
        launch(Browser((str(tmp_path / "none"), URL)), ended)
