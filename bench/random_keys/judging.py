"""What is wrong with how a session ended, with what it copied, and with what came from it. Pure, but for a file."""

from __future__ import annotations

import json
import re
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.leaks import Leaks
from bench.modes import Modes

ENDS = {"q": 0, "SIGTERM": 128 + signal.SIGTERM, "SIGHUP": 128 + signal.SIGHUP, "SIGKILL": 128 + signal.SIGKILL}
"""How a session is ended, and the exit status that it then has."""

_STOPPED = re.compile(rb"\x1b\]7777;(\w+)\x07")
_LONGEST = 32
"""Bytes that the shell's word has at most."""
_LENT = re.compile(rb"(?:\x1b\[\?1004l|\x1b\[\?25h\x1b\[m)[^\x1b]*")
"""What is written last when the terminal is given back, also in haste, and what comes until it is ours again."""
_LENT_NOW = re.compile(_LENT.pattern + rb"\Z")
_GIVING = re.compile(
    rb"\x1b\[\?[\d;]+(?:\$p|[hl])[^\x1b]*(?=\x1b\[\?2004l)|\x1b\[\?2004l[^\x1b]*(?:\x1b\[(?:\?[\d;]+[hl]|<u)[^\x1b]*)*"
)
"""What is written while it is given back: it shows keys from the moment of its settings, and a thread writes later."""
_ECHOED = re.compile(rb"[\t\x07\x08]|\xc2[\x85\x9b]|\xe2\x80\xae|\xe2\x81\xa6")
"""What a terminal shows of keys by itself, and is no plain text. For all else that it obeys it writes ^ and a letter;
what is no ASCII is in `words.py`."""
_STEERS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class Told:
    """What a session has told of itself, a line of JSON for each."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.at = path.stat().st_size if path.exists() else 0

    def read(self) -> list[dict[str, Any]]:
        """Return all of it since its start."""
        if not self._path.exists():
            return []
        lines = self._path.read_bytes()[self.at :].decode("utf-8", "surrogatepass").splitlines()
        return [json.loads(line) for line in lines]


def wrong_end(end: str, status: int | None, told: list[dict[str, Any]]) -> str:
    """Tell what is wrong with an exit status after an end; empty where nothing is.

    Only a key that quits makes it 0. One that was pressed just before a signal may have been first.
    """
    quits = any(one.get("left") == 0 for one in told)
    if status == 0 if quits else end != "q" and status == ENDS[end]:
        return ""
    if quits and end != "q" and status == ENDS[end]:
        return ""
    return f"it ended with {status} after {end}, {'and' if quits else 'without'} a key that quits"


def wrong_copies(received: list[str], told: list[dict[str, Any]], end: str) -> str:
    """Tell what is wrong with what reached the clipboard; empty where each copy is one that a key asked for."""
    ours = [_as_sent(one["copied"]) for one in told if one.get("sent")]
    allowed = [ours]
    if end == "SIGKILL":
        # The last one may not have left it, or have left it before it could say so.
        allowed += [ours[:-1], [*ours, *_begun(told)]]
    if received not in allowed:
        return f"{len(received)} copies reached the terminal, {len(ours)} were made: {received[-3:]} and {ours[-3:]}"
    steering = next((one for one in received if _STEERS.search(one)), None)
    return "" if steering is None else f"a copy that would steer a terminal: {steering[:200]!r}"


def _begun(told: list[dict[str, Any]]) -> list[str]:
    """Return the copy that was being made when it was killed, if one was."""
    copies = [one for one in told if "copying" in one or "copied" in one]
    return [_as_sent(one["copying"]) for one in copies[-1:] if "copying" in one]


def _as_sent(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


class Received:
    """What came from a session: looked through for leaks, copies, and modes that were left on when it stopped."""

    def __init__(self) -> None:
        self._leaks = Leaks(replacement=True)
        self._told = 0
        self._modes = Modes()
        self._rest = b""
        self._lent = False

    @property
    def copies(self) -> list[str]:
        """What was sent to the clipboard."""
        return self._leaks.copies

    def feed(self, data: bytes) -> Iterator[str]:
        """Take what came, wherever it was cut, and yield what is wrong with it."""
        data = self._rest + data
        cut = data.rfind(b"\x1b", max(0, len(data) - _LONGEST))
        self._rest = data[cut:] if cut >= 0 else b""
        yield from self._take(data[:cut] if cut >= 0 else data)

    def end(self, data: bytes) -> Iterator[str]:
        """Take the last that came as it is, and yield what is wrong with it."""
        yield from self._take(self._rest + data)
        self._rest = b""
        self._leaks.end()
        yield from self._new()

    def _take(self, data: bytes) -> Iterator[str]:
        for number, part in enumerate(_STOPPED.split(data)):
            if number % 2:
                yield from self._stopped(part)
            else:
                ours = self._ours(part)
                self._leaks.feed(ours)
                self._modes.feed(ours)
                yield from self._new()

    def _ours(self, part: bytes) -> bytes:
        """Leave out the keys that the terminal shows by itself while it is not ours."""
        start, rest = b"", part
        if self._lent:
            at = part.find(b"\x1b") if b"\x1b" in part else len(part)
            start, rest = _ECHOED.sub(b"", part[:at]), part[at:]
        rest = _GIVING.sub(lambda giving: _ECHOED.sub(b"", giving[0]), rest)
        if rest:
            self._lent = _LENT_NOW.search(rest) is not None
        return start + _LENT.sub(lambda lent: _ECHOED.sub(b"", lent[0]), rest)

    def _stopped(self, how: bytes) -> Iterator[str]:
        if how == b"held":
            return  # by a signal that asks nobody
        left = self._modes.left() + ([] if how == b"whole" else ["line discipline"])
        if left:
            yield f"it stopped and left the terminal with {left}"

    def _new(self) -> Iterator[str]:
        found = self._leaks.found[self._told :]
        self._told += len(found)
        yield from (f"a leak: {one}" for one in found[:5])
