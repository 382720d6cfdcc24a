"""The bytes of one article, within limits, and what is said when they are not to be had."""

from __future__ import annotations

import io
import os
from typing import BinaryIO

from store.article import Problem
from store.formats.clean import one_line
from store.formats.encoding import NotText
from store.formats.limits import Limits, megabytes


class TooLong(ValueError):  # noqa: N818 - a state, named as the user is told of it
    """A file or its text is beyond the limits; the message is a sentence for the user."""


class NoText(ValueError):  # noqa: N818
    """A file holds nothing to read; the message is a sentence for the user."""


class Damaged(ValueError):  # noqa: N818
    """A file is broken, cut short or locked; the message is a sentence for the user."""


UNREADABLE = (NotText, TooLong, NoText, Damaged)
"""What a reader raises about a file or a member; the message is a sentence for the user."""

DEFEATED = "It defeats its reader"
"""How a problem begins that is a mistake of ours."""


def problem_of(error: Exception, path: str, member: str = "") -> Problem:
    """Say what went wrong with a file, or with one member of it, whatever the reader raised."""
    if isinstance(error, UNREADABLE):
        reason = str(error)
    elif isinstance(error, OSError):
        reason = f"The file could not be read: {error.strerror or error}."
    elif isinstance(error, RecursionError):
        reason = "The markup is nested too deeply."
    else:
        # Parsers we did not write must not end the indexing of a library.
        reason = f"{DEFEATED} ({type(error).__name__}); please report it."
    return Problem(path, "read", reason, member)


def whole(stream: BinaryIO, limits: Limits) -> bytes:
    """Read a stream to its end.

    Raises:
        TooLong: it has more bytes than the limits allow.
    """
    return up_to(stream, limits.raw)


def up_to(stream: BinaryIO, most: int) -> bytes:
    """Read a stream to its end, which comes within so many bytes.

    Raises:
        TooLong: it does not.
    """
    parts: list[bytes] = []
    left = most + 1
    # What is unpacked while it is read comes in pieces.
    while left > 0 and (part := stream.read(left)):
        parts.append(part)
        left -= len(part)
    if left <= 0:
        raise TooLong(f"The file is larger than {megabytes(most)}.")
    return b"".join(parts)


def check_length(text: str, limits: Limits) -> None:
    """Refuse a text that is too long for the screen and the index, or has nothing to read.

    Raises:
        TooLong, NoText: with a sentence for the user.
    """
    if len(text) > limits.text:
        raise TooLong(f"The text is longer than {limits.text:,} characters.")
    if not text.strip():
        raise NoText("There is no text in this file.")


def file_title(path: str) -> str:
    """Return a title made of a file's name, for a text that gives none."""
    return one_line(os.path.splitext(os.path.basename(path))[0], 200) or "untitled"  # noqa: PTH119, PTH122


class Rejoined(io.RawIOBase):
    """A stream that can only be read forward, whose first bytes have been looked at already."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head = head
        self._stream = stream

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Give the first bytes, then the others."""
        data = self._head[: len(buffer)] or self._stream.read(len(buffer))
        self._head = self._head[len(data) :]
        buffer[: len(data)] = data
        return len(data)
