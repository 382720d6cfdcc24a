"""`dateline fetch`: save what is new in feeds into a library folder."""

from __future__ import annotations

import argparse

from tui.cli.command import Parser, Subcommand
from tui.cli.output import Output
from tui.cli.saving import Tally, folder_of, takes_saving


def _arguments(parser: Parser) -> None:
    parser.add_argument("feeds", nargs="+", metavar="FEED", help="the address of a feed, or an OPML file of them")
    parser.add_argument("--pages", action="store_true", help="fetch the page of an entry that its feed cuts short")
    takes_saving(parser)


def _run(args: argparse.Namespace, out: Output) -> int:
    folder = folder_of(args, "dateline fetch FEED")
    from store.library.fetching import fetch, named_feeds, visit  # brings what opens connections

    feeds = named_feeds(args.feeds)

    def progress(done: int, total: int, site: str) -> None:
        out.repaint(f"fetching {site}" + (f": {done + 1:,} of {total:,}" if total else ""))

    with visit(folder, dry=args.dry_run) as opened:
        outcomes = fetch(opened, feeds, pages=args.pages, progress=progress)
        return Tally(out, dry=args.dry_run).tell(outcomes, args.format)


COMMAND = Subcommand(
    name="fetch",
    help="Save what is new in feeds into a library folder",
    usage="FEED ... [--pages] [--to FOLDER] [--dry-run] [--format FORMAT]",
    arguments=_arguments,
    run=_run,
    more="Each entry is saved once, wherever you move it. Run it when you want news, or from cron: Dateline itself\n"
    "never fetches anything.",
)
