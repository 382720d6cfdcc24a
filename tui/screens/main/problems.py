"""The list of what could not be shown: each file in full, and what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import chop_cells

from store.article import Problem
from tui.commands.command import Context
from tui.render.safe import safe
from tui.render.wrap import paragraphs
from tui.screens.main.handlers import does
from tui.widgets.choice_list import Choice

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen

MOST = 1_000
"""Files that are listed: reading and breaking more would hold the keys up."""
_INDENT = "    "


@does("run.problems")
def problems(screen: MainScreen, _: str) -> None:
    """List what could not be shown."""
    from tui.screens.choose import ChooseScreen  # a start shows none

    found, count = screen.library.problems(MOST), screen.library.counts().problems
    rows = [row for problem in found for row in _rows(problem, ChooseScreen.room(screen.size.width))]
    if len(found) < count:
        rows.append(Choice(f"and {count - len(found):,} more: `dateline doctor` names them all", style="quiet"))
    screen.choose("Could not be shown", rows or [Choice("every file could be shown", style="quiet")], Context.OVERLAY)


def _rows(problem: Problem, width: int) -> list[Choice]:
    """Write a problem in as many lines as it takes: its name stands at the end of a path, which is no place to cut."""
    where = safe(problem.path + (f"#{problem.member}" if problem.member else ""))
    reason = paragraphs(problem.reason, width - len(_INDENT))
    return [
        *(Choice(piece) for piece in chop_cells(where, width)),
        *(Choice(_INDENT + line, style="quiet") for line in reason),
    ]
