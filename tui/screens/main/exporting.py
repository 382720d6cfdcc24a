"""The dossier: passages and notes of the articles in the list, written to a file."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Coroutine, Sequence
from datetime import date
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import DatelineError
from store.record import Record
from tui.commands.command import Context
from tui.render.safe import plain, safe
from tui.screens.main import bulk
from tui.screens.main.handlers import does, given
from tui.screens.main.waiting import in_background
from tui.widgets.choice_list import Choice
from tui.widgets.question import Question, yes_or_no

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen

_FORMATS = (("Markdown", "md"), ("HTML, for a word processor", "html"))
_GROUPS = ("person", "tag", "article", "date")


class Wanted(Record):
    """What was chosen in the box."""

    suffix: str
    group: str
    private: bool


class Counted(Record):
    """What there is to export, for the box."""

    told: str
    notes: int
    private: int


@does("run.export")
def export(screen: MainScreen, _: str) -> None:
    """Count what there is, then ask how and where to."""

    screen.once_loaded(lambda: screen.once_listed(lambda: _begin(screen)))


@given("run.export")
def export_as(screen: MainScreen, text: str) -> None:
    """Export the marked, else the shown articles as `dateline export` does with these words."""
    screen.once_loaded(lambda: screen.once_listed(lambda: _export_as(screen, text)))


def _export_as(screen: MainScreen, text: str) -> None:
    marked = screen.articles.marked
    keys: Sequence[int] = screen.articles.keys
    if marked and not bulk.is_something(screen):
        return

    async def write() -> None:
        screen.say("exporting…")
        exporter = screen.host.exporter
        try:
            said = await asyncio.to_thread(lambda: exporter.export(text, bulk.chosen(keys, marked) if marked else keys))
        except DatelineError as error:
            screen.say(str(error))
        else:
            screen.say(said + bulk.hidden(screen))

    _unless_there(screen, screen.host.exporter.file(text), write)


def _begin(screen: MainScreen) -> None:
    marked = screen.articles.marked
    keys: Sequence[int] = screen.articles.keys
    if marked and not bulk.is_something(screen):
        return

    def look() -> tuple[Sequence[int], Counted]:
        chosen = bulk.chosen(keys, marked) if marked else keys
        return chosen, _count(screen, chosen)

    def choose(found: tuple[Sequence[int], Counted]) -> None:
        chosen, counted = found
        if not counted.notes and not counted.private and not screen.library.corrections():
            which = "marked" if marked else "shown"
            screen.say(f"nothing to export: no article {which} bears a note or a highlight{bulk.hidden(screen)}")
            return
        screen.say("")
        _choose(screen, chosen, counted)

    screen.say("counting…")
    # Keys are for what comes then: a question that came later would take them for its answer.
    screen.work_held(look, choose)


def _count(screen: MainScreen, keys: Sequence[int]) -> Counted:
    from store.library.exchanging import exporting, summary

    with exporting(screen.library, keys, private=False) as found:
        return Counted(summary(found.selection), found.selection.notes, found.selection.private)


def _choose(screen: MainScreen, keys: Sequence[int], counted: Counted) -> None:
    rows: list[Choice] = []
    private_notes = f"{counted.private} private note{'' if counted.private == 1 else 's'}"
    for private in (False, True) if counted.private else (False,):
        if not private and not counted.notes:
            continue
        for name, suffix in _FORMATS:
            rows.append(Choice(f"{name}{f', with {private_notes}' if private else ''}", heading=True))
            rows += [
                Choice(f"by {group}", Wanted(suffix, group, private), search=f"{name} {'private' * private}")
                for group in _GROUPS
            ]

    told = counted.told if rows else "names"
    if screen.library.corrections():
        from tui.screens.main import exporting_names

        rows += exporting_names.rows()

    def take(wanted: object) -> None:
        if wanted is not None:
            _ask_where(screen, keys, wanted)

    left_out = (f", without {private_notes}" if counted.private else "") + bulk.hidden(screen)
    screen.choose(f"Export {told}{left_out}", rows, Context.CHOICE, take)


# ---- where to --------------------------------------------------------------------------------------------------------
def _ask_where(screen: MainScreen, keys: Sequence[int], wanted: object) -> None:
    suffix = wanted.suffix if isinstance(wanted, Wanted) else str(wanted)

    def take(answer: str) -> None:
        if answer.strip():
            path = Path(os.path.expanduser(answer.strip()))  # noqa: PTH111 - it never raises
            _unless_there(screen, path, partial(_write, screen, keys, wanted, path))
        else:
            screen.say("nothing exported")

    def ask(proposed: Path) -> None:
        screen.prompt.ask(Question("export to:", take, value=_short(proposed)))

    screen.work_held(lambda: _free_name(suffix), ask)


def _free_name(suffix: str) -> Path:
    """Return a name of today that nothing bears yet, in the current folder, or at home when that is gone."""
    folder = _here() or Path.home()
    day = date.today().isoformat()
    names = (f"dateline-{day}{'' if number == 1 else f'-{number}'}.{suffix}" for number in count(1))
    return next(folder / name for name in names if not os.path.lexists(folder / name))


def _nearest(path: Path) -> str:
    """Write a path from the current folder on, where it lies in that."""
    here = _here()
    return str(path.relative_to(here)) if here is not None and path.is_relative_to(here) else _short(path)


def _here() -> Path | None:
    """Return the current folder; None when it was deleted."""
    try:
        return Path.cwd()
    except OSError:
        return None


def _short(path: Path) -> str:
    """Write a path as its user would, from the home folder on."""
    home = Path.home()
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)


def _unless_there(screen: MainScreen, path: Path, write: Callable[[], Coroutine[None, None, None]]) -> None:
    """Write a file; where it is there already, only if the user says yes."""

    def begin() -> None:
        in_background(screen, write, "export", exclusive=True)

    def no() -> None:
        screen.say(f"nothing exported; {_short(path)} is as it was")

    def found(there: bool) -> None:
        if there:
            screen.prompt.ask(yes_or_no(f"{safe(path.name)} exists; replace it?", begin, no))
        else:
            begin()

    screen.work_held(lambda: os.path.isfile(path), found)  # noqa: PTH113 - it never raises


async def _write(screen: MainScreen, keys: Sequence[int], wanted: object, path: Path) -> None:
    screen.say("exporting…")
    try:
        said = await asyncio.to_thread(_written, screen, keys, wanted, path)
    except DatelineError as error:
        screen.say(str(error))
    else:
        screen.say(said)


def _written(screen: MainScreen, keys: Sequence[int], wanted: object, path: Path) -> str:
    """Write the file; returns what to say of it: counts first, then where it is."""
    if not isinstance(wanted, Wanted):
        from tui.screens.main import exporting_names

        return f"{exporting_names.write(screen.library, keys, str(wanted), path)} to {_nearest(path)}"
    from store.library.exchanging import Grouping, exporting, html, markdown, new_file, remarks, summary

    grouping = Grouping(wanted.group)
    write = html.write if wanted.suffix == "html" else markdown.write
    library = screen.library
    with exporting(library, keys, private=wanted.private) as found:
        with new_file(path, never=library.annotations_file) as sink:
            for piece in write(found.dossier(grouping, date.today())):
                sink.write(plain(piece).encode("utf-8", "replace"))
        left = "".join(f"; {one}" for one in remarks(found.selection, found.entries, grouping))
        # What was counted before is told short, so that the path has room on a narrow screen.
        return f"{summary(found.selection).partition(' of ')[0]} to {_nearest(path)}{left}"
