"""`dateline merge`: make one annotation file of two."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from tui.cli.command import Parser, Subcommand, file_argument
from tui.cli.output import Output

if TYPE_CHECKING:
    from store.library.exchanging import Counts


def _arguments(parser: Parser) -> None:
    parser.add_argument("one", metavar="A", type=file_argument, help="an annotation file")
    parser.add_argument("other", metavar="B", type=file_argument, help="another one")
    parser.add_argument(
        "-o", "--output", metavar="C", type=file_argument, required=True, help="the new file; it must not be there yet"
    )


def _run(args: argparse.Namespace, out: Output) -> int:
    from store.library.exchanging import counted, merge_files  # brings what reads the annotation file

    merged = merge_files(args.one, args.other, args.output)
    out.say(f"{counted(merged.articles, 'article')} and {counted(merged.notes, 'note')} written to {args.output}.")
    for line in _told(merged.counts):
        out.say(line)
    if merged.left_out:
        out.say(f"{counted(merged.left_out, 'other entry')} differed; those of the older file were taken.")
    out.say("Its list of changes to undo is empty; neither file was changed. --db opens it.")
    return 0


def _told(counts: Counts) -> list[str]:
    from store.library.exchanging import counted

    told = []
    if counts.newer:
        told.append(f"{counted(counts.newer, 'note')} had been changed in one file since: the newer was taken.")
    if counts.conflicts:
        told.append(f"{counted(counts.conflicts, 'note')} had been changed in both: both texts are kept, side by side.")
    if counts.taken:
        told.append(f"These tags lost their number keys to others: {', '.join(counts.taken)}.")
    return told


COMMAND = Subcommand(
    name="merge",
    help="Make one annotation file of two",
    usage="A B -o C",
    arguments=_arguments,
    run=_run,
    more="A and B are only read, with their journals. Which is named first does not matter.",
)
