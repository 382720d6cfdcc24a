"""Drafts of the notes on entities: kept while they are written, so that a crash loses no words."""

from __future__ import annotations

from store.annotations.change_marks import Done
from store.annotations.documents import NAME_DRAFTS
from store.annotations.name_records import DropNameDraft, SaveNameDraft
from store.annotations.work import Work
from store.article import EntityKey


def save_name_draft(work: Work, change: SaveNameDraft) -> Done:
    """Keep unsaved text as this session's; the draft that it goes on with gives way to it."""
    identity = _own(work, change.key)
    old = work.get(NAME_DRAFTS, identity)
    if old is not None and (old["body"], old["revision"]) == (change.body, change.base_revision):
        return Done()
    forget_name_draft(work, change.key, change.draft)
    draft = {
        "id": identity,
        "key": change.key,
        "body": change.body,
        "revision": change.base_revision,
        "session": work.session,
        "n": work.number,
        "at": work.now,
    }
    work.put(NAME_DRAFTS, identity, draft)
    return Done()


def drop_name_draft(work: Work, change: DropNameDraft) -> Done:
    """Forget what was being written."""
    forget_name_draft(work, change.key, change.draft)
    return Done()


def forget_name_draft(work: Work, key: EntityKey, resumed: str) -> None:
    """Take away this session's draft and the one that it went on with: it was saved, or thrown away."""
    for identity in {_own(work, key), resumed}:
        draft = work.get(NAME_DRAFTS, identity) if identity else None
        if draft is not None and draft["key"] == key:
            work.put(NAME_DRAFTS, identity, None)


def _own(work: Work, key: EntityKey) -> str:
    return f"{key} {work.session}"
