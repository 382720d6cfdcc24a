"""The two texts of a note that two sessions edited at once: seen together, and made one, or left as two."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from store.library import Note, Receipt, SettleNotes
from tui.commands.command import Command, Context
from tui.render.list_row import long_date
from tui.render.literal import content
from tui.render.safe import safe_block
from tui.screens.box import Box
from tui.screens.keys_help import show_keys
from tui.screens.main import saving

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen
    from tui.screens.notes.screen import NotesScreen

_PIECE = re.compile(r"\S+|\s+")
_WIDE = 76
"""Columns from which on the texts stand side by side."""
_LINES_AROUND = 3
"""Lines of the box that are not the texts': its border, and what happened."""
_MOST = 4_000
"""Words of a note that are compared; longer ones are shown as they are."""


def compare(
    asker: MainScreen | NotesScreen, main: MainScreen, note: Note, notes: Sequence[Note], then: Callable[[Note], None]
) -> None:
    """Show both texts of a note, which the screen in front has, and do what is chosen.

    `then` gets the one note that was made of two, unless something else was begun before that is on disk.
    """
    first, second = _pair(note, notes)
    if first is None or second is None:
        main.say("this note is not kept twice")
        return
    one, other = first, second

    def joined(note: Note) -> None:
        if main.app.screen is asker and asker.writing is None and not asker.prompt.asking:
            then(note)

    def act(chosen: str | None) -> None:
        if chosen == "first":
            saving.save(main, SettleNotes(one.id, one.revision, other.id, other.revision))
        elif chosen == "second":
            saving.save(main, SettleNotes(other.id, other.revision, one.id, one.revision))
        elif chosen == "both":
            saving.save(main, SettleNotes(other.id, other.revision, None))
        elif chosen == "join":
            _join(main, one, other, joined)

    main.app.push_screen(TextsScreen(one, other), act)


def _pair(note: Note, notes: Sequence[Note]) -> tuple[Note | None, Note | None]:
    """Return the note that was there first, and the text that is kept beside it."""
    if note.conflict_of is not None:
        return next((one for one in notes if one.id == note.conflict_of), None), note
    return note, next((one for one in notes if one.conflict_of == note.id), None)


def _join(main: MainScreen, one: Note, other: Note, then: Callable[[Note], None]) -> None:
    body = f"{one.body.strip()}\n\n{other.body.strip()}".strip()
    change = SettleNotes(one.id, one.revision, other.id, other.revision, body)

    def saved(receipt: Receipt) -> None:
        saving.saved(main, receipt)
        then(one.replace(body=body, revision=one.revision + 1))

    if main.library.read_only:
        main.say(f"not saved: {main.library.read_only}")
    else:
        saving.follow_change(main, main.library.change(change), saved)


class TextsScreen(Box[str]):
    """Dismissed with `first`, `second`, `both`, `join`, or None for later."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_WIDE, "-wide")]  # noqa: RUF012 - Textual's own shape
    DEFAULT_CSS = """
    TextsScreen { align: center middle; background: transparent; }
    TextsScreen > Vertical {
        width: 96%; max-width: 130; height: auto; max-height: 90%;
        background: $background; border: round $rule; padding: 0 1;
    }
    TextsScreen .line { height: 1; color: $quiet; background: $background; }
    TextsScreen #both { height: auto; layout: horizontal; }
    TextsScreen.-narrow #both { layout: vertical; }
    TextsScreen VerticalScroll { width: 1fr; height: auto; padding: 1; scrollbar-size: 0 0; }
    TextsScreen.-narrow VerticalScroll { padding: 0 1; }
    TextsScreen VerticalScroll Static { height: auto; background: $background; color: $foreground; }
    TextsScreen .second { border-left: solid $rule; }
    TextsScreen.-narrow .second { border-left: none; border-top: solid $rule; }
    """

    def __init__(self, first: Note, second: Note) -> None:
        super().__init__()
        self._pages = marked(first, second)

    def compose(self) -> ComposeResult:
        """Lay out both texts side by side, or one below the other where it is narrow."""
        with Vertical():
            yield Static(content("Two sessions edited this at once"), classes="line")
            with Container(id="both"):
                for number, page in enumerate(self._pages):
                    with VerticalScroll(can_focus=False, classes="second" if number else ""):
                        yield Static(page)

    def on_resize(self, event: events.Resize) -> None:
        """Give the texts as many lines as there are: what is longer is scrolled."""
        room = max(2, event.size.height * 9 // 10 - _LINES_AROUND)
        narrow = event.size.width < _WIDE
        self.query_one("#both").styles.max_height = room
        for page in self.query(VerticalScroll):
            page.styles.max_height = room // 2 if narrow else room

    def contexts(self) -> tuple[Context, ...]:
        """Return where keys are looked up."""
        return (Context.TEXTS,)

    def perform(self, command: Command, key: str = "") -> None:
        """Carry out a command of the box."""
        what = command.id.removeprefix("texts.")
        if what == "close":
            self.dismiss(None)
        elif what == "help":
            show_keys(self, self.contexts())
        elif what in ("first", "second", "both", "join"):
            self.dismiss(what)
        else:
            by = -1 if what.endswith("up") else 1
            for page in self.query(VerticalScroll):
                page.scroll_relative(y=by * (page.size.height - 1 if "page" in what else 1), animate=False)


def marked(first: Note, second: Note) -> tuple[Content, Content]:
    """Return both texts, each with its heading, and underlined what the other does not say."""
    one, other = (_PIECE.findall(safe_block(note.body)) for note in (first, second))
    own: list[Content] = []
    short = len(one) <= _MOST and len(other) <= _MOST
    same = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks() if short else []
    for side, (note, pieces) in enumerate(((first, one), (second, other))):
        parts: list[str | tuple[str, str]] = [(f"{side + 1}  ", "bold"), (_when(note), "$quiet"), "\n\n"]
        at = 0
        for block in same:
            start = block[side]
            if start > at:
                parts.append(("".join(pieces[at:start]), "underline"))
            parts.append("".join(pieces[start : start + block.size]))
            at = start + block.size
        if not same:
            parts.append("".join(pieces))
        own.append(Content.assemble(*parts))
    return own[0], own[1]


def _when(note: Note) -> str:
    at = note.updated.astimezone()
    return f"saved {long_date(at.date())} {at:%H:%M}"
