"""Notes on articles, and the keys of their editor."""

from tui.commands.command import Command, Context, Kind, Takes

MAIN, EDITOR = Context.MAIN, Context.EDITOR

COMMANDS = (
    Command(
        "note.write",
        "Write a note: on the selection, else the note gone to, else the current name’s sentence, else the article",
        ("a",),
        (MAIN,),
        "Its heading says on what; {step.out} first lets go of name or note. The draft is kept from the first second "
        "on.",
        footer="note",
        words=("note",),
        takes=Takes("TEXT", Kind.TEXT),
    ),
    Command("note.editor", "Write a note in $EDITOR", ("A",), (MAIN,), words=("edit",)),
    Command(
        "note.save",
        "Save the note and close it",
        ("esc",),
        (EDITOR,),
        "A last line :w, :wq or :x is taken off.",
        footer="save and close",
        palette=False,
    ),
    Command("note.continue", "Go on in $EDITOR", ("ctrl+e",), (EDITOR,), footer="in $EDITOR", palette=False),
    Command(
        "note.discard",
        "Discard what was written, after a question",
        ("ctrl+c",),
        (EDITOR,),
        footer="discard",
        palette=False,
    ),
)
