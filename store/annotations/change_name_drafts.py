"""Drafts of the notes on entities: kept while they are written, so that a crash loses no words."""

from __future__ import annotations

from store.annotations.change_marks import Done
from store.annotations.change_notes import IsEnded
from store.annotations.documents import NAME_DRAFTS, Document
from store.annotations.name_records import DropNameDraft, SaveNameDraft
from store.annotations.work import Work
from store.article import EntityKey


def save_name_draft(work: Work, change: SaveNameDraft, is_ended: IsEnded) -> Done:
    """Keep unsaved text as this session's; an ended session's draft of the same note goes over to it."""
    old = _offered(work, change.key, is_ended)
    identity = f"{change.key} {work.session}"
    said = (change.body, change.base_revision)
    if old is not None and old["id"] == identity and (old["body"], old["revision"]) == said:
        return Done()
    if old is not None:
        work.put(NAME_DRAFTS, old["id"], None)
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


def drop_name_draft(work: Work, change: DropNameDraft, is_ended: IsEnded) -> Done:
    """Forget the draft that was offered."""
    forget_name_draft(work, change.key, is_ended)
    return Done()


def forget_name_draft(work: Work, key: EntityKey, is_ended: IsEnded) -> None:
    """Take away the draft that was offered: it was saved, or thrown away."""
    old = _offered(work, key, is_ended)
    if old is not None:
        work.put(NAME_DRAFTS, old["id"], None)


def _offered(work: Work, key: EntityKey, is_ended: IsEnded) -> Document | None:
    """Return the draft that this session goes on with: its own, else the newest of an ended session."""
    drafts = work.name_drafts_of(key)
    mine = [draft for draft in drafts if draft["session"] == work.session]
    left = [draft for draft in drafts if is_ended(draft["session"])]
    return max(mine or left, key=lambda draft: draft["n"], default=None)
