"""What a reader does, the same in every program, a step at a time: each step looks whether the screen shows it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bench.emulator import Emulator
from bench.keystrokes import KEYS, Answer
from bench.make_library import OPENERS, Sample, special_length
from bench.peers.looking import Sight
from bench.peers.programs import LINES, Program
from bench.peers.watched import Holds, WatchedTerminal
from bench.processes import children, cost
from bench.terminal import TerminalError

NEAR = 12
"""How often the cursor is moved in a list that need not scroll."""
LONG = next(rank for rank in range(OPENERS) if special_length(rank) == 1_000_000)
COMMON = ("harbour", "satellite", "festival")


@dataclass
class Reader:
    """Somebody at a program who knows where he is."""

    program: Program
    articles: list[Sample]
    terminal: WatchedTerminal
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    """What followed the keys, by what was measured."""
    rank: int = 0
    """The chosen article."""
    top: int = 0
    """The first in the list."""

    def __post_init__(self) -> None:
        self.sight = Sight(self.program, self.articles)

    # ---- keys ----------------------------------------------------------------------------------------------------
    def timed(self, name: str, keys: Sequence[str], holds: Holds, quiet: float = 0.15) -> None:
        """Press keys, and keep what followed until it was quiet."""
        self.answers.setdefault(name, []).append(self.terminal.timed(keys, holds, quiet=quiet))

    def typed(self, name: str, keys: Sequence[str], holds: Holds, *, last: int = 1, quiet: float = 0.15) -> None:
        """Press keys of which only the last ones are timed, as if the others had been there for long."""
        before = keys[:-last]
        for some in (before[:1], before[1:]):
            if some:
                self.terminal.send(*some)
                self.terminal.settle(0.4)
        self.timed(name, keys[-last:], holds, quiet)

    def home(self) -> None:
        """Go to the first article of the list."""
        self.rank = self.top = 0
        self.terminal.go(self.program.subject.top, self._is_chosen())

    def down(self, name: str = "") -> bool:
        """Move the cursor by one; returns whether the list scrolled, by a line."""
        rank, top = self.rank + 1, self.top

        def holds(screen: Emulator) -> bool:
            return rank in (self.sight.chosen(screen, top), self.sight.chosen(screen, top + 1))

        if name:
            self.timed(name, ["j"], holds)
        else:
            self.terminal.timed(["j"], holds)
        self.rank = rank
        self.top = top if self.sight.chosen(self.terminal.screen, top) == rank else top + 1
        return self.top > top

    def _is_chosen(self) -> Holds:
        return lambda screen: self.sight.chosen(screen, self.top) == self.rank

    # ---- steps; after each it is another program's turn ----------------------------------------------------------
    def steps(self, keys: int, rounds: int) -> Iterator[None]:
        """Go through everything that is measured with keys."""
        self.home()
        yield from self._moves(keys)
        yield from self._pages(min(rounds, len(self.articles) // LINES - 1))
        yield from self._opens(rounds)
        yield from self._reads(rounds)
        yield from self._tags(rounds)
        yield from self._searches(rounds)

    def _moves(self, keys: int) -> Iterator[None]:
        for _ in range(min(keys, NEAR)):
            if self.down("j"):
                raise TerminalError(f"{self.program.name} scrolled where it need not. {self.terminal.text()}")
            yield
        self._to_last_line()
        while not self.down():
            pass
        for number in range(min(keys, len(self.articles) - self.rank - 1)):
            if not self.down("j scrolling"):
                raise TerminalError(f"{self.program.name} did not scroll by a line. {self.terminal.text()}")
            if number % 5 == 4:
                yield

    def _to_last_line(self) -> None:
        last = len(self.sight.rows(self.terminal.screen)) - 1
        self.terminal.go(["j"] * (last - self.rank), lambda screen: last == self.sight.chosen(screen, 0))
        self.rank = last

    def _pages(self, pages: int) -> Iterator[None]:
        self.home()
        # Into the last line first, so that each page is a whole one, in every program.
        self._to_last_line()
        for _ in range(pages):
            top, size = self.top, len(self.sight.rows(self.terminal.screen))

            def holds(screen: Emulator, top: int = top, size: int = size) -> bool:
                return self.sight.top(self.sight.rows(screen), top + size // 2, size) is not None

            self.timed("page in the list", ["pagedown"], holds)
            found = self.sight.top(self.sight.rows(self.terminal.screen), top + size // 2, size)
            self.top = top if found is None else found
            yield

    def _opens(self, rounds: int) -> Iterator[None]:
        """Open some articles from the list; where the text follows the cursor, moving it is all that takes."""
        self.home()
        for _ in range(min(rounds, LONG - 1)):
            if self.program.follows:
                self.rank += 1
                self.timed("open from the list", ["j"], self.sight.begins(self.rank))
            else:
                self.timed("open from the list", self.program.subject.open, self.sight.begins(self.rank))
                self.terminal.go(self.program.back, self._is_chosen())
                self.down()
            yield

    def _reads(self, rounds: int) -> Iterator[None]:
        """Go from article to article, and through the long one by pages."""
        self.home()
        self.terminal.send(*self.program.subject.open)
        self.terminal.settle(0.5)
        self.terminal.go((), self.sight.begins(0))
        last = OPENERS - 1 if rounds > LONG else LONG
        for rank in range(1, last + 1):
            name = "next, of 1 MB" if special_length(rank) == 1_000_000 else "next article"
            self.timed(name, ["J"], self.sight.begins(rank))
            yield
            if rank == LONG:
                yield from self._through(rank, rounds)
        self.rank = last
        self.terminal.send(*self.program.back)
        self.terminal.settle(0.5)

    def _through(self, rank: int, pages: int) -> Iterator[None]:
        seen, place, whole = self.sight.text(self.terminal.screen), 0, self.sight.whole(rank)
        for _ in range(pages):
            self.timed("page in the text", ["space"], self.sight.goes_on(rank, seen, place))
            now = self.sight.text(self.terminal.screen)
            place, seen = whole.find(now, place + len(seen) // 2), now
            yield

    def _tags(self, rounds: int) -> Iterator[None]:
        self.home()
        for _ in range(rounds):
            is_tagged = self.sight.is_tagged(self.rank, self.top)
            # The views are counted half a second later: that belongs to it.
            self.typed("tag", flattened(self.program.tag), is_tagged, quiet=0.8)
            if self.program.untag:
                self.terminal.send(*self.program.untag)
                self.terminal.settle(0.8)
            self.down()
            yield

    def _searches(self, most: int) -> Iterator[None]:
        for word in COMMON[:most]:
            yield from self._search("search titles", self.program.titles, word, self.sight.with_title(word))
        for word in COMMON[:most]:
            yield from self._search("search all, a frequent word", self.program.texts, word, self.sight.with_text(word))
        for word in rare(self.articles)[:most]:
            yield from self._search("search all, a rare word", self.program.texts, word, self.sight.with_text(word))

    def _search(self, name: str, way: tuple[str, ...], word: str, found: list[int]) -> Iterator[None]:
        self.home()
        query = next(one for one in way if "{}" in one).replace("{}", word)
        keys = flattened([one.replace("{}", word) for one in way])
        # Where the list follows what is typed its last letter has least to do: all of them count.
        self.typed(name, keys, self.sight.is_found(found, query), last=len(keys) - 1 if self.program.follows else 1)
        clear = self.program.leave_texts if way is self.program.texts else ()
        for key in flattened(clear or self.program.clear):
            self.terminal.send(key)
            self.terminal.settle(0.3)
        last = len(self.articles)
        self.terminal.go((), lambda screen: self.sight.top(self.sight.rows(screen), 0, last) is not None)
        yield

    def memory(self) -> dict[str, float]:
        """Return the resident megabytes of the process, and with those that it has started."""
        own = self.terminal.process.pid
        family = [own, *children(own)]
        return {"memory": cost(own).memory / 1e6, "memory of all": sum(cost(one).memory for one in family) / 1e6}


def flattened(words: Sequence[str]) -> list[str]:
    """Return single keys: names of keys as they are, else a character each."""
    return [key for word in words for key in ([word] if word in KEYS or word.startswith("ctrl+") else word)]


def rare(articles: list[Sample], count: int = 3) -> list[str]:
    """Return numbers that few articles hold, but more than one, and that are no part of a year."""
    years = {str(year)[place : place + 3] for year in range(1971, 2025) for place in (0, 1)}
    held = Counter(number for one in articles for number in set(re.findall(r"\b[1-9]\d\d\b", one.text)))
    some = [number for number in held if number not in years and held[number] > 1]
    return sorted(some, key=lambda number: (held[number], number))[:count]
