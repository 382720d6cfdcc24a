"""The page with the words that were looked for: the filter's in every article, and those of a search in this one."""

from __future__ import annotations

from collections.abc import Iterable

from store.library import found_in
from tui.render.hits import FoldedText, Span, phrase_pattern
from tui.widgets.reader_notes import NotedPage


class SearchedPage(NotedPage, can_focus=True, inherit_bindings=False):
    """A page whose hits are marked and gone to."""

    def __init__(
        self,
        *,
        id: str | None = None,
        classes: str | None = None,
        ascii_only: bool = False,
        base_only: bool = False,
    ) -> None:
        super().__init__(id=id, classes=classes, ascii_only=ascii_only, base_only=base_only)
        self._filter_words: tuple[str, ...] = ()
        self._found = ""
        self._folded: FoldedText | None = None

    def _forget_found(self, words: tuple[str, ...] | None) -> None:
        """End the search in the article that was shown; None keeps the words of the filter."""
        self._folded = None
        self._found = ""
        self._filter_words = self._filter_words if words is None else words

    @property
    def has_words(self) -> bool:
        """Whether there are hits to go to."""
        return bool(self._look.hits)

    @property
    def finds(self) -> bool:
        """Whether words are looked for in this article alone."""
        return bool(self._found)

    @property
    def filter_words(self) -> tuple[str, ...]:
        """The words of the filter, which are marked in every article."""
        return self._filter_words

    def set_hits(self, words: Iterable[str]) -> None:
        """Mark the words and phrases of a filter in this article and those shown after it."""
        given = tuple(words)
        if given == self._filter_words:
            return
        self._filter_words = given
        self._look_for_hits()
        self._redraw_everything()

    def find(self, words: str) -> int:
        """Mark a phrase in this article and go to its first place from here on; return how many there are.

        Case and accents do not matter, parts of words count. Empty words end the search.
        """
        self._found = words.strip()
        self._look_for_hits()
        self._redraw_everything()
        if self._found and self.has_words and self.move_hit(1) is None:
            self.go_to_hit(0)
        return len(self._look.hits) if self._found else 0

    def move_hit(self, by: int) -> tuple[int, int] | None:
        """Go to the next hit, or the one before; return which it is, from 1, of how many; None at the end."""
        hits, at = self._look.hits, self._look.hit
        start, end = self.on_screen
        if 0 <= at < len(hits) and hits[at][0] < end and hits[at][1] > start:
            at += by
        elif by > 0:
            at = next((index for index, hit in enumerate(hits) if hit[0] >= start), len(hits))
        else:
            at = next((index for index in range(len(hits) - 1, -1, -1) if hits[index][0] < end), -1)
        if not 0 <= at < len(hits):
            return None
        self.go_to_hit(at)
        return at + 1, len(hits)

    @property
    def current_hit(self) -> Span | None:
        """The hit that was gone to."""
        at = self._look.hit
        return self._look.hits[at] if 0 <= at < len(self._look.hits) else None

    def go_to_outer_hit(self, *, last: bool) -> tuple[int, int] | None:
        """Go to the first hit of the article, or to its last one; return which it is, from 1, of how many."""
        count = len(self._look.hits)
        if count:
            self.go_to_hit(count - 1 if last else 0)
        return (count if last else 1, count) if count else None

    def go_to_hit(self, at: int) -> None:
        """Go to a hit, by which one it is, from 0."""
        before = self.current_hit
        self._look.hit = at
        self._redraw(filter(None, (before, self.current_hit)))
        self.reveal(*self._look.hits[at])

    def _look_for_hits(self) -> None:
        look = self._look
        look.hits, look.hit = (), -1
        if self._article is None:
            return
        if not self._found:
            look.hits = found_in(self._article.text, self._filter_words)
        elif (pattern := phrase_pattern((self._found,), whole_words=False)) is not None:
            self._folded = self._folded or FoldedText(self._article.text)
            look.hits = self._folded.spans(pattern)
