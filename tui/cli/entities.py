"""`dateline entities`: who, where and what the articles name."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from store.article import StoredArticle
from store.errors import UsageError
from store.library import LABELS, Group, Library, group_of, group_title
from tui.cli.choosing import Names, articles, bring_up_to_date, chosen, opened_for, with_names
from tui.cli.command import Parser, Subcommand, takes_format, takes_paths, takes_query, takes_store
from tui.cli.output import Output
from tui.cli.shapes import mention_shape, place_shape

_COLUMNS = ("article", "path", "start", "end", "text", "label", "entity", "kind")


def _arguments(parser: Parser) -> None:
    takes_paths(parser)
    takes_query(parser)
    parser.add_argument(
        "--label", metavar="L", action="append", default=[], help="only this label or group: PERSON, GPE, places, ..."
    )
    takes_format(parser, "table", "json", "jsonl", "csv")
    takes_store(parser)


def _run(args: argparse.Namespace, out: Output) -> int:
    wanted = _labels(args.label)
    with opened_for(args, out) as library:
        keys = chosen(library, args.query, out)
        waiting = [one.article.id for one in articles(library, keys) if not one.analysed] if args.paths else []
        names = bring_up_to_date(library, out, analyse=waiting) if waiting else {}
        read = _Reading(library, keys, names)
        found = _write(args.format, read, wanted, out)
        if read.unanalysed:
            out.say(f"dateline: {read.unanalysed:,} of {len(keys):,} articles are not analysed; run `dateline index`.")
        if read.unread:
            out.say(f"dateline: no model reads the language of {read.unread:,}; `dateline doctor` says what would.")
        return out.found(found, "no names found" if keys else "no article matches")


class _Reading:
    """The articles, one after the other, counting those whose names are not known."""

    def __init__(self, library: Library, keys: Sequence[int], names: Names) -> None:
        self._library = library
        self._keys = keys
        self._names = names
        self.unanalysed = self.unread = 0

    def __iter__(self) -> Iterator[StoredArticle]:
        for one in articles(self._library, self._keys):
            stored = with_names(one, self._names)
            self.unanalysed += not stored.analysed
            self.unread += stored.no_model
            yield stored


def _labels(given: Sequence[str]) -> frozenset[str]:
    """Return the labels that labels, also in the plural, and names of groups stand for; none for all.

    Raises:
        UsageError: a group that does not exist, in lower case as groups are written.
    """
    groups = {name: group for group in Group for name in (str(group), group_title(group))}
    labels = {name: label for known in LABELS.values() for label in known for name in (label, f"{label}S")}
    wanted: set[str] = set()
    for word in given:
        if word in groups:
            wanted |= {str(groups[word])}
        elif word.upper() in labels:
            wanted.add(labels[word.upper()])
        elif word.islower():
            known = ", ".join(map(group_title, Group))
            raise UsageError(f"no label and no group is called {word!r}; the groups are {known}.")
        else:
            wanted.add(word)
    return frozenset(wanted)


def _write(format: str, read: _Reading, wanted: frozenset[str], out: Output) -> int:
    if format == "table":
        return _table(read, wanted, out)
    rows = (row for one in read for row in _mentions(one, wanted))
    if format == "json":
        return out.json({}, "mentions", rows)
    if format == "jsonl":
        return out.json_lines(rows)
    return out.csv(_COLUMNS, ([row[name] for name in _COLUMNS] for row in rows))


def _mentions(stored: StoredArticle, wanted: frozenset[str]) -> Iterator[dict[str, Any]]:
    place = place_shape(stored.sources)
    for mention in stored.mentions:
        if _is_wanted(mention.label, wanted):
            shape = mention_shape(mention, stored.article.text)
            yield {**shape, "article": stored.article.id, "path": place["path"], "title": stored.article.title}


def _is_wanted(label: str, wanted: frozenset[str]) -> bool:
    return not wanted or label in wanted or str(group_of(label)) in wanted


@dataclass(slots=True)
class _Named:
    name: str
    label: str
    mentions: int = 0
    articles: set[str] = field(default_factory=set)


def _table(read: _Reading, wanted: frozenset[str], out: Output) -> int:
    found: dict[tuple[Group, str], _Named] = {}
    for stored in read:
        for mention in stored.mentions:
            if _is_wanted(mention.label, wanted):
                name = mention.entity or stored.article.text[mention.start : mention.end]
                key = (group_of(mention.label), name.casefold())
                named = found.setdefault(key, _Named(" ".join(name.split()), mention.label))
                named.mentions += 1
                named.articles.add(stored.article.id)
    for named in sorted(found.values(), key=lambda one: (-one.mentions, one.name.casefold())):
        out.line(f"{named.mentions:>7,}  {len(named.articles):>7,}  {named.label:<11}  {named.name}")
    return len(found)


COMMAND = Subcommand(
    name="entities",
    help="List who, where and what the articles name",
    usage="[PATH ...] [-q QUERY] [--label L] [--format FORMAT]",
    arguments=_arguments,
    run=_run,
    more="The columns of the table: mentions, articles, label, name. The other formats have one row a mention;\n"
    "text[start:end] of the article's text is the name, counted in code points.",
)
