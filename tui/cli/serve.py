"""`dateline serve`: the reader in a browser, on this machine alone unless other machines are asked in."""

from __future__ import annotations

import argparse
import os
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from store.errors import DatelineError, UsageError
from store.library import Library, remember
from tui.cli.choosing import config_of, default_paths
from tui.cli.command import Parser, Subcommand, takes_paths, takes_query, takes_store
from tui.cli.output import Output
from tui.serving.door import LOCAL, Door, address, is_local

PORT = 8000
_MISSING = """`dateline serve` needs the extra `serve`: pip install 'dateline[serve]',
from a clone .venv/bin/pip install '.[serve]'."""
_WARNING = (
    "warning: other machines can reach this server. There is no password but the key in the address, and nothing "
    "on its way is encrypted: whoever reads along can read, change, and run commands as you."
)


def _arguments(parser: Parser) -> None:
    takes_paths(parser, "folders and files to read; none: the library that was opened last")
    takes_query(parser)
    parser.add_argument("--port", metavar="N", type=port_argument, default=PORT, help=f"the port; {PORT} if not given")
    parser.add_argument("--host", metavar="ADDRESS", default=LOCAL, help="the address to listen on; this machine's own")
    parser.add_argument("--let-others-in", action="store_true", help="allow a --host that other machines can reach")
    takes_store(parser)


def port_argument(text: str) -> int:
    """Read the number of a port; 0 lets the system choose."""
    if not text.isascii() or not text.isdigit() or int(text) > 65_535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port, a whole number up to 65535")
    return int(text)


def _run(args: argparse.Namespace, out: Output) -> int:
    if not is_local(args.host) and not args.let_others_in:
        raise UsageError(
            f"{args.host} can be reached by other machines. Without --host only this machine can come in; through "
            f"ssh -L {PORT}:{LOCAL}:{PORT} so can yours. --let-others-in does it all the same."
        )
    words = _words(args)
    if find_spec("textual_serve") is None or find_spec("aiohttp") is None:
        raise DatelineError(_MISSING)
    import tui
    from tui.serving import server  # the extra

    if not is_local(args.host):
        out.say(_WARNING)
    door = Door()
    server.prepare(os.environ, Path(tui.__file__).resolve().parents[1])
    try:
        server.run(server.reader_command(words), args.host, args.port, door, partial(_opened, args.host, door, out))
    except OSError as error:
        why = error.strerror or str(error)
        raise DatelineError(f"{args.host}:{args.port} cannot be listened on: {why}. --port takes another.") from error
    return 0


def _words(args: argparse.Namespace) -> list[str]:
    """Return what each reader is opened with, after a look whether it can be.

    Raises:
        UsageError: no path was given, and no library was opened before; or a setting is wrong.
    """
    given = [Path(one) for one in args.paths] or default_paths()
    if not given:
        raise UsageError("which folder? Name one, as in `dateline serve ~/articles`.")
    with Library.open(given, config_of(args), annotations=args.db) as library:
        remember(library.roots)
    options = [("--query", args.query), ("--db", args.db and Path(args.db).absolute()), ("--model", args.model)]
    named = [f"{name}={value}" for name, value in options if value]
    return [*named, "--", *(str(one.absolute()) for one in given)]


def _opened(host: str, door: Door, out: Output, port: int) -> None:
    out.line(address(host, port, door.key))
    out.flush()
    out.say("Open this address in your browser; it holds the key. ctrl+c ends the server and every session.")


COMMAND = Subcommand(
    name="serve",
    help="Open the reader in a browser on this machine",
    usage="[PATH ...] [-q QUERY] [--port N] [--host ADDRESS --let-others-in]",
    arguments=_arguments,
    run=_run,
    more="It prints an address with a key, and lets nobody in without it. From your own computer to a remote one:\n"
    "  ssh -L 8000:127.0.0.1:8000 remote dateline serve ~/articles\n"
    "It needs the extra `serve`: pip install 'dateline[serve]'.",
)
