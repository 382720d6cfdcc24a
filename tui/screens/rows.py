"""A screen of rows over the main screen: moving, finding, asking and telling are the same in each."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, cast

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen

from tui.commands.command import Command, Context
from tui.commands.footer import FOOTERS
from tui.commands.registry import BY_ID, commands_in
from tui.render.literal import content
from tui.render.safe import safe
from tui.screens.frames import draw_only_changes
from tui.screens.host import Host
from tui.widgets.choice_list import Choice, ChoiceList
from tui.widgets.lines import HeaderLine, KeyFooter, StatusLine, TagBar, TextLine
from tui.widgets.prompt import Prompt, Question

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen


class RowsScreen(Screen[None]):
    """Lists rows; what they are, and what can be done with them, its subclasses say.

    It tells what it has to tell in the main screen's words, and follows when that one tells of a change.
    """

    DEFAULT_CSS = """
    RowsScreen { background: $background; color: $foreground; }
    RowsScreen ChoiceList { width: 1fr; max-width: 110; height: 1fr; }
    RowsScreen #columns { max-width: 110; }
    """
    KIND: ClassVar[Context]
    ACTIONS: ClassVar[dict[str, str]] = {}
    """From a command to the name of the method that carries it out; it takes the key."""

    def __init__(self, main: MainScreen) -> None:
        super().__init__()
        draw_only_changes(self)
        self.main = main
        self.library = main.library
        self.words = ""
        """What the rows are narrowed by."""
        self._width = 0
        self._asking = ""
        """What is being asked, where the line of the answer has no room for it."""

    # ---- what subclasses say -----------------------------------------------------------------------------------------
    @abstractmethod
    def rows(self) -> Sequence[Choice]:
        """Return what is listed, narrowed by `words`."""

    @abstractmethod
    def heading(self) -> tuple[str, str]:
        """Return what is listed and how it is ordered, for the first line."""

    def columns(self) -> str:
        """Return what stands over the details of the rows."""
        return ""

    def about(self) -> str:
        """Return what is said of the row under the cursor while nothing else is told."""
        return ""

    @abstractmethod
    def stale(self) -> bool:
        """Tell whether the rows have to be read anew; asked whenever the main screen tells something."""

    # ---- the parts ---------------------------------------------------------------------------------------------------
    def compose(self) -> ComposeResult:
        """Lay out rows and lines."""
        yield HeaderLine()
        yield TextLine(id="columns")
        yield ChoiceList(always_cursor=True, empty="nothing matches")
        yield TagBar()
        yield StatusLine(id="status")
        yield Prompt()
        yield KeyFooter()

    @property
    def host(self) -> Host:
        """The app, as far as screens know it."""
        return cast(Host, self.app)

    @property
    def listed(self) -> ChoiceList:
        """The rows."""
        return self.query_one(ChoiceList)

    @property
    def prompt(self) -> Prompt:
        """The one-line question."""
        return self.query_one(Prompt)

    @property
    def holds_keys(self) -> bool:
        """Whether keys have to wait: what they are meant for is on its way."""
        return self.prompt.preparing

    def contexts(self) -> tuple[Context, ...]:
        """Return where keys are looked up."""
        return (Context.PROMPT,) if self.prompt.asking else (self.KIND,)

    # ---- life --------------------------------------------------------------------------------------------------------
    def on_mount(self) -> None:
        """List the rows."""
        self.main.told.append(self._told)
        self.set_focus(self.listed, scroll_visible=False)
        self.read(keep=False)

    def on_unmount(self) -> None:
        """Let the main screen speak for itself again."""
        if self._told in self.main.told:
            self.main.told.remove(self._told)

    def on_resize(self, event: events.Resize) -> None:
        """Set the rows at another width."""
        if event.size.width != self._width:
            self.call_after_refresh(self.read)

    def read(self, *, keep: bool = True) -> None:
        """List the rows anew; with `keep` the cursor stays on its row."""
        self._width = self.size.width
        self.listed.load(self.rows(), keep=keep)
        self.show_lines()

    def _told(self) -> None:
        if self.stale():
            self.read()
        else:
            self.show_lines()

    def say(self, words: str) -> None:
        """Tell something, until the next key."""
        self.main.say(words)

    def show_lines(self) -> None:
        """Bring every line up to date; a line whose words are the same does not repaint."""
        if not self.is_attached:
            return
        left, right = (self._asking, "") if self._asking and self.prompt.asking else self.heading()
        self.query_one(HeaderLine).show(content(safe(left)), right)
        self.query_one("#columns", TextLine).show("", self.columns())
        state = self.main.status
        words = "read-only" if self.library.read_only else "saving…" if state.saving else "saved" if state.saved else ""
        self.query_one(StatusLine).show(
            content(safe(state.message or self.about())), Content.assemble((words, "$quiet"))
        )
        if not self.prompt.asking:
            self.query_one(TagBar).show_tags(self.library.digits, frozenset())
        self.query_one(KeyFooter).show_keys(self._keys())

    def _keys(self) -> list[tuple[str, str]]:
        shown = []
        for ids in FOOTERS.get(self.contexts()[0], ()):
            command = BY_ID[ids[0]]
            keys = self.host.keys_of(command)
            if keys:
                key = "1-9" if command.argument == "digit" else {"enter": "⏎"}.get(keys[0], keys[0])
                shown.append((key, command.footer))
        return shown

    # ---- commands ----------------------------------------------------------------------------------------------------
    def perform(self, command: Command, key: str = "") -> None:
        """Carry out a command."""
        self.main.status.message = ""
        group, _, what = command.id.partition(".")
        if group == "prompt":
            self._in_prompt(what)
        elif command.id in self.ACTIONS:
            act: Callable[[str], None] = getattr(self, self.ACTIONS[command.id])
            act(key)
        elif group == "rows":
            self._in_rows(what, key)
        self.show_lines()

    def _in_prompt(self, what: str) -> None:
        match what:
            case "cancel":
                self.prompt.cancel()
            case "complete":
                self.prompt.take_proposal()
            case _:
                self.prompt.next_proposal(1 if what == "next" else -1)

    def _in_rows(self, what: str, key: str) -> None:
        by = -1 if what.endswith(("up", "start")) else 1
        match what:
            case "find":
                self._find()
            case "help":
                self._help()
            case "close" if key == "esc" and self.words:
                self._narrow("")
            case "close":
                self.dismiss(None)
            case "down" | "up":
                self.listed.move(by)
            case "start" | "end":
                self.listed.move(by * 10**9)
            case _:
                height = self.listed.size.height
                self.listed.move(by * max(1, height // 2 if "half" in what else height - 1))

    def _find(self) -> None:
        before, self._asking = self.words, ""
        self.prompt.ask(
            Question("find:", self._narrow, before, edited=self._narrow, cancelled=lambda: self._narrow(before))
        )

    def _narrow(self, words: str) -> None:
        self.words = words
        self.read(keep=False)

    def _help(self) -> None:
        rows = [Choice(str(self.KIND).capitalize(), heading=True)]
        for command in commands_in(self.KIND):
            keys = "  ".join(key.replace(" ", "") for key in self.host.keys_of(command))
            shown = "1 … 9" if command.argument == "digit" else keys
            rows.append(Choice(f"{shown:<20}{command.title}", command.id, search=command.help))
            if command.help:
                rows.append(Choice(f"{'':<20}{command.help}", style="quiet"))

        def chosen(value: object) -> None:
            if isinstance(value, str) and value in BY_ID:
                self.call_after_refresh(self.host.perform, BY_ID[value], "")

        self.main.choose(f"Keys: {self.KIND}", rows, Context.OVERLAY, chosen)

    def ask(self, question: Question, short: tuple[str, str], room: int = 24) -> None:
        """Ask something in the place of the status line.

        Where that leaves no `room` for the answer, the first of `short` stands in the first line, and the second
        before the answer.
        """
        self._asking = ""
        if cell_len(question.label) > self.size.width - room:
            self._asking, label = short
            question = replace(question, label=label)
        self.prompt.ask(question)

    def confirm(self, label: str, act: Callable[[], None], short: tuple[str, str]) -> None:
        """Do something only if the user says yes."""

        def take(answer: str) -> None:
            if answer.strip().lower() in ("y", "yes"):
                act()
            else:
                self.say("nothing done")

        self.ask(Question(f"{label} y or n:", take), (short[0], f"{short[1]} y or n:"), 4)

    # ---- what the widgets tell ---------------------------------------------------------------------------------------
    @on(ChoiceList.Chosen)
    def _clicked(self) -> None:
        self.show_lines()

    @on(Prompt.Proposed)
    def _proposed(self, event: Prompt.Proposed) -> None:
        if self.prompt.asking:
            self.query_one(TagBar).show_proposals(event.proposals, event.chosen, event.wrong)

    @on(Prompt.Prepared)
    def _prepared(self) -> None:
        self.host.release_keys()

    @on(Prompt.Closed)
    def _prompt_closed(self) -> None:
        if not self.prompt.asking:
            self.set_focus(self.listed, scroll_visible=False)
        self.show_lines()
