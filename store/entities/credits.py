"""Finds the agency in the credit that ends a caption: "... on March 20. / AFP"."""

from __future__ import annotations

import re

from store.article import BlockKind, Mention
from store.entities.forms import Taken
from store.entities.reading import Reading
from store.entities.trim import without_overlaps

_AGENCIES = (
    "AFP|AP|EPA|EFE|ANSA|DPA|dpa|TASS|UPI|PA|KCNA|Xinhua|Kyodo|Yonhap|Reuters|REUTERS|Anadolu|Ritzau|Belga|"
    "Associated Press|Agence France-Presse|Getty Images|AFP/Getty Images|Press Association|Bloomberg"
)
_CREDIT = re.compile(
    rf"[/(|–—]\s*(?:[Pp]hotos?:\s*|©\s*)?(?P<agency>{_AGENCIES})(?:\s+[Pp]hotos?)?\s*\)?[.\s]*$"
)
_REACH = 80


def credited(reading: Reading, mentions: list[Mention]) -> list[Mention]:
    """Return the mentions with the agencies that captions end in."""
    text, taken = reading.text, Taken(mentions)
    added = []
    for block in reading.blocks:
        if block.kind is not BlockKind.CAPTION:
            continue
        tail = max(block.start, block.end - _REACH)
        credit = _CREDIT.search(text[tail : block.end])
        if credit is None:
            continue
        start, end = tail + credit.start("agency"), tail + credit.end("agency")
        if taken.is_free(start, end):
            added.append(Mention(start, end, "ORG"))
    return without_overlaps([*mentions, *added]) if added else mentions
