"""What a query brings. Apart from the session that finds it, so that naming it costs a start nothing."""

from __future__ import annotations

from array import array
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a query: every article's key, in the order asked for."""

    keys: array[int]
    words: tuple[str, ...] = ()
    """The words and phrases looked for in the text, as `found.spans` takes them."""
