"""What `dateline` begins with: a sub-command goes to `tui.cli`, anything else opens the reader."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from store.errors import UsageError
from tui.cli import NAMES, reader
from tui.cli.command import Parser, find
from tui.cli.output import Output
from tui.cli.running import guarded, run
from tui.last_screen import LastScreen

_BEFORE_TEXTUAL = {
    # Nothing moves by itself: on a slow link every frame costs.
    "TEXTUAL_ANIMATIONS": "none",
    # Milliseconds that a lone Escape waits for a sequence to follow.
    "ESCDELAY": "25",
}


def start(words: Sequence[str], last: LastScreen) -> int:
    """Run what the words of a command line ask for, and return its exit code."""
    if words and words[0] in NAMES:
        return run(words[0], words[1:])
    out = Output()

    def read() -> int:
        try:
            return _reader(words, out, last)
        finally:
            # Whatever is said at the end is said on the shell's screen.
            last.give_back()

    return guarded(read, out)


def _reader(words: Sequence[str], out: Output, last: LastScreen) -> int:
    parser = Parser("", reader.USAGE, reader.HELP + ".", _more(words), out)
    reader.arguments(parser)
    args = parser.read(words)
    if args.version:
        return _version(out)
    _refuse_without_terminal()
    _refuse_misspelt_command(args.paths)
    if not _in_browser() and os.environ.get("TERM", "dumb") in ("", "dumb", "unknown"):
        # A terminal that only prints is read line by line.
        from tui.cli.read import read

        return read(args, out)
    return _open(args, last)


def _open(args: argparse.Namespace, last: LastScreen) -> int:
    # What a start allocates stays; looking for garbage in it costs frames. The app switches it on again.
    gc.disable()
    # A thread that searches hands over to the screen within half a millisecond, not five.
    sys.setswitchinterval(0.0005)
    if os.environ.get("TERM") == "linux":
        # The console knows no other keyboard, and older kernels print the end of what asks for it.
        os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
    from tui.wire.terminal import has_all_colours

    if has_all_colours(os.environ):
        os.environ.setdefault("TEXTUAL_COLOR_SYSTEM", "truecolor")
    for name, value in _BEFORE_TEXTUAL.items():
        os.environ.setdefault(name, value)
    from store.library import Library, remember
    from tui.cli.choosing import config_of, default_paths, noted

    if args.query:
        with noted(args.query):
            Library.canonical(args.query)
    given = [Path(one) for one in args.paths] or default_paths()
    if not given:
        raise UsageError(_WHICH)
    library = Library.open(given, config_of(args), annotations=args.db)
    remember(library.roots)
    from tui.app import run as open_reader

    return open_reader(library, query=args.query, last=last)


_WHICH = """which folder? Name one to read, as in
  dateline ~/articles
Later `dateline` alone opens it again. `dateline --help` tells what else there is."""


def _in_browser() -> bool:
    """Tell whether `dateline serve` has started us, with a page of a browser at the other end."""
    return os.environ.get("TEXTUAL_DRIVER", "").endswith("WebDriver")


def _refuse_without_terminal() -> None:
    if _in_browser():
        return
    instead = "`dateline read`, `list` and `show` work without one; `dateline --help` tells how"
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout and sys.stdout.isatty()):
        raise UsageError(f"the reader needs a terminal; {instead}.")


def _refuse_misspelt_command(words: Sequence[str]) -> None:
    """Tell a mistyped sub-command from a folder that is not there."""
    if words and not os.path.lexists(words[0]) and os.sep not in words[0]:
        from store.config import nearest

        meant = nearest(words[0], list(NAMES))
        if meant:
            raise UsageError(f"there is no file or folder {words[0]}; did you mean `dateline {meant}`?")


def _version(out: Output) -> int:
    from importlib.metadata import PackageNotFoundError, version

    try:
        out.line(f"dateline {version('dateline')}")
    except PackageNotFoundError:
        out.line("dateline, run from its source")
    out.flush()
    return 0


def _more(words: Sequence[str]) -> str:
    """Return the list of the sub-commands for the help."""
    if not {"-h", "--help"} & set(words):
        return ""
    commands = [find(name) for name in NAMES]
    lines = [f"  dateline {command.name:<12} {command.help}" for command in commands]
    advice = "`dateline COMMAND --help` tells more. A folder with a command's name is opened as ./NAME."
    return "\n".join(["commands:", *lines, "", advice])

