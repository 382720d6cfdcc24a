"""A correction of one place goes where that place is, also in a text that was edited since."""

from __future__ import annotations

from datetime import UTC, datetime

from store.annotations.anchors import make_anchor
from store.annotations.corrected import corrected
from store.annotations.name_records import Correction, CorrectionId, CorrectionKind, Corrections, Scope
from store.annotations.records import Anchor
from store.article import Mention

TEXT = "Abe met Putin on Monday.\n\nThe minister said that Abe had asked for the Kuril islands in a letter."


def correction(n: int, kind: CorrectionKind, scope: Scope, surface: str, old: str = "", label: str = "",
               anchor: Anchor | None = None, extent: Anchor | None = None) -> Correction:  # fmt: skip
    return Correction(CorrectionId(str(n)), kind, scope, surface, old, label, None, anchor, extent,
                      datetime(2026, 1, 1, tzinfo=UTC), n)  # fmt: skip


def anchor(words: str, after: int = 0) -> Anchor:
    start = TEXT.index(words, after)
    return make_anchor(TEXT, start, start + len(words))


def found(text: str, words: str, label: str) -> list[Mention]:
    return [Mention(at, at + len(words), label, words) for at in range(len(text)) if text.startswith(words, at)]


def test_one_of_several_same_mentions_is_told_from_the_others_after_an_edit() -> None:
    drop = correction(1, CorrectionKind.DROP, Scope.HERE, "Abe", "ORG", anchor=anchor("Abe", 10))
    for text in (TEXT, f"A new first line about Abe.\n\n{TEXT}", TEXT.replace("on Monday", "and Abe again on Tuesday")):
        left = corrected(text, found(text, "Abe", "ORG"), Corrections((drop,)))
        assert len(left) == text.count("Abe") - 1
        assert text.index("that Abe") + 5 not in [one.start for one in left]


def test_what_is_not_there_any_more_corrects_nothing() -> None:
    drop = correction(1, CorrectionKind.DROP, Scope.HERE, "Abe", "ORG", anchor=anchor("Abe", 10))
    text = TEXT.partition("\n\n")[0] + "\n\nNothing is left of all that was said of it in the second part."
    assert corrected(text, found(text, "Abe", "ORG"), Corrections((drop,))) == found(text, "Abe", "ORG")


def test_all_come_in_the_order_of_their_making_whatever_they_reach() -> None:
    wide = correction(1, CorrectionKind.LABEL, Scope.LIBRARY, "Abe", "ORG", "PERSON")
    here = correction(2, CorrectionKind.LABEL, Scope.ARTICLE, "Abe", "PERSON", "NORP")
    later = correction(3, CorrectionKind.DROP, Scope.LIBRARY, "Abe", "NORP")
    mentions = found(TEXT, "Abe", "ORG")
    assert {one.label for one in corrected(TEXT, mentions, Corrections((here,), (wide,)))} == {"NORP"}
    assert corrected(TEXT, mentions, Corrections((here,), (wide, later))) == []


def test_a_wide_extent_is_taken_by_how_it_lay_to_the_mention() -> None:
    grown = correction(1, CorrectionKind.EXTENT, Scope.LIBRARY, "Kuril", "GPE", "LOC", anchor("Kuril"),
                       anchor("the Kuril islands"))  # fmt: skip
    (one,) = corrected(TEXT, found(TEXT, "Kuril", "GPE"), Corrections((), (grown,)))
    assert (TEXT[one.start : one.end], one.label, one.entity) == ("the Kuril islands", "LOC", "the Kuril islands")
