"""Passages: selecting by key, what is done with a selection, and the notes in the text."""

from tui.commands.command import Command, Context

READER, SELECTION, NOTE = Context.READER, Context.SELECTION, Context.NOTE

COMMANDS = (
    Command(
        "select.begin",
        "Select: from the note gone to, the word found, the current name, else the first whole sentence on screen",
        ("v",),
        (READER,),
        "What the mouse selects takes the same keys. {select.begin} again or {step.out} ends it.",
        footer="select",
    ),
    Command(
        "select.down", "Select a sentence more, or less", ("j", "down"), (SELECTION,), footer="sentence", palette=False
    ),
    Command("select.up", "Select a sentence less, or more above", ("k", "up"), (SELECTION,), palette=False),
    Command("select.word-next", "Select a word more, or less", ("w",), (SELECTION,), footer="word", palette=False),
    Command("select.word-previous", "Select a word less, or more before", ("b",), (SELECTION,), palette=False),
    Command("select.right", "Select a character more, or less", ("l", "right"), (SELECTION,), palette=False),
    Command("select.left", "Select a character less, or more before", ("h", "left"), (SELECTION,), palette=False),
    Command(
        "select.paragraph",
        "Select the whole paragraph, then the next one too",
        ("p",),
        (SELECTION,),
        footer="paragraph",
        palette=False,
    ),
    Command(
        "select.other-end",
        "Move the other end of the selection from now on",
        ("o",),
        (SELECTION,),
        footer="other end",
        palette=False,
    ),
    Command("passage.highlight", "Highlight the selection", ("enter",), (SELECTION,), footer="highlight"),
    Command(
        "passage.tag",
        "Tag the selected passage, or the note gone to: words to add, -word to remove",
        ("t",),
        (SELECTION, NOTE),
        "A passage that bears nothing yet is highlighted with the tags.",
        footer="tags",
    ),
    Command(
        "passage.digit",
        "Put the tag of that number on the passage, or take it off",
        tuple("123456789"),
        (SELECTION, NOTE),
        footer="tag",
        palette=False,
        argument="digit",
    ),
    Command(
        "passage.next",
        "Go to the next note or highlight in the text",
        ("] n",),
        (READER,),
        "Its words show beside the text or below it.",
        footer="note",
    ),
    Command("passage.previous", "Go to the previous note or highlight in the text", ("[ n",), (READER,)),
    Command("passage.edit", "Edit the note gone to, or write on the highlight", ("enter",), (NOTE,), footer="edit"),
    Command(
        "passage.delete",
        "Delete the note or highlight gone to",
        ("X", "delete"),
        (NOTE,),
        "{undo.undo} brings it back. An emptied note leaves its highlight.",
        footer="delete",
    ),
)
