"""The command line: what is offered for what is written, and what is done with what is taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from tui.commands.command import Command, Context, Kind
from tui.commands.footer import help_of
from tui.commands.line import Line, found_by, nearest, read
from tui.commands.over import SCREENS, own, reaches
from tui.commands.registry import BY_ID, GROUPS
from tui.screens.main import finding_all, naming, status
from tui.screens.main.completing import KINDS
from tui.screens.main.handlers import GIVEN, does
from tui.screens.offered import Do, Go, Offered, Show, Taken
from tui.widgets.choice_list import Choice
from tui.widgets.question import Proposal, Proposals

if TYPE_CHECKING:
    from textual.screen import Screen

    from tui.screens.main.screen import MainScreen

_ROOMY = 72
"""Columns from which on a command's word stands beside its key."""
REMEMBERED = 50
"""Lines that are kept for the next start."""


@does("help.palette")
def palette(screen: MainScreen, _: str) -> None:
    """Open the line, with every command below it."""
    open_line(screen)


def open_line(screen: MainScreen, line: str = "", *, over: Screen[Any] | None = None) -> None:
    """Open the command line with something written in it; what it offers is that of a screen `over` the main one."""
    from tui.screens.main import over as reaching
    from tui.screens.palette import PaletteScreen

    def taken(chosen: Taken | None) -> None:
        if chosen is None:
            return
        remember(screen, chosen[1])
        if over is None:
            act(screen, chosen[0])
        elif over in screen.app.screen_stack:  # a click that came with the one that chose may have closed it
            reaching.act(screen, over, chosen[0])

    offer = _Rows(screen, reaching.context(over) if over is not None else None)
    screen.app.push_screen(PaletteScreen(offer, screen.written, line), taken)


def remember(screen: MainScreen, line: str) -> None:
    """Keep a line for `up`, the newest last."""
    if line.strip():
        screen.written = (*(one for one in screen.written if one != line.strip()), line.strip())[-REMEMBERED:]


def act(screen: MainScreen, what: Do | Go) -> None:
    """Do what was chosen."""
    if isinstance(what, Go):
        finding_all.go(screen, what)
        status.show(screen)
    elif what.argument:
        perform_with(screen, BY_ID[what.command], what.argument)
    else:
        screen.host.perform(BY_ID[what.command], on=screen)


def perform_with(screen: MainScreen, command: Command, argument: str) -> None:
    """Carry out a command with an argument; one that is wrong is told, and nothing done."""
    screen.host.previous, screen.host.command = screen.host.command, command.id
    status.begin(screen, command.id)
    assert command.takes is not None
    wrong = KINDS[command.takes.kind].wrong(screen, argument)
    if wrong:
        screen.say(wrong)
    else:
        GIVEN[command.id](screen, argument)
    naming.point(screen)
    status.show(screen)


class _Rows:
    """The rows for one line after another; what takes time is asked for when no key has come for a moment."""

    def __init__(self, screen: MainScreen, context: Context | None = None) -> None:
        """`context` is that of the screen over the main one on which the line is written."""
        self._screen = screen
        self._context = context
        self._waiting = finding_all.Waiting(screen)

    def __call__(self, text: str, cursor: int, show: Show) -> Sequence[Choice]:
        line = read(text, self._context)
        argued: list[Choice] = []
        found: list[Choice] = []
        commands = self._commands(line)
        near: list[Choice] = []

        def rows() -> list[Choice]:
            return [*argued, *commands, *near, *found]

        if line.command is not None and not reaches(line.command, self._context):
            self._waiting.stop()
            return [Choice(f"  “{line.words}” is for {_where(line.command)}", style="quiet"), *commands]
        if line.begun and line.command is not None:
            known = [True]

            def offer(proposals: Proposals) -> None:
                argued[:] = [*self._meant(line), *self._proposed(line, proposals)]
                if not known[0]:
                    show(rows())

            argued[:] = self._meant(line)
            self._complete(line, cursor - (len(text) - len(line.text)), offer)
            known[0] = False
        elif line.text.isascii() and line.text.isdigit() and line.text:
            argued += finding_all.numbered(self._screen, int(line.text))
        if line.text and not argued and not commands:
            near += _near(line, self._context)
        if line.text and _names_things(line):

            def more(others: Sequence[Choice]) -> None:
                found[:] = others
                show(rows())

            words = line.argument if line.begun else line.text
            self._waiting.ask(words, more)
        else:
            self._waiting.stop()
        return rows()

    # ---- the argument ----------------------------------------------------------------------------------------------
    def _meant(self, line: Line) -> list[Choice]:
        """Tell what the line does as it is written, or what is wrong with it."""
        command = line.command
        assert command is not None and command.takes is not None
        takes = command.takes
        usage = Choice(f"  {command.words[0]} {takes.shown}", detail="", style="quiet")
        help = help_of(command, self._screen.host.keys_of)
        told = Choice(f"  {command.title}{f'. {help}' if help else ''}", style="quiet")
        if not line.argument.strip():
            return [Choice(line.words, Offered(Do(command.id), line.text.strip()), "⏎ asks"), usage, told]
        wrong = KINDS[takes.kind].wrong(self._screen, line.argument)
        if wrong:
            return [Choice(f"  {wrong}", style="quiet"), usage]
        return [Choice(line.text, Offered(Do(command.id, line.argument), line.text), "⏎"), told]

    def _complete(self, line: Line, cursor: int, offer: Callable[[Proposals], None]) -> None:
        assert line.command is not None and line.command.takes is not None
        at = max(0, min(cursor - line.at, len(line.argument)))
        KINDS[line.command.takes.kind].propose(self._screen, line.argument, at, offer)

    def _proposed(self, line: Line, proposals: Proposals) -> list[Choice]:
        return [self._proposal(line, proposals, each) for each in proposals.choices]

    def _proposal(self, line: Line, proposals: Proposals, each: Proposal) -> Choice:
        assert line.command is not None and line.command.takes is not None
        rest = line.argument[proposals.end :]
        argument = f"{line.argument[: proposals.start]}{each.text}{rest}"
        whole = KINDS[line.command.takes.kind].whole
        gap = "" if each.goes_on or whole or rest else " "
        offered = Offered(Do(line.command.id, argument) if whole else None, f"{line.words} {argument}{gap}")
        return Choice(f"  {each.text}", offered, " ".join(filter(None, (each.said, each.detail))))

    # ---- commands --------------------------------------------------------------------------------------------------
    def _commands(self, line: Line) -> list[Choice]:
        words, context = line.text.casefold().split(), self._context
        here = own(context) if context is not None else ()
        others = [one for _, group in GROUPS for one in group if reaches(one, context) and one not in here]
        found = [
            (rank, command)
            for command in (*here, *others)
            if (rank := found_by(command, words)) is not None and (command.palette or command in here or rank == 0)
        ]
        found.sort(key=lambda each: each[0])
        rows = [self._command(command) for _, command in found if not (line.begun and command is line.command)]
        themes = [f"Theme: {name}" for name in self._screen.host.theme_names]
        return rows + [
            Choice(told, Offered(Do("look.theme", told[7:]), f"theme {told[7:]}"))
            for told in themes
            if not line.begun and all(word in told.casefold() for word in words)
        ]

    def _command(self, command: Command) -> Choice:
        keys = self._screen.host.keys_of(command)[:1]
        called = f":{command.words[0]}{' …' if command.takes else ''}" if command.words else ""
        line = (command.words[0] if command.words else command.id) + (" " if command.takes else "")
        key = "".join(keys)
        detail = f"{called:<13}{key:>7}" if self._screen.size.width >= _ROOMY else key or called
        return Choice(command.title, Offered(Do(command.id), line), detail)


def _names_things(line: Line) -> bool:
    """Whether views, names and articles can be meant by what is written."""
    takes = line.command.takes if line.begun and line.command is not None else None
    return takes is None or takes.kind is Kind.THING


def _near(line: Line, context: Context | None) -> list[Choice]:
    """Tell that there is no such command, and which may be meant."""
    first = line.text.split(maxsplit=1)[0]
    command = nearest(line.text, context)
    told = f"no command is called “{first}”"
    if command is None:
        return [Choice(f"  {told}", style="quiet")]
    rest = line.text[len(first) :].strip()
    meant = f"{command.words[0]} {rest}".rstrip() + (" " if command.takes and not rest else "")
    return [Choice(f"  {told}; did you mean:", style="quiet"), Choice(meant, Offered(None, meant))]


def _where(command: Command) -> str:
    """Say where a command is for."""
    if SCREENS.issuperset(command.contexts):
        return f"another screen: {', '.join(command.contexts)}"
    return "the main screen, where articles are"
