"""`dateline note`: write a note on an article, or on a passage of it."""

from __future__ import annotations

import argparse
import re
import sys

from store.article import Article
from store.errors import DatelineError, NotFoundError, UsageError
from store.library import Anchor, Library, SaveNote, make_anchor
from store.library.direct import read_file, target_of
from tui.cli.choosing import config_of, default_paths, one_article, opened
from tui.cli.command import Parser, Subcommand, takes_store
from tui.cli.output import Output
from tui.editor import EditorError, edit_text

_LONGEST = 1_000_000


def _arguments(parser: Parser) -> None:
    parser.add_argument("what", metavar="PATH|ID", help="a file, PATH#MEMBER, or the beginning of an article's id")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--text", metavar="T", help="the note's text")
    how.add_argument("--edit", action="store_true", help="write it in your editor")
    parser.add_argument("--quote", metavar="Q", help="the passage it is about, as it stands in the article")
    parser.add_argument("--tag", metavar="TAG", action="append", default=[], help="a tag for the note; may be repeated")
    takes_store(parser, model=False)


def _run(args: argparse.Namespace, out: Output) -> int:
    found = read_file(args.what, config_of(args).json_names)
    if len(found) > 1:
        members = "\n".join(f"  {source.path}#{source.member}" for _, source in found[:10])
        raise UsageError(f"{args.what} holds {len(found)} articles; name one:\n{members}")
    with opened(args, () if found else default_paths()) as library:
        stored = None if found else one_article(library, args.what)
        target = target_of(*found[0]) if stored is None else library.target(stored.key)
        if stored is None:
            library.will_annotate(found[0][0])
        anchor = None if args.quote is None else _passage(found[0][0] if stored is None else stored.article, args.quote)
        body = _body(args)
        if not body.strip() and anchor is None:
            out.say("dateline: the note is empty; nothing was saved.")
            return 1
        _save(library, SaveNote(target, body, anchor=anchor, tags=tuple(args.tag)), out)
    return 0


def _passage(article: Article, quote: str) -> Anchor:
    """Find a passage by its words; where lines end does not matter.

    Raises:
        NotFoundError: it is not in the article.
        UsageError: it is there more than once, or holds no word.
    """
    words = quote.split()
    if not words:
        raise UsageError("--quote holds no words.")
    places = [match.span() for match in re.finditer(r"\s+".join(map(re.escape, words)), article.text)]
    if not places:
        raise NotFoundError("The article does not hold this passage. Quote it exactly as `dateline show` prints it.")
    if len(places) > 1:
        raise UsageError(f"the article holds this passage {len(places)} times; quote more of what stands around it.")
    return make_anchor(article.text, *places[0])


def _body(args: argparse.Namespace) -> str:
    if args.text is not None:
        return str(args.text)
    if args.edit or sys.stdin is None or sys.stdin.isatty():
        try:
            return edit_text("", config_of(args).editor)
        except EditorError as error:
            raise DatelineError(str(error)) from error
    try:
        body = sys.stdin.read(_LONGEST + 1)
    except UnicodeDecodeError as error:
        raise UsageError("what comes in on stdin is no text; write it in UTF-8.") from error
    if len(body) > _LONGEST:
        raise UsageError(f"a note may have {_LONGEST:,} characters at most.")
    return body.rstrip("\n")


def _save(library: Library, change: SaveNote, out: Output) -> None:
    library.load_annotations().result()
    try:
        receipt = library.change(change).result()
    except DatelineError:
        # What was written must not be lost with the disk that would not take it.
        out.say(f"Not saved. The note was:\n{change.body}")
        raise
    out.say(receipt.sentence)


COMMAND = Subcommand(
    name="note",
    help="Write a note on an article, or on a passage of it",
    usage="(PATH | ID) [--quote Q] [--text T | --edit] [--tag TAG]",
    arguments=_arguments,
    run=_run,
    more="With neither --text nor --edit the note is read from stdin, or your editor opens at a terminal.\n"
    "With --quote and --text \"\" the passage is highlighted.",
)
