"""The article in the user's own pager: set as in the reader, without names."""

from __future__ import annotations

import os
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from store.article import Article
from tui.render.layout import Layout, Setting
from tui.render.pieces import ASCII, UNICODE
from tui.render.safe import safe
from tui.screens.main import piping, reading
from tui.screens.main.handlers import does

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen


@does("run.pager")
def show(screen: MainScreen, _: str) -> None:
    """Show the article on screen, or under the list's cursor, in $PAGER."""
    if not screen.in_reader:
        reading.follow(screen)
    command = pager()
    if screen.opened is None:
        screen.say("no article to show")
    elif not command:
        screen.say("no pager found: set $PAGER, or install less")
    else:
        glyphs = ASCII if screen.ascii_only else UNICODE
        setting = Setting(screen.size.width, screen.reader.measure, glyphs=glyphs)
        lines = set_lines(screen.opened.stored.article, setting)
        piping.on_terminal(screen, command, (f"{line}\n".encode("utf-8", "replace") for line in lines))


def pager() -> list[str]:
    """Return the pager's words: $PAGER's, else less, else more; empty where there is none. Never through a shell."""
    try:
        wanted = shlex.split(os.environ.get("PAGER", ""))
    except ValueError:
        wanted = []
    # What does not wait for a key shows nothing that stays.
    candidates = [wanted] if wanted and Path(wanted[0]).name != "cat" else []
    words = next((words for words in [*candidates, ["less"], ["more"]] if shutil.which(words[0])), [])
    # For the same reason less is told not to end by itself where the text fits.
    return [*words, "-+F"] if words and Path(words[0]).name == "less" else words


def set_lines(article: Article, setting: Setting) -> Iterator[str]:
    """Yield the lines of an article's page."""
    layout, number = Layout(article, setting), 0
    while (row := layout.row(number)) is not None:
        yield safe(row.prefix + row.text + row.suffix).rstrip()
        number += 1
