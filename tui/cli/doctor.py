"""`dateline doctor`: what is installed, where things are, what is wrong, what cannot be shown and why."""

from __future__ import annotations

import argparse
import locale
import os
import sys
from pathlib import Path

from store.config import Config
from store.errors import ConfigError, DatelineError
from store.library import Library, annotation_state, examine
from tui.cli.choosing import config_of, default_paths
from tui.cli.command import Parser, Subcommand, takes_paths, takes_store
from tui.cli.output import Output
from tui.render.safe import safe


def _arguments(parser: Parser) -> None:
    takes_paths(parser)
    takes_store(parser)
    parser.add_argument(
        "--repair",
        action="store_true",
        help="make an annotation file usable that was refused, from what is left of it, its backups and its journal",
    )
    parser.add_argument(
        "--report", action="store_true", help="write a form for a bug report, with no text, name or path of yours in it"
    )


def _run(args: argparse.Namespace, out: Output) -> int:
    if args.report:
        return _report(args, out)
    wrong = 0
    try:
        config = config_of(args)
    except ConfigError as error:
        config = Config()
        out.block(f"wrong: {error}")
        wrong += 1
    library = Library.open([Path(one) for one in args.paths] or default_paths(), config, annotations=args.db)
    try:
        out.line("Installed")
        wrong += _findings([*examine.installed(), examine.pipeline(config), *_terminal()], out)
        out.line()
        if args.repair:
            wrong += _repair(library, out)
        out.line("Files")
        wrong += _findings(examine.places(config, library.annotations_file), out)
        out.line()
        out.line("Annotations")
        wrong += _annotations(library, out)
        out.line()
        wrong += _library(library, out)
    finally:
        # It looks, and leaves everything as it is.
        library.close(fold=False)
    return 3 if wrong else 0


def _report(args: argparse.Namespace, out: Output) -> int:
    from tui.cli import report  # only this option needs it

    config: Config | None
    try:
        config = config_of(args)
    except ConfigError:
        config = None
    given = [Path(one) for one in args.paths] or default_paths()
    library = Library.open(given, config or Config(), annotations=args.db)
    try:
        report.write(library, config, out)
    finally:
        library.close(fold=False)
    return 0


def _findings(findings: list[examine.Finding], out: Output) -> int:
    for finding in findings:
        out.line(f"  {finding.name:<15} {finding.value}")
        if finding.wrong:
            out.block(f"  {'wrong':>15} {finding.wrong}")
    return sum(1 for finding in findings if finding.wrong)


def _terminal() -> list[examine.Finding]:
    encoding = locale.getpreferredencoding(False)
    narrow = "" if encoding.lower().replace("-", "") == "utf8" else "Set LANG to a UTF-8 locale, such as C.UTF-8."
    term = os.environ.get("TERM", "")
    kept = {name: os.environ[name] for name in ("COLORTERM", "NO_COLOR", "TMUX", "STY") if os.environ.get(name)}
    beside = "".join(f", {name} {value.split(',')[0]}" for name, value in kept.items())
    return [
        examine.Finding("terminal", f"TERM {term or 'not set'}{beside}"),
        examine.Finding("encoding", f"{encoding}, files {sys.getfilesystemencoding()}", narrow),
    ]


def _repair(library: Library, out: Output) -> int:
    out.line("Repair")
    try:
        done = annotation_state.mend(library.annotations_file)
    except DatelineError as error:
        done, wrong = [str(error)], 1
    else:
        wrong = 0
    for sentence in done:
        out.block(f"  {sentence}")
    out.line()
    return wrong


def _annotations(library: Library, out: Output) -> int:
    findings = annotation_state.standing(library.annotations_file)
    wrong = _findings(findings, out)
    if wrong:
        return wrong
    try:
        library.load_annotations().result()
    except DatelineError as error:
        out.block(f"  {'wrong':>15} {error}")
        return 1
    for warning in [one for one in (library.read_only, *library.warnings) if one]:
        out.block(f"  {'wrong':>15} {warning}")
    return 1 if library.read_only or library.warnings else 0


def _library(library: Library, out: Output) -> int:
    if not library.roots:
        out.line("Library: none was opened yet.")
        return 0
    out.line("Library")
    for root in library.roots:
        out.line(f"  {'folder':<15} {root}")
    wrong = _findings([examine.index(library.index_file)], out)
    # A network file system is no mistake of anybody's: exit as if all were well.
    _findings([examine.watching(library.roots)], out)
    counts = library.counts()
    out.line(f"  {'articles':<15} {counts.articles:,}, names looked for in {counts.analysed:,}")
    _languages(library, out)
    problems = library.problems()
    out.line(f"  {'not shown':<15} {len(problems):,}")
    for problem in problems:
        where = f"{problem.path}#{problem.member}" if problem.member else problem.path
        out.line(f"    {safe(where)}: {problem.reason}")
    return wrong


def _languages(library: Library, out: Output) -> None:
    """Say which languages there are, and what reads them. That nothing does is no mistake: exit as if all were well."""
    for finding in examine.languages(library.config, library.languages()):
        out.line(f"  {finding.name:<15} {finding.value}")
        if finding.wrong:
            out.block(f"  {'':>15} {finding.wrong}")


COMMAND = Subcommand(
    name="doctor",
    help="Say what is installed, where things are, and what is wrong",
    usage="[PATH ...] [--report | --repair]",
    arguments=_arguments,
    run=_run,
    more="Files that cannot be shown are listed with their reasons. It exits with 3 when something needs mending.\n"
    "--repair keeps what was there beside it, under a dated name.\n"
    "--report can be pasted into a bug report: versions, the terminal, sizes and counts, and where in the code\n"
    "something went wrong, but nothing of what you read and write.",
)
