"""Changes to entities: which names are one, and the tags and the note of an entity."""

from __future__ import annotations

from collections.abc import Callable

from store.annotations.change_marks import Done, joined, said
from store.annotations.change_name_drafts import forget_name_draft
from store.annotations.documents import ALIASES, ENTITIES, Document, later
from store.annotations.joined_names import final
from store.annotations.name_records import (
    JoinEntities,
    JudgeEntities,
    PartEntities,
    TagEntity,
    Verdict,
    WriteEntityNote,
)
from store.annotations.tags import exchanged, has
from store.annotations.work import Work
from store.article import EntityKey
from store.errors import NotFoundError, UsageError


# ---- one or two ----------------------------------------------------------------------------------------------
def join_entities(work: Work, change: JoinEntities) -> Done:
    """Let names count as one, under the name of one of them; what was joined into them goes along.

    Raises:
        UsageError: there is nothing to join.
    """
    rows = _rows(work)
    into, name = change.into, change.name
    head = final(rows, into)
    if head != into and head not in {final(rows, key) for key, _ in change.keys}:
        into, name = head, rows[_last(rows, change.into)]["into_name"]
    elif head != into:
        # It was joined into what is now to go into it.
        put_decision(work, None, rows.pop(into))
    done = []
    for key, shown in change.keys:
        top = final(rows, key)
        if top == into:
            continue
        if top != key:
            shown = rows[_last(rows, key)]["into_name"]
        new = _decision(work, Verdict.SAME, top, into, shown, name)
        for pair in (_pair(top, into), _pair(key, change.into)):
            put_decision(work, None, work.get(ALIASES, pair))
        put_decision(work, new, rows.get(top))
        rows[top] = new
        done.append(shown)
    if not done:
        raise UsageError("These names are one already.")
    return Done(f"Joined into {name}: {', '.join(done)}")


def part_entities(work: Work, change: PartEntities) -> Done:
    """Let a joined name stand for itself; of one that others were joined into, let all those.

    Raises:
        NotFoundError: it is joined with none.
    """
    rows = _rows(work)
    own = rows.get(change.key)
    if own is not None:
        put_decision(work, None, own)
        return Done(f"Split {own['key_name']} from {own['into_name']}")
    parts = [row for row in rows.values() if row["into"] == change.key]
    if not parts:
        raise NotFoundError("This name is joined with no other.")
    for row in parts:
        put_decision(work, None, row)
    return Done(f"Split {parts[0]['into_name']} from {', '.join(row['key_name'] for row in parts)}")


def judge_entities(work: Work, change: JudgeEntities) -> Done:
    """Keep that two entities are not the same, or that one cannot tell.

    Raises:
        UsageError: they are joined, or one and the same.
    """
    rows = _rows(work)
    if final(rows, change.first) == final(rows, change.second):
        raise UsageError("These names are joined; split them first.")
    identity = _pair(change.first, change.second)
    old = work.get(ALIASES, identity)
    first, second = change.names
    if change.verdict is None:
        if old is None:
            return Done()
        put_decision(work, None, old)
        return Done(f"Undecided again: {first} and {second}")
    verdict = Verdict(change.verdict)
    if verdict is Verdict.SAME:
        return join_entities(work, JoinEntities(((change.first, first),), change.second, second))
    if old is not None and old["verdict"] == verdict:
        return Done()
    put_decision(work, _decision(work, verdict, change.first, change.second, first, second), old)
    return Done(f"{'Not the same' if verdict is Verdict.DIFFERENT else 'Unsure'}: {first} and {second}")


def put_decision(work: Work, new: Document | None, old: Document | None) -> None:
    """Store a decision, or remove one, as something that can be undone."""
    bearer = new if new is not None else old
    if bearer is not None:
        work.put(ALIASES, bearer["id"], new)
        work.deltas.append({"do": "decision", "decision": bearer["id"], "old": old, "new": new})


def _rows(work: Work) -> dict[EntityKey, Document]:
    return {row["key"]: row for row in work.documents(ALIASES) if row["verdict"] == Verdict.SAME}


def _last(rows: dict[EntityKey, Document], key: EntityKey) -> EntityKey:
    """Return the last joined name on the way to the one that stands for all; it must be joined itself."""
    seen = set()
    while rows[key]["into"] in rows and key not in seen:
        seen.add(key)
        key = rows[key]["into"]
    return key


def _decision(
    work: Work, verdict: Verdict, key: EntityKey, into: EntityKey, key_name: str, into_name: str
) -> Document:
    return {
        "id": f"same {key}" if verdict is Verdict.SAME else _pair(key, into),
        "verdict": verdict.value,
        "key": key,
        "into": into,
        "key_name": key_name,
        "into_name": into_name,
        "decided": work.now,
    }


def _pair(first: EntityKey, second: EntityKey) -> str:
    return "pair " + "\t".join(sorted((first, second)))


# ---- what is added -------------------------------------------------------------------------------------------
def tag_entity(work: Work, change: TagEntity) -> Done:
    """Add and remove tags of an entity.

    Raises:
        UsageError: one of them cannot be a tag.
    """
    old = work.get(ENTITIES, change.key)
    removed = work.spellings(change.remove)
    before = list(old["tags"]) if old is not None else []
    new = [name for name in work.spellings(change.add) if not has(before, name) and not has(removed, name)]
    gone = [name for name in removed if has(before, name)]
    if not new and not gone:
        return Done()
    tags = [name for name in before if not has(gone, name)] + new
    _write(work, change, old, tags=tags)
    for name in new:
        work.use_tag(name)
    on = f" {change.name}"
    return Done(joined(said(f"Tagged{on}", "articles", 1, new), said(f"Untagged{on}", "articles", 1, gone)))


def write_entity_note(work: Work, change: WriteEntityNote) -> Done:
    """Write the note of an entity; where another text was saved since, that stays, and this one stands below it.

    Its draft goes with it.
    """
    if change.draft is not None:
        forget_name_draft(work, change.key, change.draft)
    old = work.get(ENTITIES, change.key)
    body = change.body if change.body.strip() else ""
    there = old["body"] if old is not None else ""
    revision = old["revision"] if old is not None else work.last_revisions.get(change.key, 0)
    if body == there:
        return Done()
    conflict = bool(there) and change.base_revision != revision
    if conflict and not body:
        return Done(f"Kept: another session has changed the note on {change.name} meanwhile", conflict=True)
    if conflict:
        body = both(there, body, work.now)
    _write(work, change, old, body=body, revision=revision + 1)
    if conflict:
        return Done(f"Note on {change.name} saved below another session's", conflict=True)
    return Done(f"Note on {change.name} {'saved' if body else 'deleted'}")


def both(there: str, body: str, at: str) -> str:
    """Return two texts of one note, one below the other, with a line that says so."""
    return f"{there.rstrip()}\n\n---\n*Written at the same time elsewhere, {at[:16].replace('T', ' ')} UTC:*\n\n{body}"


def retag_entities(work: Work, entities: list[Document], new_name: Callable[[str], str | None]) -> None:
    """Give tags of entities other names; None takes one off."""
    for old in entities:
        put_entity(work, {**old, "tags": exchanged(old["tags"], new_name)}, old)


def _write(work: Work, change: TagEntity | WriteEntityNote, old: Document | None, **fields: object) -> None:
    base = old or {
        "id": change.key, "name": change.name, "kind": change.kind, "tags": [], "body": "",
        "revision": work.last_revisions.get(change.key, 0), "created": work.now,
    }  # fmt: skip
    put_entity(work, {**base, "updated": later(base["created"], work.now), **fields}, old)


def put_entity(work: Work, new: Document, old: Document | None) -> None:
    """Store what is kept of an entity, as something that can be undone; a bare one is not kept."""
    kept = new if new["tags"] or new["body"] else None
    work.put(ENTITIES, new["id"], kept)
    work.deltas.append({"do": "entity", "entity": new["id"], "old": old, "new": kept})
