"""The only writer of stdout: what a command finds goes here, what it has to say goes to stderr."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from re import Match
from typing import Any, Protocol

from tui.render.safe import CONTROLS, REPLACEMENT, plain, safe

SCHEMA = 1
"""The version of every JSON shape; it grows when a member changes its meaning, not when one is added."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet take a cell for a formula."""


class Sink(Protocol):
    """What takes bytes."""

    def write(self, data: bytes, /) -> object:
        """Take some."""

    def flush(self) -> object:
        """Hand over what was taken."""


class Output:
    """Where one run of a command writes. Commands pass it on; nothing else touches the two streams."""

    def __init__(self, sink: Sink | None = None) -> None:
        """Write to stdout, or to a sink such as a file on its way."""
        self._stream: Sink | None = sink or getattr(sys.stdout, "buffer", None)
        self._encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
        self.terminal = bool(sink is None and sys.stdout and sys.stdout.isatty())
        """Whether a person reads along: then text is wrapped, cut and coloured."""
        self.talks_to_terminal = bool(sys.stderr and sys.stderr.isatty())

    @property
    def width(self) -> int:
        """The terminal's columns; 80 where there is none."""
        return max(20, shutil.get_terminal_size((80, 24)).columns)

    @property
    def looks(self) -> str:
        """How much the terminal can show: `colour`, `mono` (underline and bold, as under NO_COLOR), or `none`."""
        if not self.terminal or os.environ.get("TERM", "dumb") == "dumb":
            return "none"
        return "mono" if os.environ.get("NO_COLOR") else "colour"

    @property
    def unicode(self) -> bool:
        """Whether more than ASCII can be shown."""
        return self._encoding.lower().replace("-", "").startswith("utf")

    # ---- data ------------------------------------------------------------------------------------------------------
    def write(self, text: str) -> None:
        """Write text that was made safe, in the terminal's encoding."""
        self.data(text.encode(self._encoding, "replace"))

    def line(self, text: str = "") -> None:
        """Write one line of text that others wrote."""
        self.write(safe(text) + "\n")

    def block(self, text: str) -> None:
        """Write lines of text that others wrote."""
        self.write(plain(text) + "\n")

    def data(self, data: bytes) -> None:
        """Write bytes as they are."""
        if self._stream is not None:
            self._stream.write(data)

    def flush(self) -> None:
        """Hand everything over.

        Raises:
            OSError: it could not be written.
        """
        if self._stream is not None:
            self._stream.flush()

    def json(self, head: Mapping[str, Any], name: str, rows: Iterable[Mapping[str, Any]]) -> int:
        """Write one JSON object with a streamed array under `name`; return how many rows it has."""
        start = to_json({"schema": SCHEMA, **head})[:-1]
        self.data(f'{start}, "{name}": ['.encode())
        n = 0
        for n, row in enumerate(rows, 1):
            self.data(f"{',' if n > 1 else ''}\n {to_json(row)}".encode())
        self.data(b"\n]}\n" if n else b"]}\n")
        return n

    def json_lines(self, rows: Iterable[Mapping[str, Any]]) -> int:
        """Write one JSON object a line; return how many."""
        n = 0
        for n, row in enumerate(rows, 1):  # noqa: B007
            self.data(f"{to_json({'schema': SCHEMA, **row})}\n".encode())
        return n

    def csv(self, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
        """Write comma separated values with a header, UTF-8, CRLF as RFC 4180 asks; return how many rows."""
        self.data(_csv_line(columns))
        n = 0
        for n, row in enumerate(rows, 1):  # noqa: B007
            self.data(_csv_line([_cell(value) for value in row]))
        return n

    # ---- talk ------------------------------------------------------------------------------------------------------
    def say(self, text: str) -> None:
        """Tell the user something on stderr; lines stay lines."""
        self._talk(plain(text) + "\n")

    def found(self, count: int, nothing: str) -> int:
        """Return the exit code for so much that was found; where there is nothing, say so and what helps."""
        if not count:
            self.say(f"dateline: {nothing}.")
        return 0 if count else 1

    def repaint(self, text: str) -> None:
        """Replace the last line on stderr, where a terminal shows it; an empty text clears it."""
        if self.talks_to_terminal:
            columns = shutil.get_terminal_size((80, 24)).columns - 1
            self._talk(f"\r{safe(text)[:columns]}\x1b[K")

    def _talk(self, text: str) -> None:
        if sys.stderr is None:
            return
        try:
            encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
            sys.stderr.write(text.encode(encoding, "replace").decode(encoding))
            sys.stderr.flush()
        except (OSError, ValueError):
            # Nobody listens; the data and the exit code still count.
            return


def to_json(value: object) -> str:
    """Write a value as JSON in one line: exact when parsed, and harmless when printed.

    The writer leaves controls beyond ASCII and characters that reorder text as they are; escaped they stay data.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
    return text if text.isascii() and text.isprintable() else CONTROLS.sub(_escaped, text)


def _escaped(found: Match[str]) -> str:
    return "".join(map(_escape, found[0]))


def _escape(character: str) -> str:
    if "\ud800" <= character <= "\udfff":
        return REPLACEMENT
    return "\\u007f" if character == "\x7f" else json.dumps(character)[1:-1]


def _csv_line(row: Sequence[object]) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow(row)
    return line.getvalue().encode()


def _cell(value: object) -> object:
    if not isinstance(value, str):
        return value
    text = plain(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
