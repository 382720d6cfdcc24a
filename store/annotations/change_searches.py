"""Changes to saved searches, and what their rules do."""

from __future__ import annotations

from datetime import datetime

from store.annotations.change_marks import Done, tag
from store.annotations.documents import SEARCHES, Document, later, read_time, search_of, stored_time
from store.annotations.records import Tag, Target
from store.annotations.search_records import ApplyRule, DeleteSearch, SaveSearch, normal_name
from store.annotations.tags import folded
from store.annotations.work import Work
from store.errors import NotFoundError, UsageError


def save_search(work: Work, change: SaveSearch) -> Done:
    """Save a search, or change one.

    Raises:
        UsageError: its name or one of its tags cannot be one, or another search has the name already.
        NotFoundError: there is none of the old name.
    """
    name, query = normal_name(change.name), change.query.strip()
    tags = work.spellings(change.tags)
    old = _found(work, change.old) if change.old is not None else work.get(SEARCHES, folded(name))
    there = work.get(SEARCHES, folded(name))
    if there is not None and old is not None and there["id"] != old["id"]:
        raise UsageError(f"There is a search {there['name']} already; delete it first, or take another name.")
    created = work.now if old is None else old["created"]
    new = {
        "id": folded(name),
        "name": name,
        "query": query,
        "pinned": change.pinned,
        "tags": tags,
        # What is there when a rule is made is not new to it.
        "ran": None if not tags else (old["ran"] if old is not None else None) or work.now,
        "created": created,
        "updated": later(created, work.now),
    }
    if tags and old is not None and "ran_in" in old:
        new["ran_in"] = old["ran_in"]
    if old is not None and {**new, "updated": old["updated"]} == old:
        return Done()
    if old is not None and old["id"] != new["id"]:
        put_search(work, None, old)
        put_search(work, new, None)
    else:
        put_search(work, new, old)
    return Done(_said(old, new))


def _said(old: Document | None, new: Document) -> str:
    what = f"{new['name']}: {new['query']}"
    if old is None:
        return f"Saved the search {what}"
    if old["name"] != new["name"]:
        return f"Renamed the search {old['name']} → {new['name']}"
    if old["query"] != new["query"]:
        return f"Changed the search {what}"
    if old["tags"] != new["tags"]:
        return f"The search {new['name']} tags {'what is new: ' + ' '.join(new['tags']) if new['tags'] else 'nothing'}"
    return f"{'Pinned' if new['pinned'] else 'Unpinned'} the search {new['name']}"


def delete_search(work: Work, change: DeleteSearch) -> Done:
    """Delete a search.

    Raises:
        NotFoundError: there is none of this name.
    """
    old = _found(work, change.name)
    put_search(work, None, old)
    return Done(f"Deleted the search {old['name']}")


def apply_rule(work: Work, change: ApplyRule) -> Done:
    """Tag what is new to a rule, and note up to when it has looked; that alone is no step of undo.

    Raises:
        NotFoundError: there is none of this name, or it tags nothing.
    """
    rule = _found(work, change.name)
    if not rule["tags"]:
        raise NotFoundError(f"The search {rule['name']} tags nothing, so there is nothing to apply.")
    count = len(work.deltas)
    made = search_of(rule).looked_in(change.folders)
    done = tag(work, Tag(tuple(one for one in change.targets if _is_new(work, one, made)), tuple(rule["tags"])))
    tagged = {one for delta in work.deltas[count:] for one in delta["articles"]}
    # Not before what it has just begun: a tag that is taken off there is not put on again.
    ran = later(stored_time(change.until), work.now) if tagged else stored_time(change.until)
    before = rule.get("ran_in", {})
    after = {folder: later(before.get(folder, rule["ran"]), ran) for folder in change.folders}
    if {**before, **after} != before:
        work.put(SEARCHES, rule["id"], {**rule, "ran_in": {**before, **after}})
    if not done.sentence:
        return Done()
    counted = f"{len(tagged):,} article{'' if len(tagged) == 1 else 's'}"
    return Done(f"Rule {rule['name']} tagged {counted}: {', '.join(rule['tags'])}")


def _is_new(work: Work, target: Target, looked: tuple[datetime, datetime] | None) -> bool:
    """Whether nothing was said about an article before a rule looked last: a tag that was taken off stays off."""
    document = work.find(target)
    return document is None or looked is None or read_time(document["created"]) > looked[1]


def no_rule(search: Document) -> Document:
    """Return a search without what it has of a rule beside the tags."""
    return {name: value for name, value in search.items() if name != "ran_in"} | {"ran": None}


def put_search(work: Work, new: Document | None, old: Document | None) -> None:
    """Store a search, or remove one, as something that can be undone."""
    bearer = new if new is not None else old
    if bearer is not None:
        work.put(SEARCHES, bearer["id"], new)
        work.deltas.append({"do": "search", "search": bearer["id"], "old": old, "new": new})


def _found(work: Work, name: str) -> Document:
    found = work.get(SEARCHES, folded(normal_name(name)))
    if found is None:
        raise NotFoundError(f"There is no search {name}. `dateline searches` lists them all.")
    return found
