"""Tags, stars, read marks and positions: changes to many articles at once, as deltas."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from store.annotations.documents import Document
from store.annotations.records import NoteId, Position, Read, SetPublished, Star, Tag, Target
from store.annotations.tags import has, place
from store.annotations.work import Work
from store.record import Record


class Done(Record):
    """What a change comes to. A quiet one has no sentence: it is no step of its own."""

    sentence: str = ""
    note: NoteId | None = None
    conflict: bool = False


def tag(work: Work, change: Tag) -> Done:
    """Add and remove tags; each article keeps its own order."""
    removed = work.spellings(change.remove)
    added = [name for name in work.spellings(change.add) if not has(removed, name)]
    put: dict[str, dict[str, int]] = {name: {} for name in added}
    taken: dict[str, dict[str, int]] = {name: {} for name in removed}
    more, less = 0, 0
    for target in change.targets:
        document = work.find(target)
        tags = list(document["tags"]) if document is not None else []
        gone = [name for name in removed if has(tags, name)]
        new = [name for name in added if not has(tags, name)]
        if not gone and not new:
            continue
        document = document or work.begin(target)
        for name in gone:
            at = place(tags, name) or 0
            del tags[at]
            taken[name][document["id"]] = at
        for name in new:
            put[name][document["id"]] = len(tags)
            tags.append(name)
        work.write(document, target, tags=tags)
        more, less = more + bool(new), less + bool(gone)
    tag_deltas(work, "tag", "articles", taken, put)
    taken_names = [name for name, articles in taken.items() if articles]
    put_names = [name for name, articles in put.items() if articles]
    return Done(joined(said("Tagged", "articles", more, put_names), said("Untagged", "articles", less, taken_names)))


def tag_deltas(
    work: Work, do: str, bearers: str, taken: dict[str, dict[str, int]], put: dict[str, dict[str, int]]
) -> None:
    """Keep tags taken off and put on, by name and place on each bearer, as something that can be undone."""
    for on, groups in ((False, taken), (True, put)):
        for name, where in groups.items():
            if where:
                work.deltas.append({"do": do, "tag": name, "on": on, bearers: where})
                if on:
                    work.use_tag(name)


def said(verb: str, bearers: str, count: int, names: list[str]) -> str:
    """Say what was done with tags: "Untagged 37 articles: japan"; one article goes without saying."""
    if not names:
        return ""
    counted = f" {count:,} {bearers}" if count > 1 else "" if bearers == "articles" else f" the {bearers[:-1]}"
    return f"{verb}{counted}: {', '.join(names)}"


def joined(first: str, second: str) -> str:
    """Join what was put on and what was taken off in one sentence."""
    if first and second:
        return f"{first}; {second[0].lower()}{second[1:]}"
    return first or second


def star(work: Work, change: Star) -> Done:
    """Star, or take stars off."""
    count = _set(work, change.targets, "star", change.on)
    if not count:
        return Done()
    if change.on:
        return Done("Starred" if count == 1 else f"Starred {count:,} articles")
    return Done("Star removed" if count == 1 else f"Star removed from {count:,} articles")


def read(work: Work, change: Read) -> Done:
    """Mark read or unread; what was marked by itself is no step."""
    count = _set(work, change.targets, "read", change.on)
    if change.automatic:
        work.deltas.clear()
        return Done()
    state = "read" if change.on else "unread"
    if not count:
        return Done()
    return Done(f"Marked {state}" if count == 1 else f"Marked {count:,} articles {state}")


def set_published(work: Work, change: SetPublished) -> Done:
    """Set a publication date by hand, or take it off again."""
    day = None if change.published is None else change.published.isoformat()
    before: dict[str, str | None] = {}
    for target in change.targets:
        document = work.find(target)
        if document is None and day is not None:
            document = work.begin(target)
        if document is not None and document["published"] != day:
            before[document["id"]] = document["published"]
            work.write(document, target, published=day)
    if not before:
        return Done()
    work.deltas.append({"do": "published", "articles": before, "new": day})
    of = "" if len(before) == 1 else f" of {len(before)} articles"
    return Done(f"Date{of} set: {day}" if day is not None else f"Date{of} set by hand taken off")


def _set(work: Work, targets: Iterable[Target], field: str, on: bool) -> int:
    changed = _each(work, targets, lambda document: document[field] != on, on, **{field: on})
    if changed:
        work.deltas.append({"do": field, "on": on, "articles": changed})
    return len(changed)


def _each(
    work: Work, targets: Iterable[Target], differs: Callable[[Document], bool], begins: bool, **fields: Any
) -> list[str]:
    """Change every document that differs; `begins` says whether an article without one gets one."""
    changed = []
    for target in targets:
        document = work.find(target)
        if document is None and begins:
            document = work.begin(target)
        if document is not None and differs(document):
            work.write(document, target, **fields)
            changed.append(document["id"])
    return changed


def position(work: Work, change: Position) -> Done:
    """Remember where an article was left."""
    offset = max(0, change.offset)
    _each(work, [change.target], lambda document: document["position"] != offset, offset > 0, position=offset)
    return Done()
