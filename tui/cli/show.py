"""`dateline show`: one article, highlighted at a terminal and plain in a pipe."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from store.article import Mention, StoredArticle
from store.errors import AnnotationsError
from store.library import Library, Note, group_of, language_name
from tui.cli.choosing import (
    bring_up_to_date,
    default_paths,
    one_article,
    opened,
    tell_warnings,
    with_day,
    with_names,
)
from tui.cli.command import Parser, Subcommand, count_argument, takes_format, takes_store
from tui.cli.documents import names_as_text, to_html, to_markdown
from tui.cli.output import SCHEMA, Output, to_json
from tui.cli.page import page
from tui.cli.shapes import article_shape, mention_shape
from tui.render.safe import plain


def _arguments(parser: Parser) -> None:
    parser.add_argument("what", metavar="PATH|ID", help="a file, PATH#MEMBER, or 6 digits or more of an article's id")
    takes_format(parser, "text", "json", "markdown", "html")
    parser.add_argument(
        "--entities",
        action=argparse.BooleanOptionalAction,
        help="mark or list the names (without it: not in text that goes into a pipe, and not in Markdown)",
    )
    parser.add_argument("--width", metavar="N", type=count_argument, help="columns of a line of text")
    takes_store(parser)


def _run(args: argparse.Namespace, out: Output) -> int:
    named = file_of(args.what)
    with opened(args, [named] if named else default_paths()) as library:
        if named:
            bring_up_to_date(library, out)
        stored = one_article(library, args.what)
        if _wants_names(args, out) and not stored.analysed:
            names = bring_up_to_date(library, out, analyse=[stored.article.id])
            stored = with_names(library.article(stored.key) or stored, names)
        if args.entities and stored.no_model:
            language = language_name(stored.article.language) or "this text"
            out.say(f"dateline: no model reads {language}; `dateline doctor` says what would.")
        if args.format != "text":
            try:
                library.load_annotations().result()
            except AnnotationsError as error:
                if args.format == "json":
                    raise
                # A document can be read without the date that may have been set by hand.
                out.say(f"dateline: {error}")
            tell_warnings(library, out)
            stored = with_day(stored, library)
        if args.format == "text" and out.talks_to_terminal:
            for source in stored.sources[1:]:
                out.say(f"also at {source.path}" + (f"#{source.member}" if source.member else ""))
        for text in _document(args, library, stored, out):
            out.write(text) if args.format == "text" else out.data(text.encode("utf-8", "replace"))
    return 0


def file_of(what: str) -> Path | None:
    """Return the file that `PATH` or `PATH#MEMBER` names, if there is one; an existing path wins over an id."""
    at = len(what)
    while at > 0:
        if Path(what[:at]).exists():
            return Path(what[:at])
        at = what.rfind("#", 0, at)
    return None


def _wants_names(args: argparse.Namespace, out: Output) -> bool:
    if args.entities is not None:
        return bool(args.entities)
    return args.format in ("json", "html") or (args.format == "text" and out.terminal)


def _document(args: argparse.Namespace, library: Library, stored: StoredArticle, out: Output) -> Iterator[str]:
    mentions = stored.mentions if _wants_names(args, out) else ()
    match args.format:
        case "json":
            notes = library.notes(stored.article.id)
            yield to_json(_shape(library, stored, notes, entities=_wants_names(args, out))) + "\n"
        case "markdown":
            yield from to_markdown(stored.article, mentions)
        case "html":
            yield from to_html(stored.article, mentions)
        case _:
            yield from _text(args, library, stored, out)


def _text(args: argparse.Namespace, library: Library, stored: StoredArticle, out: Output) -> Iterator[str]:
    mentions = stored.mentions if _wants_names(args, out) else ()
    if out.terminal or args.width:
        # A given width is that of the text; the page itself has a margin on both sides.
        measure = args.width or library.config.measure
        width = args.width + 3 if args.width else out.width
        for line in page(
            stored.article,
            _highlighted(mentions, args, library) if out.terminal else (),
            width=width,
            measure=measure,
            looks=out.looks,
            ascii_only=library.config.icons == "ascii" or not out.unicode,
        ):
            yield line + "\n"
    else:
        yield plain(stored.article.text).rstrip("\n") + "\n"
    if mentions and not out.terminal:
        yield "\n" + names_as_text(mentions, stored.article.text) + "\n"


def _highlighted(mentions: Sequence[Mention], args: argparse.Namespace, library: Library) -> Sequence[Mention]:
    """Return the names to mark: those of the groups that the reader shows, or all when names were asked for."""
    shown = library.config.shown
    return mentions if args.entities else [one for one in mentions if group_of(one.label) in shown]


def _shape(library: Library, stored: StoredArticle, notes: list[Note], *, entities: bool) -> dict[str, object]:
    article = stored.article
    mentions = [mention_shape(mention, article.text) for mention in stored.mentions] if entities else None
    return {
        "schema": SCHEMA,
        **article_shape(article, stored.sources, library.marks(article.id), notes, gone=stored.key < 0),
        "text": article.text,
        "blocks": [
            {"kind": str(block.kind), "start": block.start, "end": block.end, "level": block.level}
            for block in article.blocks
        ],
        "entities": mentions,
    }


COMMAND = Subcommand(
    name="show",
    help="Print one article",
    usage="(PATH | ID) [--format FORMAT] [--[no-]entities] [--width N]",
    arguments=_arguments,
    run=_run,
    more="At a terminal names are highlighted and lines are wrapped; a pipe gets the text as it is.",
)
