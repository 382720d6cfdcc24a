"""JSON Feed (jsonfeed.org): what a feed says of all its items, authors and language, goes to those without."""

from __future__ import annotations

from typing import Any

_VERSION = "jsonfeed.org/version/"


def items_alone(value: dict[str, Any]) -> dict[str, Any]:
    """Return a feed as an object that holds its items and nothing beside them; anything else as it is. Pure.

    The feed's own title and description would make an article.
    """
    items = value.get("items")
    if not isinstance(items, list) or _VERSION not in str(value.get("version")):
        return value
    return {"items": [_with_the_rest(item, value) if isinstance(item, dict) else item for item in items]}


def _with_the_rest(item: dict[str, Any], feed: dict[str, Any]) -> dict[str, Any]:
    added: dict[str, Any] = {}
    if not (item.get("authors") or item.get("author")):
        # `author` is what version 1 calls them.
        added["authors"] = feed.get("authors") or feed.get("author")
    if not item.get("language"):
        added["language"] = feed.get("language")
    if not item.get("date_published"):
        # As of a feed in XML: an entry that was only ever changed has that day.
        added["date_published"] = item.get("date_modified")
    return {**item, **added}
