"""A box over the main screen: something to choose by typing, or a page to read and search."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import cast

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from tui.commands.command import Command, Context
from tui.commands.footer import label
from tui.commands.registry import BY_ID
from tui.render.list_row import fit
from tui.render.literal import content
from tui.screens.box import Box
from tui.screens.frames import draw_only_changes
from tui.screens.host import Host
from tui.screens.key_words import key_of
from tui.widgets.choice_list import Choice, ChoiceList
from tui.widgets.entry import Line

Toggle = Callable[[object], list[Choice]]
_FEW = 10
"""Rows that are seen at a glance."""


class ChooseScreen(Box[Hashable]):
    """Dismissed with the value that was chosen, or None.

    In the context CHOICE what one types narrows the rows; in OVERLAY keys move, and `/` searches. With `toggle` a
    choice does not close the box: its rows are those that `toggle` returns.
    """

    DEFAULT_CSS = """
    ChooseScreen { align: center middle; background: transparent; }
    ChooseScreen > Vertical {
        width: 84; max-width: 100%; height: auto; max-height: 94%;
        background: $background; border: round $rule; padding: 0 1;
    }
    ChooseScreen Static { height: 1; color: $quiet; }
    ChooseScreen Input { height: 1; border: none; padding: 0; background: $bar; color: $foreground; }
    ChooseScreen Input:focus { border: none; background-tint: $foreground 0%; }
    ChooseScreen ChoiceList { height: auto; }
    """

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        context: Context,
        *,
        toggle: Toggle | None = None,
    ) -> None:
        super().__init__()
        draw_only_changes(self)
        self._title = title
        self._choices = choices
        self._kind = context
        self._toggle = toggle
        self._narrowed_by = ""

    def compose(self) -> ComposeResult:
        """Lay out title, search line and rows."""
        with Vertical():
            yield Static(content(self._heading()), id="heading")
            entry = Line(compact=True, placeholder="type to narrow" if self._kind is Context.CHOICE else "")
            entry.cursor_blink = False
            entry.display = self._kind is Context.CHOICE
            yield entry
            yield ChoiceList(always_cursor=True, empty="nothing matches")

    def _heading(self) -> str:
        """Return the title, and as much about keys as there is room for."""

        def key(command_id: str) -> str:
            return key_of(self, command_id)

        if self._kind is Context.CHOICE:
            does, leaves = [f"{key('choice.take')} takes it"], f"{key('choice.close')} closes"
        elif self._toggle is not None:
            does, leaves = [f"{key('overlay.take')} changes it"], f"{key('overlay.close')} closes"
        else:
            does, leaves = [f"{key('overlay.search')} searches"], f"{key('overlay.close')} closes"
            if any(choice.value is not None for choice in self._choices):
                does.append(f"{key('overlay.take')} does it")
        # Few rows are not searched.
        most_wanted = does if len(self._choices) > _FEW else does[::-1]
        told = [" · ".join([*does, leaves]), *(" · ".join([one, leaves]) for one in most_wanted), leaves]
        room = self.room(self.app.size.width) + 2
        lines = [f"{self._title}{gap}{keys}" for keys in told for gap in ("    ", "  ")]
        return next((line for line in lines if cell_len(line) <= room), fit(self._title, room).rstrip())

    @staticmethod
    def room(width: int) -> int:
        """Return how many columns a row has for its text on a screen of this width."""
        return max(20, min(84, width) - 6)

    @property
    def _list(self) -> ChoiceList:
        return self.query_one(ChoiceList)

    def on_mount(self) -> None:
        """Show all rows."""
        self._load(self._choices)
        if self._kind is Context.CHOICE:
            self.set_focus(self.query_one(Input))
        else:
            self.set_focus(self._list)

    def on_resize(self, event: events.Resize) -> None:
        """Leave the list as many lines as the box has for it: the row under the cursor is always among those seen."""
        self._fit(event.size.height)
        self.query_one("#heading", Static).update(content(self._heading()))

    def _fit(self, height: int) -> None:
        lines = 3 + bool(self.query_one(Input).display)
        self._list.styles.max_height = max(1, height * 9 // 10 - lines)

    def _show_entry(self, shown: bool) -> None:
        self.query_one(Input).display = shown
        self.call_after_refresh(self.tell_keys)
        self._fit(self.size.height)

    def _load(self, choices: Sequence[Choice], *, keep: bool = False) -> None:
        self._list.styles.height = max(1, len(choices))
        self._list.load(choices, keep=keep)

    def refill(self, choices: Sequence[Choice]) -> None:
        """Show rows that have become known, narrowed as they are; the cursor stays on its row."""
        self._choices = choices
        if self.is_mounted and self.is_open:
            self._narrow_by(self._narrowed_by, keep=True)

    def contexts(self) -> tuple[Context, ...]:
        """Return where keys are looked up: while one types, printable keys are text."""
        typing = isinstance(self.focused, Input)
        return (Context.CHOICE,) if typing else (self._kind,)

    def footer_keys(self) -> list[tuple[str, str]]:
        """Return the keys of the box; where there is nothing to take, none that takes it."""
        keys_of = cast(Host, self.app).keys_of
        takes = label(BY_ID["overlay.take"], keys_of(BY_ID["overlay.take"]))
        nothing = self._kind is Context.OVERLAY and all(choice.value is None for choice in self._choices)
        return [shown for shown in super().footer_keys() if not (nothing and shown[0] == takes)]

    def perform(self, command: Command, key: str = "") -> None:
        """Carry out a command of the box."""
        rows = self._list
        match command.id.split(".", 1)[1]:
            case "close":
                self._close()
            case "take":
                self.take_held(self._take)
            case "down":
                rows.move(1)
            case "up":
                rows.move(-1)
            case "page-down":
                rows.page(1)
            case "page-up":
                rows.page(-1)
            case "start":
                rows.move(-(10**6))
            case "end":
                rows.move(10**6)
            case "search":
                self._show_entry(True)
                self.set_focus(self.query_one(Input))

    def search_for(self, words: str) -> None:
        """Search for some words, as if they were written after `/`."""

        def write() -> None:
            self._show_entry(True)
            self.query_one(Input).value = words

        self.call_after_refresh(write)

    def _close(self) -> None:
        entry = self.query_one(Input)
        if self._kind is Context.OVERLAY and self.focused is entry:
            entry.value = ""
            self._show_entry(False)
            self.set_focus(self._list)
        else:
            self.dismiss(None)

    def _take(self) -> None:
        entry = self.query_one(Input)
        if self._kind is Context.OVERLAY and self.focused is entry:
            self.set_focus(self._list)
            return
        chosen = self._list.chosen
        if chosen is None or chosen.value is None:
            return
        if self._toggle is not None:
            self._choices = self._toggle(chosen.value)
            self._load(self._choices, keep=True)
        else:
            self.dismiss(chosen.value)

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        self._narrow_by(event.value)

    def _narrow_by(self, text: str, *, keep: bool = False) -> None:
        """Keep the rows that hold every word, under their headings; with `keep` the cursor stays on its row."""
        self._narrowed_by = text
        words = text.casefold().split()
        if not words:
            self._load(self._choices, keep=keep)
            return
        kept: list[Choice] = []
        heading: Choice | None = None
        for block in _blocks(self._choices):
            if block[0].heading:
                heading = block[0]
                continue
            text = " ".join(f"{one.text.strip()} {one.search} {one.detail}" for one in block).casefold()
            if text.strip() and all(word in text for word in words):
                if heading is not None:
                    kept.append(heading)
                    heading = None
                kept += block
        self._load(kept, keep=keep)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self._take()

    @on(ChoiceList.Chosen)
    def _clicked(self, event: ChoiceList.Chosen) -> None:
        event.stop()
        self._take()


def _blocks(choices: Sequence[Choice]) -> list[list[Choice]]:
    """Return each row together with the indented lines below it, which belong to it."""
    blocks: list[list[Choice]] = []
    for choice in choices:
        goes_on = choice.value is None and not choice.heading and choice.text.startswith("  ")
        if goes_on and blocks and not blocks[-1][0].heading:
            blocks[-1].append(choice)
        else:
            blocks.append([choice])
    return blocks
