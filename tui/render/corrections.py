"""A correction of a name in a few words. Pure."""

from __future__ import annotations

from store.library import Correction, CorrectionKind, normal_surface, words_for


def said(one: Correction) -> str:
    """Say what was put right: "Abe: organisation → person"."""
    match one.kind:
        case CorrectionKind.DROP:
            return f"{one.surface}: no name, was {words_for(one.old_label)}"
        case CorrectionKind.LABEL:
            return f"{one.surface}: {words_for(one.old_label)} → {words_for(one.label)}"
        case CorrectionKind.EXTENT:
            new = normal_surface(one.extent.quote) if one.extent is not None else ""
            other = f", {words_for(one.label)}" if one.label != one.old_label else ""
            return f"{one.surface} → {new}{other}"
        case CorrectionKind.ADD:
            return f"{one.surface}: added, {words_for(one.label)}"
