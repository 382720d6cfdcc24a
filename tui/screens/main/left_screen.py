"""What is kept of the screen when the reader is left: all of it, where the next start will draw the very same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.style import Style

from store.library.last_screen import behind_the_screen, keep_screen
from tui import opening
from tui.render.safe import safe
from tui.screens.main.status import named_roots
from tui.screens.main.views import ALL
from tui.widgets.lines import HeaderLine
from tui.widgets.views_bar import ViewsBar

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen


def comes_again(screen: MainScreen) -> bool:
    """Tell whether the screen is what a start draws first: the plain list, and beside it the text of its cursor."""
    plain = screen.view is ALL and not screen.filter and not screen.library.narrowed
    plain = plain and screen.order == "date" and screen.grouping == "none" and not screen.articles.folds.on
    row, opened = screen.articles.current, screen.opened
    there = row is not None and opened is not None and row.key == opened.stored.key and not screen.first_index
    laid_over = screen.app.screen is not screen or screen.prompt.asking or screen.writing is not None
    arranged = screen.alone or screen.panel_wanted is not None or screen.greets or bool(screen.articles.marked)
    return plain and there and not laid_over and not arranged and None not in screen.query_one(ViewsBar).counts


def set_back(screen: MainScreen) -> None:
    """Take off what a start does not show again: what was told last, and which name was the current one."""
    screen.status.message, screen.reader.current = "", None
    screen.reader.go_to(screen.reader.position)
    screen.articles.redraw_marks()
    screen.show_status()


def styles(screen: MainScreen) -> tuple[Style, Style]:
    """Return the styles of the page and of the bar above it."""
    return screen.rich_style, screen.query_one(HeaderLine).rich_style


def keep(screen: MainScreen, cells: Mapping[str, Any], look: opening.Look, place: Sequence[Path]) -> None:
    """Keep what the terminal showed, as its painter left it, where that comes again; and how a frame looks.

    `place` are the files of the place.
    """
    library = screen.library
    files = (*behind_the_screen(library.index_file, library.annotations_file), *place)
    counts = [count or 0 for count in screen.query_one(ViewsBar).counts]
    frame = opening.to_keep(look, safe(named_roots(screen)))
    keep_screen(screen.host.last_screen.packed(cells, counts, files, library.roots, frame))
