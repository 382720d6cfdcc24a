"""What the screen wants of the indexer at this moment."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable
from typing import ClassVar

from store.article import ArticleId
from store.indexer.pace import Pace
from store.indexer.protocol import Message, Rebuild, Rescan, Show, Skip, Stop, Visible


class Stopped(BaseException):
    """The screen has gone or has no more wishes: the way out of whatever is being done."""


class Changed(Message):
    """From ourselves: something may have changed at these paths; none means anywhere."""

    type: ClassVar[str] = "changed"
    paths: tuple[str, ...] = ()


class Wishes:
    """Takes messages in and keeps what is still to be done about them."""

    def __init__(self) -> None:
        self.on_screen: ArticleId | None = None
        self.asked: ArticleId | None = None
        """The article on screen, until it has been answered."""
        self.listed: deque[ArticleId] = deque()
        """Those in the list that have not been looked after yet."""
        self._pace = Pace()
        self._in_list: frozenset[ArticleId] = frozenset()
        self.places: list[tuple[str, ...]] = []
        """Paths to look at again; an empty tuple means the roots."""
        self.try_names_again = False
        """Whether the user asked for something that gives a pipeline that could not be used another chance."""
        self.skips: list[Skip] = []
        """Documents to be left out that the index does not know of yet."""
        self.skipped: dict[ArticleId, str] = {}
        """Texts that are not analysed, and why."""
        self.left_out: dict[tuple[str, str], Skip] = {}
        """Members of files that are not read, by path and name."""
        self.rebuild = False
        self.stop = False

    def take(self, messages: Iterable[Message]) -> bool:
        """Take messages in; says whether there were any."""
        some = False
        for message in messages:
            some = True
            if isinstance(message, Show):
                self.on_screen = self.asked = message.id
            elif isinstance(message, Visible):
                self.listed = deque(message.ids)
                self._pace.goal(len(message.ids), len(message.ids))
                self._in_list = frozenset(message.ids)
            elif isinstance(message, Rescan):
                self.places.append(message.paths)
                self.try_names_again = True
            elif isinstance(message, Changed):
                self.places.append(message.paths)
            elif isinstance(message, Skip) and message.stage == "read" and message.member:
                self.left_out[message.source, message.member] = message
            elif isinstance(message, Skip):
                self.skips.append(message)
                if message.stage == "analyse":
                    self.skipped[ArticleId(message.source)] = message.reason
            elif isinstance(message, Rebuild):
                self.rebuild = True
            elif isinstance(message, Stop):
                self.stop = True
        return some

    def single_places(self, roots: Collection[str]) -> tuple[str, ...]:
        """Take the paths to look at again; none where a root or all of them are to be looked at."""
        taken = tuple(path for place in self.places for path in place)
        if () in self.places or any(path in roots for path in taken):
            return ()
        self.places.clear()
        return taken

    def listed_so_far(self) -> tuple[int, int, float]:
        """Count one of the list as done; returns how many are done, of how many, and how many a second."""
        return self._pace.step()

    def is_seen(self, article: ArticleId) -> bool:
        """Whether the user has the article before them, so that its names are sent."""
        return article == self.on_screen or article in self._in_list
