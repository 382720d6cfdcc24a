"""Groups of a list: by the day of publication, or by the folder that an article lies in. Pure."""

from __future__ import annotations

GROUPINGS: dict[str, str] = {
    "none": "one list",
    "day": "a heading for each day",
    "folder": "a heading for each folder",
}
"""How a list can be grouped."""

_FOLDER = """coalesce((
    SELECT rtrim(s.path, replace(s.path, '/', '')) FROM library.source AS s WHERE s.article = a.id
    ORDER BY s.path LIMIT 1
), '')"""
"""The folder of an article's first place, with a slash at its end: what is left without the letters of its name."""


def name_of(grouping: str) -> str:
    """Return the SQL of the group that an article `a` is in: a day, empty where it is not known, or a folder."""
    return "a.published" if grouping == "day" else _FOLDER


def groups_before(grouping: str, order: str) -> str:
    """Return the SQL that orders the groups, with a comma, to stand before the order within each; or nothing."""
    if grouping == "none" or (grouping == "day" and order in ("date", "-date")):
        return ""
    return f"{direction_of(grouping, order, name_of(grouping))}, "


def direction_of(grouping: str, order: str, name: str) -> str:
    """Return the SQL that sorts the names of groups: the newest day first, unless the oldest is asked for."""
    if grouping == "folder":
        return name
    return f"{name} = '', {name}" if order == "-date" else f"{name} DESC"
