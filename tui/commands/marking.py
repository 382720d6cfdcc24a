"""The user's own: tags, stars, read marks, marks in the list, undo."""

from tui.commands.command import Command, Context, Kind, Takes

LIST, MAIN = Context.LIST, Context.MAIN
TAGGED = (Context.NOTES, Context.ENTITY, Context.ENTITIES)
"""Screens whose rows bear tags."""

COMMANDS = (
    Command(
        "tag.edit",
        "Tag: write words to add, -word to remove",
        ("t",),
        (MAIN,),
        "Completes from your tags: first those that the names of the article bring, then the recent and frequent.",
        footer="tags",
        words=("tag",),
        takes=Takes("+TAG -TAG", Kind.TAGS),
    ),
    Command(
        "tag.digit",
        "Put on or take off the tag of that number",
        tuple("123456789"),
        (MAIN,),
        "A free number asks once which tag it shall carry.",
        footer="tag",
        palette=False,
        argument="digit",
    ),
    Command(
        "tag.triage",
        "Triage: a number adds its tag and opens the next unread",
        ("T",),
        (MAIN,),
        "Until {tag.triage} or {step.out}.",
        words=("triage",),
    ),
    Command(
        "tag.next",
        "Tag as before, and open the next article",
        (",",),
        (MAIN,),
        "With the tags put on last; the first time it asks for them. In triage the next unread one.",
    ),
    Command("mark.star", "Star the article, or take the star off", ("s",), (MAIN,), words=("star",)),
    Command("mark.read", "Mark the article read, or unread", ("r",), (MAIN,), words=("read",)),
    Command("mark.all-read", "Mark all shown articles read", (), (MAIN,), "Of more than a screenful it asks first.",
            words=("catch-up", "all-read")),
    Command(
        "mark.date",
        "Set the publication date",
        ("D",),
        (MAIN,),
        "It goes over the file's; an empty one takes it off again.",
        words=("date",),
        takes=Takes("DAY", Kind.DAY),
    ),
    Command(
        "mark.select",
        "Mark the article and move down",
        ("space",),
        (LIST,),
        "Tags, stars, dates and more then go to all marked that are shown. Marks outlast filters and views.",
        footer="mark",
    ),
    Command("mark.range", "Mark a range: from here to where you press it again", ("V",), (LIST,)),
    Command("mark.all", "Mark all shown articles, or none", ("*",), (LIST,)),
    Command("mark.invert", "Mark the shown articles that are not marked, and no others", ("I",), (LIST,)),
    Command("undo.undo", "Undo your last change", ("u",), (MAIN,),
            "A change of an earlier session or of more than 20 articles first says what it was, and wants a second u.",
            footer="undo", words=("undo",)),
    Command("undo.redo", "Do again what you undid", ("ctrl+r",), (MAIN,), words=("redo",)),
    Command(
        "change.repeat",
        "Make the last change again: tags, star, read mark, date or correction",
        (".",),
        (MAIN, *TAGGED),
        "On what is under the cursor now, or on all that are marked.",
    ),
    Command("undo.history", "List your changes; any can be undone alone", ("U",), (MAIN,), words=("changes",)),
)
