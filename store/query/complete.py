"""What can stand at the cursor of a query: fields, their words, and given names. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from store.query import dates
from store.query.ast import field_value
from store.query.fields import FIELDS, POSSESSIONS, SORTS, STATES
from store.query.fold import fold

_WORDS: dict[str, Mapping[str, str]] = {
    "is": STATES,
    "has": POSSESSIONS,
    "sort": SORTS,
    "date": dict.fromkeys(dates.WORDS, ""),
    "added": dict.fromkeys(dates.WORDS, ""),
}
_TERM = re.compile(r'(?:^|[\s(])(-*)(?:([A-Za-z]+):)?("(?:[^"]|"")*|[^\s()"]*)\Z')
_WORD_START = re.compile(r"(?<![^\W_])[^\W_]")


@dataclass(frozen=True, slots=True)
class Name:
    """A tag or an entity, with the number of its articles."""

    text: str
    articles: int


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can stand there."""

    insert: str
    """Goes in the place of `query[start:end]`; a field ends in its colon, so that its value can follow."""
    shown: str
    count: int | None = None
    """Articles, of a name."""
    explained: str = ""


@dataclass(frozen=True, slots=True)
class Completion:
    """What can stand in the place of `query[start:end]`, best first."""

    start: int
    end: int
    options: tuple[Option, ...] = ()


def complete(query: str, cursor: int, names: Mapping[str, Sequence[Name]], *, limit: int = 20) -> Completion:
    """Complete the term that ends at the cursor.

    `names` gives, for a field, what it may hold: `{"tag": [Name("japan", 12), ...], "person": ...}`. A field
    that is not in it is completed from none. Nothing is offered for a finished term or an empty one.
    """
    cursor = max(0, min(cursor, len(query)))
    before = query[:cursor]
    term = _TERM.search(before)
    nothing = Completion(cursor, cursor)
    if term is None or _inside_quotes(before[: term.start(3)]):
        return nothing
    field, value = term[2], term[3]
    end = cursor + len(_rest(query[cursor:], in_quotes=value.startswith('"')))
    if field is None:
        # A quoted word is text; so is an address.
        if not value or value.startswith('"'):
            return nothing
        options = [Option(f"{name}:", f"{name}:", explained=said) for name, said in FIELDS.items()]
        return Completion(
            term.start(3), end, tuple(o for o in options if o.insert.startswith(value.lower()))[:limit]
        )
    field = field.lower()
    wanted = fold(value[1:].replace('""', '"') if value.startswith('"') else value)
    if field in _WORDS:
        known = [Option(word, word, explained=said) for word, said in _WORDS[field].items()]
        chosen = [option for option in known if option.insert.startswith(wanted)]
    else:
        chosen = [
            Option(field_value(name.text), name.text, name.articles)
            for name in _ranked(names.get(field, ()), wanted)
        ]
    return Completion(term.start(3), end, tuple(chosen[:limit]))


def _ranked(names: Iterable[Name], wanted: str) -> Iterable[Name]:
    """Return the names that begin so, then those with a later word that does; the most used first."""
    first, later = [], []
    for name in names:
        folded = fold(name.text)
        if folded.startswith(wanted):
            first.append(name)
        elif wanted and any(folded.startswith(wanted, at.start()) for at in _WORD_START.finditer(folded)):
            later.append(name)
    return chain(*(sorted(group, key=lambda name: (-name.articles, name.text)) for group in (first, later)))


def _inside_quotes(before: str) -> bool:
    return before.count('"') % 2 == 1


def _rest(after: str, *, in_quotes: bool) -> str:
    """Return what belongs to the term behind the cursor, so that it is replaced with it."""
    found = re.match(r'(?:[^"]|"")*"?' if in_quotes and '"' in after else r'[^\s()"]*', after)
    return found[0] if found else ""
