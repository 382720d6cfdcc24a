"""Characters as a terminal shows them: which code points make one cluster, and how many cells it takes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len, get_character_cell_size

from tui.render.emoji import MODIFIERS
from tui.render.safe import safe_block

JOINER = "\u200d"
_NON_JOINER = "\u200c"
_WIDEN = "\ufe0f"

WHITE = " \t\n\u1680\u2000-\u2006\u2008-\u200a\u205f\u3000"
"""The inside of a character class: white space at which a line may break; shown as one space."""

NARROW = " -~\t\n\xa0-\xac\xae-\u02ff\u0370-\u0377\u0384-\u0386\u0400-\u0482\u2010-\u2027\u2030-\u205e\u20ac"
"""The inside of a character class: one cell each, never joined with a neighbour."""

_WIDE_TEXT = re.compile(f"[^{NARROW}]")

# Rich counts nothing for the character after a joiner, whatever it is; terminals only where it can be joined.
_IDLE_JOINER = re.compile(
    f"(?<![^{WHITE}]){JOINER}|{JOINER}(?=[\x00-\x7f{WHITE}{JOINER}\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff]|\\Z)"
)


class _Widths(dict[str, int]):
    def __missing__(self, character: str) -> int:
        width = self[character] = get_character_cell_size(character)
        return width


class _Widened(dict[str, int]):
    """How many cells the emoji presentation adds to a character."""

    def __missing__(self, character: str) -> int:
        more = self[character] = cell_len(character + _WIDEN) - cell_len(character)
        return more


WIDTHS: dict[str, int] = _Widths({"\t": 1, "\n": 1})
"""Cells of a single character; white space is shown as a space."""

_WIDENED: dict[str, int] = _Widened()


def shown(text: str) -> str:
    """Return a text as the reader shows it: `safe_block`, and joiners that join nothing made idle. 1:1."""
    text = safe_block(text)
    return _IDLE_JOINER.sub(_NON_JOINER, text) if JOINER in text else text


def all_narrow(text: str, start: int, end: int) -> bool:
    """Tell whether every character of a stretch takes one cell and stands alone."""
    return _WIDE_TEXT.search(text, start, end) is None


def clusters(text: str, start: int, end: int, base_only: bool = False) -> Iterator[tuple[int, int, int]]:
    """Divide a stretch into clusters `(start, end, cells)` that no line break and no style may split.

    With `base_only` emoji modifiers count nothing, as `tui.render.emoji` shows them.
    """
    first, cells, measured = start, -1, ""
    flag = False
    at = start
    while at < end:
        character = text[at]
        if character == JOINER and cells >= 0:
            at = min(at + 2, end)
            continue
        if character == _WIDEN and cells >= 0:
            if measured and not base_only and (more := _WIDENED[measured]):
                cells += more
                measured = ""
            at += 1
            continue
        width = 0 if base_only and MODIFIERS.match(character) else WIDTHS[character]
        indicator = "\U0001f1e6" <= character <= "\U0001f1ff"
        if cells < 0:
            cells = width
        elif width and not (indicator and flag):
            yield first, at, cells
            first, cells = at, width
        else:
            cells += width
            indicator = flag and not width
        flag = indicator
        measured = character if width else measured
        at += 1
    if cells >= 0:
        yield first, end, cells
