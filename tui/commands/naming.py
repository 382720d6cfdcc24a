"""Names in the text: people, organisations, places."""

from tui.commands.command import Command, Context, Kind, Takes

READER, PANEL, MAIN = Context.READER, Context.PANEL, Context.MAIN

COMMANDS = (
    Command("name.next", "Go to the next name", ("w",), (Context.LIST, READER),
            "From the list to the first one of the article under the cursor.", footer="name"),
    Command("name.previous", "Go to the previous name", ("b",), (READER,)),
    Command(
        "name.same-next",
        "Go to the next mention of this name",
        ("*",),
        (READER,),
        "On into the following articles of the list.",
    ),
    Command("name.same-previous", "Go to the previous mention of this name", ("#",), (READER,)),
    Command("name.person-next", "Go to the next person", ("] p",), (READER,),
            "Persons, organisations and places go on into the following articles of the list, too."),
    Command("name.person-previous", "Go to the previous person", ("[ p",), (READER,)),
    Command("name.organisation-next", "Go to the next organisation", ("] o",), (READER,)),
    Command("name.organisation-previous", "Go to the previous organisation", ("[ o",), (READER,)),
    Command("name.place-next", "Go to the next place", ("] g",), (READER,)),
    Command("name.place-previous", "Go to the previous place", ("[ g",), (READER,)),
    Command("name.page", "Open the page of this name", ("enter",), (READER, PANEL),
            "Every mention in the library, when, and with whom and what; on a note in the panel its passage.",
            footer="its page"),
    Command("name.filter", "Filter the list to articles with this name", ("F",), (READER, PANEL),
            "A second name narrows further.", footer="its articles"),
    Command("name.join", "Join this name with another that means the same, or take joined ones apart", ("m",),
            (READER, PANEL), "The likeliest are proposed first; it says what it will do.", footer="same as"),
    Command("name.panel", "Show or hide the names of this article", ("e",), (MAIN,), footer="close",
            words=("names",)),
    Command("name.all", "List all names of the library", ("E",), (MAIN,),
            "By kind and count, searched as you type; those of the present list, or all.",
            words=("entities", "name"), takes=Takes("NAME", Kind.NAME)),
    Command("name.map", "Show on a map where the list’s articles are about, in the reader this article", ("g m",),
            (MAIN,), "And when: the months and years that the texts talk about.", words=("map",)),
    Command("name.likely", "Go through names that are likely the same", (), (MAIN,), words=("merge",)),
    Command("name.go", "Go to the mentions of the chosen name, or to the passage of the chosen note", ("l", "right"),
            (PANEL,), footer="go to", palette=False),
    Command(
        "name.shown",
        "Choose what is highlighted",
        ("i",),
        (MAIN,),
        "People, organisations and places at first; groups, dates and the rest when you ask.",
        footer="highlight",
        words=("highlight",),
    ),
)  # fmt: skip
