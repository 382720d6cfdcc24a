"""Read a query: words are AND, OR binds looser, NOT and `-` tighter, parentheses group."""

from __future__ import annotations

from store.errors import QueryError
from store.query import dates
from store.query.ast import All, And, Field, Near, Node, Not, Or, Query, Text
from store.query.fields import FIELDS, NAMES, POSSESSIONS, SORTS, STATES, nearest
from store.query.fold import has_letters, spaceless
from store.query.lexer import Kind, Token, tokens

MAX_LENGTH = 10_000
MAX_TERMS = 400
MAX_DEPTH = 12
"""Far more than anybody writes, and less than SQLite can take."""

DEFAULT_DISTANCE = 10
MAX_DISTANCE = 999


def parse(text: str, *, typing: bool = False) -> Query:
    """Read a query. With `typing`, its last term is still being written: a word is a beginning, and
    what cannot be understood yet is left out, as is a first letter.

    Raises:
        QueryError: with the column where it went wrong. Nothing else is raised, whatever the text.
    """
    if len(text) > MAX_LENGTH:
        raise QueryError(f"A query has {MAX_LENGTH:,} characters at most.", MAX_LENGTH)
    return _Parser(text, typing).query()


class _Parser:
    def __init__(self, text: str, typing: bool) -> None:
        self._typing = typing
        self._length = len(text)
        self._tokens = list(tokens(text, typing=typing))
        self._at = 0
        self._terms = 0
        self._sort = ""

    def query(self) -> Query:
        if self._peek.kind is Kind.END:
            return Query(All())
        where = self._or(0)
        if self._peek.kind is Kind.CLOSE:
            raise QueryError("This parenthesis closes nothing.", self._peek.column)
        return Query(All() if where is None else where, self._sort)

    @property
    def _peek(self) -> Token:
        return self._tokens[self._at]

    def _next(self) -> Token:
        token = self._tokens[self._at]
        if token.kind is not Kind.END:
            self._at += 1
        return token

    def _at_end(self) -> bool:
        return self._peek.kind is Kind.END

    def _unfinished(self, token: Token) -> bool:
        """Tell whether a term is still being written: the text ends right behind it."""
        return self._typing and token.end == self._length

    def _or(self, depth: int) -> Node | None:
        column = self._peek.column
        nodes = [self._and(depth)]
        while self._peek.kind is Kind.OR:
            self._next()
            if self._typing and self._at_end():
                break
            nodes.append(self._and(depth))
        return _join(Or, nodes, column)

    def _and(self, depth: int) -> Node | None:
        column = self._peek.column
        nodes = [self._term(depth)]
        while self._peek.kind not in (Kind.OR, Kind.CLOSE, Kind.END):
            if self._peek.kind is Kind.AND:
                self._next()
                if self._typing and self._at_end():
                    break
            nodes.append(self._term(depth))
        return _join(And, nodes, column)

    def _term(self, depth: int) -> Node | None:
        """Read a term; None for one that says nothing about an article, or not yet."""
        if depth > MAX_DEPTH:
            raise QueryError(f"Parentheses and NOT go {MAX_DEPTH} deep at most.", self._peek.column)
        token = self._next()
        if token.kind not in (Kind.OPEN, Kind.NOT):
            self._count(token)
        match token.kind:
            case Kind.TEXT:
                return self._text(token)
            case Kind.FIELD if token.name == "sort" and depth == 0:
                self._sorted(token)
                return None
            case Kind.FIELD:
                return self._field(token)
            case Kind.NOT:
                node = self._term(depth + 1)
                return None if node is None else Not(node, column=token.column)
            case Kind.OPEN:
                return self._group(token, depth)
            case Kind.UNFINISHED:
                return None
            case Kind.END if self._typing:
                return None
            case _:
                raise self._missing(token)

    def _count(self, token: Token) -> None:
        self._terms += 1
        if self._terms > MAX_TERMS:
            raise QueryError(f"A query has {MAX_TERMS} terms at most.", token.column)

    def _missing(self, token: Token) -> QueryError:
        before = self._tokens[self._at - 2] if self._at > 1 else None
        if token.kind is Kind.END:
            # END is never stepped over, so the token before it is one nearer.
            before = self._tokens[self._at - 1]
        if before is not None and before.kind in (Kind.AND, Kind.OR, Kind.NOT):
            word = "-" if before.end - before.column == 1 else before.kind.name
            return QueryError(f"{word} needs something after it.", before.column)
        if token.kind in (Kind.AND, Kind.OR):
            hint = f'to look for the word, quote it: "{token.kind.name}"'
            return QueryError(f"{token.kind.name} needs something before it.", token.column, hint)
        if before is not None and before.kind is Kind.OPEN:
            return QueryError("There is nothing between these parentheses.", before.column)
        if token.kind is Kind.CLOSE:
            return QueryError("This parenthesis closes nothing.", token.column)
        return QueryError("Something is missing here.", token.column)

    def _group(self, opening: Token, depth: int) -> Node | None:
        node = self._or(depth + 1)
        if self._peek.kind is Kind.CLOSE:
            self._next()
        elif not self._typing:
            raise QueryError(
                "The parenthesis that opens here is never closed.", opening.column, "close it with )"
            )
        return node

    def _text(self, token: Token) -> Node | None:
        if not token.is_quoted and not token.value and token.prefix:
            return All(column=token.column)
        if not token.value.strip():
            if self._unfinished(token):
                return None
            raise QueryError("There is nothing between these quotes.", token.column)
        prefix = token.prefix
        if self._unfinished(token) and not token.is_quoted:
            if _says_little(token.value.strip("-")):
                return None
            prefix = True
        return Text(token.value, prefix, column=token.column)

    def _field(self, token: Token) -> Node | None:
        try:
            if token.name == "near":
                return self._near(token)
            return _field(token, self._unfinished(token) and not token.is_quoted)
        except QueryError:
            if self._unfinished(token):
                return None
            raise

    def _sorted(self, token: Token) -> None:
        value = token.value.lower()
        if value not in SORTS or token.prefix:
            if not self._unfinished(token):
                raise _wrong_word(token, SORTS)
            return
        self._sort = value

    def _near(self, token: Token) -> Node | None:
        example = "it is written near:5(missile launch)"
        distance = DEFAULT_DISTANCE
        if token.value or token.prefix:
            digits = token.value.isascii() and token.value.isdigit() and len(token.value) <= 3
            if not digits or token.prefix:
                raise QueryError(
                    f"near: takes a number of words up to {MAX_DISTANCE}.", token.value_column, example
                )
            distance = int(token.value)
        if self._peek.kind is not Kind.OPEN or self._peek.column != token.end:
            raise QueryError("near: is followed by words in parentheses.", token.column, example)
        self._next()
        parts: list[Text] = []
        while (part := self._next()).kind is Kind.TEXT:
            self._count(part)
            if not part.value.strip():
                if self._unfinished(part):
                    return None
                raise QueryError("near: takes words and phrases.", part.column, example)
            parts.append(Text(part.value, part.prefix, column=part.column))
        if part.kind is Kind.CLOSE:
            if len(parts) < 2:
                raise QueryError("near: needs two words or more.", part.column, example)
            return Near(distance, tuple(parts), column=token.column)
        if self._unfinished(part):
            # The last term, whatever it will be.
            return None
        if part.kind is Kind.END:
            raise QueryError("The parenthesis of near: is never closed.", token.end, "close it with )")
        raise QueryError("Only words and phrases can be near each other.", part.column, example)


def _says_little(begun: str) -> bool:
    """Tell whether a word being written is still too short to find anything by: one letter begins a word everywhere."""
    return len(begun) < 2 and not spaceless(begun) and (not begun or has_letters(begun))


def _join(kind: type[And] | type[Or], nodes: list[Node | None], column: int) -> Node | None:
    said = tuple(node for node in nodes if node is not None)
    if len(said) < 2:
        return said[0] if said else None
    return kind(said, column=column)


def _field(token: Token, unfinished: bool) -> Field:
    name, value, column = token.name, token.value, token.column
    if name not in FIELDS:
        near = nearest(name, FIELDS)
        known = "" if near else f" There are {', '.join(FIELDS)}."
        hint = f"{near}:" if near else f'to look for it in the text, quote it: "{name}:"'
        raise QueryError(f"There is no field {name}.{known}", column, hint)
    if not value.strip() and (token.is_quoted or token.is_exact or not token.prefix):
        raise QueryError(f"{name}: needs a value: an article that {FIELDS[name]}.", token.value_column)
    if token.is_exact and not unfinished:
        # A name is whole: in it an asterisk is one.
        return Field(name, value + "*" * token.prefix, exact=True, column=column)
    if name in NAMES:
        return Field(name, value, token.prefix or unfinished, column=column)
    value = value.lower()
    if name == "sort":
        raise QueryError("sort: stands outside of parentheses and cannot be negated.", column)
    if name in ("is", "has"):
        known_words = STATES if name == "is" else POSSESSIONS
        if value not in known_words or token.prefix:
            raise _wrong_word(token, known_words)
    else:
        if token.prefix:
            raise QueryError(f"{name}: takes a date or a range without *.", token.end - 1, f"{name}:2017..")
        try:
            dates.parse(value)
        except QueryError as error:
            raise QueryError(str(error), token.value_column + error.column, error.hint) from None
    return Field(name, value, column=column)


def _wrong_word(token: Token, known: dict[str, str]) -> QueryError:
    near = nearest(token.value, known)
    return QueryError(
        f"{token.name}: takes {', '.join(known)}.", token.value_column, f"{token.name}:{near}" if near else ""
    )
