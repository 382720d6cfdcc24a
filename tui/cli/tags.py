"""`dateline tags`: the tags in use, and giving them another name, merging and deleting them."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

from store.errors import NotFoundError, UsageError
from store.library import DeleteTag, Library, RenameTag, TagReach, TagUse, normal_tag
from tui.cli.choosing import opened
from tui.cli.command import Parser, Subcommand, takes_format, takes_store
from tui.cli.output import Output
from tui.cli.shapes import tag_shape

_COLUMNS = ("name", "articles", "notes", "last_used", "digit", "entities")


def _arguments(parser: Parser) -> None:
    parser.add_argument("words", nargs="*", metavar="rename OLD NEW | merge OLD INTO | delete TAG",
                        help="change a tag, with the tags below it, everywhere")  # fmt: skip
    parser.add_argument("--dry-run", action="store_true", help="only say what would be changed")
    takes_format(parser, "table", "json", "jsonl", "csv")
    takes_store(parser, model=False)


def _run(args: argparse.Namespace, out: Output) -> int:
    act = _action(args.words)
    if act is None and args.dry_run:
        raise UsageError("--dry-run goes with rename, merge and delete.")
    with opened(args, ()) as library:
        library.load_annotations().result()
        return _list(library, args.format, out) if act is None else act(library, args.dry_run, out)


_Action = Callable[[Library, bool, Output], int]


def _action(words: Sequence[str]) -> _Action | None:
    match words:
        case []:
            return None
        case ["rename", old, new]:
            return lambda library, dry, out: _rename(library, old, new, dry, out)
        case ["merge", old, into]:
            return lambda library, dry, out: _rename(library, old, into, dry, out, merge=True)
        case ["delete", tag]:
            return lambda library, dry, out: _delete(library, tag, dry, out)
    raise UsageError("`dateline tags` takes nothing, or `rename OLD NEW`, `merge OLD INTO`, `delete TAG`.")


def _rename(library: Library, old: str, new: str, dry: bool, out: Output, *, merge: bool = False) -> int:
    old, new = normal_tag(old), normal_tag(new)
    known = {use.name.casefold(): use.name for use in library.tags()}
    reach = _reach(library, old)
    if merge and new.casefold() not in known:
        raise NotFoundError(f"There is no tag {new} to merge into; `dateline tags rename` gives {old} a new name.")
    into = known.get(new.casefold())
    if dry:
        merged = into is not None and into.casefold() != old.casefold()
        out.say(f"{_touched(reach)} would be changed: {old} → {into or new}; nothing was.")
        if merged:
            out.say(f"It would become one with {into}, which is on {_touched(library.tag_reach(into or new))}.")
        return _below(reach, out)
    receipt = library.change(RenameTag(old, new)).result()
    out.say(receipt.sentence or "It has this name already.")
    return 0


def _delete(library: Library, tag: str, dry: bool, out: Output) -> int:
    tag = normal_tag(tag)
    reach = _reach(library, tag)
    if dry:
        out.say(f"{tag} would be taken off {_touched(reach)}; nothing was.")
        return _below(reach, out)
    out.say(library.change(DeleteTag(tag)).result().sentence)
    return 0


def _reach(library: Library, tag: str) -> TagReach:
    reach = library.tag_reach(tag)
    borne = reach.articles or reach.notes or reach.entities or reach.below
    if not borne and not any(use.name == tag for use in library.tags()):
        raise NotFoundError(f"No article or note bears the tag {tag}; `dateline tags` lists those in use.")
    return reach


def _touched(reach: TagReach) -> str:
    counts = ((reach.articles, "article"), (reach.notes, "note"), (reach.entities, "name"))
    found = [f"{count:,} {word}{'' if count == 1 else 's'}" for count, word in counts if count]
    return " and ".join(found) or "nothing"


def _below(reach: TagReach, out: Output) -> int:
    for name in reach.below:
        out.line(name)
    if reach.below:
        out.say(f"With it go the {len(reach.below):,} tags below it." if len(reach.below) > 1
                else "With it goes the tag below it.")  # fmt: skip
    return 0


def _list(library: Library, format: str, out: Output) -> int:
    tags = library.tags()
    if format == "json":
        n = out.json({}, "tags", map(tag_shape, tags))
    elif format == "jsonl":
        n = out.json_lines(map(tag_shape, tags))
    elif format == "csv":
        n = out.csv(_COLUMNS, (list(tag_shape(tag).values()) for tag in tags))
    else:
        n = len(tags)
        for tag in tags:
            out.line(_row(tag))
    return out.found(n, "no tags yet; `dateline tag -q QUERY -- +TAG` puts one on articles")


def _row(tag: TagUse) -> str:
    digit = str(tag.digit) if tag.digit else " "
    last = tag.last_used.astimezone().date().isoformat() if tag.last_used else " " * 10
    return f"{digit}  {tag.articles:>7,}  {tag.notes:>5,}  {last}  {tag.name}"


COMMAND = Subcommand(
    name="tags",
    help="List the tags in use; rename, merge or delete one",
    usage="[rename OLD NEW | merge OLD INTO | delete TAG] [--dry-run] [--format FORMAT]",
    arguments=_arguments,
    run=_run,
    more="The columns of the table: number key, articles, notes, last used, name.\n"
    "The tags below one go with it: `asia` takes `asia/japan` along.\n"
    "Renamed to a tag that exists, the two become one. Everything can be undone in the reader.",
)
