"""Changes to a tag as such, with the tags below it: its name everywhere, its number key."""

from __future__ import annotations

from collections.abc import Callable

from store.annotations.change_entities import retag_entities
from store.annotations.change_marks import Done
from store.annotations.change_searches import no_rule, put_search
from store.annotations.documents import ARTICLES, ENTITIES, NOTES, SEARCHES, TAGS, Document, later, read_time
from store.annotations.records import AssignDigit, DeleteTag, RenameTag
from store.annotations.tags import exchanged, folded, is_within, moved, normal
from store.annotations.work import Delta, Work
from store.errors import NotFoundError, UsageError


def rename_tag(work: Work, change: RenameTag) -> Done:
    """Rename a tag, and so the tags below it, on every article and note; onto one that exists, the two become one.

    Raises:
        NotFoundError: nothing bears the old name, nor one below it.
        UsageError: a new name cannot be a tag's.
    """
    old = work.spelling(change.old)
    same = folded(old) == folded(normal(change.new))
    # A new spelling of the same tag is taken as it is written; else the spelling that is there already wins.
    new = normal(change.new) if same else work.spelling(change.new)
    spelled = normal if same else work.spelling
    goals = {name: spelled(moved(name, old, new)) for name in _in_use(work, old)}
    if all(name == goal for name, goal in goals.items()):
        return Done()
    merging = not is_within(new, old) and any(folded(name) == folded(new) for name in work.tags_within(new))
    by_fold = {folded(name): goal for name, goal in goals.items()}
    sentence = _everywhere(work, old, goals, lambda tag: by_fold.get(folded(tag), tag))
    for name, query, renamed in change.queries:
        search = work.get(SEARCHES, folded(name))
        if search is not None and search["query"] == query:
            put_search(work, {**search, "query": renamed, "updated": later(search["created"], work.now)}, search)
    return Done(f"{'Merged' if merging else 'Renamed'} the tag{sentence}: {old} → {new}{_below(goals, old)}")


def delete_tag(work: Work, change: DeleteTag) -> Done:
    """Take a tag, and the tags below it, off every article and note, and off their number keys.

    Raises:
        NotFoundError: nothing bears it, nor one below it.
    """
    name = work.spelling(change.tag)
    goals = dict.fromkeys(_in_use(work, name))
    sentence = _everywhere(work, name, goals, lambda tag: None if is_within(tag, name) else tag)
    return Done(f"Deleted the tag{sentence}: {name}{_below(goals, name)}")


def _in_use(work: Work, top: str) -> list[str]:
    found = work.tags_within(top)
    if not found:
        raise NotFoundError(f"No article or note bears the tag {top}. `dateline tags` lists them all.")
    return found


def _below(goals: dict[str, str] | dict[str, None], top: str) -> str:
    count = sum(1 for name in goals if folded(name) != folded(top))
    return f" (with {count} below)" if count else ""


def _everywhere(
    work: Work, top: str, goals: dict[str, str] | dict[str, None], new_name: Callable[[str], str | None]
) -> str:
    """Give tags their new names on articles, notes and number keys; returns on how many, in words."""
    rows = {name: work.tag_row(name) for name in goals}
    for name, row in rows.items():
        if row["digit"] is not None:
            set_digit(work, row["digit"], name, None)
    used = {folded(name): row["used"] for name, row in rows.items()}
    articles = work.documents_within(ARTICLES, top)
    notes = work.documents_within(NOTES, top)
    _exchange(work, "tag", "articles", articles, new_name, used)
    _exchange(work, "note tag", "notes", notes, new_name, used)
    entities = work.documents_within(ENTITIES, top)
    retag_entities(work, entities, new_name)
    _change_rules(work, new_name)
    _move_rows(work, rows, goals)
    counted = [
        f"{count:,} {word}{'s' if count > 1 else ''}"
        for count, word in ((len(articles), "article"), (len(notes), "note"), (len(entities), "name"))
        if count
    ]
    return f" on {' and '.join(counted)}" if counted else ""


def _exchange(
    work: Work,
    do: str,
    bearers: str,
    documents: list[Document],
    new_name: Callable[[str], str | None],
    used: dict[str, str],
) -> None:
    """Exchange tags on documents: first all old names off, then all new ones on, each where it belongs.

    Every delta is played after those before it, so its places are those that a tag has at that moment.
    """
    taken: dict[str, dict[str, int]] = {}
    put: dict[str, dict[str, int]] = {}
    news = [(document, exchanged(document["tags"], new_name)) for document in documents]
    for document, after in news:
        for name in document["tags"]:
            if new_name(name) != name:
                taken.setdefault(name, {})
        for name in after:
            put.setdefault(name, {})
    taking, putting = {name: n for n, name in enumerate(taken)}, {name: n for n, name in enumerate(put)}
    for document, after in news:
        tags = list(document["tags"])
        going = [name for name in tags if new_name(name) != name]
        for name in sorted(going, key=taking.__getitem__):
            at = tags.index(name)
            taken[name][document["id"]] = at
            del tags[at]
        places = {name: n for n, name in enumerate(after)}
        for name in sorted(places.keys() - set(tags), key=putting.__getitem__):
            at = sum(1 for other in tags if places[other] < places[name])
            put[name][document["id"]] = at
            tags.insert(at, name)
        if do == "tag":
            work.write(document, tags=tags)
        else:
            work.put(NOTES, document["id"], {**document, "tags": tags})
    for on, groups in ((False, taken), (True, put)):
        for name, where in groups.items():
            if where:
                delta: Delta = {"do": do, "tag": name, "on": on, bearers: where}
                if not on and folded(name) in used:
                    delta["used"] = used[folded(name)]
                work.deltas.append(delta)


def _change_rules(work: Work, new_name: Callable[[str], str | None]) -> None:
    """Let rules put on the new name from now on."""
    for search in work.documents(SEARCHES):
        tags = exchanged(search["tags"], new_name)
        if tags != search["tags"]:
            after = {**search, "tags": tags}
            put_search(work, after if tags else no_rule(after), search)


def _move_rows(work: Work, rows: dict[str, Document], goals: dict[str, str] | dict[str, None]) -> None:
    for row in rows.values():
        work.put(TAGS, row["id"], None)
    for name, goal in goals.items():
        if goal is None:
            continue
        there = work.get(TAGS, folded(goal))
        used = rows[name]["used"] if there is None else max(there["used"], rows[name]["used"], key=read_time)
        work.use_tag(goal, used)
        digit = rows[name]["digit"]
        if digit is not None and work.tag_row(goal)["digit"] is None:
            set_digit(work, digit, None, goal)


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
    was = f", it was {there['name']}" if there is not None else ""
    return Done(f"{change.digit} is {name} now{was}")


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
