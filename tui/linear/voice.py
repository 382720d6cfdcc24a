"""What the linear mode says: whole lines of text that is safe, broken between words where a terminal shows them."""

from __future__ import annotations

from typing import Protocol

from wcwidth import wcswidth

from tui.render.safe import safe


class Lines(Protocol):
    """What takes lines; `tui.cli.output.Output` does."""

    def line(self, text: str = "") -> None:
        """Write one line."""

    def flush(self) -> None:
        """Hand over what was written."""


class Voice:
    """Says lines."""

    def __init__(self, out: Lines, width: int = 0) -> None:
        """Break lines at `width` columns; with 0 none is broken, as for a pipe."""
        self._out = out
        self._width = width

    def say(self, text: str) -> None:
        """Say a text; each of its lines is one, and an empty text is an empty line."""
        for line in text.split("\n"):
            for piece in broken(safe(line.replace("\t", " ").rstrip("\r")), self._width):
                self._out.line(piece)

    def flush(self) -> None:
        """Hand over what was said.

        Raises:
            OSError: nobody can hear it any more.
        """
        self._out.flush()


def broken(line: str, width: int) -> list[str]:
    """Break a line between words; a word that is wider than that has a line of its own, which the terminal breaks."""
    if not width or (line.isascii() and len(line) <= width):
        return [line]
    lines: list[str] = []
    used = 0
    for word in line.split(" "):
        cells = len(word) if word.isascii() else max(0, wcswidth(word))
        if lines and used + 1 + cells <= width:
            lines[-1] += f" {word}"
            used += 1 + cells
        else:
            lines.append(word)
            used = cells
    return lines
