"""Saved searches inside queries: `search:NAME` stands for the query that was saved under the name. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from store.errors import QueryError
from store.query.ast import All, And, Field, Node, Not, Or, Query
from store.query.fold import clean, fold
from store.query.parser import parse

Saved = Mapping[str, str]
"""By name, the query that was saved under it."""


def expand(query: Query, saved: Saved) -> Query:
    """Put the saved queries in the place of their names; one's own order, if it says none, is that of the first.

    Raises:
        QueryError: there is no search of that name, it is wrong, or it leads back to itself.
    """
    return _Expansion(saved).query(query, ())


def check(query: str, saved: Saved) -> None:
    """Look whether a query can be saved.

    Raises:
        QueryError: it cannot be understood, or leads back to itself by the searches in it.
    """
    expand(parse(query), saved)


class _Expansion:
    def __init__(self, saved: Saved) -> None:
        self._saved = {fold(name): (name, text) for name, text in saved.items()}
        self._sort = ""

    def query(self, query: Query, within: tuple[str, ...]) -> Query:
        where = self._node(query.where, within)
        return replace(query, where=where, sort=query.sort or self._sort)

    def _node(self, node: Node, within: tuple[str, ...]) -> Node:
        match node:
            case Field(name="search"):
                return self._search(node, within)
            case Not():
                return replace(node, node=self._node(node.node, within))
            case And() | Or():
                return replace(node, nodes=tuple(self._node(one, within) for one in node.nodes))
        return node

    def _search(self, field: Field, within: tuple[str, ...]) -> Node:
        wanted = fold(clean(field.value)).strip()
        if field.prefix:
            found = [name for name in sorted(self._saved) if name.startswith(wanted)]
            nodes = tuple(self._one(name, field, within) for name in found)
            return Or(nodes) if len(nodes) > 1 else nodes[0] if nodes else Not(All())
        if wanted not in self._saved:
            from difflib import get_close_matches

            near = get_close_matches(wanted, self._saved, n=1)
            hint = f"search:{self._saved[near[0]][0]}" if near else ""
            raise QueryError(f"There is no saved search {field.value}.", field.column, hint)
        return self._one(wanted, field, within)

    def _one(self, key: str, field: Field, within: tuple[str, ...]) -> Node:
        name, text = self._saved[key]
        if key in within:
            raise QueryError(f"The saved search {name} leads back to itself.", field.column)
        try:
            query = parse(text)
        except QueryError as error:
            raise QueryError(f"The saved search {name} is wrong: {error}", field.column) from error
        try:
            inner = self.query(query, (*within, key))
        except QueryError as error:
            raise QueryError(str(error), field.column, error.hint) from error
        self._sort = self._sort or inner.sort
        return inner.where
