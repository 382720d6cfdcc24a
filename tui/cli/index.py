"""`dateline index`: read new files and find all names, in the foreground."""

from __future__ import annotations

import argparse
from pathlib import Path

from store.errors import UsageError
from tui.cli.choosing import default_paths, opened
from tui.cli.command import Parser, Subcommand, count_argument, takes_paths, takes_store
from tui.cli.output import Output
from tui.cli.progress import ProgressLine


def _arguments(parser: Parser) -> None:
    takes_paths(parser)
    jobs = "so many processes read files and find names"
    parser.add_argument("--jobs", metavar="N", type=count_argument, default=1, help=jobs)
    takes_store(parser)


def _run(args: argparse.Namespace, out: Output) -> int:
    given = [Path(one) for one in args.paths] or default_paths()
    if not given:
        raise UsageError("which folder? Name one, as in `dateline index ~/articles`.")
    with opened(args, given) as library:
        with ProgressLine(out, patience=0.0, lines=True) as line:
            why = library.bring_up_to_date(everything=True, jobs=args.jobs, progress=line)
        library.reopen()
        counts = library.counts()
        unread = sum(one.unread for one in library.languages())
    if why:
        out.say(why)
    told = f"{counts.articles:,} articles, names found in {counts.analysed - unread:,}"
    if unread:
        told += f"; no model reads the language of {unread:,}, `dateline doctor` says more"
    out.say(f"{told}.")
    for trouble in line.troubles[:20]:
        where = f"{trouble.source}#{trouble.member}" if trouble.member else trouble.source
        out.say(f"  {where}: {trouble.reason}" if where else f"dateline: {trouble.reason}")
    if counts.problems:
        out.say(f"{counts.problems:,} files or articles cannot be shown; `dateline doctor` names them.")
    # Whoever names a pipeline wants its names, and no others.
    unloaded = bool(args.model) and any(trouble.stage == "load" for trouble in line.troubles)
    return 3 if why or unloaded else 0


COMMAND = Subcommand(
    name="index",
    help="Read new files and find all names now",
    usage="[PATH ...] [--jobs N] [--model M]",
    arguments=_arguments,
    run=_run,
    more="It can be interrupted at any time; what is done stays done.",
)
