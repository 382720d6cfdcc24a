"""Names in the text: people, organisations, places."""

from tui.commands.command import Command, Context

READER, MAIN = Context.READER, Context.MAIN

COMMANDS = (
    Command("name.next", "Go to the next name", ("w",), (READER,), footer="name"),
    Command("name.previous", "Go to the previous name", ("b",), (READER,)),
    Command(
        "name.same-next",
        "Go to the next mention of this name",
        ("*",),
        (READER,),
        "On into the following articles of the list.",
    ),
    Command("name.same-previous", "Go to the previous mention of this name", ("#",), (READER,)),
    Command("name.person-next", "Go to the next person", ("] p",), (READER,)),
    Command("name.person-previous", "Go to the previous person", ("[ p",), (READER,)),
    Command("name.organisation-next", "Go to the next organisation", ("] o",), (READER,)),
    Command("name.organisation-previous", "Go to the previous organisation", ("[ o",), (READER,)),
    Command("name.place-next", "Go to the next place", ("] g",), (READER,)),
    Command("name.place-previous", "Go to the previous place", ("[ g",), (READER,)),
    Command(
        "name.filter",
        "Filter the list to articles with this name",
        ("F",),
        (READER, Context.PANEL),
        "A second name narrows further.",
        footer="its articles",
    ),
    Command("name.panel", "Show or hide the names of this article", ("e",), (MAIN,), footer="close"),
    Command(
        "name.go",
        "Go to the first mention of the chosen name, or to the passage of the chosen note",
        ("enter", "l", "right"),
        (Context.PANEL,),
        footer="go to",
        palette=False,
    ),
    Command(
        "name.shown",
        "Choose what is highlighted",
        ("i",),
        (MAIN,),
        "People, organisations and places at first; groups, dates and the rest when you ask.",
        footer="highlight",
    ),
)
