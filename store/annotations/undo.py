"""Undo and redo: each step is kept as what it did, and is played backwards or forwards field by field.

A field that no longer holds what the step left there has been changed since; it is left alone and counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from store.annotations.change_tags import move_digit
from store.annotations.documents import (
    ALIASES,
    ARTICLES,
    CORRECTIONS,
    ENTITIES,
    NOTES,
    SEARCHES,
    TAGS,
    Document,
    later,
)
from store.annotations.tags import folded, place
from store.annotations.work import Delta, Work

_Turns = dict[str, tuple[Any, Any]]
"""By article: what a field was before a step, and after it."""


def play(work: Work, deltas: Iterable[Delta], *, forward: bool) -> tuple[list[Delta], int]:
    """Do deltas again, or take them back in the opposite order.

    Returns those that took effect, in their own order, and how many fields were left alone.
    """
    kept: list[Delta] = []
    skipped = 0
    ordered = list(deltas)
    for delta in ordered if forward else reversed(ordered):
        effective, left = _PLAYERS[delta["do"]](work, delta, forward)
        skipped += left
        if effective is not None:
            kept.append(effective)
    return (kept if forward else kept[::-1]), skipped


def _tag(work: Work, delta: Delta, forward: bool) -> tuple[Delta | None, int]:
    table, bearers = (ARTICLES, "articles") if delta["do"] == "tag" else (NOTES, "notes")
    on = delta["on"] == forward
    kept: dict[str, int] = {}
    for identity, at in delta[bearers].items():
        document = work.get(table, identity)
        if document is None:
            continue
        tags = list(document["tags"])
        now = place(tags, delta["tag"])
        if on == (now is not None):
            continue
        if now is None:
            tags.insert(max(0, min(at, len(tags))), delta["tag"])
        else:
            del tags[now]
        kept[identity] = at
        if table == ARTICLES:
            work.write(document, tags=tags)
        else:
            work.put(NOTES, identity, {**document, "tags": tags})
    if on and kept:
        # Taken back, the tag was last used when it was; done again, it is used now.
        row = work.get(TAGS, folded(delta["tag"]))
        work.use_tag(delta["tag"], "" if forward else row["used"] if row is not None else delta.get("used", ""))
    left = len(delta[bearers]) - len(kept)
    return ({**delta, bearers: kept} if kept else None), left


def _field(work: Work, delta: Delta, forward: bool) -> tuple[Delta | None, int]:
    """Give one field of article documents what a step gave it, or what it was before."""
    field, turns = _TURNS[delta["do"]]
    kept = []
    for identity, (old, new) in turns(delta).items():
        expected, wanted = (old, new) if forward else (new, old)
        document = work.get(ARTICLES, identity)
        if document is not None and document[field] == expected:
            work.write(document, **{field: wanted})
            kept.append(identity)
    articles = delta["articles"]
    left = len(articles) - len(kept)
    if not kept:
        return None, left
    return {**delta, "articles": {one: articles[one] for one in kept} if isinstance(articles, dict) else kept}, left


def _flagged(delta: Delta) -> _Turns:
    return dict.fromkeys(delta["articles"], (not delta["on"], delta["on"]))


def _dated(delta: Delta) -> _Turns:
    return {identity: (old, delta["new"]) for identity, old in delta["articles"].items()}


def _accepted(delta: Delta) -> _Turns:
    return {identity: (change, None) for identity, change in delta["articles"].items()}


def _turned(delta: Delta) -> _Turns:
    return {identity: (turn["old"], turn["new"]) for identity, turn in delta["articles"].items()}


_TURNS: dict[str, tuple[str, Callable[[Delta], _Turns]]] = {
    "star": ("star", _flagged),
    "read": ("read", _flagged),
    "published": ("published", _dated),
    "accept": ("changed", _accepted),
    "changed": ("changed", _turned),
}
"""Deltas that are about one field of some articles: which, and how each says what that was and became."""


def _note(work: Work, delta: Delta, forward: bool) -> tuple[Delta | None, int]:
    expected, wanted = (delta["old"], delta["new"]) if forward else (delta["new"], delta["old"])
    now = work.get(NOTES, delta["note"])
    if not _is_as_left(work, now, expected, wanted):
        return None, 1
    if wanted is not None and now is not None and expected is not None:
        # Only what the step changed, since the rest may have changed meanwhile. The revision goes on counting:
        # another session's edit of the text that goes away must not pass as current.
        wanted = {
            **now,
            **{name: wanted[name] for name in _changed(expected, wanted)},
            "revision": now["revision"] + 1,
            "updated": later(wanted["created"], work.now),
        }
    if wanted is None and now is None:
        return None, 0
    work.put(NOTES, delta["note"], wanted)
    _use_tags(work, wanted["tags"] if wanted is not None else ())
    return delta, 0


def _use_tags(work: Work, tags: Iterable[str]) -> None:
    """See to it that there is a row for each tag that is back."""
    for name in tags:
        row = work.get(TAGS, folded(name))
        # The row may have stayed from an earlier spelling that nothing bears any more.
        if row is None or (row["name"] != name and work.spelling(name) == name):
            work.use_tag(name)


def _is_as_left(work: Work, now: Document | None, expected: Document | None, wanted: Document | None) -> bool:
    """Tell whether a note is as a step left it, in all that the step changed."""
    if now is None or expected is None:
        return now is None and expected is None
    if wanted is not None:
        names = _changed(expected, wanted)
    else:
        names = {"article", "body", "tags"}
        bearer = work.get(ARTICLES, now["article"])
        if bearer is not None and bearer["text_hash"] == expected["text"]:
            # On a text that has changed, the passage follows by itself; that is nobody's change.
            names.add("anchor")
    return all(now[name] == expected[name] for name in names)


def _changed(old: Document, new: Document) -> set[str]:
    return {name for name in old.keys() & new.keys() if old[name] != new[name]} - {"revision", "updated"}


def _digit(work: Work, delta: Delta, forward: bool) -> tuple[Delta | None, int]:
    expected, wanted = (delta["old"], delta["new"]) if forward else (delta["new"], delta["old"])
    there = work.on_digit(delta["digit"])
    now = None if there is None else there["id"]
    if now != (None if expected is None else folded(expected)):
        return None, 1
    if wanted is not None and work.tag_row(wanted)["digit"] not in (None, delta["digit"]):
        return None, 1
    move_digit(work, delta["digit"], expected, wanted)
    return delta, 0


def _search(work: Work, delta: Delta, forward: bool) -> tuple[Delta | None, int]:
    expected, wanted = (delta["old"], delta["new"]) if forward else (delta["new"], delta["old"])
    now = work.get(SEARCHES, delta["search"])
    if _said_by(now) != _said_by(expected):
        return None, 1
    if wanted is not None and now is not None and wanted["ran"] is not None:
        # What a rule has looked at it does not look at again.
        kept = {name: now[name] for name in ("ran", "ran_in") if now.get(name)}
        wanted = {**wanted, **kept}
    work.put(SEARCHES, delta["search"], wanted)
    return delta, 0


def _said_by(search: Document | None) -> tuple[object, ...] | None:
    """Return what the user says by a search: not when, nor what its rule has done since."""
    return None if search is None else tuple(search[name] for name in ("name", "query", "pinned", "tags"))


def _correction(work: Work, delta: Delta, forward: bool) -> tuple[Delta | None, int]:
    return _whole(work, CORRECTIONS, delta, "correction", forward, _said_by_correction)


def _said_by_correction(correction: Document | None) -> object:
    """Return what the user says by a correction: where its place is now follows from the text."""
    aside = ("anchor", "extent", "text", "lost", "n")
    return None if correction is None else {name: is_ for name, is_ in correction.items() if name not in aside}


def _decision(work: Work, delta: Delta, forward: bool) -> tuple[Delta | None, int]:
    return _whole(work, ALIASES, delta, "decision", forward, lambda one: one and (one["verdict"], one["into"]))


def _whole(
    work: Work, table: str, delta: Delta, field: str, forward: bool, said: Callable[[Document | None], object]
) -> tuple[Delta | None, int]:
    """Put a document as it was in the place of what a step left, or the other way round."""
    expected, wanted = (delta["old"], delta["new"]) if forward else (delta["new"], delta["old"])
    if said(work.get(table, delta[field])) != said(expected):
        return None, 1
    work.put(table, delta[field], wanted)
    return delta, 0


def _entity(work: Work, delta: Delta, forward: bool) -> tuple[Delta | None, int]:
    expected, wanted = (delta["old"], delta["new"]) if forward else (delta["new"], delta["old"])
    blank: Document = {"tags": [], "body": "", "revision": 0}
    old, new = expected or blank, wanted or blank
    there = work.get(ENTITIES, delta["entity"])
    now = there or blank
    names = [name for name in ("tags", "body") if old[name] != new[name]]
    if any(now[name] != old[name] for name in names):
        return None, 1
    base = there or wanted or expected
    if base is None:
        return None, 0
    last = there["revision"] if there is not None else work.last_revisions.get(delta["entity"], 0)
    after = {
        **base,
        **{name: new[name] for name in names},
        # It goes on counting, as with notes: what was being written on the text that goes away is no longer current.
        "revision": max(last, old["revision"], new["revision"]) + ("body" in names),
        "updated": later(base["created"], work.now),
    }
    work.put(ENTITIES, delta["entity"], after if after["tags"] or after["body"] else None)
    _use_tags(work, new["tags"] if "tags" in names else ())
    # The step remembers how far that was, also where nothing is kept of the entity by now.
    sides = ("old", "new")
    return {**delta, **{one: delta[one] and {**delta[one], "revision": after["revision"]} for one in sides}}, 0


_PLAYERS: dict[str, Callable[[Work, Delta, bool], tuple[Delta | None, int]]] = {
    "tag": _tag,
    "note tag": _tag,
    "note": _note,
    "digit": _digit,
    "search": _search,
    "correction": _correction,
    "decision": _decision,
    "entity": _entity,
    **dict.fromkeys(_TURNS, _field),
}
