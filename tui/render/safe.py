"""The one door for text that we did not write: what passes it commands no terminal. Imports no Textual.

Every function keeps the length of the text: a character is replaced by one character, so that offsets hold.
"""

from __future__ import annotations

import re

REPLACEMENT = "\ufffd"

# Characters that a terminal obeys or that reorder, hide or join what stands beside them: controls, C1, soft
# hyphen, bidi controls, invisible operators and fillers, interlinear marks, tags, surrogates, noncharacters,
# and the private characters in which paths with undecodable bytes are stored. Joiners (200C, 200D) and variation
# selectors (FE00-FE0F, E0100-E01EF) stay: scripts and names need them.
_COMMON = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
    "\U0010ff80-\U0010ffff"
)
_BREAKS = "\r\x0b\x0c\x85\u2028\u2029"
_LINE_UNSAFE = re.compile(f"[{_COMMON}{_BREAKS}\t\n]")
_BLOCK_UNSAFE = re.compile(f"[{_COMMON}{_BREAKS}]")

CONTROLS = re.compile(f"[{_COMMON}{_BREAKS}\t\n]+")
"""Runs of what may never be in a line that is sent to a terminal."""


def _symbol(character: str) -> str:
    """Return the visible stand-in of a character: a control picture where Unicode has one."""
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else REPLACEMENT


def _line_stand_in(match: re.Match[str]) -> str:
    return "\u2424" if match[0] in "\x85\u2028\u2029" else _symbol(match[0])


def _block_stand_in(match: re.Match[str]) -> str:
    character = match[0]
    if character not in _BREAKS:
        return _symbol(character)
    # Of a carriage return and line feed one is enough; alone it ended lines on old Macs.
    return " " if character == "\r" and match.string[match.end() : match.end() + 1] == "\n" else "\n"


def safe(text: str) -> str:
    """Make text fit for one line: line ends and tabs, too, become visible symbols."""
    return text if text.isascii() and text.isprintable() else _LINE_UNSAFE.sub(_line_stand_in, text)


def safe_block(text: str) -> str:
    """Make text fit for several lines: line feeds and tabs stay, other line ends become line feeds."""
    return _BLOCK_UNSAFE.sub(_block_stand_in, text)


def plain(text: str) -> str:
    """Make text fit to be printed by the command line: as `safe_block`, whatever stdout is."""
    return safe_block(text)
