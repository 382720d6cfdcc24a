"""Notes and drafts: what a user writes is never written over by another session, nor lost with a crash."""

from __future__ import annotations

from store.annotations.change_marks import Done, joined, said, tag_deltas
from store.annotations.documents import ARTICLES, DRAFTS, NOTES, UNDO, Document, later, stored_anchor
from store.annotations.records import DeleteNote, DropDraft, NoteId, PlaceNote, SaveDraft, SaveNote, TagNote
from store.annotations.tags import has, place
from store.annotations.work import Work
from store.errors import NotFoundError


def save_note(work: Work, change: SaveNote) -> Done:
    """Write a new note, or a new body of one; an edit of a text that has changed since is kept beside it."""
    if change.note is not None:
        old = work.get(NOTES, change.note)
        done = _anew(work, change) if old is None else _edit(work, change, old)
    elif change.body.strip() or change.anchor is not None:
        written = _write(work, change, change.body)
        done = Done("Note saved" if written["body"] else "Highlighted", NoteId(written["id"]))
    else:
        done = Done()
    document = work.find(change.target) if change.draft is not None else None
    if document is not None:
        _drop(work, document["id"], change.note, change.draft or "")
    return done


def _anew(work: Work, change: SaveNote) -> Done:
    if not change.body.strip():
        return Done()
    written = _write(work, change, change.body, conflict_of=change.note, beside=_as_deleted(work, change.note))
    return Done("Note saved anew: it had been deleted elsewhere", NoteId(written["id"]), conflict=True)


def _as_deleted(work: Work, note: str | None) -> Document | None:
    """Return a note as it was when it was deleted, as the undo list remembers it: its passage, its tags."""
    for step in sorted(work.documents(UNDO), key=lambda step: step["n"], reverse=True):
        for delta in step["changes"]:
            if delta["do"] == "note" and delta["note"] == note and delta["new"] is None:
                return delta["old"]  # type: ignore[no-any-return]
    return None


def _edit(work: Work, change: SaveNote, old: Document) -> Done:
    note = NoteId(old["id"])
    body = change.body if change.body.strip() else ""
    tags = work.spellings(change.tags) or old["tags"]
    anchor = stored_anchor(change.anchor) or old["anchor"]
    if (body, tags, anchor) == (old["body"], old["tags"], old["anchor"]):
        return Done(note=note)
    if change.base_revision != old["revision"] and body != old["body"]:
        if not body:
            return Done("Kept: another session has changed this note meanwhile", note, conflict=True)
        written = _write(work, change, body, conflict_of=old["id"], beside=old)
        said = "Note saved beside the text that another session gave it"
        return Done(said, NoteId(written["id"]), conflict=True)
    if not body and anchor is None:
        work.write_note(None, old)
        return Done("Note deleted", note)
    new = {
        **old,
        "body": body,
        "tags": tags,
        "anchor": anchor,
        "revision": old["revision"] + 1,
        "updated": later(old["created"], work.now),
    }
    for name in tags if tags != old["tags"] else ():
        work.use_tag(name)
    work.write_note(new, old)
    return Done("Note saved" if body else "Note removed, its highlight kept", note)


def _write(
    work: Work,
    change: SaveNote,
    body: str,
    *,
    conflict_of: str | None = None,
    beside: Document | None = None,
) -> Document:
    """Write a note of its own."""
    bearer = work.get(ARTICLES, beside["article"]) if beside is not None else work.find(change.target)
    if bearer is None:
        bearer = work.begin(change.target)
        work.write(bearer, change.target)
    elif beside is None:
        work.write(bearer, change.target)
    tags = work.spellings(change.tags)
    document = {
        "id": work.new_id(),
        "article": bearer["id"],
        "body": body if body.strip() else "",
        "anchor": stored_anchor(change.anchor) or (beside["anchor"] if beside is not None else None),
        "tags": tags or (list(beside["tags"]) if beside is not None else []),
        "conflict_of": conflict_of,
        "text": beside["text"] if beside is not None else change.target.id,
        "was": beside["was"] if beside is not None else "",
        "lost": beside["lost"] if beside is not None else False,
        "revision": 1,
        "n": work.number,
        "created": work.now,
        "updated": work.now,
    }
    for name in tags:
        work.use_tag(name)
    work.write_note(document, None)
    return document


def delete_note(work: Work, change: DeleteNote) -> Done:
    """Delete a note; one that is gone already needs no deleting."""
    old = work.get(NOTES, change.note)
    if old is None:
        return Done()
    work.write_note(None, old)
    return Done("Note deleted" if old["body"] else "Highlight removed", NoteId(old["id"]))


def tag_note(work: Work, change: TagNote) -> Done:
    """Add and remove tags on notes and highlights; each keeps its own order, and its text its revision."""
    removed = work.spellings(change.remove)
    added = [name for name in work.spellings(change.add) if not has(removed, name)]
    put: dict[str, dict[str, int]] = {name: {} for name in added}
    taken: dict[str, dict[str, int]] = {name: {} for name in removed}
    changed: list[NoteId] = []
    more, less = 0, 0
    for note in change.notes:
        old = work.get(NOTES, note)
        tags = list(old["tags"]) if old is not None else []
        gone = [name for name in removed if has(tags, name)]
        new = [name for name in added if not has(tags, name)]
        if old is None or not (gone or new):
            continue
        for name in gone:
            at = place(tags, name) or 0
            del tags[at]
            taken[name][note] = at
        for name in new:
            put[name][note] = len(tags)
            tags.append(name)
        work.put(NOTES, note, {**old, "tags": tags, "updated": later(old["created"], work.now)})
        changed.append(note)
        more, less = more + bool(new), less + bool(gone)
    tag_deltas(work, "note tag", "notes", taken, put)
    names = [[name for name, notes in groups.items() if notes] for groups in (put, taken)]
    sentence = joined(said("Tagged", "notes", more, names[0]), said("Untagged", "notes", less, names[1]))
    return Done(sentence, changed[0] if len(changed) == 1 else None)


def place_note(work: Work, change: PlaceNote) -> Done:
    """Put a note on a passage of an article, which may be another than it was on.

    Raises:
        NotFoundError: the note is gone.
    """
    old = work.get(NOTES, change.note)
    if old is None:
        raise NotFoundError("This note was deleted meanwhile; u may bring it back.")
    bearer = work.find(change.target) or work.begin(change.target)
    work.write(bearer, change.target)
    anchor = stored_anchor(change.anchor)
    first = old["was"] or (old["anchor"] or {}).get("quote", "")
    new = {
        **old,
        "article": bearer["id"],
        "anchor": anchor,
        "text": change.target.id,
        "was": first if anchor is not None and first != anchor["quote"] else "",
        "lost": False,
        "revision": old["revision"] + 1,
        "updated": later(old["created"], work.now),
    }
    work.write_note(new, old)
    return Done("Note placed", change.note)


def save_draft(work: Work, change: SaveDraft) -> Done:
    """Keep unsaved text as this session's; the draft that it goes on with gives way to it."""
    document = work.find(change.target)
    bearer = document or work.begin(change.target)
    identity = _own(work, bearer["id"], change.note)
    old = work.get(DRAFTS, identity)
    said = {"body": change.body, "anchor": stored_anchor(change.anchor), "revision": change.base_revision}
    if old is not None and {name: old.get(name) for name in said} == said:
        return Done()
    if document is None or document["text_hash"] != change.target.id:
        work.write(bearer, change.target)
    _drop(work, bearer["id"], change.note, change.draft)
    draft = {
        "id": identity,
        "article": bearer["id"],
        "note": change.note,
        **said,
        "session": work.session,
        "n": work.number,
        "at": work.now,
    }
    work.put(DRAFTS, identity, draft)
    return Done()


def drop_draft(work: Work, change: DropDraft) -> Done:
    """Forget what was being written."""
    document = work.find(change.target)
    if document is not None:
        _drop(work, document["id"], change.note, change.draft)
    return Done()


def _own(work: Work, document: str, note: str | None) -> str:
    return f"{document} {note or 'new'} {work.session}"


def _drop(work: Work, document: str, note: str | None, resumed: str) -> None:
    """Forget this session's draft of a note, and the one that it went on with.

    Others stay: each is offered in its turn, and a living session's is its own affair.
    """
    for identity in {_own(work, document, note), resumed}:
        draft = work.get(DRAFTS, identity) if identity else None
        if draft is not None and (draft["article"], draft["note"]) == (document, note):
            work.put(DRAFTS, identity, None)
