"""What the steps of linking look at: an article's text in the ways that names are sought in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from store.article import Block, Mention
from store.entities.forms import lower_words, plain
from store.entities.guard import unwrapped


@dataclass(frozen=True)
class Reading:
    """An article, and the user's own names."""

    text: str
    blocks: Sequence[Block]
    fixed: Mapping[str, str]
    """Labels of the user's names, by plain form; they stand."""
    _forms: dict[tuple[int, int], str] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def flat(self) -> str:
        """The text with wrapped lines joined, of the same length."""
        return unwrapped(self.text)

    @cached_property
    def lower(self) -> frozenset[str]:
        """The words that the text writes in lower case somewhere."""
        return lower_words(self.flat)

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
