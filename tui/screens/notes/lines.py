"""The lines around the list of notes: what is listed, what just happened, which keys there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from tui.commands.command import Context
from tui.commands.footer import hints
from tui.render.literal import content
from tui.render.safe import safe
from tui.screens.notes.listing import Only
from tui.widgets.lines import HeaderLine, KeyFooter, StatusLine, TagBar

if TYPE_CHECKING:
    from tui.screens.notes.screen import NotesScreen


def show(screen: NotesScreen) -> None:
    """Bring every line up to date; a line whose words are the same does not repaint."""
    if not (screen.is_mounted and screen.is_open):
        return
    screen.query_one(HeaderLine).show(content(_what(screen)), screen.listing.order.value)
    whole = bool(screen.main.status.message)
    screen.query_one(StatusLine).show(content(_left(screen)), _right(screen), whole=whole)
    context = Context.HINTS if screen.labels else screen.contexts()[0]
    screen.query_one(KeyFooter).show_keys(screen.prompt.keys(hints(context, screen.host.keys_of)))
    if not screen.prompt.asking:
        row = screen.current
        digits = {use.digit: use.name for use in screen.library.tags() if use.digit}
        screen.query_one(TagBar).show_tags(digits, frozenset(row.note.tags) if row else frozenset())


def _what(screen: NotesScreen) -> str:
    listing = screen.listing
    parts = ["Notes"]
    parts.append("all libraries" if listing.everywhere else _library(screen))
    if listing.only is not Only.ALL:
        parts.append(listing.only.value)
    if listing.words.strip():
        parts.append(f"“{listing.words.strip()}”")
    if screen.gathering:
        parts.append("gathering…")
    else:
        count = len(screen.notes.rows)
        parts.append(f"{count:,} note{'' if count == 1 else 's'}")
    return safe(" · ".join(parts))


def _library(screen: NotesScreen) -> str:
    names = [f"{root.name or root}/" for root in screen.library.roots]
    return "this library" if not names else names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"


def _left(screen: NotesScreen) -> str:
    message = screen.main.status.message
    if message:
        return safe(message)
    row = screen.current
    if row is None or not row.target.sources:
        return ""
    return safe(row.target.sources[0].path)


def _right(screen: NotesScreen) -> Content:
    state = screen.main.status
    words = "read-only" if screen.library.read_only else "saving…" if state.saving else "saved" if state.saved else ""
    parts = [words] if words else []
    rows = screen.notes.rows
    if rows:
        parts.append(f"{screen.notes.cursor + 1:,} of {len(rows):,}")
    return Content.assemble((" · ".join(parts), "$quiet"))
