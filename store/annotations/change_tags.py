"""Changes to a tag as such: its name everywhere, its number key."""

from __future__ import annotations

from store.annotations.change_marks import Done
from store.annotations.documents import ARTICLES, NOTES, TAGS, Document
from store.annotations.records import AssignDigit, DeleteTag, RenameTag
from store.annotations.tags import folded, normal, place
from store.annotations.work import Work
from store.errors import NotFoundError, UsageError


def rename_tag(work: Work, change: RenameTag) -> Done:
    """Rename a tag on every article and note; onto one that exists, the two become one.

    Raises:
        NotFoundError: nothing bears the old name.
    """
    old = work.spelling(change.old)
    same = folded(old) == folded(normal(change.new))
    # A new spelling of the same tag is taken as it is written; else the spelling that is there already wins.
    new = normal(change.new) if same else work.spelling(change.new)
    row, other = work.tag_row(old), work.tag_row(new)
    merging = not same and bool(work.documents_with(ARTICLES, new) or work.documents_with(NOTES, new) or other["digit"])
    articles = work.documents_with(ARTICLES, old)
    notes = work.documents_with(NOTES, old)
    if not articles and not notes and row["digit"] is None:
        raise NotFoundError(f"No article or note bears the tag {old}. `dateline tags` lists them all.")
    if same and old == new:
        return Done()
    _everywhere(work, "tag", "articles", articles, old, new)
    _everywhere(work, "note tag", "notes", notes, old, new)
    if not same:
        work.put(TAGS, row["id"], None)
    if articles or notes:
        work.use_tag(new)
    if row["digit"] is not None:
        free = same or other["digit"] is None
        set_digit(work, row["digit"], old, new if free else None)
    return Done(f"{'Merged' if merging else 'Renamed'} {_on(len(articles), len(notes))}: {old} → {new}")


def delete_tag(work: Work, change: DeleteTag) -> Done:
    """Take a tag off every article and note, and off its number key.

    Raises:
        NotFoundError: nothing bears it.
    """
    name = work.spelling(change.tag)
    row = work.tag_row(name)
    articles, notes = work.documents_with(ARTICLES, name), work.documents_with(NOTES, name)
    if not articles and not notes and row["digit"] is None:
        raise NotFoundError(f"No article or note bears the tag {name}. `dateline tags` lists them all.")
    for do, bearers, documents in (("tag", "articles", articles), ("note tag", "notes", notes)):
        _everywhere(work, do, bearers, documents, name, None)
    if row["digit"] is not None:
        set_digit(work, row["digit"], name, None)
    work.put(TAGS, row["id"], None)
    return Done(f"Deleted {_on(len(articles), len(notes))}: {name}")


def _on(articles: int, notes: int) -> str:
    counted = [
        f"{count} {word}{'s' if count > 1 else ''}" for count, word in ((articles, "article"), (notes, "note")) if count
    ]
    return f"the tag on {' and '.join(counted)}" if counted else "the tag"


def _everywhere(
    work: Work, do: str, bearers: str, documents: list[Document], old: str, new: str | None
) -> None:
    taken: dict[str, int] = {}
    put: dict[str, int] = {}
    for document in documents:
        tags = list(document["tags"])
        at = place(tags, old) or 0
        del tags[at]
        taken[document["id"]] = at
        if new is not None and place(tags, new) is None:
            tags.insert(at, new)
            put[document["id"]] = at
        if do == "tag":
            work.write(document, tags=tags)
        else:
            work.put(NOTES, document["id"], {**document, "tags": tags})
    for on, name, where in ((False, old, taken), (True, new, put)):
        if where and name is not None:
            work.deltas.append({"do": do, "tag": name, "on": on, bearers: where})


def assign_digit(work: Work, change: AssignDigit) -> Done:
    """Put a tag on a number key, taking it off the one where it was.

    Raises:
        UsageError: there is no such key.
    """
    if not 1 <= change.digit <= 9:
        raise UsageError("A tag goes on one of the keys 1 to 9.")
    there = work.on_digit(change.digit)
    if change.tag is None:
        if there is None:
            return Done()
        set_digit(work, change.digit, there["name"], None)
        return Done(f"{change.digit} is free now, it was {there['name']}")
    name = work.spelling(change.tag)
    row = work.tag_row(name)
    if row["digit"] == change.digit:
        return Done()
    if row["digit"] is not None:
        set_digit(work, row["digit"], row["name"], None)
    set_digit(work, change.digit, there["name"] if there is not None else None, name)
    return Done(f"{change.digit} is {name} now")


def set_digit(work: Work, digit: int, old: str | None, new: str | None) -> None:
    """Change what is on a number key, as something that can be undone."""
    move_digit(work, digit, old, new)
    work.deltas.append({"do": "digit", "digit": digit, "old": old, "new": new})


def move_digit(work: Work, digit: int, old: str | None, new: str | None) -> None:
    """Change what is on a number key."""
    row = work.get(TAGS, folded(old)) if old is not None else None
    if row is not None:
        work.put(TAGS, row["id"], {**row, "digit": None})
    if new is not None:
        work.put(TAGS, folded(new), {**work.tag_row(new), "name": new, "digit": digit})
