"""Finds what must never reach a terminal: everything but text and the few sequences that the reader itself writes.

It reads as a terminal does, strictly: what a terminal might obey and the reader has no use for is a leak, whoever sent
it.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import re
from collections.abc import Sequence

_TOKEN = re.compile(
    r"\x1b\[(?P<csi>[0-?]*[ -/]*[@-~])"
    r"|\x1b\](?P<osc>[^\x07\x1b]*)(?:\x07|\x1b\\)"
    r"|\x1b(?P<string>[P_^X][^\x1b]*)\x1b\\"
    r"|\x1b(?P<escape>.?)"
    r"|(?P<control>[\x00-\x1f\x7f-\x9f])"
    r"|(?P<turn>[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069])"
    r"|(?P<broken>\ufffd)",
    re.DOTALL,
)
_UNFINISHED = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|\][^\x07\x1b]*\x1b?|[P_^X][^\x1b]*\x1b?)?\Z")
_LONGEST = 1 << 17
"""Characters that a sequence of ours may have: a copy to the clipboard has the most."""

_OURS = re.compile(
    r"CSI (\d*;?\d*H|\d*[ABCDG]"  # to a cell
    r"|[\d;:]*m"  # looks
    r"|\?(69|1000|1002|1003|1004|1006|1015|1016|1049|2004|2026|2048|25|7)[hl]"  # modes
    r"|\?(69|2026|2048)\$p"  # questions about modes
    r"|[<>]\d*u"  # keyboard protocol
    r"|\d*;?\d*[rs]|\d*[JKLMX]"  # scrolling and erasing
    r")|OSC 22;[a-z]+"  # the mouse pointer's shape
)
_COPY = re.compile(r"OSC 52;c;(?P<what>[A-Za-z0-9+/=]*)")


class Leaks:
    """What came from the reader so far, looked through for leaks as it comes."""

    def __init__(self, forged: Sequence[str] = (), *, replacement: bool = False) -> None:
        """`forged` are sequences that only foreign text asks for, such as a colour that no theme uses.

        `replacement` says that texts hold replacement characters (U+FFFD), so that one tells of no broken UTF-8.
        """
        self.found: list[str] = []
        """One line for each leak: what it is, and what stands around it."""
        self.copies: list[str] = []
        """What was sent to the clipboard. Whether a key asked for it is for the caller to say."""
        self._forged = tuple(forged)
        self._replacement = replacement
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._rest = ""

    def feed(self, received: bytes) -> None:
        """Take what came, wherever it was cut."""
        text = self._rest + self._decode(received)
        cut = _UNFINISHED.search(text, max(0, len(text) - _LONGEST))
        self._rest = text[cut.start() :] if cut else ""
        self._read(text[: cut.start()] if cut else text)

    def end(self) -> list[str]:
        """Take the last that came as it is, and return all leaks."""
        self._read(self._rest)
        self._rest = ""
        return self.found

    def _read(self, text: str) -> None:
        for token in _TOKEN.finditer(text):
            why = self._wrong(token)
            if why:
                around = text[max(0, token.start() - 30) : token.end() + 30]
                self.found.append(f"{why} in {around!r}")

    def _wrong(self, token: re.Match[str]) -> str:
        kind, what = token.lastgroup, token[token.lastgroup or 0]
        if kind in ("csi", "osc"):
            sequence = f"{kind.upper()} {what}"
            copy = _COPY.fullmatch(sequence)
            if copy and (text := _decoded(copy["what"])) is not None:
                self.copies.append(text)
                return ""
            ours = _OURS.fullmatch(sequence) and not any(one in token[0] for one in self._forged)
            return "" if ours else f"{sequence[:60]!r}"
        if kind == "control":
            return "" if what in "\r\n" else f"the control character U+{ord(what):04X}"
        if kind == "broken":
            return "" if self._replacement else "broken UTF-8"
        return f"the bidi control U+{ord(what):04X}" if kind == "turn" else f"{token[0][:60]!r}"


def leaks(received: bytes, forged: Sequence[str] = (), *, replacement: bool = False, copies: int = 0) -> list[str]:
    """Return the leaks in all that a terminal received; `copies`: how often something was copied by a key."""
    found = Leaks(forged, replacement=replacement)
    found.feed(received)
    wrong = found.end()
    # What a text has copied by itself is copied as any text would be: only the keys tell how many are ours.
    return wrong + [f"a copy of {text!r}" for text in found.copies[copies:]]


def _decoded(what: str) -> str | None:
    try:
        return base64.b64decode(what, validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return None
