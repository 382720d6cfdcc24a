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

    `tags` come in order of use; what begins like the word stands before what only holds it.
    """
    at = text.rfind(" ", 0, cursor) + 1
    word = text[at:cursor]
    sign = word[:1] if word[:1] in ("+", "-") else ""
    begun = word[len(sign) :].casefold()
    written = {each.lstrip("+-").casefold() for each in (text[:at] + text[cursor:]).split()}
    pool = own if sign == "-" else [tag for tag in tags if tag not in own]
    pool = [tag for tag in pool if tag.casefold() not in written]
    first = [tag for tag in pool if tag.casefold().startswith(begun)]
    inside = [tag for tag in pool if begun and begun in tag.casefold() and tag not in first]
    return at, [sign + tag for tag in [*first, *inside][:LIMIT]]


def propose_query(text: str, cursor: int, tags: Sequence[str]) -> tuple[int, list[str]]:
    """Propose fields, and the values of `tag:`, `is:` and `has:`, for the word before the cursor."""
    at = text.rfind(" ", 0, cursor) + 1
    word = text[at:cursor]
    minus = "-" if word.startswith("-") else ""
    field, colon, value = word.removeprefix("-").partition(":")
    if colon:
        values = {"tag": tags, "is": IS_WORDS, "has": HAS_WORDS}.get(field, ())
        return at, [f"{minus}{field}:{each}" for each in values if each.casefold().startswith(value.casefold())][:LIMIT]
    if not field:
        return at, []
    return at, [f"{minus}{each}:" for each in FIELDS if each.startswith(field)][:LIMIT]
