"""`dateline import`: take in what an export or another annotation file holds."""

from __future__ import annotations

import argparse

from store.errors import UsageError
from tui.cli.choosing import default_paths, opened, tell_warnings
from tui.cli.command import Parser, Subcommand, file_argument, takes_store
from tui.cli.output import Output


def _arguments(parser: Parser) -> None:
    parser.add_argument(
        "file", metavar="FILE", type=file_argument,
        help="what `dateline export --format jsonl` wrote, or an annotation file",
    )  # fmt: skip
    parser.add_argument("--dry-run", action="store_true", help="only say what would be imported")
    takes_store(parser, model=False)


def _run(args: argparse.Namespace, out: Output) -> int:
    from store.library.exchanging import (
        import_contents,
        read_import,
        would_import,
    )

    contents = read_import(args.file)
    with opened(args, default_paths()) as library:
        library.load_annotations().result()
        tell_warnings(library, out)
        own = library.annotations_file
        if own.exists() and own.samefile(args.file):
            raise UsageError(f"{args.file} is the annotation file itself; there is nothing to import from it.")
        would, counts = would_import(library, contents)
        if counts.taken:
            out.say(f"The number keys of these tags bear others here: {', '.join(counts.taken)}.")
        if contents.drafts:
            out.say(f"{len(contents.drafts):,} unfinished note{'s' * (len(contents.drafts) != 1)} stay in {args.file}.")
        if args.dry_run:
            out.say(f"{would}; nothing was." if would else "Nothing new; nothing would be imported.")
        else:
            sentence = import_contents(library, contents, args.file).sentence
            out.say(f"{sentence}. Undo in the reader takes it back." if sentence else "Nothing new: all of it is here.")
    return 0


COMMAND = Subcommand(
    name="import",
    help="Take in an export, or another annotation file",
    usage="[--dry-run] FILE",
    arguments=_arguments,
    run=_run,
    more="What is here stays: tags are united, of a note that both have the newer text wins, and where both were\n"
    "written on, both are kept. The same file again changes nothing.",
)
