"""Taking in what another annotation file holds: one change, and one step of the undo list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from store.annotations.change_marks import Done
from store.annotations.contents import contents_of
from store.annotations.documents import (
    ALIASES,
    ARTICLES,
    CORRECTIONS,
    ENTITIES,
    NOTES,
    SEARCHES,
    TAGS,
    UNDO,
    Document,
)
from store.annotations.merge import Counts, Joint, join
from store.annotations.records import Import
from store.annotations.work import Delta, Work


def import_(work: Work, change: Import) -> Done:
    """Join the other file's contents to what is here; ids, spellings and number keys that are here stay."""
    tables = (ARTICLES, NOTES, TAGS, SEARCHES, CORRECTIONS, ALIASES, ENTITIES, UNDO)
    ours = contents_of({table: {one["id"]: one for one in work.documents(table)} for table in tables})
    joined = join(ours, change.contents, stays=work.is_live)
    joints = [_counting_on(work, joint) for joint in joined.joints]
    for table, _, after in joints:
        work.put(table, after["id"], {**after, "n": work.number} if table in (NOTES, CORRECTIONS) else after)
    work.deltas += deltas(joints, work.number)
    return Done(sentence(joined.counts))


def _counting_on(work: Work, joint: Joint) -> Joint:
    """Let the note of an entity that was here before go on counting its revisions: theirs is another text."""
    last = work.last_revisions.get(joint.after["id"], 0) if joint.table == ENTITIES and joint.before is None else 0
    if not last:
        return joint
    return Joint(ENTITIES, None, {**joint.after, "revision": max(joint.after["revision"], last + 1)})


def sentence(counts: Counts, verb: str = "Imported") -> str:
    """Say what joining comes to: "Imported 12 notes, 30 tags on 20 articles"; empty when it is nothing."""
    parts = [
        _counted(counts.notes, "note"),
        _counted(counts.newer, "newer note"),
        _counted(counts.conflicts, "note") + " beside one here" if counts.conflicts else "",
        _counted(counts.tags, "tag"),
    ]
    if counts.marks:
        parts.append("marks")
    said = ", ".join(part for part in parts if part)
    if said:
        said += f" on {_counted(len(counts.articles), 'article')}"
    more = [
        said,
        _counted(counts.keys, "number key"),
        _counted(counts.searches, "saved search", "saved searches"),
        _counted(counts.corrections, "correction"),
        _counted(counts.decisions, "decision about names", "decisions about names"),
        _counted(counts.entities, "name with tags or a note", "names with tags or notes"),
    ]
    return f"{verb} {' and '.join(part for part in more if part)}" if any(more) else ""


def _counted(count: int, word: str, several: str = "") -> str:
    return f"{count:,} {word if count == 1 else several or f'{word}s'}" if count else ""


# ---- for the undo list -------------------------------------------------------------------------------------
_WHOLE = {SEARCHES: "search", CORRECTIONS: "correction", ALIASES: "decision", ENTITIES: "entity"}
"""What is taken back as a whole, by its table."""
_BLANK: Mapping[str, Any] = {"tags": [], "star": False, "read": False, "published": None, "changed": None}


def deltas(joints: Iterable[Joint], number: int) -> list[Delta]:
    """Return what was done as the undo list keeps it: of articles field by field, of notes the whole."""
    found: list[Delta] = []
    articles: list[tuple[Document, Document]] = []
    for table, before, after in joints:
        if table == NOTES:
            found.append({"do": "note", "note": after["id"], "old": before, "new": {**after, "n": number}})
        elif table in _WHOLE:
            if table == CORRECTIONS:
                after = {**after, "n": number}
            found.append({"do": _WHOLE[table], _WHOLE[table]: after["id"], "old": before, "new": after})
        elif table == TAGS and after["digit"] is not None and (before is None or before["digit"] is None):
            found.append({"do": "digit", "digit": after["digit"], "old": None, "new": after["name"]})
        elif table == ARTICLES:
            articles.append((before or _BLANK, after))
    return [*_tags(articles), *_flags(articles), *_dates(articles), *_changed(articles), *found]


def _tags(articles: Iterable[tuple[Document, Document]]) -> Iterable[Delta]:
    put: dict[str, dict[str, int]] = {}
    for before, after in articles:
        for at, name in enumerate(after["tags"]):
            if name not in before["tags"]:
                put.setdefault(name, {})[after["id"]] = at
    return ({"do": "tag", "tag": name, "on": True, "articles": where} for name, where in put.items())


def _flags(articles: Iterable[tuple[Document, Document]]) -> Iterable[Delta]:
    for field in ("star", "read"):
        for on in (True, False):
            ids = [after["id"] for before, after in articles if before[field] != after[field] == on]
            if ids:
                yield {"do": field, "on": on, "articles": ids}


def _dates(articles: Iterable[tuple[Document, Document]]) -> Iterable[Delta]:
    days: dict[str, dict[str, str | None]] = {}
    for before, after in articles:
        if before["published"] != after["published"]:
            days.setdefault(after["published"], {})[after["id"]] = before["published"]
    return ({"do": "published", "articles": where, "new": day} for day, where in days.items())


def _changed(articles: Iterable[tuple[Document, Document]]) -> Iterable[Delta]:
    ids = {
        after["id"]: {"old": before["changed"], "new": after["changed"]}
        for before, after in articles
        if before["changed"] != after["changed"]
    }
    return ({"do": "changed", "articles": ids},) if ids else ()
