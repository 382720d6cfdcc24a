"""Text that is safe to show: every dangerous character replaced one for one, so that offsets hold.

A terminal acts on control characters, bidirectional controls reorder what is read, zero widths hide and split
words. Joiners (U+200C, U+200D) and variation selectors stay: Persian, Indic scripts, emoji and Japanese names
need them.
"""

from __future__ import annotations

import re

REPLACEMENT = "\ufffd"

_NEWLINES = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")

_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(
    chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF)
)
_FORBIDDEN = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 but tab and newline, DEL, C1
    # hidden or reordering
    "\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"  # tags; between them lie the variation selectors
    "\ud800-\udfff" + _NONCHARACTERS + "]"
)
_INVISIBLE = re.compile("[\xad\u200b\u200e\u200f\u2060\ufeff]+")
_SPACES = re.compile(r"\s+")

_SYMBOLS = {chr(code): chr(0x2400 + code) for code in range(0x20)} | {"\x7f": "\u2421"}


def normalise_newlines(text: str) -> str:
    """Turn every kind of line end into `\\n`; this moves offsets, so it comes before any exist."""
    if _is_printable(text):
        return text
    return _NEWLINES.sub("\n", text)


def clean(text: str) -> str:
    """Replace what must not reach a terminal: controls by their symbol, the rest by U+FFFD.

    The length stays, so every offset does.
    """
    if is_clean(text):
        return text
    return _FORBIDDEN.sub(lambda match: _SYMBOLS.get(match[0], REPLACEMENT), text)


def is_clean(text: str) -> bool:
    """Tell whether `clean` would leave the text alone."""
    return _is_printable(text) or _FORBIDDEN.search(text) is None


def _is_printable(text: str) -> bool:
    """Tell whether a text holds nothing but tabs, line feeds and what is printed; the forbidden is not.

    To see that takes a hundredth of the time that a pattern takes.
    """
    return text.replace("\n", "").replace("\t", "").replace("\xa0", "").isprintable()


def drop_invisible(text: str) -> str:
    """Remove soft hyphens, zero widths and direction marks where a format renders text anew.

    Pages are full of them, and unlike in plain text no offset is lost by taking them out.
    """
    return text if _is_printable(text) else _INVISIBLE.sub("", text)


def one_line(text: str, limit: int = 0) -> str:
    """Return clean text on one line, without outer space; with a limit, cut at a word and marked with `…`."""
    line = clean(_SPACES.sub(" ", text).strip())
    if not limit or len(line) <= limit:
        return line
    cut = line[: limit - 1]
    space = cut.rfind(" ", limit // 2)
    return (cut[:space] if space > 0 else cut).rstrip(" ,;:-–—") + "…"
