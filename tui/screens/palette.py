"""The palette and command line in one: a line to write on, and below it what it means and what could stand there."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from tui.commands.command import Command, Context
from tui.render.literal import content
from tui.render.safe import safe
from tui.screens.box import Box
from tui.screens.frames import draw_only_changes
from tui.screens.key_words import key_of
from tui.screens.offered import Offer, Offered, Taken
from tui.widgets.choice_list import Choice, ChoiceList
from tui.widgets.entry import Entry


class PaletteScreen(Box[Taken]):
    """Dismissed with what was chosen and the line it stands for, or None. The values of its rows are `Offered`."""

    DEFAULT_CSS = """
    PaletteScreen { align: center middle; background: transparent; }
    PaletteScreen > Vertical {
        width: 84; max-width: 100%; height: 94%; max-height: 30;
        background: $background; border: round $rule; padding: 0 1;
    }
    PaletteScreen #heading { height: 1; color: $quiet; }
    PaletteScreen Horizontal { height: 1; background: $bar; }
    PaletteScreen #colon { width: 2; height: 1; color: $key; background: $bar; }
    PaletteScreen Entry { width: 1fr; height: 1; border: none; padding: 0; background: $bar; color: $foreground; }
    PaletteScreen Entry:focus { border: none; background-tint: $foreground 0%; }
    PaletteScreen ChoiceList { height: 1fr; }
    """

    def __init__(self, offer: Offer, history: Sequence[str], line: str = "") -> None:
        """`history` are the lines written before, the newest last; `line` is what is written at first."""
        super().__init__()
        draw_only_changes(self)
        self._offer = offer
        self._history = history
        self._first = line
        self._back = 0
        """How many lines ago the one was written that stands there; 0 for a line of now."""
        self._recalled = ""
        self._rows_of: tuple[str, int] = ("", -1)
        """The line and the cursor that the rows are for."""

    def compose(self) -> ComposeResult:
        """Lay out the line and the rows."""
        with Vertical():
            yield Static(content(self._heading()), id="heading")
            with Horizontal():
                yield Static(content(":"), id="colon")
                entry = Entry(safe(self._first), compact=True, select_on_focus=False)
                entry.cursor_blink = False
                yield entry
            yield ChoiceList(always_cursor=True, empty="nothing matches")

    def _heading(self) -> str:
        """Return the title, and as much about keys as there is room for: the footer tells of them, too."""
        take, complete, before = (key_of(self, f"command.{what}") for what in ("take", "complete", "up"))
        told = f"{take} runs · {complete} completes"
        room = min(84, self.app.size.width) - 4
        lines = (f"Command    {told} · {before}: what was written before", f"Command    {told}", f"Command  {told}",
                 f"Command  {take} runs")  # fmt: skip
        return next((line for line in lines if cell_len(line) <= room), "Command")

    def on_resize(self) -> None:
        """Say what there is room for."""
        self.query_one("#heading", Static).update(content(self._heading()))

    @property
    def _list(self) -> ChoiceList:
        return self.query_one(ChoiceList)

    @property
    def _entry(self) -> Entry:
        return self.query_one(Entry)

    def on_mount(self) -> None:
        """Offer what there is."""
        self._entry.cursor_position = len(self._first)
        self.set_focus(self._entry, scroll_visible=False)
        self._follow()

    def contexts(self) -> tuple[Context, ...]:
        """Return where keys are looked up: printable ones are text."""
        return (Context.COMMAND,)

    # ---- the rows --------------------------------------------------------------------------------------------------
    def _follow(self) -> None:
        """Bring the rows up to the line; those that take time come when they come, unless it has changed by then."""
        now = (self._entry.value, self._entry.cursor_position)
        if now == self._rows_of:
            return
        self._rows_of = now

        def show(rows: Sequence[Choice]) -> None:
            if self.is_open and self._rows_of == now:
                self._list.load(rows, keep=True)

        self._list.load(self._offer(*now, show))

    @on(Entry.Changed)
    def _changed(self, event: Entry.Changed) -> None:
        event.stop()
        if event.value != self._recalled:
            self._back = 0
        self._follow()

    def _write(self, line: str) -> None:
        # It may bear a title's or a tag's words.
        line = safe(line)
        self._entry.value = line
        self._entry.cursor_position = len(line)
        self._follow()

    # ---- keys ------------------------------------------------------------------------------------------------------
    def perform(self, command: Command, key: str = "") -> None:
        """Carry out a command of the box."""
        rows = self._list
        match command.id.split(".", 1)[1]:
            case "close":
                self.dismiss(None)
            case "take":
                self.take_held(self._take)
            case "complete":
                self._complete()
            case "down" if key == "down" and self._back:
                self._recall(self._back - 1)
            case "down":
                rows.move(1)
            case "up" if key == "up" and self._at_first and self._back < len(self._history):
                self._recall(self._back + 1)
            case "up":
                rows.move(-1)
            case "page-down":
                rows.page(1)
            case "page-up":
                rows.page(-1)

    @property
    def _at_first(self) -> bool:
        """Whether no row stands above the chosen one that could be chosen."""
        rows = self._list
        return not any(choice.value is not None for choice in rows.choices[: max(0, rows.cursor)])

    def _recall(self, back: int) -> None:
        self._back = back
        self._recalled = self._history[-back] if back else ""
        self._write(self._recalled)

    def _complete(self) -> None:
        """Write what the chosen row stands for; where that is there already, the next one's."""
        rows = self._list
        chosen = range(max(0, rows.cursor), len(rows.choices))
        for offered in (rows.choices[at].value for at in chosen):
            if isinstance(offered, Offered) and offered.line and offered.line != self._entry.value:
                self._write(offered.line)
                return

    def _take(self) -> None:
        chosen = self._list.chosen
        offered = chosen.value if chosen is not None else None
        if not isinstance(offered, Offered):
            return
        if offered.does is None:
            self._write(offered.line)
        else:
            self.dismiss((offered.does, offered.line or self._entry.value))

    @on(Entry.Submitted)
    def _submitted(self, event: Entry.Submitted) -> None:
        event.stop()

    @on(ChoiceList.Chosen)
    def _clicked(self, event: ChoiceList.Chosen) -> None:
        event.stop()
        self._take()
