"""Filters within filters."""

from __future__ import annotations

from store.lazy_pattern import lazy_pattern
from store.library import sort_of, with_sort

_NOT_PLAIN = lazy_pattern(r"\b(?:OR|NOT)\b|[()]")
"""What makes of a query's words more than conditions that hold together."""


def inside(query: str) -> str:
    """Return a query as a part of another; its order stands behind the part."""
    if " OR " not in query:
        return query
    order = sort_of(query)
    return f"({with_sort(query, '')})" + (f" sort:{order}" if order else "")


def narrowed(query: str, *more: str) -> str:
    """Return a query that finds what a query finds and others find as well, each said once."""
    for one in more:
        if not _NOT_PLAIN.search(query) and f" {one} " in f" {query} ":
            continue
        query = f"{inside(query)} {one}" if query else one
    return query
