"""What a tag may look like, and when two tags are one. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache

from store.errors import UsageError

_LONGEST = 100
_JOINERS = "\u200c\u200d"
"""Invisible, yet part of the spelling in Persian, in Indian scripts and in emoji."""


@lru_cache(maxsize=4096)
def normal(tag: str) -> str:
    """Return a tag as it is kept: NFC, without white space around it and without empty steps between slashes.

    Raises:
        UsageError: it cannot be a tag; the message names it and says why.
    """
    found = "/".join(step for step in unicodedata.normalize("NFC", tag).strip().split("/") if step)
    shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in tag[:_LONGEST])
    if not found:
        raise UsageError("A tag needs at least one letter, digit or sign.")
    if len(found) > _LONGEST:
        raise UsageError(f"The tag {shown}… is too long: {_LONGEST} characters at most.")
    if any(c.isspace() for c in found):
        raise UsageError(f"The tag “{shown}” has a space in it. Write it as one word, such as with “-”.")
    if "," in found:
        raise UsageError(f"The tag “{shown}” has a comma in it. Write two tags, or use another sign.")
    if found[0] in "+-":
        raise UsageError(f"The tag “{shown}” begins with “{found[0]}”, which means adding or removing.")
    if any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") and c not in _JOINERS for c in found):
        raise UsageError(f"The tag “{shown}” holds a control character. Type it anew.")
    return found


@lru_cache(maxsize=4096)
def folded(tag: str) -> str:
    """Return what two tags that differ in case only have in common."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", tag).casefold())


def has(tags: list[str] | tuple[str, ...], tag: str) -> bool:
    """Tell whether a tag is among some, in whatever case."""
    return place(tags, tag) is not None


def place(tags: list[str] | tuple[str, ...], tag: str) -> int | None:
    """Return where a tag stands among some, in whatever case; None when it does not."""
    wanted = folded(tag)
    return next((i for i, other in enumerate(tags) if folded(other) == wanted), None)


# ---- tags below tags ---------------------------------------------------------------------------------------
def is_within(tag: str, top: str) -> bool:
    """Tell whether a tag is another or stands below it: `asia` and `asia/japan` are within `asia`."""
    inner, outer = folded(tag), folded(top)
    return inner == outer or inner.startswith(f"{outer}/")


def moved(tag: str, top: str, new: str) -> str:
    """Return the name of a tag within `top` once `top` is called `new`: what stands below it stays."""
    below = tag.split("/")[top.count("/") + 1 :]
    return "/".join((new, *below))


@lru_cache(maxsize=4096)
def tops(tags: tuple[str, ...]) -> frozenset[str]:
    """Return the folded tags and all that they stand below, each once."""
    found = set()
    for tag in map(folded, tags):
        at = tag.find("/")
        while at >= 0:
            found.add(tag[:at])
            at = tag.find("/", at + 1)
        found.add(tag)
    return frozenset(found)


def exchanged(tags: Iterable[str], new_name: Callable[[str], str | None]) -> list[str]:
    """Return tags under their new names, each in its place; None takes one off.

    A new name that is among the tags that stay is theirs: the two become one, where that one stands.
    """
    pairs = [(tag, new_name(tag)) for tag in tags]
    staying = {folded(tag) for tag, new in pairs if new == tag}
    found: dict[str, str] = {}
    for tag, new in pairs:
        if new is not None and (new == tag or folded(new) not in staying):
            found.setdefault(folded(new), new)
    return list(found.values())
