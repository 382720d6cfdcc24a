"""Looks at a screen as a reader does: which titles are listed, which is chosen, which piece of which text is shown."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from bench.emulator import Emulator
from bench.make_library import WORDS, Sample
from bench.peers.programs import Program
from bench.peers.watched import Holds

_TITLE = re.compile(rf"\b(?:{'|'.join(WORDS['town'])}) (?:{'|'.join(WORDS['body'])})\b.*")
_CUT = 12
"""Letters of a title that must be seen at least; where titles are cut, a whole list of them tells which they are."""
_FULL = 20
"""Lines that a whole list has at least: a title may stand above its text, too."""
_HEAD = 400
"""Letters that may stand above the beginning of a text: title, date, sender."""


@dataclass(frozen=True)
class Row:
    """A line of a list."""

    line: int
    title: str
    """As far as it is seen."""
    chosen: bool


@dataclass(frozen=True)
class Sight:
    """A program's screen, looked at with knowledge of the articles, the newest first."""

    program: Program
    articles: list[Sample]

    # ---- the list ------------------------------------------------------------------------------------------------
    def rows(self, screen: Emulator) -> list[Row]:
        """Return the lines of the list; one of several looks different, and is the chosen one."""
        found: list[tuple[int, str, object]] = []
        (left, right), display = self.program.list_columns, screen.display
        for line in range(*self.program.list_rows):
            if title := _TITLE.search(display[line][left:right]):
                cell = screen.screen.buffer[line][left + title.start()]
                found.append((line, title[0].split("…")[0].rstrip(), (cell.bg, cell.reverse)))
        looks = Counter(look for _, _, look in found)
        only = [look for look, count in looks.items() if count == 1]
        return [Row(line, title, len(only) == 1 and look == only[0]) for line, title, look in found]

    def top(self, rows: list[Row], near: int = 0, reach: int = 0) -> int | None:
        """Return the article in the first line, if all lines hold those that follow each other, without a gap."""
        for first in range(near, near + reach + 1):
            if len(rows) >= _FULL and self.lists(rows, range(first, first + len(rows))):
                return first
        return None

    def lists(self, rows: list[Row], ranks: range | list[int]) -> bool:
        """Whether the lines hold these articles, as many as there is room for."""
        if len(rows) > len(ranks) or len(rows) < min(len(ranks), _FULL):
            return False
        return all(
            rank < len(self.articles) and _same(row.title, self.articles[rank].title)
            for row, rank in zip(rows, ranks, strict=False)
        )

    def chosen(self, screen: Emulator, top: int) -> int | None:
        """Return the chosen article, if the list is whole and begins with this one."""
        rows = self.rows(screen)
        if self.top(rows, top) is None or sum(row.chosen for row in rows) != 1:
            return None
        return top + [row.chosen for row in rows].index(True)

    def is_found(self, ranks: list[int], query: str) -> Holds:
        """Whether the list holds what a search has to find, in order, and the screen says so if it does at all."""
        said = self.program.said.format(query)
        return lambda screen: self.lists(self.rows(screen), ranks) and said in "\n".join(screen.display)

    def is_tagged(self, rank: int, top: int) -> Holds:
        """Whether the line of the chosen article, and what follows it, says that it is tagged."""

        def holds(screen: Emulator) -> bool:
            if self.chosen(screen, top) != rank:
                return False
            line = self.rows(screen)[rank - top].line
            return re.match(rf".*{self.program.tagged}", "\n".join(screen.display[line:])) is not None

        return holds

    # ---- the text ------------------------------------------------------------------------------------------------
    def text(self, screen: Emulator) -> str:
        """Return the letters and digits of the text that is shown."""
        rows = screen.display[slice(*self.program.text_rows)]
        if self.program.pane:
            rows = [(*row.split("│"), "", "")[self.program.pane] for row in rows]
        return letters("\n".join(rows))

    def begins(self, rank: int) -> Holds:
        """Whether the text is this article's from its beginning, and nothing of another's is left."""
        whole = self.whole(rank)

        def holds(screen: Emulator) -> bool:
            seen = self.text(screen)
            start = seen.find(whole[:20], 0, _HEAD)
            return start >= 0 and _same(seen[start:], whole)

        return holds

    def goes_on(self, rank: int, before: str, place: int) -> Holds:
        """Whether the text is this article's, a page further than `before`, which began at a place of it."""
        whole = self.whole(rank)

        def holds(screen: Emulator) -> bool:
            seen = self.text(screen)
            return bool(seen) and place < whole.find(seen, place + len(before) // 2) <= place + len(before) + _HEAD

        return holds

    def whole(self, rank: int) -> str:
        """Return the letters and digits of an article's text."""
        if rank not in self._whole:
            self._whole[rank] = letters(self.articles[rank].text)
        return self._whole[rank]

    @cached_property
    def _whole(self) -> dict[int, str]:
        return {}

    # ---- what a search has to find -------------------------------------------------------------------------------
    def with_title(self, word: str) -> list[int]:
        """Return the articles with a word in the title."""
        return [rank for rank, one in enumerate(self.articles) if self._holds(word, one.title)]

    def with_text(self, word: str) -> list[int]:
        """Return the articles with a word anywhere."""
        return [rank for rank, one in enumerate(self.articles) if self._holds(word, f"{one.title} {one.text}")]

    def _holds(self, word: str, text: str) -> bool:
        if word not in text:
            return False
        return not self.program.whole or re.search(rf"\b{word}", text) is not None


def letters(text: str) -> str:
    """Return what of a text does not depend on how it is broken into lines."""
    return re.sub(r"[\W_]+", "", text)


def _same(seen: str, whole: str) -> bool:
    size = min(len(seen), len(whole))
    return size >= min(_CUT, len(whole)) and seen[:size] == whole[:size]
