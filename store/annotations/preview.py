"""What an article's marks will be once a change is saved, for the screen to show at once. Pure."""

from __future__ import annotations

from store.annotations.records import (
    Change,
    DeleteTag,
    DropDraft,
    Marks,
    Position,
    Read,
    RenameTag,
    SaveDraft,
    SaveNote,
    SetPublished,
    Star,
    Tag,
)
from store.annotations.tags import exchanged, has, is_within, moved, normal
from store.article import ArticleId
from store.errors import UsageError


def preview(marks: Marks, change: Change, article: ArticleId) -> Marks:
    """Return an article's marks as the change will leave them.

    What only the file knows waits for the disk's answer: whether an edited note was a highlight, which
    article a deleted note was on. A tag that cannot be one is left out; saving the change says why.
    """
    match change:
        case Tag() if _among(change.targets, article):
            return marks.replace(tags=_tagged(marks.tags, change))
        case Star() if _among(change.targets, article):
            return marks.replace(starred=change.on)
        case Read() if _among(change.targets, article):
            return marks.replace(read=change.on)
        case SetPublished() if _among(change.targets, article):
            return marks.replace(published=change.published)
        case Position() if change.target.id == article:
            return marks.replace(position=max(0, change.offset))
        case SaveNote() if change.target.id == article:
            return _noted(marks, change)
        case SaveDraft() if change.target.id == article:
            return marks.replace(draft=True)
        case DropDraft() if change.target.id == article:
            return marks.replace(draft=False)
        case RenameTag():
            return marks.replace(tags=_renamed(marks.tags, change))
        case DeleteTag():
            gone = _possible((change.tag,))
            return marks.replace(tags=tuple(tag for tag in marks.tags if not any(is_within(tag, one) for one in gone)))
        case _:
            return marks


def _among(targets: tuple[object, ...], article: ArticleId) -> bool:
    return any(getattr(target, "id", None) == article for target in targets)


def _possible(tags: tuple[str, ...]) -> list[str]:
    found = []
    for tag in tags:
        try:
            found.append(normal(tag))
        except UsageError:
            continue
    return found


def _tagged(tags: tuple[str, ...], change: Tag) -> tuple[str, ...]:
    gone = _possible(change.remove)
    left = [tag for tag in tags if not has(gone, tag)]
    for tag in _possible(change.add):
        if not has(left, tag) and not has(gone, tag):
            left.append(tag)
    return tuple(left)


def _noted(marks: Marks, change: SaveNote) -> Marks:
    marks = marks.replace(draft=marks.draft and change.draft is None)
    if change.note is not None:
        return marks
    if change.body.strip():
        return marks.replace(notes=marks.notes + 1)
    return marks.replace(highlights=marks.highlights + 1) if change.anchor is not None else marks


def _renamed(tags: tuple[str, ...], change: RenameTag) -> tuple[str, ...]:
    names = _possible((change.old, change.new))
    if len(names) < 2:
        return tags
    old, new = names
    return tuple(exchanged(tags, lambda tag: moved(tag, old, new) if is_within(tag, old) else tag))
