"""Finding: the filter of the list, words in the text, views, the list itself."""

from tui.commands.command import Command, Context, Kind, Takes

LIST, READER, MAIN = Context.LIST, Context.READER, Context.MAIN

COMMANDS = (
    Command(
        "find.filter",
        "Filter the list",
        ("f",),
        (MAIN,),
        "Words, “phrases”, tag: person: place: date: is: has: and more; the list follows as you type.",
        footer="filter",
        words=("filter", "list -q", "list --query"),
        takes=Takes("QUERY", Kind.QUERY),
    ),
    Command("find.filter-here", "Filter the list", ("/",), (LIST,), palette=False),
    Command("find.clear", "Take the filter off", (), (MAIN,), words=("clear",)),
    Command("find.text", "Find in the article", ("/",), (READER,), footer="find",
            words=("find",), takes=Takes("WORDS", Kind.WORDS)),
    Command("find.next", "Go to the next word found, else to the next unread article", ("n",), (MAIN,),
            "The filter’s words go on into the next article of the list that has some."),
    Command("find.previous", "Go to the previous word found, else to the previous unread article", ("N",), (MAIN,)),
    Command(
        "view.choose",
        "Choose a view: all, unread, starred, a saved search, a tag, a folder",
        ("o",),
        (MAIN,),
        footer="views",
        words=("views",),
    ),
    Command("open.named", "Open by name: a view, a tag, a name in the texts, an article", (), (MAIN,),
            "An article by words of its title, or by its number in the list.",
            words=("open", "view", "go", "e"), takes=Takes("NAME", Kind.THING)),
    Command("list.order", "Choose the order of the list, and its groups: by day, by folder", ("O",), (MAIN,),
            "It is kept. A query that says sort: goes over it.",
            words=("order", "sort"), takes=Takes("ORDER", Kind.ORDER)),
    Command("list.group-next", "Go to the next group of the list", ("]",), (LIST,), palette=False),
    Command("list.group-previous", "Go to the start of this group, then to the one before", ("[",), (LIST,),
            palette=False),
    Command("search.save", "Save the filter under a name", ("S",), (MAIN,),
            "It becomes a view, above the list while there is room. Without a filter {search.save} lists what you "
            "saved.",
            words=("save",), takes=Takes("NAME", Kind.TEXT)),
    Command("search.list", "List your saved searches: rename, edit, pin or delete them, let them tag what is new", (),
            (MAIN,), words=("searches",)),
    Command("search.rules", "Let your rules tag what is new to them", ("W",), (MAIN,),
            "It says first which tags, and on how many articles. A rule is a saved search that tags.",
            words=("rules",)),
    Command("list.fold", "Fold near copies, or show every article", ("C",), (MAIN,),
            "Of articles that differ by small edits one stands for the others, and tells how many.",
            words=("fold",)),
    Command("list.copies", "Show the folded copies of this article beneath it, or fold them again", ("+",), (LIST,)),
    Command("view.refresh", "Run the list again, without what is gone", ("R",), (MAIN,), words=("refresh",)),
)
