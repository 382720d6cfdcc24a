"""Names, corrections of each kind, and the texts that they are about."""

from __future__ import annotations

from store.annotations.anchors import make_anchor
from store.annotations.name_records import (
    Correction,
    CorrectionKind,
    CorrectName,
    Scope,
)
from store.annotations.records import Anchor, Change, Target
from store.article import EntityKey, Source, text_hash

TEXT = "Abe met Putin.\n\nThe minister said that Abe had asked for the Kuril islands."
A = Target(text_hash(TEXT), "A", (Source("/library/a"),))
B = Target(text_hash("b"), "B")
SHINZO, ABE, AKIE = (EntityKey(f"person:{name}") for name in ("shinzo abe", "abe", "akie abe"))


def at(words: str, after: int = 0, text: str = TEXT) -> Anchor:
    """Return what is kept of the place where words stand."""
    start = text.index(words, after)
    return make_anchor(text, start, start + len(words))


def said(found: list[Correction]) -> list[tuple[str, str, str, str, str]]:
    """Return what corrections say, without when and on which text."""
    return [(one.kind, one.scope, one.surface, one.old_label, one.label) for one in found]


CORRECTIONS: dict[Change, str] = {
    CorrectName(A, CorrectionKind.DROP, Scope.HERE, "Abe", "ORG", anchor=at("Abe")): "Not a name here: Abe",
    CorrectName(A, CorrectionKind.LABEL, Scope.ARTICLE, "Abe", "ORG", "PERSON", mentions=2):
        "Abe is a person in this article, 2 mentions",
    CorrectName(None, CorrectionKind.LABEL, Scope.LIBRARY, "Abe", "ORG", "PERSON", mentions=1_234):
        "Abe is a person in the library, 1,234 mentions",
    CorrectName(A, CorrectionKind.EXTENT, Scope.HERE, "Kuril", "GPE", "LOC", at("Kuril"), at("Kuril islands")):
        "Kuril is Kuril islands here",
    CorrectName(A, CorrectionKind.ADD, Scope.HERE, "Putin", label="PERSON", extent=at("Putin")):
        "Added Putin, a person, here",
    CorrectName(None, CorrectionKind.ADD, Scope.LIBRARY, "Kuril\n islands", label="FOO", mentions=1):
        "Added Kuril islands, FOO, in the library, 1 mention",
}  # fmt: skip
