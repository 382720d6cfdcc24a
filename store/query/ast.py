"""A query as a tree. `str` writes it so that it parses back to an equal tree."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

KEYWORDS = ("AND", "OR", "NOT")
FIELD_START = re.compile(r"([A-Za-z]+):")
"""What makes a term a field, unless `//` follows, as in an address."""


def _column() -> int:
    """Declare where a node stands in the query, in code points; equal trees may stand in different places."""
    return field(default=0, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class All:
    """Every article: the empty query, or `*` as a part of one."""

    column: int = _column()

    def __str__(self) -> str:
        return "*"


@dataclass(frozen=True, slots=True)
class Text:
    """A word, or several as a phrase, in the text or title."""

    text: str
    prefix: bool = False
    """Whether the last word may go on."""
    column: int = _column()

    def __str__(self) -> str:
        return _bare_or_quoted(self.text, self.prefix, term=True)


@dataclass(frozen=True, slots=True)
class Near:
    """Words or phrases with at most `distance` other words between the first and the last of them."""

    distance: int
    parts: tuple[Text, ...]
    column: int = _column()

    def __str__(self) -> str:
        return f"near:{self.distance}({' '.join(map(str, self.parts))})"


@dataclass(frozen=True, slots=True)
class Field:
    """A field with its value; dates stay as written, so that relative ones move on with the days."""

    name: str
    value: str
    prefix: bool = False
    """Whether the value may go on; with an empty value, any will do."""
    exact: bool = False
    """Whether the value is the whole of a name, of which there may be more words else: `person:="Shinzo Abe"`."""
    column: int = _column()

    def __str__(self) -> str:
        if self.exact:
            return f"{self.name}:={quoted(self.value)}"
        value = (
            "*" if self.prefix and not self.value else _bare_or_quoted(self.value, self.prefix, term=False)
        )
        return f"{self.name}:{value}"


@dataclass(frozen=True, slots=True)
class Not:
    """Every article that `node` does not match."""

    node: Node
    column: int = _column()

    def __str__(self) -> str:
        return f"-{_inside(self.node)}"


@dataclass(frozen=True, slots=True)
class And:
    """What all of `nodes` match, of which there are two or more."""

    nodes: tuple[Node, ...]
    column: int = _column()

    def __str__(self) -> str:
        return " ".join(map(_inside, self.nodes))


@dataclass(frozen=True, slots=True)
class Or:
    """What any of `nodes` match, of which there are two or more."""

    nodes: tuple[Node, ...]
    column: int = _column()

    def __str__(self) -> str:
        return " OR ".join(f"({node})" if isinstance(node, Or) else str(node) for node in self.nodes)


Node = All | Text | Near | Field | Not | And | Or


@dataclass(frozen=True, slots=True)
class Query:
    """A whole query: what to find and in which order."""

    where: Node
    sort: str = ""
    """One of `fields.SORTS`, or empty when the query does not say."""

    def __str__(self) -> str:
        where = "" if isinstance(self.where, All) else str(self.where)
        sort = f"sort:{self.sort}" if self.sort else ""
        return f"{where} {sort}".strip()


EVERYTHING = Query(All())


def asks_for_names(node: Node) -> bool:
    """Whether a part of a query is about the people, places and other names of an article."""
    match node:
        case Field(name=name, value=value):
            return name in ("person", "org", "place", "entity") or (name == "has" and value.lower() == "entity")
        case Not():
            return asks_for_names(node.node)
        case And() | Or():
            return any(map(asks_for_names, node.nodes))
    return False


def quoted(value: str) -> str:
    """Write a value in quotes, those inside it doubled."""
    return '"' + value.replace('"', '""') + '"'


def field_value(value: str) -> str:
    """Write a value as it stands after a field's colon: quoted where it must be."""
    return _bare_or_quoted(value, prefix=False, term=False)


def _inside(node: Node) -> str:
    return f"({node})" if isinstance(node, And | Or) else str(node)


def _bare_or_quoted(text: str, prefix: bool, *, term: bool) -> str:
    bare = bool(text) and text[0] != "=" and text[-1] != "*" and not any(c.isspace() or c in '"()' for c in text)
    if bare and term:
        # What stands alone must not look like an operator or a field.
        bare = text[0] != "-" and text not in KEYWORDS and not FIELD_START.match(text)
    return (text if bare else quoted(text)) + ("*" if prefix else "")
