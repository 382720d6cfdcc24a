"""Corrections go over what was found: sound, without overlaps, the same however often and in whatever order."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.article import Mention
from store.entities.correct import Fix, apply
from store.entities.occurring import compared, places_of, sought

TEXT = "Abe met Putin. Later Abe and PUTIN left Kuril islands for Tokyo."


def at(words: str, label: str, entity: str = "", after: int = 0, text: str = TEXT) -> Mention:
    start = text.index(words, after)
    return Mention(start, start + len(words), label, entity or words)


def span(words: str, after: int = 0) -> tuple[int, int]:
    start = TEXT.index(words, after)
    return start, start + len(words)


FOUND = [at("Abe", "ORG"), at("Putin", "PERSON"), at("Abe", "ORG", after=5), at("Kuril", "GPE"), at("Tokyo", "GPE")]


def read(mentions: list[Mention], text: str = TEXT) -> list[tuple[str, str]]:
    return [(text[one.start : one.end], one.label) for one in mentions]


def test_a_name_that_is_none_goes_here_or_everywhere() -> None:
    assert read(apply(TEXT, FOUND, [Fix("drop", "Abe", "ORG", span=span("Abe"))]))[:2] == [
        ("Putin", "PERSON"), ("Abe", "ORG")
    ]  # fmt: skip
    assert "Abe" not in dict(read(apply(TEXT, FOUND, [Fix("drop", "ABE", "ORG")])))
    assert apply(TEXT, FOUND, [Fix("drop", "Abe", "PERSON")]) == FOUND, "another label is another name"


def test_a_label_changes_and_a_link_that_was_for_another_kind_goes() -> None:
    linked = [Mention(0, 3, "PERSON", "Shinzo Abe"), at("Tokyo", "GPE", "Tokyo Metropolis")]
    person, place = apply(TEXT, linked, [Fix("label", "Abe", "PERSON", "ORG"), Fix("label", "Tokyo", "GPE", "LOC")])
    assert (person.label, person.entity) == ("ORG", "Abe")
    assert (place.label, place.entity) == ("LOC", "Tokyo Metropolis"), "a place stays the same place"


def test_what_gets_a_label_is_linked_as_the_same_words_are_elsewhere() -> None:
    found = [Mention(0, 3, "PERSON", "Shinzo Abe"), at("Abe", "ORG", after=5)]
    for fix in (Fix("label", "Abe", "ORG", "PERSON"), Fix("label", "Abe", "ORG", "PERSON", span=span("Abe", 5))):
        assert [one.entity for one in apply(TEXT, found, [fix])] == ["Shinzo Abe", "Shinzo Abe"]


def test_an_extent_grows_where_the_text_goes_on_so_and_swallows_what_it_grows_over() -> None:
    grow = Fix("extent", "Kuril", "GPE", "LOC", grown="Kuril islands")
    assert ("Kuril islands", "LOC") in read(apply(TEXT, FOUND, [grow]))
    assert ("Kuril", "GPE") in read(apply(TEXT.replace("islands", "chain "), FOUND, [grow]), TEXT)
    swallowed = [*FOUND, at("islands", "LOC")]
    assert [word for word, _ in read(apply(TEXT, swallowed, [grow]))].count("islands") == 0
    back = Fix("extent", "met Putin", "PERSON", "PERSON", shift=4, grown="Putin")
    assert read(apply(TEXT, [at("met Putin", "PERSON")], [back])) == [("Putin", "PERSON")]


def test_an_extent_does_not_end_within_a_word() -> None:
    grow = Fix("extent", "Kuril", "GPE", "LOC", grown="Kuril island")
    assert apply(TEXT, FOUND, [grow]) == FOUND


def test_a_name_is_added_here_or_wherever_it_stands_as_a_word() -> None:
    here = apply(TEXT, [], [Fix("add", "Putin", label="PERSON", span=span("Putin"))])
    assert here == [Mention(8, 13, "PERSON", "Putin")]
    everywhere = apply(TEXT, [], [Fix("add", "Putin", label="PERSON")])
    assert read(everywhere) == [("Putin", "PERSON"), ("PUTIN", "PERSON")]
    assert {one.entity for one in everywhere} == {"Putin"}
    assert apply(TEXT, FOUND, [Fix("add", "Abe", label="PERSON")]) == FOUND, "what is a name already stays"


def test_an_added_name_stands_as_a_word_of_its_own_as_it_is_written() -> None:
    text = "It and IT, apple and Apple and APPLE; Applet. Jean-Luc\u2019s, Jean-Luc. Cafe\u0301."

    def places(name: str) -> list[str]:
        return [text[slice(*one)] for one in places_of(sought(text), name)]
    assert places("IT") == ["IT"]
    assert places("It") == ["It"]
    assert places("Apple") == ["Apple", "APPLE"]
    assert places("Jean-Luc") == ["Jean-Luc", "Jean-Luc"]
    assert places("Caf\u00e9") == ["Cafe\u0301"]
    assert places("Cafe") == []
    assert [one for one in places_of("東京都は東京。", "東京")] == [(0, 2), (4, 6)]


def test_a_name_over_a_line_that_was_broken_for_width_is_found() -> None:
    text = "x" * 40 + " and then the minister of Kuril\nislands said so.\n\nKuril\n\nislands"
    assert [text[slice(*one)] for one in places_of(sought(text), "Kuril islands")] == ["Kuril\nislands"]


def test_a_later_correction_goes_over_an_earlier_one() -> None:
    person, place = Fix("label", "Abe", "ORG", "PERSON"), Fix("label", "Abe", "PERSON", "GPE")
    assert read(apply(TEXT, FOUND, [person, place]))[0] == ("Abe", "GPE")
    back = Fix("label", "Abe", "PERSON", "ORG")
    assert read(apply(TEXT, FOUND, [person, back]))[0] == ("Abe", "ORG")
    here = Fix("label", "Abe", "ORG", "NORP", span=span("Abe"))
    assert read(apply(TEXT, FOUND, [person, here]))[0] == ("Abe", "NORP")
    assert read(apply(TEXT, FOUND, [here, Fix("drop", "Abe", "NORP")]))[0] == ("Putin", "PERSON")
    again = [Fix("drop", "Abe", "ORG"), Fix("add", "Abe", label="ORG")]
    assert read(apply(TEXT, FOUND, again))[0] == ("Abe", "ORG")
    assert read(apply(TEXT, FOUND, [*again, Fix("drop", "Abe", "ORG", span=span("Abe"))]))[:2] == [
        ("Putin", "PERSON"), ("Abe", "ORG")
    ]  # fmt: skip


def test_a_correction_of_one_place_holds_whatever_is_found_there() -> None:
    fix = Fix("label", "Abe", "ORG", "PERSON", span=span("Abe"))
    for found in ([], [at("Abe", "GPE")], [at("Abe met Putin", "EVENT")]):
        assert read(apply(TEXT, found, [fix]))[0] == ("Abe", "PERSON")


# ---- whatever is corrected -----------------------------------------------------------------------------------
WORDS = [
    "Abe", "ABE", "abe", "Kuril", "Kuril Islands", "Islands", "the", "İs", "e\u0301t\u00e9", "東京", "New\n", "York",
]  # fmt: skip
GROWING = [("Kuril Islands", 0), ("Kuril Islands", -6), ("Kuril", 0), ("the Abe", -4)]
LABELS = ["PERSON", "ORG", "GPE", "LOC"]
texts = st.lists(st.sampled_from([*WORDS, ".", "\n\n", "x" * 50]), max_size=14).map(" ".join)
names = st.sampled_from(["Abe", "Kuril", "Kuril Islands", "Islands", "\u00e9t\u00e9", "東京", "New York"])
labels = st.sampled_from(LABELS)


@st.composite
def spans(draw: Any, text: str) -> tuple[int, int]:
    start = draw(st.integers(0, max(0, len(text) - 1)))
    return start, draw(st.integers(start + 1, max(start + 1, min(len(text), start + 14))))


@st.composite
def corrected(draw: Any) -> tuple[str, list[Mention], list[Fix]]:
    text = draw(texts)
    found = []
    for word in WORDS:
        for start, end in places_of(text, word):
            if draw(st.booleans()):
                entity = draw(st.sampled_from(["", text[start:end], "Shinzo Abe", "The Kuril Islands"]))
                found.append(Mention(start, end, draw(labels), entity))
    for start, end in draw(st.lists(spans(text), max_size=2)):
        found.append(Mention(start, end, draw(labels), "odd"))
    fixes = []
    for _ in range(draw(st.integers(0, 6))):
        kind, surface = draw(st.sampled_from(["drop", "label", "extent", "add"])), draw(names)
        fix = Fix(kind, surface, "" if kind == "add" else draw(labels), "" if kind == "drop" else draw(labels))
        if draw(st.booleans()) and text:
            place = draw(spans(text))
            fix = Fix(kind, text[slice(*place)], fix.old_label, fix.label, place,
                      draw(spans(text)) if kind == "extent" else None)  # fmt: skip
        elif kind == "extent":
            grown, shift = draw(st.sampled_from(GROWING))
            fix = Fix(kind, surface, fix.old_label, fix.label, shift=shift, grown=grown)
        fixes.append(fix)
    return text, found, fixes


@settings(max_examples=600, deadline=None)
@given(corrected())
def test_what_comes_out_is_sound_and_correcting_it_again_changes_nothing(
    case: tuple[str, list[Mention], list[Fix]],
) -> None:
    text, found, fixes = case
    once = apply(text, found, fixes)
    ends = [0, *(one.end for one in once)]
    assert all(end <= one.start < one.end <= len(text) for end, one in zip(ends, once, strict=False))
    assert apply(text, once, fixes) == once
    if not fixes:
        assert {(one.start, one.end, one.label) for one in once} <= {(one.start, one.end, one.label) for one in found}


@settings(max_examples=400, deadline=None)
@given(corrected(), st.randoms(use_true_random=False))
def test_corrections_of_different_names_come_to_the_same_in_any_order(
    case: tuple[str, list[Mention], list[Fix]], shuffle: Any
) -> None:
    text, found, fixes = case
    apart = [fix for fix in fixes if fix.span is None and fix.kind in ("drop", "label")]
    apart = list({compared(fix.surface): fix for fix in apart}.values())
    other = list(apart)
    shuffle.shuffle(other)
    assert apply(text, found, apart) == apply(text, found, other)


@pytest.mark.parametrize("text", ["", "Abe"])
def test_places_outside_the_text_are_no_names(text: str) -> None:
    assert all(one.end <= len(text) for one in apply(text, [Mention(2, 9, "ORG"), Mention(-1, 2, "ORG")], []))
    assert apply(text, [], [Fix("add", "far", label="ORG", span=(90, 93))]) == []
