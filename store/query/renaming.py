"""Queries after a tag was renamed. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from store.annotations.search_records import Search
from store.annotations.tags import is_within, moved
from store.errors import QueryError
from store.query.ast import And, Field, Node, Not, Or
from store.query.parser import parse


def queries_after(searches: Iterable[Search], old: str, new: str) -> tuple[tuple[str, str, str], ...]:
    """Return the saved searches that ask for a tag that is renamed, with their query before and after."""
    asked = ((one.name, one.query, with_tag_renamed(one.query, old, new)) for one in searches)
    return tuple(each for each in asked if each[1] != each[2])


def with_tag_renamed(query: str, old: str, new: str) -> str:
    """Return a query that asks for the new tag wherever it asked for the old one, or for one below it.

    One that does not, or cannot be understood, is returned as it is written.
    """
    try:
        parsed = parse(query)
    except QueryError:
        return query
    where = _renamed(parsed.where, old, new)
    return query if where == parsed.where else str(replace(parsed, where=where))


def _renamed(node: Node, old: str, new: str) -> Node:
    match node:
        case Field(name="tag", value=value, prefix=False) if is_within(value, old):
            return replace(node, value=moved(value, old, new))
        case Not():
            return replace(node, node=_renamed(node.node, old, new))
        case And() | Or():
            return replace(node, nodes=tuple(_renamed(one, old, new) for one in node.nodes))
    return node
