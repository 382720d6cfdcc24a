"""The program itself: help, palette, copy, focus, suspend, quit."""

from tui.commands.command import Command, Context

MAIN, PROMPT, CHOICE, OVERLAY = Context.MAIN, Context.PROMPT, Context.CHOICE, Context.OVERLAY

COMMANDS = (
    Command(
        "copy.text",
        "Copy the selection, else the note gone to, else the name, else the citation",
        ("y",),
        (MAIN,),
        "Of a note: its passage, its words, the citation.",
        footer="copy",
    ),
    Command("look.alone", "Show the text alone, or everything again", ("z",), (MAIN,)),
    Command("help.keys", "Show the keys that work here", ("?",), (MAIN,), footer="keys"),
    Command("help.palette", "Choose any command by its name", (":", "ctrl+p"), (MAIN,)),
    Command("run.problems", "List the files that could not be shown, with the reason", (), (MAIN,)),
    Command(
        "run.export",
        "Export…",
        (),
        (MAIN,),
        "Passages and notes of the marked, else the shown articles, with their sources, as a document.",
    ),
    Command(
        "run.pipe",
        "Pipe to a command: the marked articles, else those in the list, in the reader this one",
        ("|",),
        (MAIN,),
        "As text, or after json: or paths: as those; after ! it has the terminal. ctrl+c stops it, up brings back.",
    ),
    Command("run.suspend", "Suspend to the shell", ("ctrl+z",), (MAIN,), palette=False),
    Command("run.redraw", "Draw the screen again", ("ctrl+l",), (MAIN,)),
    Command("run.cancel", "Cancel, or copy the selection; never quits", ("ctrl+c",), (MAIN,), palette=False),
    Command(
        "run.quit",
        "Close the overlay; on the main screen quit",
        ("q",),
        (MAIN,),
        "Everything is saved already.",
    ),
    Command("prompt.cancel", "Leave the prompt", ("esc", "ctrl+c"), (PROMPT,), palette=False, footer="leave"),
    Command("prompt.complete", "Take the proposed word", ("tab",), (PROMPT,), palette=False, footer="take"),
    Command("prompt.next", "Propose the next one", ("down", "ctrl+n"), (PROMPT,), palette=False, footer="other"),
    Command("prompt.previous", "Propose the one before", ("up", "ctrl+p"), (PROMPT,), palette=False),
    Command("choice.close", "Close", ("esc", "ctrl+c"), (CHOICE,), footer="close", palette=False),
    Command("choice.take", "Take it", ("enter",), (CHOICE,), footer="take", palette=False),
    Command("choice.down", "Move down", ("down", "ctrl+n"), (CHOICE,), palette=False),
    Command("choice.up", "Move up", ("up", "ctrl+p"), (CHOICE,), palette=False),
    Command("choice.page-down", "Move a page down", ("pagedown",), (CHOICE,), palette=False),
    Command("choice.page-up", "Move a page up", ("pageup",), (CHOICE,), palette=False),
    Command("overlay.close", "Close", ("q", "esc", "?", "h", "ctrl+c"), (OVERLAY,), footer="close", palette=False),
    Command("overlay.down", "Move down", ("j", "down"), (OVERLAY,), palette=False),
    Command("overlay.up", "Move up", ("k", "up"), (OVERLAY,), palette=False),
    Command("overlay.page-down", "Move a page down", ("space", "pagedown", "ctrl+d"), (OVERLAY,), palette=False),
    Command("overlay.page-up", "Move a page up", ("pageup", "ctrl+u"), (OVERLAY,), palette=False),
    Command("overlay.start", "Go to the start", ("g g", "home"), (OVERLAY,), palette=False),
    Command("overlay.end", "Go to the end", ("G", "end"), (OVERLAY,), palette=False),
    Command("overlay.search", "Search", ("/",), (OVERLAY,), footer="search", palette=False),
    Command("overlay.take", "Do it", ("enter", "l"), (OVERLAY,), footer="do it", palette=False),
)
