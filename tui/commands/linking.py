"""Labels on what can be chosen, and the links of an article."""

from tui.commands.command import Command, Context

MAIN, HINTS, LINKS = Context.MAIN, Context.HINTS, Context.LINKS

COMMANDS = (
    Command(
        "hint.begin",
        "Label all that can be chosen on screen, to go there by its letters",
        (";",),
        (MAIN,),
        "Names, notes, links and words found in the text; rows, names of the panel, views. On every screen.",
        words=("hints",),
    ),
    Command(
        "hint.letter",
        "Go to what has this letter for a label, or begins its label",
        tuple("asdfghjklqwertyuiopzxcvbnm"),
        (HINTS,),
        "The labels are made of these letters, those that come first the most; set others, or fewer.",
        footer="go there",
        palette=False,
        argument="letter",
    ),
    Command("hint.back", "Take the last letter back", ("backspace",), (HINTS,), footer="back", palette=False),
    Command("hint.leave", "Take the labels off", ("esc", "ctrl+c", ";"), (HINTS,), "Any other key does so, too.",
            footer="leave", palette=False),
    Command("link.list", "List the links of the article, to open or copy them", ("L",), (MAIN,),
            "Addresses that stand in its text, and where it is from.", footer="links", words=("links",)),
    Command("links.open", "Open the link in the browser", ("enter", "o"), (LINKS,),
            "Of $BROWSER, else of the desktop. Where there is none, as over SSH, the link is copied.", footer="open",
            palette=False),
    Command("links.show", "Go to the link in the text", ("l", "right"), (LINKS,), footer="in the text", palette=False),
    Command("links.copy", "Copy the link", ("y",), (LINKS,), footer="copy", palette=False, words=("copy",)),
)  # fmt: skip
