"""What is written to tag: words to add, and with a minus to remove. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from store.errors import UsageError


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


def signed(add: Iterable[str], remove: Iterable[str] = ()) -> str:
    """Write tags as they are typed: `+japan -todo`."""
    return " ".join([*(f"+{tag}" for tag in add), *(f"-{tag}" for tag in remove)])
