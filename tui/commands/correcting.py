"""Putting right what was taken for a name, or was not; and the list of what was put right."""

from tui.commands.command import Command, Context

READER, SELECTION, PANEL, CORRECTIONS = Context.READER, Context.SELECTION, Context.PANEL, Context.CORRECTIONS

COMMANDS = (
    Command(
        "correct.drop",
        "Say that this is no name: here, in this article, or in the library",
        ("x",),
        (READER, PANEL),
        "Of the current name, the one selected, or the one chosen among the names.",
        footer="no name",
    ),
    Command(
        "correct.label",
        "Say what kind of name this is: a person, an organisation, a place or another",
        ("c",),
        (READER, PANEL),
        "Where a selection reaches further than the name, or less far, the name is what is selected.",
        footer="its kind",
    ),
    Command(
        "correct.add",
        "Add the selection as a name; over a name, let that be what is selected",
        ("+",),
        (READER,),
        footer="add name",
    ),
    Command(
        "correct.list",
        "List your corrections of names, to go to their places or to withdraw them",
        ("ctrl+x",),
        (Context.MAIN,),
        words=("corrections",),
    ),
    Command("corrections.open", "Go to the place, or to the articles with these words", ("enter", "l", "right"),
            (CORRECTIONS,), footer="go to", palette=False),
    Command("corrections.withdraw", "Withdraw the correction", ("d", "delete"), (CORRECTIONS,),
            "{corrections.undo} brings it back.", footer="withdraw", palette=False, words=("withdraw",)),
    Command("corrections.undo", "Undo your last change", ("u",), (CORRECTIONS,), footer="undo", palette=False),
    Command("corrections.redo", "Do again what you undid", ("ctrl+r",), (CORRECTIONS,), palette=False),
)  # fmt: skip
