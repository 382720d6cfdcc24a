"""The order that queries ask for, for whoever shows and changes it. The grammar is imported with the first question."""

from __future__ import annotations


def sort_of(*queries: str) -> str:
    """Return the order that the last of these queries to say one asks for; empty when none does."""
    if not any("sort:" in query.lower() for query in queries):
        return ""
    from store.query import sorting  # a start asks for no order

    return sorting.sort_of(*queries)


def with_sort(query: str, sort: str) -> str:
    """Return a query that asks for this order and no other; for none where `sort` is empty."""
    from store.query import sorting

    return sorting.with_sort(query, sort)
