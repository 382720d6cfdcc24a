"""The article that is read, and what was read out last, so that numbers mean what one has just heard."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from store.article import EntityKey, Mention, StoredArticle
from store.errors import UsageError
from store.library import CorrectionId, NoteId, UndoEntry
from tui.linear.text import Paragraphs


@dataclass(slots=True)
class Opened:
    """The article that is read."""

    stored: StoredArticle
    paragraphs: Paragraphs
    since: float
    """Monotonic time at which it was opened."""
    at: int = -1
    """The paragraph that was read last; -1 before the first."""
    ended: bool = False
    """Whether its last paragraph was read."""
    kept_unread: bool = False
    """It was marked unread by hand, and stays so."""
    sent: tuple[Mention, ...] = ()
    """Its names as the indexer sent them."""
    selected: tuple[int, int] | None = None
    """The passage that the next note, tag or correction is about."""
    hits: list[tuple[int, int]] = field(default_factory=list)
    """The sentences that were found last."""
    hit: int = -1
    """Which of them was read last."""

    @property
    def offset(self) -> int:
        """Where in the text one is."""
        blocks = self.paragraphs.blocks
        return blocks[self.at].start if 0 <= self.at < len(blocks) else 0


def _no_number(number: int) -> bool:
    return False


@dataclass(slots=True)
class Heard:
    """What was read out last, so that numbers and `more` mean what one has just heard."""

    open: Callable[[int], bool] = _no_number
    """Opens what bears a number; False where nothing does."""
    more: Callable[[], None] | None = None
    """Reads on."""
    names: list[EntityKey] = field(default_factory=list)
    """The names listed last."""
    notes: list[NoteId] = field(default_factory=list)
    """The notes listed last."""
    corrections: list[CorrectionId] = field(default_factory=list)
    """The corrections listed last."""
    changes: list[UndoEntry] = field(default_factory=list)
    """The changes listed last."""


def number_in(text: str, what: str) -> int:
    """Read a number from 1.

    Raises:
        UsageError: it is none.
    """
    if not re.fullmatch(r"[0-9]{1,9}", text) or int(text) < 1:
        raise UsageError(f"Which {what}? Write its number, as in the list that was read last.")
    return int(text)
