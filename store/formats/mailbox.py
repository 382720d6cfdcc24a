"""Mailboxes in one file (mbox): message after message, each an article named by its own Message-ID."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from store.article import Unchanged
from store.formats.clean import one_line
from store.formats.limits import Limits, megabytes
from store.formats.mail import message
from store.formats.registry import Item
from store.formats.source import NoText, TooLong, problem_of

_START = re.compile(rb"From (?:\S+ |- ).{0,80}\d{4}")
"""The line before each message: `From anna@example.org Mon Mar 20 10:00:00 2017`."""
_ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)
_NAME = re.compile(rb"^message-id:[ \t]*(?:\r?\n[ \t]+)?<?([^<>\s]{1,300})", re.IGNORECASE | re.MULTILINE)
_HEADERS = 65_536
"""Bytes of a message within which its headers end."""


def read(stream: BinaryIO, path: str, limits: Limits) -> Iterator[Item]:
    """Read a mailbox's messages; one that cannot be read is a problem with its name, and the rest is read.

    Raises:
        NoText: there is no message in it.
    """
    errand = limits.errand
    found = False
    for number, data in enumerate(_messages(stream, limits.raw), 1):
        found = True
        named = _NAME.search(data, 0, _HEADERS)
        name = one_line(named[1].decode("utf-8", "replace")) if named is not None else ""
        if name and errand.wanted and name != errand.wanted.removeprefix(errand.within):
            continue
        fingerprint = errand.fingerprint(data)
        if errand.unchanged(fingerprint):
            yield Unchanged()
            continue
        try:
            errand.entering(name)
            if len(data) > limits.raw:
                raise TooLong(f"The message is larger than {megabytes(limits.raw)}.")
            made = message(_ESCAPED.sub(rb"\1", data), f"message {number}", limits)
        except Exception as error:  # noqa: BLE001 - `problem_of` has a sentence for all of them
            yield problem_of(error, path, name or f"message {number}")
        else:
            yield made.replace(member=name or made.id, raw=fingerprint)
    if not found:
        raise NoText("There is no message in this mailbox.")


def _messages(stream: BinaryIO, most: int) -> Iterator[bytes]:
    """Yield the messages one by one, one that is too long a byte longer than it may be."""
    held: list[bytes] = []
    size, begun, blank = 0, False, True
    while line := stream.readline(1 << 16):
        if blank and _START.match(line):
            if begun:
                yield b"".join(held)
            held, size, begun = [], 0, True
        elif begun and size <= most:
            held.append(line[: most + 1 - size])
            size += len(held[-1])
        blank = line in (b"\n", b"\r\n")
    if begun:
        yield b"".join(held)
