"""What the steps of linking look at: an article's text in the ways that names are sought in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from store.article import Block, Mention
from store.entities.capitals import shouted_lines
from store.entities.forms import lower_words, plain, word_starts
from store.entities.guard import unwrapped


@dataclass(frozen=True)
class Reading:
    """An article, and the user's own names."""

    text: str
    blocks: Sequence[Block]
    fixed: Mapping[str, str]
    """Labels of the user's names, by plain form; they stand."""
    _forms: dict[tuple[int, int], str] = field(default_factory=dict, repr=False, compare=False)

    extents: dict[tuple[int, int, str], tuple[int, int] | None] = field(
        default_factory=dict, repr=False, compare=False
    )
    """What is known already of where names begin and end, by start, end and label."""

    @cached_property
    def starts(self) -> list[int]:
        """Where the blocks start."""
        return [block.start for block in self.blocks]

    @cached_property
    def flat(self) -> str:
        """The text with wrapped lines joined, of the same length."""
        return unwrapped(self.text)

    @cached_property
    def lower(self) -> frozenset[str]:
        """The words that the text writes in lower case somewhere."""
        return lower_words(self.flat)

    @cached_property
    def word_starts(self) -> dict[str, list[int]]:
        """Where each word begins."""
        return word_starts(self.flat)

    @cached_property
    def shouted(self) -> list[tuple[int, int]]:
        """The lines that are written in capitals."""
        return shouted_lines(self.text)

    def form(self, mention: Mention) -> str:
        """Return a mention's words as they are compared."""
        span = mention.start, mention.end
        form = self._forms.get(span)
        if form is None:
            form = self._forms[span] = plain(self.flat[mention.start : mention.end])
        return form

    def formed(self, mentions: Iterable[Mention]) -> list[tuple[Mention, str]]:
        """Return mentions with their forms."""
        form = self.form
        return [(mention, form(mention)) for mention in mentions]
