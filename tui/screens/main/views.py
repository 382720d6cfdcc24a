"""The views of the list: a name, a query, and how to tell that an article has dropped out of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from store.library import Marks, Search


def _keeps_all(_: Marks) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class View:
    """What the list shows before it is filtered."""

    name: str
    query: str = ""
    keeps: Callable[[Marks], bool] = field(default=_keeps_all, compare=False)
    """Whether an article with these marks still belongs into the view."""
    saved: bool = field(default=False, compare=False)
    """Whether it is a saved search, of this name."""


ALL = View("All")
UNREAD = View("Unread", "is:unread", lambda marks: not marks.read)
STARRED = View("Starred", "is:starred", lambda marks: marks.starred)
NOTED = View("With notes", "has:note", lambda marks: marks.notes > 0)
FIXED = (ALL, UNREAD, STARRED, NOTED)
CHANGED = View("Changed", "is:changed", lambda marks: marks.changed)
ORPHANS = View("Notes without a place", "has:orphan", lambda marks: marks.lost > 0)
GONE = View("Gone", "is:gone")
IN_NEED = (CHANGED, ORPHANS, GONE)
"""What became of annotated articles; offered while there are any."""


def tag_view(tag: str) -> View:
    """Make the view of the articles with a tag, or with one below it."""
    below = tag.casefold() + "/"

    def keeps(marks: Marks) -> bool:
        own = (name.casefold() for name in (*marks.tags, *marks.note_tags))
        return any(name == tag.casefold() or name.startswith(below) for name in own)

    return View(tag, f"tag:{quoted(tag)}", keeps)


PINNED_MOST = 3
"""Saved searches that stand above the list; with the fixed views that makes seven lines."""


def saved_view(search: Search) -> View:
    """Make the view of a saved search."""
    return View(search.name, search.query, saved=True)


def pinned_view(kept: str) -> View:
    """Make the view of a search that was pinned when Dateline was left: its name and query, a line each."""
    name, _, query = kept.partition("\n")
    return View(name, query, saved=True)


def folder_view(path: str, name: str) -> View:
    """Make the view of the articles in a folder, and in those below it."""
    return View(name, f"path:{quoted(path)}")


def quoted(value: str) -> str:
    """Write a value as the query language takes it."""
    plain = value.replace('"', " ")
    return f'"{plain}"' if any(not (c.isalnum() or c in "/-_") for c in plain) else plain


def named_view(name: str, query: str) -> View:
    """Return the view that was left with this name and query."""
    for view in (*FIXED, *IN_NEED):
        if view.name == name:
            return view
    tagged = tag_view(name)
    # A query of another kind is a saved search or a folder; the annotations will tell.
    return tagged if tagged.query == query else View(name, query, saved=not query.startswith("path:")) if query else ALL
