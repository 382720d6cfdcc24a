"""`dateline note`: write a note on an article."""

from __future__ import annotations

import argparse
import sys

from store.errors import DatelineError, UsageError
from store.library import Library, SaveNote, Target, read_file, target_of
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
    takes_store(parser, model=False)


def _run(args: argparse.Namespace, out: Output) -> int:
    found = read_file(args.what)
    if len(found) > 1:
        members = "\n".join(f"  {source.path}#{source.member}" for _, source in found[:10])
        raise UsageError(f"{args.what} holds {len(found)} articles; name one:\n{members}")
    with opened(args, () if found else default_paths()) as library:
        target = target_of(*found[0]) if found else library.target(one_article(library, args.what).key)
        body = _body(args)
        if not body.strip():
            out.say("dateline: the note is empty; nothing was saved.")
            return 1
        _save(library, target, body, out)
    return 0


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


def _save(library: Library, target: Target, body: str, out: Output) -> None:
    library.load_annotations().result()
    try:
        receipt = library.change(SaveNote(target, body)).result()
    except DatelineError:
        # What was written must not be lost with the disk that would not take it.
        out.say(f"Not saved. The note was:\n{body}")
        raise
    out.say(receipt.sentence)


COMMAND = Subcommand(
    name="note",
    help="Write a note on an article",
    usage="(PATH | ID) [--text T | --edit]",
    arguments=_arguments,
    run=_run,
    more="With neither --text nor --edit the note is read from stdin, or your editor opens at a terminal.",
)
