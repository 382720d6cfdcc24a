"""Has examples written in words by a process of their own: spaCy stays out of ours."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterable
from tempfile import TemporaryFile
from typing import Any

from store.errors import ExchangeError
from store.exchange.training import Example
from store.record import Record

_COMMAND = (sys.executable, "-P", "-m", "store.exchange.tokenised")
_CHUNK = 1 << 16


class Misaligned(Record):
    """A name that begins or ends within a word."""

    article: str
    title: str
    label: str
    start: int
    """In the article's text."""
    end: int
    text: str


class Written(Record):
    """What a file of training data holds."""

    examples: int
    words: int
    names: int
    labels: dict[str, int]
    misaligned: tuple[Misaligned, ...]
    """The first of them."""
    misaligned_count: int


def write_in_words(format: str, examples: Iterable[Example], write: Callable[[bytes], object]) -> Written:
    """Write examples as `spacy` (the bytes of a `.spacy` file) or as `conll` (lines). Takes seconds: spaCy is loaded.

    Raises:
        ExchangeError: the process failed.
    """
    with TemporaryFile() as source, TemporaryFile() as talk:
        for example in examples:
            line = {name: getattr(example, name) for name in example.__struct_fields__}
            source.write(json.dumps(line).encode() + b"\n")
        source.seek(0)
        with subprocess.Popen(
            (*_COMMAND, format), stdin=source, stdout=subprocess.PIPE, stderr=talk, start_new_session=True
        ) as child:
            assert child.stdout is not None
            try:
                while data := child.stdout.read(_CHUNK):
                    write(data)
            except BaseException:
                child.kill()
                raise
        talk.seek(0)
        lines = talk.read().decode("utf-8", "replace").strip().splitlines()
    if child.returncode:
        reason = lines[-1] if lines else f"it ended with {child.returncode}"
        raise ExchangeError(f"The training data cannot be written: {reason}.")
    told: dict[str, Any] = json.loads(lines[-1])
    return Written(**{**told, "misaligned": tuple(Misaligned(**one) for one in told["misaligned"])})
