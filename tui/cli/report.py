"""`dateline doctor --report`: a form to paste into a bug report, with no word of what is read or written."""

from __future__ import annotations

import locale
import os
import re
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress

from store.config import Config
from store.library import Library, examine, report
from tui.cli.output import Output

_QUESTIONS = """What did you do?

What happened?

What did you expect?
"""
_PROMISE = (
    "What follows was written by `dateline doctor --report`. It holds no text, title, file name, tag, note or query, "
    "and no path. Look it over before you send it."
)
_HARMLESS = re.compile(r"[A-Za-z0-9 ._@:+-]{1,40}")
_VARIABLES = ("TERM", "COLORTERM", "TERM_PROGRAM", "TERM_PROGRAM_VERSION", "LANG", "LC_ALL", "LC_CTYPE", "NO_COLOR",
              "DATELINE_WIRE")  # fmt: skip
"""What a terminal says of itself, and how it is spoken to."""
_WITHIN = {"TMUX": "tmux", "STY": "screen", "SSH_CONNECTION": "ssh", "SSH_TTY": "ssh", "MOSH_CONNECTION": "mosh",
           "WSL_DISTRO_NAME": "WSL"}  # fmt: skip
"""What is shown by a variable's being there; its value names places."""


def write(library: Library, config: Config | None, out: Output) -> None:
    """Write the form; `config` None: it is wrong."""
    out.block(_QUESTIONS)
    out.line(_PROMISE)
    _section("Installed", [(one.name, one.value) for one in examine.installed()] + report.system(), out)
    _section("Terminal", terminal(os.environ), out)
    changed = "cannot be read" if config is None else report.settings(config) or "none changed"
    _section("Settings", [("changed", changed)], out)
    _section("Library", report.library(library), out)
    _section("Annotations", report.annotated(library), out)
    lines = report.log()
    _section("Log", [("", line) for line in lines] or [("", "tells of no mistake")], out)


def terminal(environ: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return what is known of the terminal."""
    facts = [(name, harmless(environ[name])) for name in _VARIABLES if environ.get(name)]
    within = dict.fromkeys(word for name, word in _WITHIN.items() if environ.get(name))
    encoding = f"{locale.getpreferredencoding(False)}, files {sys.getfilesystemencoding()}"
    return [*facts, ("size", _size()), ("within", ", ".join(within) or "nothing known"),
            ("encoding", encoding)]  # fmt: skip


def _size() -> str:
    """Return the size of the terminal, which standard output need not be."""
    for stream in (2, 1, 0):
        with suppress(OSError):
            return "{}x{}".format(*os.get_terminal_size(stream))
    return "no terminal"


def harmless(value: str) -> str:
    """Return a value that looks like a name or a version, and of others that there is one."""
    return value if _HARMLESS.fullmatch(value) else f"something odd ({len(value)} characters)"


def _section(title: str, facts: Iterable[tuple[str, str]], out: Output) -> None:
    out.line()
    out.line(f"{title}:")
    for name, value in facts:
        out.line(f"  {name:<15} {value}" if name else f"  {value}")
