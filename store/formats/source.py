"""The bytes of one article, within limits."""

from __future__ import annotations

import os
from typing import BinaryIO

from store.formats.clean import one_line
from store.formats.limits import Limits, megabytes


class TooLong(ValueError):  # noqa: N818 - a state, named as the user is told of it
    """A file or its text is beyond the limits; the message is a sentence for the user."""


class NoText(ValueError):  # noqa: N818
    """A file holds nothing to read; the message is a sentence for the user."""


def whole(stream: BinaryIO, limits: Limits) -> bytes:
    """Read a stream to its end.

    Raises:
        TooLong: it has more bytes than the limits allow.
    """
    data = stream.read(limits.raw + 1)
    if len(data) > limits.raw:
        raise TooLong(f"The file is larger than {megabytes(limits.raw)}.")
    return data


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
