"""`dateline searches`: the saved searches, and saving, renaming and deleting one."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

from store.errors import UsageError
from store.library import DeleteSearch, Library, SaveSearch, Search, check_query
from tui.cli.choosing import noted, opened
from tui.cli.command import Parser, Subcommand, takes_format, takes_store
from tui.cli.output import Output
from tui.cli.shapes import search_shape

_COLUMNS = ("name", "query", "pinned", "tags", "ran", "created", "updated")
_Action = Callable[[Library, Output], int]


def _arguments(parser: Parser) -> None:
    parser.add_argument("words", nargs="*", metavar="save NAME QUERY | rename OLD NEW | delete NAME",
                        help="save a query under a name, or change that")  # fmt: skip
    parser.add_argument("--pin", action="store_true", help="with save: show it above the list")
    parser.add_argument("--tag", action="append", default=[], metavar="TAG",
                        help="with save: a tag that new matching articles get by `dateline rules`")  # fmt: skip
    takes_format(parser, "table", "json", "jsonl", "csv")
    takes_store(parser, model=False)


def _run(args: argparse.Namespace, out: Output) -> int:
    act = _action(args.words, args.pin, tuple(args.tag))
    if act is None and (args.pin or args.tag):
        raise UsageError("--pin and --tag go with `save NAME QUERY`.")
    with opened(args, ()) as library:
        library.load_annotations().result()
        if act is not None:
            return act(library, out)
        none = "no saved searches yet; `dateline searches save NAME QUERY` makes one"
        return out.found(_list(library.searches(), args.format, out), none)


def _action(words: Sequence[str], pin: bool, tags: tuple[str, ...]) -> _Action | None:
    match words:
        case []:
            return None
        case ["save", name, query]:
            return lambda library, out: _save(library, name, query, pin, tags, out)
        case ["rename", old, new]:
            return lambda library, out: _rename(library, old, new, out)
        case ["delete", name]:
            return lambda library, out: _done(library.change(DeleteSearch(name)).result().sentence, out)
    raise UsageError("`dateline searches` takes nothing, or `save NAME QUERY`, `rename OLD NEW`, `delete NAME`.")


def _save(library: Library, name: str, query: str, pin: bool, tags: tuple[str, ...], out: Output) -> int:
    with noted(query):
        check_query(query, {search.name: search.query for search in library.searches()} | {name: query})
    return _done(library.change(SaveSearch(name, query, pin, tags)).result().sentence, out)


def _rename(library: Library, old: str, new: str, out: Output) -> int:
    there = library.saved_search(old)
    change = SaveSearch(new, there.query, there.pinned, there.tags, there.name)
    return _done(library.change(change).result().sentence, out)


def _done(sentence: str, out: Output) -> int:
    out.say(sentence or "It is so already.")
    return 0


def _list(searches: Sequence[Search], format: str, out: Output) -> int:
    """Write them; return how many."""
    shapes = map(search_shape, searches)
    if format == "json":
        return out.json({}, "searches", shapes)
    if format == "jsonl":
        return out.json_lines(shapes)
    if format == "csv":
        rows = ([*shape.values()] for shape in ({**one, "tags": " ".join(one["tags"])} for one in shapes))
        return out.csv(_COLUMNS, rows)
    widest = max((len(search.name) for search in searches), default=0)
    for search in searches:
        tags = f"  [{' '.join(search.tags)}]" if search.tags else ""
        out.line(f"{'*' if search.pinned else ' '} {search.name:{widest}}  {search.query}{tags}")
    return len(searches)


COMMAND = Subcommand(
    name="searches",
    help="List the saved searches; save, rename or delete one",
    usage="[save NAME QUERY [--pin] [--tag TAG] | rename OLD NEW | delete NAME] [--format FORMAT]",
    arguments=_arguments,
    run=_run,
    more="The columns of the table: pinned, name, query, the tags that new articles get.\n"
    "`search:NAME` stands for the query in any other one: dateline list -q 'search:kurils is:unread'\n"
    "Everything can be undone in the reader.",
)
