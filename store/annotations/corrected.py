"""The mentions of a text with the user's corrections over them. Pure.

Where a correction is about one place, that is found by what is kept of it, also in a text that was edited since.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from store.annotations.name_records import Correction, CorrectionKind, Corrections, Scope
from store.annotations.records import Anchor
from store.article import Mention
from store.entities.correct import Fix, apply

Span = tuple[int, int]


def corrected(text: str, mentions: Iterable[Mention], corrections: Corrections) -> list[Mention]:
    """Return the mentions as the corrections leave them, in order of start and without overlaps."""
    return apply(text, mentions, fixes(text, in_order(corrections)))


def in_order(corrections: Corrections) -> Sequence[Correction]:
    """Return all of them in the order of their making."""
    here, wide = corrections.here, corrections.wide
    if not here or not wide:
        return here or wide
    return sorted((*wide, *here), key=lambda one: (one.n, one.created, one.id))


def fixes(text: str, corrections: Iterable[Correction]) -> list[Fix]:
    """Return corrections as they concern a text; one whose place is not in it is left out."""
    return [fix for one in corrections if (fix := _fix(text, one)) is not None]


def _fix(text: str, one: Correction) -> Fix | None:
    if one.scope is not Scope.HERE:
        if one.kind is not CorrectionKind.EXTENT:
            return Fix(one.kind, one.surface, one.old_label, one.label)
        if one.anchor is None or one.extent is None:
            return None
        shift = one.extent.start - one.anchor.start
        return Fix(one.kind, one.surface, one.old_label, one.label, shift=shift, grown=one.extent.quote)
    if one.lost:
        return None
    spans = [span_of(text, anchor) for anchor in (one.anchor, one.extent) if anchor is not None]
    if not spans or None in spans:
        return None
    extent = spans[-1] if one.kind is CorrectionKind.EXTENT else None
    return Fix(one.kind, one.surface, one.old_label, one.label, spans[0], extent)


def span_of(text: str, anchor: Anchor) -> Span | None:
    """Return where a passage stands in a text; None where that cannot be told."""
    begin = anchor.start - len(anchor.prefix)
    if begin >= 0 and text.startswith(f"{anchor.prefix}{anchor.quote}{anchor.suffix}", begin):
        return anchor.start, anchor.start + len(anchor.quote)
    from store.annotations.placing import place  # most texts have not changed

    found = place(anchor, text)
    return None if found is None else (found.start, found.end)
