"""The user's browser: which one opens a link, and how. A link is one argument of a program, never words for a shell."""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import subprocess
import threading
from collections.abc import Callable, Mapping

from store.links import normal
from store.record import Record

_DESKTOP = ("xdg-open", "gio", "sensible-browser", "x-www-browser", "firefox", "chromium", "google-chrome")
"""What opens links on a desktop that is none of Apple's, the user's choice first."""
_IN_TERMINAL = frozenset({"browsh", "carbonyl", "cha", "elinks", "links", "links2", "lynx", "w3m"})
"""Browsers that want the terminal for themselves."""

Which = Callable[[str], str | None]


class Browser(Record):
    """A program with a link."""

    argv: tuple[str, ...]
    in_terminal: bool = False
    """Whether it takes the terminal, so that Dateline makes room for it."""

    @property
    def name(self) -> str:
        """What it is called."""
        return os.path.basename(self.argv[0])  # noqa: PTH119 - it is no path of ours


def browser_for(
    url: str, environ: Mapping[str, str], *, platform: str = "linux", which: Which = shutil.which
) -> Browser | None:
    """Return what opens a link: `$BROWSER`, else the desktop's choice; None where there is neither, as over SSH.

    Nothing opens what is no address of the web or of mail.
    """
    address = normal(url)
    if not address:
        return None
    for command in environ.get("BROWSER", "").split(os.pathsep):
        try:
            words = shlex.split(command)
        except ValueError:
            continue
        if words and which(words[0]):
            filled = [word.replace("%s", address) for word in words]
            argv = filled if filled != words else [*words, address]
            return Browser(tuple(argv), os.path.basename(words[0]) in _IN_TERMINAL)  # noqa: PTH119
    if platform == "darwin":
        return Browser(("open", address)) if which("open") and not _far(environ) else None
    if environ.get("WSL_DISTRO_NAME") and which("wslview"):
        return Browser(("wslview", address))
    if environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"):
        for name in _DESKTOP:
            if which(name):
                return Browser((name, *(["open"] if name == "gio" else []), address))
    return None


class BrowserError(Exception):
    """The browser could not be run; the message says why."""


def launch(browser: Browser, ended: Callable[[int], None]) -> None:
    """Start a browser beside Dateline, which it outlives; call `ended` on a thread with its exit status.

    Raises:
        BrowserError: it could not be started.
    """
    try:
        process = subprocess.Popen(
            browser.argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
    except OSError as error:
        raise BrowserError(f"{browser.name} could not be started: {error.strerror}") from error

    def wait() -> None:
        status = process.wait()
        # Dateline may have been left meanwhile.
        with contextlib.suppress(RuntimeError):
            ended(status)

    threading.Thread(target=wait, name="browser", daemon=True).start()


def run_in_terminal(browser: Browser) -> int:
    """Let a browser have the terminal, and return its exit status.

    Raises:
        BrowserError: it could not be started.
    """
    try:
        return subprocess.run(browser.argv, check=False).returncode
    except OSError as error:
        raise BrowserError(f"{browser.name} could not be started: {error.strerror}") from error


def _far(environ: Mapping[str, str]) -> bool:
    """Whether the screen that a browser would open on is not the one that the user sits at."""
    return bool(environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"))
