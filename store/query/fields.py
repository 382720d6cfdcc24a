"""The fields of the query language and the words that some of them take."""

from __future__ import annotations

from store.entities.labels import Group

FIELDS: dict[str, str] = {
    "tag": "has this tag, or one below it, or a note that does",
    "person": "names this person",
    "org": "names this organisation",
    "place": "names this place",
    "entity": "names this person, organisation, place or other name",
    "note": "has a note with these words, in it or in the passage it marks",
    "title": "has these words in its title",
    "path": "was read from a path with this in it; from / on, from this file or folder",
    "date": "published then: 2017, 2017-03, 2017-01..2017-06, last-month, 2w..",
    "added": "first seen then",
    "when": "talks of a day then: 2014, 2014-03, 1990..1999",
    "is": "read, unread, starred, changed, gone, undated, ...",
    "has": "note, highlight, orphan, tag, entity, draft",
    "search": "matches this saved search",
    "lang": "declared to be in this language",
    "near": "words close to each other: near:5(missile launch)",
    "sort": "order: date, title, added, words, relevance; a minus turns it around",
}
"""Every field with what it says of an article, as completion and help show it."""

STATES: dict[str, str] = {
    "read": "marked read",
    "unread": "not yet read",
    "starred": "starred",
    "changed": "its text changed since it was annotated",
    "gone": "annotated, and no longer in the library",
    "missing": "the same as gone",
    "undated": "without a publication date",
    "duplicate": "read from several places",
    "copy": "like another article but for small edits",
}
"""What `is:` takes."""

POSSESSIONS: dict[str, str] = {
    "note": "with a note",
    "highlight": "with a highlighted passage",
    "orphan": "with a note whose passage is not found any more",
    "tag": "with a tag",
    "entity": "with a recognised name",
    "draft": "with a note being written",
}
"""What `has:` takes."""

SORTS: dict[str, str] = {
    "date": "newest first, undated last",
    "-date": "oldest first, undated last",
    "title": "A to Z",
    "-title": "Z to A",
    "added": "last added first",
    "-added": "first added first",
    "words": "longest first",
    "-words": "shortest first",
    "relevance": "best match first",
}
"""What `sort:` takes."""

NAMES = frozenset({"tag", "person", "org", "place", "entity", "note", "title", "path", "lang", "search"})
"""The fields that take any value, and `*` for its rest."""

KINDS: dict[str, tuple[str, ...]] = {
    "person": (Group.PERSON.value,),
    "org": (Group.ORGANISATION.value,),
    "place": (Group.PLACE.value,),
    "entity": tuple(group.value for group in Group),
}
"""The kinds of entity that a field looks for."""


def nearest(word: str, known: dict[str, str]) -> str:
    """Return the known word that was probably meant, or an empty string."""
    word = word.lower()
    from difflib import get_close_matches

    close = get_close_matches(word, known, n=1, cutoff=0.6)
    if close:
        return close[0]
    # A word cut short, or written out: `unr`, `organisation`.
    return next((name for name in known if word and (name.startswith(word) or word.startswith(name))), "")
