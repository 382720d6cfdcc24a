"""What can stand at the cursor of a query: fields, their words, tags, names, folders. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain

from store.lazy_pattern import lazy_pattern
from store.query import dates
from store.query.ast import field_value, quoted
from store.query.fields import FIELDS, KINDS, POSSESSIONS, SORTS, STATES
from store.query.fold import fold
from store.record import Record

_WORDS: dict[str, Mapping[str, str]] = {
    "is": STATES,
    "has": POSSESSIONS,
    "sort": SORTS,
    "date": dict.fromkeys(dates.WORDS, ""),
    "added": dict.fromkeys(dates.WORDS, ""),
    "when": dict.fromkeys(dates.WORDS, ""),
}
_TERM = lazy_pattern(r'(?:^|[\s(])(-*)(?:([A-Za-z]+):)?(=?"(?:[^"]|"")*|[^\s()"]*)\Z')
_WORD_START = lazy_pattern(r"(?<![^\W_])[^\W_]")

SHORTEST = 2
"""Letters of a bare word from which on tags and names that begin so are offered for it."""
_MOST_FOR_A_WORD = 4
"""Tags, and names, that are offered for a bare word."""
_BARE = {"person": "person", "organisation": "org", "place": "place"}


class Name(Record):
    """A tag, an entity, a folder or a language, with the number of its articles."""

    text: str
    articles: int
    kind: str = ""
    """Of an entity."""
    also: tuple[str, ...] = ()
    """Other names of an entity, which the user has joined with it."""


Names = Callable[[str, str], Iterable[Name]]
"""Gives what a field may hold, by the field and what its value has to begin with, folded; more may come."""


class Option(Record):
    """One thing that can stand there."""

    insert: str
    """Goes in the place of `query[start:end]`; a field ends in its colon, so that its value can follow."""
    shown: str
    count: int | None = None
    """Articles, of a name."""
    explained: str = ""


class Completion(Record):
    """What can stand in the place of `query[start:end]`, best first."""

    start: int
    end: int
    options: tuple[Option, ...] = ()


def complete(query: str, cursor: int, names: Names, *, limit: int = 20) -> Completion:
    """Complete the term that ends at the cursor. Nothing is offered for a finished term or an empty one."""
    cursor = max(0, min(cursor, len(query)))
    before = query[:cursor]
    term = _TERM.search(before)
    nothing = Completion(cursor, cursor)
    if term is None or _inside_quotes(before[: term.start(3)]):
        return nothing
    field, value = term[2], term[3]
    # Of a whole name, `person:="Shinzo Abe"`, what stands behind the sign is completed.
    exact = field is not None and field.lower() in KINDS and value.startswith("=")
    value = value[exact:]
    end = cursor + len(_rest(query[cursor:], in_quotes=value.startswith('"')))
    if field is None:
        # A quoted word is text; so is an address.
        if not value or value.startswith(('"', '="')):
            return nothing
        return Completion(term.start(3), end, tuple(_for_word(value, names))[:limit])
    field = field.lower()
    wanted = fold(value[1:].replace('""', '"') if value.startswith('"') else value)
    if field in _WORDS:
        known = [Option(word, word, explained=said) for word, said in _WORDS[field].items()]
        chosen = [option for option in known if option.insert.startswith(wanted)]
    else:
        chosen = [
            Option(
                "=" + quoted(name.text) if exact else field_value(name.text),
                name.text,
                _count(field, name),
                name.kind if field == "entity" else "",
            )
            for name in ranked(names(field, wanted), wanted)
        ]
    return Completion(term.start(3), end, tuple(chosen[:limit]))


def _count(field: str, name: Name) -> int | None:
    # To count a saved search is to run it.
    return None if field == "search" else name.articles


def _for_word(word: str, names: Names) -> Iterable[Option]:
    """Offer fields for a word without one, then tags and names that it begins."""
    lower = word.lower()
    yield from (Option(f"{name}:", f"{name}:", explained=FIELDS[name]) for name in FIELDS if name.startswith(lower))
    wanted = fold(word)
    if len(wanted) < SHORTEST:
        return
    for name in ranked(names("tag", wanted), wanted)[:_MOST_FOR_A_WORD]:
        yield _whole("tag", name)
    for name in ranked(names("entity", wanted), wanted)[:_MOST_FOR_A_WORD]:
        yield _whole(_BARE.get(name.kind, "entity"), name)


def _whole(field: str, name: Name) -> Option:
    return Option(f"{field}:{field_value(name.text)}", f"{field}:{name.text}", name.articles)


def ranked(names: Iterable[Name], wanted: str) -> Sequence[Name]:
    """Return the names that begin so, then those with a later word that does; the most used first."""
    first, later = [], []
    for name in names:
        called = [fold(one) for one in (name.text, *name.also)]
        if any(one.startswith(wanted) for one in called):
            first.append(name)
        elif wanted and any(one.startswith(wanted, at.start()) for one in called for at in _WORD_START.finditer(one)):
            later.append(name)
    return list(chain(*(sorted(group, key=lambda name: (-name.articles, name.text)) for group in (first, later))))


def _inside_quotes(before: str) -> bool:
    return before.count('"') % 2 == 1


def _rest(after: str, *, in_quotes: bool) -> str:
    """Return what belongs to the term behind the cursor, so that it is replaced with it."""
    found = re.match(r'(?:[^"]|"")*"?' if in_quotes and '"' in after else r'[^\s()"]*', after)
    return found[0] if found else ""
