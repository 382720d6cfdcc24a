"""The program itself: steps out, help, palette, copying, the text alone, suspending, leaving."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.job import has_shell
from tui.render.citation import citation
from tui.screens.key_words import key_of
from tui.screens.main import bulk, listing, notes_here, piping, tagging
from tui.screens.main.handlers import does

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen


MOST_COPIED = 200
"""Citations copied at once: terminals take some 70 kB."""


@does("step.out")
def step_out(screen: MainScreen, _: str) -> None:
    """Take back one thing: selection, note gone to, triage, range, marks, panel, words, text alone, filter, focus."""
    if screen.reader.selected is not None:
        screen.reader.clear_selection()
    elif screen.in_reader and screen.reader.passage is not None:
        screen.reader.passage = None
    elif screen.placing is not None:
        screen.placing = None
        screen.say(f"the note waits no longer; {key_of(screen, 'note.place')} lists those without a place")
    elif screen.triage:
        tagging.triage(screen, "")
    elif screen.range_from is not None:
        screen.range_from = None
        screen.say("range forgotten")
    elif screen.focused is screen.panel:
        if screen.size.width < 110:
            screen.panel_wanted = False
        screen.enter(screen.reader)
        screen.show_panes()
    elif screen.alone:
        screen.alone = False
        screen.show_panes()
    elif screen.in_reader and (screen.reader.finds or screen.reader.current is not None):
        screen.reader.find("")
        screen.reader.current = None
    elif screen.articles.marked:
        screen.articles.set_marked(set(), 0)
        screen.say("none marked")
    elif screen.filter:
        screen.filter = ""
        listing.run(screen, keep=True)
        screen.say("filter taken off")
    elif screen.in_reader:
        screen.enter(screen.articles)
    else:
        screen.say(f"{key_of(screen, 'run.quit')} quits")


@does("help.keys")
def help_keys(screen: MainScreen, _: str) -> None:
    """Show the keys of the focused pane first, then those that work anywhere, then all others."""
    from tui.screens.keys_help import show_keys  # a start shows none

    show_keys(screen, screen.contexts())


@does("copy.text", "run.cancel")
def copy(screen: MainScreen, _: str) -> None:
    """Copy the selection, else note, name or citation; `ctrl+c` only the selection."""
    selected = screen.reader.selected_text or screen.get_selected_text()
    cancel = screen.host.command == "run.cancel"
    if cancel and piping.stop(screen):
        return
    if cancel and not selected:
        step_out(screen, "")
        return
    if not selected and screen.articles.marked and screen.focused is screen.articles:
        _copy_marked(screen)
        return
    mention = screen.reader.current
    noted = "" if selected else notes_here.to_copy(screen)
    if selected or noted:
        text = selected or noted
    elif mention is not None and screen.opened is not None:
        text = screen.opened.stored.article.text[mention.start : mention.end]
    elif screen.opened is not None:
        text = citation(screen.opened.stored)
    else:
        screen.say("nothing to copy")
        return
    screen.say(screen.host.copy(text))


def _copy_marked(screen: MainScreen) -> None:
    """Copy the citations of the marked articles that are shown, a line each."""
    if not bulk.is_something(screen):
        return
    if screen.articles.marked_shown > MOST_COPIED:
        screen.say(f"a terminal takes no more than {MOST_COPIED} citations; "
                   f"{key_of(screen, 'run.pipe')} hands any number to a command")
        return

    def copy_them(keys: list[int]) -> None:
        with screen.library.reading() as many:
            cited = "\n".join(citation(stored) for stored in many.articles(keys))
        count = f"{len(keys)} citation{'' if len(keys) == 1 else 's'}"
        screen.say(f"{screen.host.copy(cited, count)}{bulk.hidden(screen)}")

    bulk.marked_keys(screen, copy_them)


@does("run.suspend")
def suspend(screen: MainScreen, _: str) -> None:
    """Go to the shell; `fg` comes back."""
    if screen.app.is_web:
        screen.say("there is no shell behind this page to go to")
        return
    if not has_shell():
        # Stopped, the program would be out of reach for good, and with it the terminal.
        screen.say("there is no shell here to go to: this terminal runs Dateline alone")
        return
    screen.app.action_suspend_process()


@does("run.redraw")
def redraw(screen: MainScreen, _: str) -> None:
    """Draw everything again, from an empty screen."""
    screen.host.draw_again()


@does("run.quit")
def leave(screen: MainScreen, _: str) -> None:
    """Close the panel where it lies over the text, else leave Dateline."""
    if screen.focused is screen.panel and screen.size.width < 110:
        step_out(screen, "")
    else:
        screen.host.leave()


@does("prompt.cancel", "prompt.complete", "prompt.next", "prompt.previous")
def in_prompt(screen: MainScreen, _: str) -> None:
    """Carry out the keys of an open question."""
    match screen.host.command:
        case "prompt.cancel":
            screen.prompt.cancel()
        case "prompt.complete":
            screen.prompt.take_proposal()
        case "prompt.next":
            screen.prompt.next_proposal(1)
        case _:
            screen.prompt.next_proposal(-1)


@does("run.save")
def save(screen: MainScreen, _: str) -> None:
    """Say that there is nothing to save."""
    screen.say(f"all is saved as soon as it is done; {key_of(screen, 'run.quit')} quits")
