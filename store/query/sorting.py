"""The order that a query asks for, as a part of its text. Pure."""

from __future__ import annotations

from store.errors import QueryError
from store.query.lexer import Kind, tokens
from store.query.parser import parse


def sort_of(*queries: str) -> str:
    """Return the order that the last of these queries to say one asks for; empty when none does."""
    for query in reversed(queries):
        try:
            sort = parse(query, typing=True).sort
        except QueryError:
            continue
        if sort:
            return sort
    return ""


def with_sort(query: str, sort: str) -> str:
    """Return a query that asks for this order and no other; for none where `sort` is empty."""
    pieces, at = [], 0
    try:
        for token in tokens(query, typing=True):
            if token.kind is Kind.FIELD and token.name == "sort":
                pieces.append(query[at : token.column].rstrip())
                at = token.end
    except QueryError:
        return query
    pieces.append(query[at:].strip() if pieces else query[at:])
    left = " ".join(piece for piece in pieces if piece.strip()).strip()
    return f"{left} sort:{sort}".strip() if sort else left
