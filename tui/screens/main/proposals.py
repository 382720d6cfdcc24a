"""What a prompt proposes while one writes: tags, and the fields of a query. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from store.errors import UsageError
from store.library import FIELDS, HAS_WORDS, IS_WORDS

LIMIT = 9


def tag_words(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Split `a +b -c` into tags to add and tags to remove; words may be parted by commas too.

    Raises:
        UsageError: a `+` or `-` without a tag behind it.
    """
    add: list[str] = []
    remove: list[str] = []
    for word in text.replace(",", " ").split():
        into = remove if word.startswith("-") else add
        tag = word[1:] if word[0] in "+-" else word
        if not tag:
            raise UsageError(f"“{word}” needs a tag right behind it")
        into.append(tag)
    return tuple(dict.fromkeys(add)), tuple(dict.fromkeys(remove))


def propose_tags(text: str, cursor: int, tags: Sequence[str], own: Sequence[str]) -> tuple[int, list[str]]:
    """Propose tags for the word before the cursor: those not yet there; behind a minus those that are.

    `tags` come in order of use; see `matching` for what stands before what.
    """
    at = text.rfind(" ", 0, cursor) + 1
    word = text[at:cursor]
    sign = word[:1] if word[:1] in ("+", "-") else ""
    begun = word[len(sign) :].casefold()
    written = {each.lstrip("+-").casefold() for each in (text[:at] + text[cursor:]).split()}
    pool = own if sign == "-" else [tag for tag in tags if tag not in own]
    pool = [tag for tag in pool if tag.casefold() not in written]
    return at, [sign + tag for tag in matching(begun, pool)[:LIMIT]]


def propose_tag(text: str, cursor: int, tags: Sequence[str]) -> tuple[int, list[str]]:
    """Propose another name for a tag, from the tags that there are; nothing while it is one of these."""
    begun = text[:cursor].strip().casefold()
    found = matching(begun, tags)
    return 0, [] if any(tag.casefold() == begun for tag in found) else found[:LIMIT]


def matching(begun: str, tags: Sequence[str]) -> list[str]:
    """Return the tags that hold what was begun, in lower case.

    First those that begin so, then those of which a step does (`ja` of `asia/japan`), then all others.
    """
    ranks: tuple[list[str], list[str], list[str]] = ([], [], [])
    for tag in tags:
        name = tag.casefold()
        if name.startswith(begun):
            ranks[0].append(tag)
        elif f"/{begun}" in name:
            ranks[1].append(tag)
        elif begun in name:
            ranks[2].append(tag)
    return [tag for rank in ranks for tag in rank]


def propose_query(text: str, cursor: int, tags: Sequence[str]) -> tuple[int, list[str]]:
    """Propose fields, and the values of `tag:`, `is:` and `has:`, for the word before the cursor."""
    at = text.rfind(" ", 0, cursor) + 1
    word = text[at:cursor]
    minus = "-" if word.startswith("-") else ""
    field, colon, value = word.removeprefix("-").partition(":")
    if colon:
        if field == "tag":
            return at, [f"{minus}tag:{tag}" for tag in matching(value.casefold(), tags)[:LIMIT]]
        values = {"is": IS_WORDS, "has": HAS_WORDS}.get(field, ())
        return at, [f"{minus}{field}:{each}" for each in values if each.casefold().startswith(value.casefold())][:LIMIT]
    if not field:
        return at, []
    return at, [f"{minus}{each}:" for each in FIELDS if each.startswith(field)][:LIMIT]
