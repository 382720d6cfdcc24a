"""Moving about: lines, pages, articles, panes, places."""

from tui.commands.command import Command, Context

LIST, READER, PANEL, MAIN = Context.LIST, Context.READER, Context.PANEL, Context.MAIN
EVERY_PANE = (LIST, READER, PANEL)

COMMANDS = (
    Command("move.down", "Move down", ("j", "down"), EVERY_PANE, palette=False),
    Command("move.up", "Move up", ("k", "up"), EVERY_PANE, palette=False),
    Command("move.half-page-down", "Move half a page down", ("ctrl+d",), EVERY_PANE, palette=False),
    Command("move.half-page-up", "Move half a page up", ("ctrl+u",), EVERY_PANE, palette=False),
    Command("move.page-down", "Move a page down", ("pagedown", "ctrl+f"), EVERY_PANE, palette=False),
    Command("move.page-up", "Move a page up", ("pageup", "ctrl+b"), EVERY_PANE, palette=False),
    Command("move.start", "Go to the start", ("g g", "home"), EVERY_PANE, palette=False),
    Command("move.end", "Go to the end", ("G", "end"), EVERY_PANE, palette=False),
    Command(
        "read.page",
        "Read on by a page",
        ("space",),
        (READER,),
        "At the end it says so and stays.",
        footer="page",
        palette=False,
    ),
    Command(
        "open.reader",
        "Open the article",
        ("enter", "l", "right"),
        (LIST,),
        "An opened article counts as read once you leave it after its end or half its reading time.",
        footer="open",
        palette=False,
    ),
    Command("open.list", "Back to the list", ("h", "left"), (READER, PANEL), footer="list", palette=False),
    Command("open.next-pane", "Go to the next pane", ("tab",), (MAIN,), palette=False),
    Command("open.previous-pane", "Go to the previous pane", ("shift+tab",), (MAIN,), palette=False),
    Command("open.next-article", "Open the next article", ("J",), (MAIN,), footer="article", words=("next",)),
    Command("open.previous-article", "Open the previous article", ("K",), (MAIN,), words=("previous",)),
    Command("go.back", "Go back through the places you came from", ("ctrl+o", "backspace"), (MAIN,),
            words=("back",)),
    Command(
        "step.out",
        "Take one step out: selection, overlay, marks, filter",
        ("esc",),
        (MAIN,),
        "It never quits.",
        footer="out",
        palette=False,
    ),
)
