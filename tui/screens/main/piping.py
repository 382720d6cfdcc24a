"""Articles handed to a command of the user's: as text, as JSON lines, or their files' names."""

from __future__ import annotations

import asyncio
import json
import os
import shlex
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from store.article import StoredArticle
from store.lazy_pattern import lazy_pattern
from store.library import Library
from tui.command_run import CommandError, Ended, run, run_on_terminal
from tui.commands.command import Context
from tui.render.safe import plain, safe
from tui.screens.host import Host
from tui.screens.key_words import key_of
from tui.screens.main import bulk
from tui.screens.main.handlers import does, given
from tui.widgets.choice_list import Choice
from tui.widgets.question import Question

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen

FORMATS = ("text", "json", "paths")
_HEAD = lazy_pattern(r"\s*(?:(text|json|paths):)?\s*(!?)\s*")
_REMEMBERED = 20
_MOST_LINES = 20_000
_COLOURS = lazy_pattern(r"\x1b\[[0-9;:]*m")
_BETWEEN = b"\n\f\n"
"""Between the texts of two articles: a form feed, as between two pages."""


@does("run.pipe")
def ask(screen: MainScreen, _: str) -> None:
    """Ask for the command: for the marked articles that are shown, else the one in the reader, else all in the list."""
    screen.once_loaded(lambda: screen.once_listed(lambda: _ask(screen)))


@given("run.pipe")
def pipe_to(screen: MainScreen, text: str) -> None:
    """Pipe the same articles to a command that is written."""
    screen.once_loaded(lambda: screen.once_listed(lambda: _ask(screen, text)))


def _ask(screen: MainScreen, text: str = "") -> None:
    articles = screen.articles
    if screen.pipe is not None:
        screen.say(f"“{screen.pipe_name}” still runs; {key_of(screen, 'run.cancel')} stops it")
        return
    if articles.marked:
        if bulk.is_something(screen):
            bulk.marked_keys(screen, lambda keys: _ask_for(screen, keys, bulk.label(screen), text))
    elif screen.in_reader and screen.opened is not None:
        _ask_for(screen, [screen.opened.stored.key], " this article", text)
    elif len(articles.keys):
        count = len(articles.keys)
        _ask_for(screen, articles.keys, f" {count:,} article{'' if count == 1 else 's'}", text)
    else:
        screen.say("no article here")


def _ask_for(screen: MainScreen, keys: Sequence[int], label: str, given_text: str) -> None:
    def refuse(text: str) -> int | None:
        try:
            argv = shlex.split(_HEAD.sub("", text, count=1))
        except ValueError:
            screen.prompt.explain("a quote in it is not closed")
            return len(text)
        return None if argv or not text.strip() else len(text)

    def take(text: str) -> None:
        head = _HEAD.match(text)
        argv = shlex.split(text[head.end() :] if head else text)
        if head is None or not argv:
            screen.say("nothing piped")
            return
        screen.piped = (*(one for one in screen.piped if one != text.strip()), text.strip())[-_REMEMBERED:]
        if head[2]:
            on_terminal(screen, argv, handed(screen.library, screen.host, keys, head[1] or "text"))
        else:
            screen.pipe_name = argv[0]
            screen.pipe = asyncio.ensure_future(_run(screen, argv, head[1] or "text", keys, label.strip()))

    if given_text.strip() and refuse(given_text) is None:
        take(given_text)
        return

    def propose(text: str, at: int) -> tuple[int, Sequence[str]]:
        begun = text[:at]
        known = ("json:", "paths:", "text:", "!")
        return (0, [one for one in known if one.startswith(begun)]) if not begun or ":" not in begun else (at, ())

    screen.prompt.ask(Question(f"pipe{label} to:", take, propose=propose, refuse=refuse, history=screen.piped,
                               value=given_text))


async def _run(screen: MainScreen, argv: Sequence[str], form: str, keys: Sequence[int], about: str) -> None:
    screen.say(f"{argv[0]} reads {about}…; {key_of(screen, 'run.cancel')} stops it")

    def started(group: int) -> None:
        screen.pipe_group = group

    try:
        ended = await run(argv, handed(screen.library, screen.host, keys, form), started=started)
        from tui.screens.choose import ChooseScreen

        width = ChooseScreen.room(screen.size.width)
        rows = await asyncio.to_thread(_rows, ended, width)
    except CommandError as error:
        screen.say(str(error))
    except asyncio.CancelledError:
        if screen.is_attached and not screen.host.is_leaving:
            screen.say(f"{argv[0]} was stopped")
    else:
        said = how_it_ended(argv[0], ended)
        screen.say(said)
        if rows:
            screen.choose(said, rows, Context.OVERLAY)
    finally:
        screen.pipe, screen.pipe_group = None, 0


def how_it_ended(name: str, ended: Ended) -> str:
    """Say in a line how a command ended."""
    if ended.why:
        return f"{name}: {ended.why}"
    took = f", {ended.seconds:.0f} s" if ended.seconds >= 2 else ""
    if ended.status < 0:
        return f"{name} was ended by signal {-ended.status}{took}"
    if ended.status:
        return f"{name} failed, exit status {ended.status}{took}"
    return f"{name} is done{took}" + ("" if ended.output.strip() else "; it wrote nothing")


def _rows(ended: Ended, width: int) -> list[Choice]:
    """Turn what a command wrote into lines of a width."""
    from rich.cells import chop_cells

    text = _COLOURS.sub("", ended.output.decode("utf-8", "replace")).rstrip("\n")
    if not text.strip():
        return []
    rows = []
    for line in text.split("\n"):
        shown = safe(line.rstrip("\r").expandtabs())
        rows += [Choice(piece) for piece in (chop_cells(shown, width) if shown else [""])]
        if len(rows) > _MOST_LINES:
            return [*rows[:_MOST_LINES], Choice(f"… it wrote more than {_MOST_LINES:,} lines", style="quiet")]
    return rows


def on_terminal(screen: MainScreen, argv: Sequence[str], pieces: Iterator[bytes]) -> None:
    """Lend the terminal to a command that reads the pieces, and say how it ended."""
    from textual.app import SuspendNotSupported

    try:
        with screen.app.suspend():
            status = run_on_terminal(argv, pieces)
    except (CommandError, SuspendNotSupported) as error:
        screen.say(str(error))
    else:
        screen.say(how_it_ended(argv[0], Ended(b"its own affair", status, 0.0)))


def stop(screen: MainScreen) -> bool:
    """Stop the command that runs; tells whether one did."""
    if screen.pipe is None:
        return False
    screen.pipe.cancel()
    return True


# ---- what the command reads ------------------------------------------------------------------------------------------
def handed(library: Library, host: Host, keys: Sequence[int], form: str) -> Iterator[bytes]:
    """Yield articles as a command reads them, reading each when its turn comes. For threads, one after the other."""
    with library.reading() as many:
        if form == "paths":
            yield from _paths(many.articles(keys))
            return
        for number, stored in enumerate(many.articles(keys)):
            if form == "json":
                yield json.dumps(host.shape_of(stored), ensure_ascii=False).encode("utf-8", "replace") + b"\n"
            else:
                text = plain(stored.article.text).rstrip("\n") + "\n"
                yield (_BETWEEN if number else b"") + text.encode("utf-8", "replace")


def _paths(found: Iterator[StoredArticle]) -> Iterator[bytes]:
    """Yield the bytes of each path, one a line and each once, though a file may hold many articles."""
    written: set[str] = set()
    for stored in found:
        path = stored.sources[0].path if stored.sources else ""
        if path and path not in written:
            written.add(path)
            yield os.fsencode(path) + b"\n"
