"""What has changed in a text since it was noted on."""

from tui.commands.command import CLOSE, Command, Context

CHANGES = Context.CHANGES

COMMANDS = (
    Command(
        "changes.show",
        "Show what has changed in the text since you noted on it",
        ("d",),
        (Context.LIST, Context.READER),
        "Sentence by sentence; there you can accept the new text.",
    ),
    Command("changes.next", "Go to the next difference", ("n",), (CHANGES,), footer="next", palette=False),
    Command("changes.previous", "Go to the difference before", ("N",), (CHANGES,), palette=False),
    Command(
        "changes.accept",
        "Accept the new text: the article counts as changed no longer",
        ("a",),
        (CHANGES,),
        "{undo.undo} takes that back.",
        footer="accept it",
        palette=False,
        words=("accept",),
    ),
    Command("changes.down", "Move down", ("j", "down"), (CHANGES,), palette=False),
    Command("changes.up", "Move up", ("k", "up"), (CHANGES,), palette=False),
    Command("changes.half-page-down", "Move half a page down", ("ctrl+d",), (CHANGES,), palette=False),
    Command("changes.half-page-up", "Move half a page up", ("ctrl+u",), (CHANGES,), palette=False),
    Command("changes.page-down", "Move a page down", ("space", "pagedown", "ctrl+f"), (CHANGES,), footer="page",
            palette=False),
    Command("changes.page-up", "Move a page up", ("pageup", "ctrl+b"), (CHANGES,), palette=False),
    Command("changes.start", "Go to the start", ("g g", "home"), (CHANGES,), palette=False),
    Command("changes.end", "Go to the end", ("G", "end"), (CHANGES,), palette=False),
    Command("changes.help", "Show the keys of this screen", ("?",), (CHANGES,), footer="keys", palette=False),
    Command("changes.close", "Close", ("q", "esc", "d", "h", "left", "ctrl+c"), (CHANGES,), footer="close",
            palette=False, words=CLOSE),
)  # fmt: skip
