"""Undo and redo: each step is kept as what it did, and is played backwards or forwards field by field.

A field that no longer holds what the step left there has been changed since; it is left alone and counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from store.annotations.change_tags import move_digit
from store.annotations.documents import ARTICLES, NOTES, TAGS, Document, later
from store.annotations.tags import folded, place
from store.annotations.work import Delta, Work


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


def _flag(work: Work, delta: Delta, forward: bool) -> tuple[Delta | None, int]:
    field, value = delta["do"], delta["on"] == forward
    kept = []
    for identity in delta["articles"]:
        document = work.get(ARTICLES, identity)
        if document is not None and document[field] != value:
            work.write(document, **{field: value})
            kept.append(identity)
    left = len(delta["articles"]) - len(kept)
    return ({**delta, "articles": kept} if kept else None), left


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
    for name in wanted["tags"] if wanted is not None else ():
        row = work.get(TAGS, folded(name))
        # The row may have stayed from an earlier spelling that nothing bears any more.
        if row is None or (row["name"] != name and work.spelling(name) == name):
            work.use_tag(name)
    return delta, 0


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


def _published(work: Work, delta: Delta, forward: bool) -> tuple[Delta | None, int]:
    kept: dict[str, str | None] = {}
    for identity, old in delta["articles"].items():
        expected, wanted = (old, delta["new"]) if forward else (delta["new"], old)
        document = work.get(ARTICLES, identity)
        if document is not None and document["published"] == expected:
            work.write(document, published=wanted)
            kept[identity] = old
    left = len(delta["articles"]) - len(kept)
    return ({**delta, "articles": kept} if kept else None), left


def _accept(work: Work, delta: Delta, forward: bool) -> tuple[Delta | None, int]:
    kept = {}
    for identity, change in delta["articles"].items():
        expected, wanted = (change, None) if forward else (None, change)
        document = work.get(ARTICLES, identity)
        if document is not None and document["changed"] == expected:
            work.write(document, changed=wanted)
            kept[identity] = change
    left = len(delta["articles"]) - len(kept)
    return ({**delta, "articles": kept} if kept else None), left


def _text_state(work: Work, delta: Delta, forward: bool) -> tuple[Delta | None, int]:
    kept = {}
    for identity, turn in delta["articles"].items():
        expected, wanted = (turn["old"], turn["new"]) if forward else (turn["new"], turn["old"])
        document = work.get(ARTICLES, identity)
        if document is not None and document["changed"] == expected:
            work.write(document, changed=wanted)
            kept[identity] = turn
    left = len(delta["articles"]) - len(kept)
    return ({**delta, "articles": kept} if kept else None), left


_PLAYERS: dict[str, Callable[[Work, Delta, bool], tuple[Delta | None, int]]] = {
    "tag": _tag,
    "note tag": _tag,
    "star": _flag,
    "read": _flag,
    "note": _note,
    "digit": _digit,
    "published": _published,
    "accept": _accept,
    "changed": _text_state,
}
