"""Which steps of the undo list build on which: those that touch the same field of the same thing. Pure.

A step can be taken back on its own, whatever came after it, as long as nothing that came after builds on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from store.annotations.tags import folded

Field = tuple[str, str, str]
"""Kind, identity, and which part of it."""


def fields(deltas: Iterable[Mapping[str, Any]]) -> frozenset[Field]:
    """Return the fields that deltas touch, as `shares` compares them."""
    return frozenset(one for delta in deltas for one in _FIELDS[delta["do"]](delta))


def shares(touched: frozenset[Field], deltas: Iterable[Mapping[str, Any]]) -> bool:
    """Tell whether deltas touch a field of `touched`.

    A note as a whole and a tag on that note are fields that overlap; two tags on it are not.
    """
    for delta in deltas:
        for kind, identity, part in _FIELDS[delta["do"]](delta):
            if kind == "tagged note":
                continue
            if (kind, identity, part) in touched:
                return True
            if kind == "note" and ("tagged note", identity, "") in touched:
                return True
            if kind == "note tag" and ("note", identity, "") in touched:
                return True
    return False


def _tag(delta: Mapping[str, Any]) -> Iterable[Field]:
    return (("tag", one, folded(delta["tag"])) for one in delta["articles"])


def _note_tag(delta: Mapping[str, Any]) -> Iterable[Field]:
    for one in delta["notes"]:
        yield "note tag", one, folded(delta["tag"])
        yield "tagged note", one, ""


def _note(delta: Mapping[str, Any]) -> Iterable[Field]:
    yield "note", delta["note"], ""


def _digit(delta: Mapping[str, Any]) -> Iterable[Field]:
    yield "digit", str(delta["digit"]), ""
    for tag in (delta["old"], delta["new"]):
        if tag is not None:
            yield "digit of", folded(tag), ""


def _whole(delta: Mapping[str, Any]) -> Iterable[Field]:
    yield delta["do"], delta[delta["do"]], ""


def _articles(delta: Mapping[str, Any]) -> Iterable[Field]:
    return ((delta["do"], one, "") for one in delta["articles"])


def _text_state(delta: Mapping[str, Any]) -> Iterable[Field]:
    return (("changed", one, "") for one in delta["articles"])


_FIELDS: dict[str, Callable[[Mapping[str, Any]], Iterable[Field]]] = {
    "tag": _tag,
    "note tag": _note_tag,
    "note": _note,
    "digit": _digit,
    "search": _whole,
    "correction": _whole,
    "decision": _whole,
    "entity": _whole,
    "star": _articles,
    "read": _articles,
    "published": _articles,
    "accept": _text_state,
    "changed": _text_state,
}
