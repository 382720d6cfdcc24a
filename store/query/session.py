"""What is asked of the query thread: queries over the index and the mirror."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import date
from typing import TypeVar

from store.article import ArticleId, EntityKey
from store.errors import QueryError
from store.query.answer import Answer, Standing
from store.query.ast import Query
from store.query.compile import Statement, asks_for_gone, compile_queries
from store.query.complete import Completion, Name
from store.query.connection import Connection, Interrupted, Later, MarkedRow
from store.query.found import any_of
from store.query.keys import KeyList
from store.query.parser import parse
from store.query.saved import expand
from store.query.snippet import Snippet, snippet
from store.query.thread import Job, QueryThread

Answered = TypeVar("Answered")


class QuerySession(QueryThread):
    """Answers queries on a thread of its own.

    Whoever cancels a future stops its query. All errors arrive through the futures.
    """

    def search(
        self,
        *queries: str,
        sort: str = "date",
        grouping: str = "none",
        typing: bool = False,
        fold: bool = False,
        most: int = 0,
    ) -> Future[Answer]:
        """Answer the conjunction of some queries; the last is being written when `typing`.

        `fold`: of near copies that are found, one stands for the others. With `most` an answer may hold only so many
        keys, the first ones, where that is quicker; its `total` tells how many there are.
        A later call with `typing` cancels an earlier one. `sort` is one of `fields.SORTS`, for queries that
        do not say; `grouping` one of `grouping.GROUPINGS`.

        Raises (through the future):
            QueryError: with the column within the query that is wrong.
            CatalogError: the index cannot be read.
            CancelledError: a later call was quicker.
        """
        today = self._today()

        def answer(connection: Connection) -> Answer:
            last = len(queries) - 1
            parsed = [parse(query, typing=typing and number == last) for number, query in enumerate(queries)]
            if typing:
                # At once and newest first, whatever order is chosen for what stands at the end.
                parsed = [replace(query, sort="date") for query in parsed]
            statement = self._compiled(connection, parsed, today, sort)
            if most and statement.is_ascending and grouping == "none" and not fold:
                first, total = connection.find_first(statement, most)
                return Answer(KeyList(first), statement.words, statement.order, total=total if total > most else None)
            found = connection.find(statement, grouping)
            keys, copies = connection.fold(found) if fold else (found, {})
            keys, groups = connection.group(keys, statement.order, grouping)
            listed = KeyList(keys)
            if not most:
                # Nobody asks where an article stands in a list that the next key replaces.
                listed.know_places()
            return Answer(listed, statement.words, statement.order, copies, groups)

        return self._submit(Job(answer, group="search" if typing else ""))

    def since(
        self, queries: Sequence[str], first: str, left_out: Callable[[ArticleId], bool] = lambda _: False
    ) -> Future[list[int]]:
        """Find the articles that match all queries and were first seen after a time, as the index writes it.

        `left_out` is asked of each on the query thread.
        """
        today = self._today()

        def find(connection: Connection) -> list[int]:
            statement = self._compiled(connection, [parse(query) for query in queries], today)
            new = connection.added_after(first)
            return [key for key in connection.find(statement) if key in new and not left_out(new[key])]

        return self._submit(Job(find))

    def count(self, queries: Sequence[str]) -> Future[list[int]]:
        """Count the articles of each query; -1 for one that is wrong. Later searches go first."""
        today = self._today()
        waiting = list(queries)
        counts: list[int] = []

        def count(connection: Connection) -> list[int]:
            while len(counts) < len(waiting):
                counts.append(self._count(connection, waiting[len(counts)], today))
                if self._jobs and len(counts) < len(waiting):
                    raise Later
            return counts

        return self._submit(Job(count))

    def neighbour(self, words: Sequence[str], keys: Sequence[int], at: int, by: int) -> Future[int | None]:
        """Find the next article of a list in which one of these words stands, from the index `at` on, without it.

        `words` are those of an answer, `by` is 1 or -1. Returns its index, None when there is none.
        """
        today = self._today()

        def look(connection: Connection) -> int | None:
            gone = min(keys, default=0) < 0 and connection.any_gone()
            having = set(connection.find(compile_queries([Query(any_of(words))], today=today, gone=gone)))
            indexes = range(at + 1, len(keys)) if by > 0 else range(at - 1, -1, -1)
            return next((index for index in indexes if keys[index] in having), None)

        return self._submit(Job(look, group="step"))

    def snippets(self, keys: Sequence[int], words: Sequence[str]) -> Future[dict[int, Snippet]]:
        """Return what stands around the first of an answer's words in the texts of these articles, where there is one.

        The headline is left out. A later call cancels an earlier one, and so does a search while typing.
        """
        wanted, sought = list(keys), tuple(words)

        def make(connection: Connection) -> dict[int, Snippet]:
            found: dict[int, Snippet] = {}
            for key in wanted:
                if connection.abandoned():
                    raise Interrupted
                title, text = connection.text(key)
                start = len(title) if title and text.startswith(title) else 0
                made = snippet(text, sought, start=start)
                if made is not None:
                    found[key] = made
            return found

        return self._submit(Job(make, group="snippets"))

    def names(self, field: str) -> Future[Sequence[Name]]:
        """Tell all that a field may hold, of `tag`, `path` and `lang`, with the number of articles of each."""
        return self._submit(Job(lambda connection: connection.names(field)))

    def complete(self, query: str, cursor: int) -> Future[Completion]:
        """Tell what can stand at the cursor; a later call cancels an earlier one, and so does a search while typing.
        """

        return self._submit(Job(lambda connection: connection.complete(query, cursor), group="complete"))

    def about_entities(
        self,
        question: Callable[[Connection, Statement | None], Answered],
        queries: Sequence[str] = (),
        *,
        group: str = "",
    ) -> Future[Answered]:
        """Ask something of the entities of the library, or of the articles that match all of these queries.

        The question gets the statement that finds those, None for all. A later question of a group cancels an earlier.
        """
        today = self._today()

        def ask(connection: Connection) -> Answered:
            statement = self._compiled(connection, [parse(query) for query in queries], today)
            return question(connection, statement if statement.sql else None)

        return self._submit(Job(ask, group=group))

    def join_names(self, joined: Mapping[EntityKey, EntityKey]) -> Future[None]:
        """Take each of these entities for another from now on, in the place of all that were joined before."""
        kept = dict(joined)
        return self._submit(Job(lambda connection: connection.join_names(kept)))

    def standing(self) -> Future[Standing]:
        """Count what has become of annotated articles."""
        return self._submit(Job(lambda connection: connection.standing()))

    def fill_mirror(self, rows: Iterable[MarkedRow]) -> Future[None]:
        """Replace all marks and notes: (article id, marks, [(note id, its texts), ...]).

        The rows are taken on the query thread, so they must not change meanwhile.
        """
        return self._submit(Job(lambda connection: connection.fill_mirror(rows)))

    def update_mirror(self, rows: Iterable[MarkedRow]) -> Future[None]:
        """Replace the marks and notes of these articles; searches asked for afterwards know them."""
        kept = list(rows)
        return self._submit(Job(lambda connection: connection.update_mirror(kept)))

    def _count(self, connection: Connection, query: str, today: date) -> int:
        try:
            statement = self._compiled(connection, [parse(query)], today)
        except QueryError:
            return -1
        return connection.count(statement)

    def _compiled(self, connection: Connection, queries: list[Query], today: date, sort: str = "date") -> Statement:
        saved = self._saved()
        queries = [expand(query, saved) for query in queries]
        gone = asks_for_gone(queries) and connection.any_gone()
        joined = connection.names_joined()
        dated = connection.dated
        statement = compile_queries(queries, sort=sort, today=today, dated=dated, gone=gone, joined=joined)
        if dated and "mirror.retalked" in statement.sql:
            connection.tell_talk_anew()
        return statement
