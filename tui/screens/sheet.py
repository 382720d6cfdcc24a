"""A screen laid over the main one: its lines, its question, its help and its ways of telling are the same in each."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

from tui.commands.command import Command, Context
from tui.commands.footer import FOOTERS, hints
from tui.commands.registry import BY_ID
from tui.render.literal import content
from tui.render.safe import safe
from tui.screens import prompt_keys
from tui.screens.closing import ClosesOnce
from tui.screens.frames import draw_only_changes
from tui.screens.host import Host
from tui.screens.key_words import key_of
from tui.screens.main.handlers import handler_of
from tui.widgets.choice_list import ChoiceList
from tui.widgets.lines import HeaderLine, KeyFooter, StatusLine, TagBar
from tui.widgets.prompt import Prompt
from tui.widgets.question import Y_OR_N, Question, yes_or_no

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen


class Sheet(ClosesOnce, Screen[None]):
    """Lines around a body, which subclasses bring, and at least one list in it.

    It tells what it has to tell in the main screen's words, and follows when that one tells of a change.
    """

    DEFAULT_CSS = """
    Sheet { background: $background; color: $foreground; }
    Sheet.-prompting StatusLine { display: none; }
    Sheet.-low.-plain TagBar { display: none; }
    Sheet.-low.-plain.-prompting TagBar { display: block; }
    """
    VERTICAL_BREAKPOINTS = [(0, "-low"), (24, "-high")]  # noqa: RUF012 - Textual's own shape
    KIND: ClassVar[Context]
    TAGS: ClassVar[bool] = True
    """Whether the number tags are shown; else their line is only there for proposals, and not on low screens."""
    ACTIONS: ClassVar[dict[str, str]] = {}
    """From a command to the name of the method that carries it out; it takes the key."""

    def __init__(self, main: MainScreen) -> None:
        super().__init__()
        draw_only_changes(self)
        self.main = main
        self.library = main.library
        self._asking = ""
        """What is being asked, where the line of the answer has no room for it."""

    # ---- what subclasses say -----------------------------------------------------------------------------------------
    @abstractmethod
    def body(self) -> ComposeResult:
        """Lay out what is between the first line and the last ones."""

    @abstractmethod
    def heading(self) -> tuple[str, str]:
        """Return what is shown and how it is ordered, for the first line."""

    def about(self) -> str:
        """Return what is said of the row under the cursor while nothing else is told."""
        return ""

    @abstractmethod
    def follow(self) -> None:
        """Read anew what has changed; called whenever the main screen tells something."""

    @property
    def listed(self) -> ChoiceList:
        """The list that keys move in."""
        return self.query_one(ChoiceList)

    @property
    def first_focus(self) -> Widget:
        """What has the focus at first."""
        return self.listed

    def turn_to(self, rows: ChoiceList) -> None:
        """Let keys move in the list that was clicked, where there is more than one."""

    def find(self, words: str) -> None:
        """Narrow what is listed."""

    @property
    def words(self) -> str:
        """What the rows are narrowed by."""
        return ""

    # ---- the parts ---------------------------------------------------------------------------------------------------
    def compose(self) -> ComposeResult:
        """Lay out the lines, and the body between them."""
        yield HeaderLine()
        yield from self.body()
        yield TagBar()
        yield StatusLine(id="status")
        yield Prompt()
        yield KeyFooter()

    @property
    def host(self) -> Host:
        """The app, as far as screens know it."""
        return cast(Host, self.app)

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

    def on_mount(self) -> None:
        """Hear of changes, and take the keys."""
        self.main.told.append(self._told)
        self.set_class(not self.TAGS, "-plain")
        self.set_focus(self.first_focus, scroll_visible=False)
        # The footer shows as many keys as there is room for, which is known only then.
        self.call_after_refresh(self.show_lines)

    def on_unmount(self) -> None:
        """Let the main screen speak for itself again."""
        if self._told in self.main.told:
            self.main.told.remove(self._told)

    def _told(self) -> None:
        if self.is_open:
            self.follow()
            self.show_lines()

    @property
    def names_state(self) -> tuple[int, int]:
        """What changes whenever names do: by what the user says, or by what was written into the index."""
        return self.library.name_changes, self.main.status.names_written

    def say(self, words: str) -> None:
        """Tell something, until the next key."""
        self.main.say(words)

    def key_of(self, command_id: str) -> str:
        """Return the key of a command, for words that name it."""
        return key_of(self, command_id)

    def show_lines(self) -> None:
        """Bring every line up to date; a line whose words are the same does not repaint."""
        if not self.is_open:
            return
        left, right = (self._asking, "") if self._asking and self.prompt.asking else self.heading()
        self.query_one(HeaderLine).show(content(safe(left)), right)
        state = self.main.status
        words = "read-only" if self.library.read_only else "saving…" if state.saving else "saved" if state.saved else ""
        self.query_one(StatusLine).show(
            content(safe(state.message or self.about())),
            Content.assemble((words, "$quiet")),
            whole=bool(state.message),
        )
        if not self.prompt.asking:
            bar = self.query_one(TagBar)
            bar.show_tags(self.library.digits, frozenset()) if self.TAGS else bar.show("")
        keys = self.prompt.keys(hints(Context.HINTS if self.labels else self.contexts()[0], self.host.keys_of))
        # How to leave, and where the rest is told, are always there.
        self.query_one(KeyFooter).show_keys(keys, last=2 if len(keys) > 2 else 1)

    # ---- commands ----------------------------------------------------------------------------------------------------
    def given(self, command: Command, argument: str) -> None:
        """Carry out a command of which the argument was written on the command line."""
        self.main.status.message = ""
        if command.id == "rows.find":
            self.find(argument)
        self.show_lines()

    def perform(self, command: Command, key: str = "") -> None:
        """Carry out a command."""
        self.main.status.message = ""
        group, _, what = command.id.partition(".")
        if group == "prompt":
            prompt_keys.carry_out(self.prompt, command.id)
        elif command.id in self.ACTIONS:
            act: Callable[[str], None] = getattr(self, self.ACTIONS[command.id])
            act(key)
        elif group == "rows":
            self._in_rows(what, key)
        self.show_lines()

    def _in_rows(self, what: str, key: str) -> None:
        by = -1 if what.endswith(("up", "start")) else 1
        match what:
            case "find":
                self._find()
            case "help":
                self._help()
            case "close" if key == "esc" and self.words:
                self.find("")
            case "close":
                self.close()
            case "down" | "up":
                self.listed.move(by)
            case "start" | "end":
                self.listed.move(by * 10**9)
            case _:
                height = self.listed.size.height
                self.listed.move(by * max(1, height // 2 if "half" in what else height - 1))

    def _find(self) -> None:
        before, self._asking = self.words, ""
        self.prompt.ask(Question("find:", self.find, before, edited=self.find, cancelled=lambda: self.find(before)))

    def close(self) -> None:
        """Leave the screen."""
        self.dismiss(None)

    def undo(self, key: str) -> None:
        """Undo, as on the main screen."""
        self._as_on_main("undo.undo", key)

    def redo(self, key: str) -> None:
        """Do again, as on the main screen."""
        self._as_on_main("undo.redo", key)

    def _as_on_main(self, command_id: str, key: str) -> None:
        self.host.command = command_id
        handler_of(command_id)(self.main, key)

    def _help(self) -> None:
        from tui.screens.keys_help import show_keys

        show_keys(self, self.contexts())

    def ask(self, question: Question, short: tuple[str, str], room: int = 24) -> None:
        """Ask something in the place of the status line.

        Where that leaves no `room` for the answer, the first of `short` stands in the first line, and the second
        before the answer.
        """
        first, label = short
        asked = question.within(self.size.width, label, answer=room)
        self._asking = first if asked is not question else ""
        self.prompt.ask(asked)

    def confirm(self, label: str, act: Callable[[], None], short: tuple[str, str]) -> None:
        """Do something only if the user says yes."""
        question = yes_or_no(label, act, lambda: self.say("nothing done"))
        self.ask(question, (short[0], f"{short[1]} {Y_OR_N}"), 4)

    # ---- what the widgets tell ---------------------------------------------------------------------------------------
    @on(ChoiceList.Chosen)
    def _clicked(self, event: ChoiceList.Chosen) -> None:
        """Open the row that was under the cursor already; what a key does otherwise wants the key, or the footer."""
        self.turn_to(event.choices)
        first = FOOTERS[self.KIND][0][0]
        if event.again and first.endswith((".open", ".show")):
            if self.app.screen is self:  # a third click comes when the second has done it
                self.host.perform(BY_ID[first])
        else:
            self.show_lines()

    @on(Prompt.Proposed)
    def _proposed(self, event: Prompt.Proposed) -> None:
        if self.prompt.asking:
            self.query_one(TagBar).show_proposals(event, takes=self.key_of("prompt.complete"))

    @on(Prompt.Prepared)
    def _prepared(self) -> None:
        self.host.release_keys()

    @on(Prompt.Closed)
    def _prompt_closed(self) -> None:
        if not self.prompt.asking and self.prompt.keeps_focus:
            self.set_focus(self.first_focus, scroll_visible=False)
        self.show_lines()
