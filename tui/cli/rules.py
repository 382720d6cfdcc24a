"""`dateline rules`: let saved searches tag the articles that are new to them."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from store.article import ArticleKey
from store.errors import QueryError
from store.library import ApplyRule, Library, Search
from tui.cli.choosing import bring_up_to_date, opened_for
from tui.cli.command import Parser, Subcommand, takes_paths, takes_store
from tui.cli.output import Output
from tui.cli.shapes import short


def _arguments(parser: Parser) -> None:
    takes_paths(parser)
    parser.add_argument("--dry-run", action="store_true", help="only list what would be tagged")
    takes_store(parser, model=False)


def _run(args: argparse.Namespace, out: Output) -> int:
    with opened_for(args, out) as library:
        if not args.paths:
            bring_up_to_date(library, out)
        rules = [search for search in library.searches() if search.tags]
        if not rules:
            out.say("There are no rules. `dateline searches save NAME QUERY --tag TAG` makes one.")
            return 1
        # Taken before the rules look: what comes meanwhile is new to them the next time.
        until = datetime.now(UTC)
        results = [_apply(library, rule, until, args.dry_run, out) for rule in rules]
        return 0 if any(results) else 1


def _apply(library: Library, rule: Search, until: datetime, dry: bool, out: Output) -> bool:
    """Apply a rule, or say what it would do; returns whether there was anything new to it."""
    try:
        keys = library.new_to(rule).result()
    except QueryError as error:
        out.say(f"dateline: the rule {rule.name} is wrong and was left out: {error}")
        return False
    targets = tuple(library.target(ArticleKey(key)) for key in keys)
    if dry:
        for target in targets:
            out.line(f"{short(target.id)}  {target.title}")
        counted = f"{len(targets):,} article{'' if len(targets) == 1 else 's'}"
        out.say(f"Rule {rule.name} would tag {counted}: {', '.join(rule.tags)}")
    else:
        receipt = library.change(ApplyRule(rule.name, targets, until, library.folders)).result()
        out.say(receipt.sentence or f"Rule {rule.name}: nothing new")
    return bool(targets)


COMMAND = Subcommand(
    name="rules",
    help="Tag the articles that are new to your rules",
    usage="[PATH ...] [--dry-run]",
    arguments=_arguments,
    run=_run,
    more="A rule is a saved search with tags. New to it is what was first seen after it was made, or after it last\n"
    "ran, and what you have not tagged or noted on before: a tag that you took off is not put on again.\n"
    "What a rule does is one step that `u` in the reader takes back.",
)
