"""The screens that list the tags, and the changes that can be undone."""

from tui.commands.command import Command, Context

MAIN, TAGS, HISTORY = Context.MAIN, Context.TAGS, Context.HISTORY
BOTH = (TAGS, HISTORY)

COMMANDS = (
    Command(
        "tag.list",
        "List your tags: rename, merge or delete them, put them on number keys",
        ("ctrl+t",),
        (MAIN,),
    ),
    Command("tags.show", "Show the articles with this tag", ("enter", "l", "right"), (TAGS,), footer="articles",
            palette=False),
    Command(
        "tags.digit",
        "Put the tag on this number key, or take it off the one it is on",
        tuple("123456789"),
        (TAGS,),
        footer="number",
        palette=False,
        argument="digit",
    ),
    Command(
        "tags.rename",
        "Rename the tag, with the tags below it; to the name of another tag, the two become one",
        ("r", "c"),
        (TAGS,),
        "It says first how many articles and notes that touches.",
        footer="rename",
        palette=False,
    ),
    Command("tags.delete", "Take the tag, with the tags below it, off everything", ("d", "delete"), (TAGS,),
            "It asks first.", footer="delete", palette=False),
    Command("tags.order", "Order by name, by use, by last use", ("s",), (TAGS,), footer="order", palette=False),
    Command("history.undo", "Undo this change alone, if no later one builds on it; or do it again", ("enter", "u", "l"),
            (HISTORY,), footer="undo or redo it", palette=False),
    Command("tags.undo", "Undo your last change", ("u",), (TAGS,), footer="undo", palette=False),
    Command("tags.redo", "Do again what you undid", ("ctrl+r",), (TAGS,), palette=False),
    Command("rows.find", "Narrow the list as you type", ("/", "f"), BOTH, footer="find", palette=False),
    Command("rows.down", "Move down", ("j", "down"), BOTH, palette=False),
    Command("rows.up", "Move up", ("k", "up"), BOTH, palette=False),
    Command("rows.half-page-down", "Move half a page down", ("ctrl+d",), BOTH, palette=False),
    Command("rows.half-page-up", "Move half a page up", ("ctrl+u",), BOTH, palette=False),
    Command("rows.page-down", "Move a page down", ("space", "pagedown", "ctrl+f"), BOTH, palette=False),
    Command("rows.page-up", "Move a page up", ("pageup", "ctrl+b"), BOTH, palette=False),
    Command("rows.start", "Go to the start", ("g g", "home"), BOTH, palette=False),
    Command("rows.end", "Go to the end", ("G", "end"), BOTH, palette=False),
    Command("rows.help", "Show the keys of this screen", ("?",), BOTH, footer="keys", palette=False),
    Command("rows.close", "Close", ("q", "esc", "h", "left", "ctrl+c"), BOTH, footer="close", palette=False),
)  # fmt: skip
