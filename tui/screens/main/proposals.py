"""What a prompt proposes while one writes: tags, and what a query can hold. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.widgets.question import Proposal, Proposals

if TYPE_CHECKING:
    from store.library import Completion

LIMIT = 9
TAGS = "each word is a tag to put on, -word takes one off"
"""What can be written where tags are asked for."""


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


def query_proposals(found: Completion) -> Proposals:
    """Propose what can stand at the cursor of a query, names with the number of their articles."""
    return Proposals(
        found.start,
        found.end,
        tuple(
            Proposal(
                each.insert,
                "" if each.count is None else f"{each.count:,}",
                each.explained,
                goes_on=each.insert.endswith(":"),
            )
            for each in found.options
        ),
    )
