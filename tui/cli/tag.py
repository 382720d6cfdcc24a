"""`dateline tag`: add and remove tags on everything that matches."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from store.article import ArticleKey
from store.errors import UsageError
from store.library import Library, Tag, Target
from store.library.direct import read_file, target_of
from tui.cli.choosing import chosen, config_of, opened, opened_for
from tui.cli.command import Parser, Subcommand, takes_paths, takes_query, takes_store
from tui.cli.output import Output
from tui.cli.shapes import short


def _arguments(parser: Parser) -> None:
    takes_paths(parser, "folders and files; with -q none are needed")
    takes_query(parser)
    parser.add_argument("--dry-run", action="store_true", help="only list what would be tagged")
    takes_store(parser, model=False)


def _run(args: argparse.Namespace, out: Output) -> int:
    add, remove = _changes(args.after)
    if not args.paths and not args.query:
        raise UsageError("which articles? Name files or folders, or give a query with -q.")
    names = config_of(args).json_names
    read = [read_file(one, names) for one in args.paths] if not args.query else []
    if read and all(read):
        with opened(args, ()) as library:
            library.load_annotations().result()
            targets = [target_of(*found) for file in read for found in file]
            return _tag(library, targets, add, remove, args.dry_run, out)
    with opened_for(args, out) as library:
        keys = chosen(library, args.query, out)
        targets = [library.target(ArticleKey(key)) for key in keys]
        return _tag(library, targets, add, remove, args.dry_run, out)


def _changes(words: Sequence[str] | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if not words:
        raise UsageError("which tags? Write them after --, as in `dateline tag -q kurils -- +japan -todo`.")
    wrong = [word for word in words if word[:1] not in ("+", "-") or len(word) < 2]
    if wrong:
        raise UsageError(f"every word after -- begins with + to add or - to remove a tag, unlike {wrong[0]!r}.")
    add = tuple(dict.fromkeys(word[1:] for word in words if word[0] == "+"))
    remove = tuple(dict.fromkeys(word[1:] for word in words if word[0] == "-"))
    return add, remove


def _tag(
    library: Library, targets: list[Target], add: tuple[str, ...], remove: tuple[str, ...], dry: bool, out: Output
) -> int:
    if not targets:
        out.say("dateline: no article matches.")
        return 1
    if dry:
        for target in targets:
            out.line(f"{short(target.id)}  {target.title}")
        out.say(f"{len(targets):,} article{'s' if len(targets) != 1 else ''} would be changed; nothing was.")
        return 0
    receipt = library.change(Tag(tuple(targets), add, remove)).result()
    out.say(receipt.sentence or "Nothing to change: they are tagged so already.")
    return 0


COMMAND = Subcommand(
    name="tag",
    help="Add and remove tags",
    usage="[--dry-run] [-q QUERY] [PATH ...] -- +ADD -REMOVE ...",
    arguments=_arguments,
    run=_run,
    takes_more=True,
    more="Everything after the first -- is a tag: +a adds it, -b removes it.",
)
