"""What a document in the annotation file must be. Pure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum

from store.annotations.documents import (
    ALIASES,
    ARTICLES,
    CORRECTIONS,
    DRAFTS,
    ENTITIES,
    NAME_DRAFTS,
    NOTES,
    SEARCHES,
    TAGS,
    UNDO,
    Document,
)
from store.annotations.name_records import CorrectionKind, Scope, Verdict


def _text(value: object) -> bool:
    return type(value) is str


def _flag(value: object) -> bool:
    return type(value) is bool


def _count(value: object) -> bool:
    return type(value) is int and value >= 0


def _texts(value: object) -> bool:
    return type(value) is list and all(type(one) is str for one in value)


def _time(value: object) -> bool:
    if type(value) is not str:
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _text_or_none(value: object) -> bool:
    return value is None or type(value) is str


def _sources(value: object) -> bool:
    return type(value) is list and all(
        type(one) is dict and _text(one.get("path")) and _text(one.get("member", "")) for one in value
    )


def _anchor(value: object) -> bool:
    return value is None or (
        type(value) is dict
        and all(_text(value.get(name)) for name in ("quote", "prefix", "suffix"))
        and all(_count(value.get(name)) for name in ("start", "end"))
    )


def _digit(value: object) -> bool:
    return value is None or (type(value) is int and 1 <= value <= 9)


def _places(value: object) -> bool:
    return type(value) is dict and all(type(at) is int for at in value.values())


def _or_none(table: str) -> Callable[[object], bool]:
    return lambda value: value is None or (type(value) is dict and not wrong(table, value))


def _one_of(names: type[StrEnum]) -> Callable[[object], bool]:
    known = frozenset(name.value for name in names)
    return lambda value: type(value) is str and value in known


def _time_or_none(value: object) -> bool:
    return value is None or _time(value)


def _times(value: object) -> bool:
    return type(value) is dict and all(map(_time, value.values()))


def _day_or_none(value: object) -> bool:
    if value is None:
        return True
    try:
        return type(value) is str and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _days(value: object) -> bool:
    return type(value) is dict and all(_day_or_none(day) for day in value.values())


def _text_change(value: object) -> bool:
    return value is None or (type(value) is dict and _text(value.get("text")) and _time(value.get("at")))


def _text_changes(value: object) -> bool:
    return type(value) is dict and all(change is not None and _text_change(change) for change in value.values())


def _text_turns(value: object) -> bool:
    return type(value) is dict and all(
        type(turn) is dict and all(side in turn and _text_change(turn[side]) for side in ("old", "new"))
        for turn in value.values()
    )


_DELTAS: dict[str, dict[str, Callable[[object], bool]]] = {
    "tag": {"tag": _text, "on": _flag, "articles": _places},
    "note tag": {"tag": _text, "on": _flag, "notes": _places},
    "star": {"on": _flag, "articles": _texts},
    "read": {"on": _flag, "articles": _texts},
    "note": {"note": _text, "old": _or_none(NOTES), "new": _or_none(NOTES)},
    "published": {"articles": _days, "new": _day_or_none},
    "accept": {"articles": _text_changes},
    "changed": {"articles": _text_turns},
    "search": {"search": _text, "old": _or_none(SEARCHES), "new": _or_none(SEARCHES)},
    "correction": {"correction": _text, "old": _or_none(CORRECTIONS), "new": _or_none(CORRECTIONS)},
    "decision": {"decision": _text, "old": _or_none(ALIASES), "new": _or_none(ALIASES)},
    "entity": {"entity": _text, "old": _or_none(ENTITIES), "new": _or_none(ENTITIES)},
    "digit": {"digit": _digit, "old": _text_or_none, "new": _text_or_none},
}


def _deltas(value: object) -> bool:
    return type(value) is list and all(
        type(one) is dict
        and type(one.get("do")) is str
        and one["do"] in _DELTAS
        and all(name in one and right(one[name]) for name, right in _DELTAS[one["do"]].items())
        for one in value
    )


_FIELDS: dict[str, tuple[tuple[str, Callable[[object], bool]], ...]] = {
    ARTICLES: (
        ("id", _text),
        ("text_hash", _text),
        ("title", _text),
        ("sources", _sources),
        ("tags", _texts),
        ("star", _flag),
        ("read", _flag),
        ("position", _count),
        ("created", _time),
        ("updated", _time),
        ("from", _texts),
        ("published", _day_or_none),
        ("changed", _text_change),
    ),
    NOTES: (
        ("id", _text),
        ("article", _text),
        ("body", _text),
        ("anchor", _anchor),
        ("tags", _texts),
        ("conflict_of", _text_or_none),
        ("text", _text_or_none),
        ("was", _text),
        ("lost", _flag),
        ("revision", _count),
        ("n", _count),
        ("created", _time),
        ("updated", _time),
    ),
    DRAFTS: (
        ("id", _text),
        ("article", _text),
        ("note", _text_or_none),
        ("body", _text),
        ("anchor", _anchor),
        ("revision", _count),
        ("session", _text),
        ("n", _count),
        ("at", _time),
    ),
    TAGS: (("id", _text), ("name", _text), ("digit", _digit), ("used", _time)),
    SEARCHES: (
        ("id", _text),
        ("name", _text),
        ("query", _text),
        ("pinned", _flag),
        ("tags", _texts),
        ("ran", _time_or_none),
        ("ran_in", _times),
        ("created", _time),
        ("updated", _time),
    ),
    CORRECTIONS: (
        ("id", _text),
        ("kind", _one_of(CorrectionKind)),
        ("scope", _one_of(Scope)),
        ("surface", _text),
        ("old_label", _text),
        ("label", _text),
        ("article", _text_or_none),
        ("anchor", _anchor),
        ("extent", _anchor),
        ("text", _text_or_none),
        ("lost", _flag),
        ("n", _count),
        ("created", _time),
    ),
    ALIASES: (
        ("id", _text),
        ("verdict", _one_of(Verdict)),
        ("key", _text),
        ("into", _text),
        ("key_name", _text),
        ("into_name", _text),
        ("decided", _time),
    ),
    ENTITIES: (
        ("id", _text),
        ("name", _text),
        ("kind", _text),
        ("tags", _texts),
        ("body", _text),
        ("revision", _count),
        ("created", _time),
        ("updated", _time),
    ),
    NAME_DRAFTS: (
        ("id", _text),
        ("key", _text),
        ("body", _text),
        ("revision", _count),
        ("session", _text),
        ("n", _count),
        ("at", _time),
    ),
    UNDO: (
        ("id", _text),
        ("n", _count),
        ("at", _time),
        ("session", _text),
        ("sentence", _text),
        ("undone", _count),
        ("undone_by", _text),
        ("changes", _deltas),
    ),
}


_MAY_BE_ABSENT = {(DRAFTS, "anchor"), (DRAFTS, "revision"), (SEARCHES, "ran_in")}


def wrong(table: str, document: Document) -> str:
    """Say what is wrong with a document of one of our tables; empty when nothing is."""
    for name, right in _FIELDS.get(table, ()):
        if name not in document and (table, name) in _MAY_BE_ABSENT:
            continue
        if name not in document or not right(document[name]):
            return f"has no valid {name!r}"
    return ""
