"""Names found by several processes, given out in the order in which they were asked for.

So an entity is written as the text writes it in which one process alone would find it first. What comes early waits for
its turn; it is little, and there is a bound on how much.
"""

from __future__ import annotations

from store.article import ArticleId
from store.indexer.crew import Crew, Lost
from store.indexer.driven import wait
from store.indexer.tasks import Analyse, Named

_TEXTS = 4
"""Texts that a process is given at a time, so that it need not wait for us after each."""
_MOST, _MOST_CHARACTERS = 500, 4_000_000
"""Texts that wait for their turn, at most; so many are found in the time that a book takes."""


class NamesAhead:
    """The texts that processes have been given, and what has come of them."""

    def __init__(self, crew: Crew) -> None:
        self._crew = crew
        self._asked: dict[ArticleId, Analyse] = {}
        self._found: dict[ArticleId, Named] = {}
        self._characters = 0

    def __contains__(self, article: object) -> bool:
        """Whether a text has been asked for and not given out."""
        return article in self._asked

    def __len__(self) -> int:
        return len(self._asked)

    @property
    def has_room(self) -> bool:
        """Whether one may ask for another text."""
        if len(self._asked) >= _MOST or self._characters >= _MOST_CHARACTERS:
            return False
        hands = self._crew.hands(0)
        return len(hands) < self._crew.size or any(len(hand.texts) < _TEXTS for hand in hands)

    def ask(self, text: Analyse) -> None:
        """Have the names of a text found."""
        self._asked[text.id] = text
        self._characters += len(text.text)
        # For a few texts it is quicker to load few pipelines.
        hands = self._crew.hands(1 + len(self._asked) // _TEXTS)
        min(hands, key=lambda one: (len(one.texts), sum(len(t.text) for t in one.texts.values()))).analyse(text)

    def take(self, timeout: float) -> tuple[Analyse, Named] | None:
        """Return the next text with its names; None when they do not come in so many seconds.

        Raises:
            Lost: a process could not be kept alive.
        """
        if not self._asked:
            return None
        first = next(iter(self._asked))
        hands = self._crew.hands(0)
        if first not in self._found:
            # Also what comes of others, so that they are given more to do.
            wait(hands, lambda: any(hand.named for hand in hands), timeout)
        for hand in hands:
            if hand.given_up:
                raise Lost(hand.given_up)
            while hand.named:
                named = hand.named.popleft()
                self._found[named.id] = named
        found = self._found.pop(first, None)
        if found is None:
            return None
        text = self._asked.pop(first)
        self._characters -= len(text.text)
        return text, found

    def clear(self) -> None:
        """Forget all that was asked for; what has been begun comes to nothing."""
        if self._asked:
            self._crew.close()
        self._asked.clear()
        self._found.clear()
        self._characters = 0
