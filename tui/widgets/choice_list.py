"""A list to choose from: headings, rows with a detail at the right, a cursor that skips the headings."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import Reactive, reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from store.record import Record
from tui.render.around import around
from tui.render.hint_labels import NONE, Hints
from tui.render.list_row import fit
from tui.render.safe import safe
from tui.render.wrap import paragraphs


class Choice(Record):
    """One row."""

    text: str
    value: Hashable = None
    """What choosing it means; None for a heading or a line to read."""
    detail: str = ""
    """Shown at the right: a key, a count."""
    search: str = ""
    """What typing is compared with, beside the text."""
    heading: bool = False
    style: str = ""
    """The name of a component class to draw it in, without its prefix: `quiet`, `person`, ..."""
    lead: str = ""
    """Shown before the text and never cut: a date, a sign."""
    mark: tuple[int, int] = (0, 0)
    """What of the text is marked; where the text is cut, that is what stays."""


class ChoiceList(ScrollView, can_focus=True, inherit_bindings=False):
    """Rows of which one is chosen."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "choice-list--heading", "choice-list--quiet", "choice-list--detail", "choice-list--cursor",
        "choice-list--person", "choice-list--organisation", "choice-list--place", "choice-list--here",
        "choice-list--mark",
    }  # fmt: skip
    DEFAULT_CSS = """
    ChoiceList {
        background: $background; color: $foreground;
        overflow-x: hidden; overflow-y: scroll; scrollbar-size: 0 0;
    }
    ChoiceList > .choice-list--heading { color: $quiet; text-style: bold; }
    ChoiceList > .choice-list--quiet { color: $quiet; }
    ChoiceList > .choice-list--detail { color: $quiet; }
    ChoiceList > .choice-list--cursor { background: $cursor; text-style: bold; }
    ChoiceList:ansi > .choice-list--cursor { color: ansi_default; text-style: reverse; }
    ChoiceList > .choice-list--here { background: $cursor-blurred; text-style: bold; }
    ChoiceList:ansi > .choice-list--here { text-style: reverse; }
    ChoiceList > .choice-list--person { color: $name-person; }
    ChoiceList > .choice-list--organisation { color: $name-organisation; }
    ChoiceList > .choice-list--place { color: $name-place; }
    ChoiceList > .choice-list--mark { color: $star; text-style: bold underline; }
    """

    # The number of rows moves no other widget, so that a new list asks for no layout of the screen.
    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False, repaint=False)

    cursor = reactive(-1, repaint=False)

    class EndNear(Message):
        """The last rows are in sight, or nearly, and there are more to be had."""

        def __init__(self, choices: ChoiceList) -> None:
            self.choices = choices
            super().__init__()

        @property
        def control(self) -> ChoiceList:
            """The list that wants more."""
            return self.choices

    class Chosen(Message):
        """A row was clicked."""

        def __init__(self, choices: ChoiceList, choice: Choice, *, again: bool = False) -> None:
            self.choices = choices
            self.choice = choice
            self.again = again
            """Whether the cursor was on it already."""
            super().__init__()

        @property
        def control(self) -> ChoiceList:
            """The list that was clicked."""
            return self.choices

    def __init__(self, *, id: str | None = None, always_cursor: bool = False, empty: str = "") -> None:
        super().__init__(id=id)
        self._choices: Sequence[Choice] = ()
        self.always_cursor = always_cursor
        """Whether the cursor is shown while another pane has the focus."""
        self.empty = empty
        """What is said where there are no rows."""
        self._hints = NONE
        self._hint_looks: tuple[Style, ...] = ()
        self.more = False
        """Whether there are rows beyond these; asked for once by `EndNear`, which `extend` and `load` allow again."""

    @property
    def choices(self) -> Sequence[Choice]:
        """All rows."""
        return self._choices

    @property
    def chosen(self) -> Choice | None:
        """The row under the cursor."""
        return self._choices[self.cursor] if 0 <= self.cursor < len(self._choices) else None

    def load(self, choices: Sequence[Choice], *, keep: bool = False) -> None:
        """Show these rows; with `keep` the cursor stays on the row of the same value."""
        if keep and choices == self._choices:
            return
        value = self.chosen.value if keep and self.chosen else None
        self._choices = choices
        self.more = False
        self.virtual_size = Size(0, len(choices))
        at = next(
            (
                i
                for i, choice in enumerate(choices)
                if choice.value is not None and (value is None or choice.value == value)
            ),
            -1,
        )
        if at < 0:
            at = next((i for i, choice in enumerate(choices) if choice.value is not None), -1)
        self.set_reactive(ChoiceList.cursor, at)
        if not keep:
            self.scroll_to(y=0, animate=False, force=True, immediate=True)
        self.refresh()

    def extend(self, choices: Sequence[Choice], *, more: bool) -> None:
        """Put rows behind the others; cursor and window stay. `more` says whether there are still others."""
        self._choices = [*self._choices, *choices]
        self.virtual_size = Size(0, len(self._choices))
        self.more = more
        self.refresh()
        self._look_ahead()

    def _look_ahead(self) -> None:
        """Ask for more rows before the last one is reached."""
        height = max(1, self.size.height)
        if self.more and max(self.scroll_offset.y + height, self.cursor) + height >= len(self._choices):
            self.more = False
            self.post_message(self.EndNear(self))

    def bring(self, value: Hashable) -> None:
        """Bring the row of a value in sight, with the lines that belong to it; of None the first rows."""
        first = next((i for i, choice in enumerate(self._choices) if value is not None and choice.value == value), 0)
        last = first
        while value is not None and last + 1 < len(self._choices) and self._choices[last + 1].value is None:
            last += 1
        top, height = self.scroll_offset.y, max(1, self.size.height)
        if value is None or not top <= first <= last < top + height:
            # As little as needed; of what is taller than the pane the beginning.
            at = 0 if value is None else min(first, max(last - height + 1, 0) if last >= top + height else first)
            self.scroll_to(y=at, animate=False, force=True, immediate=True)

    def move(self, by: int) -> None:
        """Move the cursor by rows, over headings; without rows to choose the list itself scrolls."""
        step = 1 if by > 0 else -1
        index, left, last = self.cursor, abs(by), self.cursor
        if index < 0:
            self.scroll_to(y=self.scroll_offset.y + by, animate=False, force=True, immediate=True)
            return
        while left and 0 <= index + step < len(self._choices):
            index += step
            if self._choices[index].value is not None:
                last, left = index, left - 1
        if last == self.cursor and step < 0:
            self.scroll_to(y=0, animate=False, force=True, immediate=True)
        self.cursor = last

    def page(self, by: int) -> None:
        """Move by pages."""
        self.move(by * max(1, self.size.height - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        """Redraw, and keep the cursor on screen."""
        top, height = self.scroll_offset.y, max(1, self.size.height)
        if top <= new < top + height:
            self.refresh(*(Region(0, at - top, self.size.width, 1) for at in (old, new) if at >= 0))
        elif new >= 0:
            at = new if new < top else new - height + 1
            self.scroll_to(y=at, animate=False, force=True, immediate=True)
        self._look_ahead()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Ask for more rows where the window comes near the last."""
        super().watch_scroll_y(old_value, new_value)
        self._look_ahead()

    def render_line(self, y: int) -> Strip:
        """Draw one row."""
        width, base = self.size.width, self.rich_style
        index = self.scroll_offset.y + y
        if not self._choices and self.empty:
            quiet = base + self.get_component_rich_style("choice-list--quiet", partial=True)
            said = paragraphs(self.empty, max(1, width - 2))
            return Strip([Segment(fit(f" {said[y]}" if y < len(said) else "", width), quiet)])
        if index >= len(self._choices):
            return Strip.blank(width, base)
        choice = self._choices[index]
        chosen = index == self.cursor and (self.has_focus or self.always_cursor)
        part = "heading" if choice.heading else choice.style
        style = base + self.get_component_rich_style(f"choice-list--{part}", partial=True) if part else base
        quiet = base + self.get_component_rich_style("choice-list--detail", partial=True)
        if chosen:
            over = self.get_component_rich_style("choice-list--cursor", partial=True)
            style, quiet, base = style + over, quiet + over, base + over
        detail, first = safe(choice.detail), safe(choice.lead)
        room = width - 2 - cell_len(first)
        if detail:
            # What is chosen goes before what is told of it.
            detail = fit(detail, max(0, room - 2 - min(cell_len(choice.text), room // 2))).rstrip()
            room -= cell_len(detail) + 2
        lead = ">" if chosen else " "
        segments = [Segment(f"{lead}", base), Segment(first, quiet), *self._text(choice, max(0, room), style)]
        if detail:
            segments.append(Segment(f"  {detail}", quiet))
        strip = Strip(segments).adjust_cell_length(width, base)
        return self._hints.at_row(strip, index, *self._hint_looks) if self._hints else strip

    def show_hints(self, hints: Hints, *looks: Style) -> None:
        """Lay labels over the rows, by their numbers, in two looks: of letters, and of those typed already."""
        if hints or self._hints:
            self._hints, self._hint_looks = hints, tuple(self.rich_style + look for look in looks)
            self.refresh()

    def _text(self, choice: Choice, room: int, style: Style) -> list[Segment]:
        start, end = choice.mark
        if start >= end:
            return [Segment(fit(safe(choice.text), room), style)]
        before, marked, after = around(safe(choice.text), start, end, room)
        look = style + self.get_component_rich_style("choice-list--mark", partial=True)
        return [Segment(before, style), Segment(marked, look), Segment(after, style)]

    def on_focus(self) -> None:
        """Show the cursor."""
        self.refresh()

    def on_blur(self) -> None:
        """Hide the cursor."""
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Choose the clicked row."""
        index = self.scroll_offset.y + event.y
        if 0 <= index < len(self._choices) and self._choices[index].value is not None:
            again, self.cursor = index == self.cursor, index
            self.post_message(self.Chosen(self, self._choices[index], again=again))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll by three rows."""
        event.stop()
        self.scroll_to(y=self.scroll_offset.y + 3, animate=False, force=True, immediate=True)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll by three rows."""
        event.stop()
        self.scroll_to(y=self.scroll_offset.y - 3, animate=False, force=True, immediate=True)
