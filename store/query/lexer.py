"""Cut a query into tokens. Each knows where it stands, so that an error can point at it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto

from store.errors import QueryError
from store.query.ast import FIELD_START, KEYWORDS
from store.query.fields import FIELDS, KINDS
from store.record import Record

_DASHES = re.compile(r"-+(?=[\s)]|$)")


class Kind(Enum):
    """What a token is."""

    TEXT = auto()
    FIELD = auto()
    OPEN = auto()
    CLOSE = auto()
    NOT = auto()
    AND = auto()
    OR = auto()
    UNFINISHED = auto()
    """A quote that is not closed, while typing; the last token."""
    END = auto()


class Token(Record):
    """A piece of a query: `query[column:end]`."""

    kind: Kind
    column: int
    end: int
    value: str = ""
    """Of a text or field, without quotes and without the `*`."""
    prefix: bool = False
    is_quoted: bool = False
    name: str = ""
    """Of a field, in lower case; it may be no field at all."""
    value_column: int = 0
    is_exact: bool = False
    """Whether `=` stands before the value of a name."""


class _Value(Record):
    text: str
    end: int
    prefix: bool
    is_quoted: bool


def tokens(query: str, *, typing: bool = False) -> Iterator[Token]:
    """Yield the tokens of a query, END last. The grammar of a term is in `_term`.

    Raises:
        QueryError: a quote that is not closed, unless `typing`.
    """
    at = 0
    while at < len(query):
        c = query[at]
        if c.isspace():
            at += 1
            continue
        if c in "()":
            yield Token(Kind.OPEN if c == "(" else Kind.CLOSE, at, at + 1)
            at += 1
            continue
        if c == "-" and not _DASHES.match(query, at):
            yield Token(Kind.NOT, at, at + 1)
            at += 1
            continue
        token = _term(query, at, typing)
        yield token
        if token.kind is Kind.UNFINISHED:
            break
        at = token.end
    yield Token(Kind.END, len(query), len(query))


def _term(query: str, at: int, typing: bool) -> Token:
    start = FIELD_START.match(query, at)
    # `http://...` is an address that somebody pasted, no field.
    if start and (start[1].lower() in FIELDS or not query.startswith("//", start.end())):
        name = start[1].lower()
        exact = name in KINDS and query.startswith("=", start.end())
        value = _value(query, start.end() + exact, typing)
        if value is None:
            return Token(Kind.UNFINISHED, at, len(query))
        return Token(
            Kind.FIELD,
            at,
            value.end,
            value.text,
            value.prefix,
            value.is_quoted,
            name,
            value_column=start.end() + exact,
            is_exact=exact,
        )
    value = _value(query, at, typing)
    if value is None:
        return Token(Kind.UNFINISHED, at, len(query))
    raw = query[at : value.end]
    if raw in KEYWORDS:
        return Token(Kind[raw], at, value.end)
    return Token(Kind.TEXT, at, value.end, value.text, value.prefix, value.is_quoted, value_column=at)


def _value(query: str, at: int, typing: bool) -> _Value | None:
    """Read a bare or quoted value; None for a quote left open while typing."""
    if not query.startswith('"', at):
        end = at
        while end < len(query) and not query[end].isspace() and query[end] not in '()"':
            end += 1
        prefix = query[at:end].endswith("*")
        return _Value(query[at : end - prefix], end, prefix, False)
    pieces = []
    begin = at + 1
    while True:
        close = query.find('"', begin)
        if close < 0:
            if typing:
                return None
            raise QueryError("The quote that begins here is never closed.", at, 'close it with "')
        pieces.append(query[begin:close])
        if not query.startswith('""', close):
            break
        begin = close + 2
    end = close + 1
    prefix = query.startswith("*", end)
    return _Value('"'.join(pieces), end + prefix, prefix, True)
