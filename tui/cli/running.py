"""Run one sub-command: arguments in, exit code out, every failure in words."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Sequence

from store.errors import DatelineError, NotFoundError, QueryError, UsageError
from tui.cli.command import Parser, find
from tui.cli.output import Output
from tui.render.safe import safe

FOUND, NOTHING, WRONG_USE, COULD_NOT, INTERRUPTED = 0, 1, 2, 3, 130
"""The exit codes: 1 when nothing matches or is not there, 2 for a wrong command, 3 when it could not be done."""


def run(name: str, argv: Sequence[str]) -> int:
    """Run a sub-command and return its exit code."""
    out = Output()
    return guarded(lambda: _run(name, argv, out), out)


def _run(name: str, argv: Sequence[str], out: Output) -> int:
    command = find(name)
    parser = Parser(name, command.usage, command.help + ".", command.more, out)
    command.arguments(parser)
    words, after = list(argv), None
    if command.takes_more and "--" in words:
        at = words.index("--")
        words, after = words[:at], words[at + 1 :]
    args = parser.read(words)
    args.after = after
    code = command.run(args, out)
    out.flush()
    return code


def guarded(body: Callable[[], int], out: Output) -> int:
    """Call `body` and turn whatever ends it into an exit code and a sentence on stderr."""
    try:
        return body()
    except SystemExit as ended:  # argparse after --help
        return _flushed(out, ended.code if isinstance(ended.code, int) else FOUND)
    except QueryError as error:
        out.say(f"dateline: {_explained(error)}")
        return _flushed(out, WRONG_USE)
    except UsageError as error:
        out.say(f"dateline: {error}")
        return _flushed(out, WRONG_USE)
    except NotFoundError as error:
        out.say(f"dateline: {error}")
        return _flushed(out, NOTHING)
    except DatelineError as error:
        out.say(f"dateline: {error}")
        return _flushed(out, COULD_NOT)
    except KeyboardInterrupt:
        out.repaint("")
        out.say("dateline: interrupted")
        _forget_stdout()
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read along has seen enough, as `| head` does.
        _forget_stdout()
        return FOUND
    except OSError as error:
        out.say(f"dateline: {error.strerror or error}" + (f": {error.filename}" if error.filename else ""))
        _forget_stdout()
        return COULD_NOT
    except Exception:  # noqa: BLE001 - a mistake of ours is no "nothing found", which a traceback's exit code would say
        out.say(f"{traceback.format_exc()}dateline: this is a mistake in Dateline; please report the lines above.")
        _forget_stdout()
        return COULD_NOT


def _flushed(out: Output, code: int) -> int:
    try:
        out.flush()
    except BrokenPipeError:
        _forget_stdout()
    except OSError as error:
        out.say(f"dateline: {error.strerror}")
        _forget_stdout()
        return COULD_NOT
    return code


def _forget_stdout() -> None:
    """Point stdout at nothing, so that Python's last flush at exit has nothing to complain about."""
    try:
        descriptor = sys.stdout.fileno()
    except (AttributeError, OSError, ValueError):
        return
    if sys.stdout is sys.__stdout__:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, descriptor)
        os.close(nothing)


def _explained(error: QueryError) -> str:
    """Write the query under the message, with a sign under the place where it went wrong."""
    hint = f"\n  {error.advice}" if error.hint else ""
    query = safe(next(iter(getattr(error, "__notes__", [])), ""))
    if not query:
        return f"{error}{hint}"
    from tui.cli.layout import columns_of  # its tables of widths cost a start what few errors need

    return f"{error}\n  {query}\n  {' ' * columns_of(query[: error.column])}^{hint}"
