"""Asking: what the query thread answers about the articles of a library."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

from store.article import ArticleId
from store.library.desk import Desk
from store.library.lists import Lists
from store.paths import storable
from store.query.answer import Answer, Standing

if TYPE_CHECKING:
    from store.annotations.search_records import Search
    from store.query.complete import Completion, Name
    from store.query.snippet import Snippet

Found = Answer
"""The answer to a query: every article's key, in the order asked for, and the words that were looked for."""


class Asking:
    """The part of a library that answers queries; every answer is a future."""

    narrowed: str
    roots: tuple[Path, ...]
    _lists: Lists
    _desk: Desk

    def search(
        self,
        *queries: str,
        sort: str = "date",
        grouping: str = "none",
        typing: bool = False,
        fold: bool = False,
        most: int = 0,
    ) -> Future[Found]:
        """Answer the conjunction of some queries on the query thread.

        `sort` is for queries that do not say, one of `SORTS`; `grouping` one of `GROUPINGS`. `fold`: of near copies
        that are found, one stands for the others. With `most` an answer may hold only so many keys, the first ones,
        where that is quicker.
        A later call with `typing` stops an earlier one, whose future is then cancelled.

        Raises (through the future):
            QueryError: with the column within the last query.
        """
        return self._lists.session.search(*queries, sort=sort, grouping=grouping, typing=typing, fold=fold, most=most)

    def complete(self, query: str, cursor: int) -> Future[Completion]:
        """Tell, on the query thread, what can stand at the cursor of a query, names with the number of their articles.

        A later call cancels an earlier one, and so does a search with `typing`: ask for the search first.
        """
        return self._lists.session.complete(query, cursor)

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders of the library, as an annotation file can keep them."""
        return tuple(storable(str(root)) for root in self.roots)

    def new_to(self, rule: Search) -> Future[list[int]]:
        """Find, on the query thread, the articles that match a rule and were first seen since it last looked.

        They are those of the whole library, whatever part of it was asked for: a rule looks at an article once. What
        was annotated before the rule looked is left out: a tag that was taken off stays off.

        Raises (through the future):
            QueryError: with the column within the rule's query.
        """
        looked = rule.looked_in(self.folders)
        # As the index writes it: in UTC, without the zone.
        first = looked[0].astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") if looked else ""

        def decided(article: ArticleId) -> bool:
            known = self._desk.known
            since = known.annotated_since(article) if known is not None else None
            return since is not None and looked is not None and since <= looked[1]

        return self._lists.session.since([rule.query], first, decided)

    def names(self, field: str) -> Future[Sequence[Name]]:
        """Tell, on the query thread, all tags (`tag`), folders (`path`) or languages (`lang`), with their articles."""
        return self._lists.session.names(field)

    def neighbour(self, words: Sequence[str], keys: Sequence[int], at: int, by: int) -> Future[int | None]:
        """Find, on the query thread, the next article of a list in which one of an answer's words stands.

        It is looked for from the index `at` on, which is left out, down (`by` 1) or up (-1). Returns its index.
        """
        return self._lists.session.neighbour(words, keys, at, by)

    def snippets(self, keys: Sequence[int], words: Sequence[str]) -> Future[dict[int, Snippet]]:
        """Return, from the query thread, what stands around the first of an answer's words in these articles.

        Articles without one below the headline are left out. A later call cancels an earlier one.
        """
        return self._lists.session.snippets(keys, words)

    @staticmethod
    def canonical(query: str) -> str:
        """Return a query as the language itself writes it: equal queries are written alike.

        Raises:
            QueryError: with the column that is wrong.
        """
        from store.query.parser import parse  # a start asks nothing

        return str(parse(query))

    @staticmethod
    def asks_for_names(query: str) -> bool:
        """Whether what a query finds depends on the names of articles, which take a while to be found.

        What is asked for by a saved search in it is left out.

        Raises:
            QueryError: with the column that is wrong.
        """
        from store.query.ast import asks_for_names
        from store.query.parser import parse

        return asks_for_names(parse(query).where)

    def standing(self) -> Future[Standing]:
        """Count, on the query thread, what has become of annotated articles: changed, gone, notes without a place."""
        return self._lists.session.standing()

    def count(self, queries: Sequence[str]) -> Future[list[int]]:
        """Count the articles of each query on the query thread; -1 for one that is wrong."""
        return self._lists.session.count(queries)
