"""`dateline add`: save web pages into a library folder."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tui.cli.command import Parser, Subcommand
from tui.cli.output import Output
from tui.cli.saving import Tally, folder_of, takes_saving

if TYPE_CHECKING:
    from store.library.fetching import Outcome, Visit


def _arguments(parser: Parser) -> None:
    parser.add_argument("urls", nargs="+", metavar="URL", help="the address of a page, with http:// or https://")
    takes_saving(parser)


def _run(args: argparse.Namespace, out: Output) -> int:
    folder = folder_of(args, "dateline add URL")
    from store.library.fetching import visit, web_address  # brings what opens connections

    urls = list(dict.fromkeys(map(web_address, args.urls)))
    with visit(folder, dry=args.dry_run) as opened:
        return Tally(out, dry=args.dry_run).tell(_shown(opened, urls, out), args.format)


def _shown(visit: Visit, urls: list[str], out: Output) -> Iterator[Outcome]:
    from store.library.fetching import add

    for number, url in enumerate(urls, 1):
        out.repaint(f"fetching {number:,} of {len(urls):,}: {url}")
        yield from add(visit, [url])


COMMAND = Subcommand(
    name="add",
    help="Save web pages into a library folder",
    usage="URL ... [--to FOLDER] [--dry-run] [--format FORMAT]",
    arguments=_arguments,
    run=_run,
    more="A page is kept as it came, below a head that says from where and when. The same address again is\n"
    "already there, or brings what is new in its text. robots.txt is respected, and a site is asked once a second.",
)
