"""Where the rows of a grouped list stand: a line for each article, and one above each group for its heading. Pure."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence

from store.library import ListGroup


class GroupedLines:
    """Lines of a list of `count` articles, counted from 0, each of which takes `tall` lines."""

    def __init__(self, count: int = 0, groups: Sequence[ListGroup] = (), tall: int = 1) -> None:
        self.groups = groups
        self.count = count
        self.tall = tall
        self._first = array("l")
        """The row of each group's first article."""
        self._heading = array("l")
        """The line of each group's heading."""
        row = 0
        for number, (_, articles) in enumerate(groups):
            self._first.append(row)
            self._heading.append(row * tall + number)
            row += articles

    @property
    def height(self) -> int:
        """How many lines there are."""
        return self.count * self.tall + len(self.groups)

    def line_of(self, row: int) -> int:
        """Return the first line of an article's row."""
        return row * self.tall + (bisect_right(self._first, row) if self.groups else 0)

    def group_of(self, row: int) -> int:
        """Return the number of the group that a row is in; below zero where there are none."""
        return bisect_right(self._first, row) - 1

    def first_of(self, group: int) -> int:
        """Return the row of a group's first article."""
        return self._first[group]

    def begins_group(self, row: int) -> bool:
        """Tell whether a heading stands above a row."""
        return bool(self.groups) and self._first[self.group_of(row)] == row

    def at(self, line: int) -> tuple[int | None, int]:
        """Return what a line holds: the number of the group that it is the heading of, or None, and the row of the
        article on it or below it."""
        if not self.groups:
            return None, line // self.tall
        group = bisect_right(self._heading, line) - 1
        if self._heading[group] == line:
            return group, self._first[group]
        return None, (line - group - 1) // self.tall

    def part_of(self, line: int) -> int:
        """Return which line of its row a line is, from 0; 0 for a heading."""
        if self.tall == 1:
            return 0
        heading, row = self.at(line)
        return 0 if heading is not None else line - self.line_of(row)
