"""Finds the people whom the model missed behind a form of address: "Dr. Rohatgi", "Mrs Dalloway".

It is the surest of the external evidence of McDonald 1996 ("Internal and external evidence in the identification and
semantic categorization of proper names"): nobody else is called so.
"""

from __future__ import annotations

import re

from store.article import Mention
from store.entities.forms import Taken
from store.entities.reading import Reading
from store.entities.trim import without_overlaps

_NAME = r"[A-Z][\w-]*[a-z]"
_TITLED = re.compile(rf"(?<!\w)(?:Mr|Mrs|Ms|Dr|Prof)\.?\s(?P<name>{_NAME}(?:\s{_NAME})?)(?![\w-])")


def with_titled(reading: Reading, mentions: list[Mention]) -> list[Mention]:
    """Add the names behind a form of address that no mention touches."""
    if not (titled := list(_TITLED.finditer(reading.flat))):
        return mentions
    taken = Taken(mentions)
    added = [Mention(*name.span("name"), "PERSON") for name in titled if taken.is_free(*name.span("name"))]
    return without_overlaps([*mentions, *added]) if added else mentions
