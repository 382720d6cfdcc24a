"""Names in an article are linked to who and what they name."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from store.article import Block, BlockKind, Mention
from store.entities.labels import Group, group_of
from store.entities.link import entity_key, link
from store.entities.names import OwnName
from store.entities.recognizer import Recognizer


def _tag(text: str, *names: tuple[str, str]) -> list[Mention]:
    """Tag the first untagged place of each name."""
    found: list[Mention] = []
    for name, label in names:
        places = (m.span() for m in re.finditer(re.escape(name), text))
        start = next(s for s, e in places if all(e <= m.start or m.end <= s for m in found))
        found.append(Mention(start, start + len(name), label))
    return found


def _linked(text: str, *names: tuple[str, str]) -> list[tuple[str, str, str]]:
    return [(text[m.start : m.end], m.label, m.entity) for m in link(text, (), _tag(text, *names))]


# ---- the sample article --------------------------------------------------------------------------------------------
TWENTY = {
    ("Shinzo Abe", Group.PERSON): 2, ("Fumio Kishida", Group.PERSON): 5, ("Sergei Lavrov", Group.PERSON): 2,
    ("Vladimir Putin", Group.PERSON): 1, ("Japan", Group.PLACE): 8, ("Russia", Group.PLACE): 8,
    ("Tokyo", Group.PLACE): 4, ("Moscow", Group.PLACE): 3, ("China", Group.PLACE): 2, ("North Korea", Group.PLACE): 2,
    ("Pyongyang", Group.PLACE): 1, ("Crimea", Group.PLACE): 1, ("Ukraine", Group.PLACE): 1,
    ("Hokkaido", Group.PLACE): 1, ("Southern Kuriles", Group.PLACE): 1, ("Northern Territories", Group.PLACE): 1,
    ("Radio Free Europe / Radio Liberty", Group.ORGANISATION): 1, ("UN Security Council", Group.ORGANISATION): 1,
    ("AFP", Group.ORGANISATION): 1, ("World War II", Group.OTHER): 1,
}  # fmt: skip
"""Whom and what the sample article names, but for peoples, dates and numbers, and how often.

Radio Free Europe / Radio Liberty is one broadcaster, and is called so where the article names it. The war is no person,
place or organisation, but the twentieth name all the same.
"""


def test_the_sample_article_names_these_twenty_each_once(recogniser: Recognizer, islands_talks: str) -> None:
    linked = link(islands_talks, (), recogniser.recognise(islands_talks))
    counts = Counter((m.entity, group_of(m.label)) for m in linked)
    left_out = {Group.GROUP, Group.NUMBER}
    assert {name: n for name, n in counts.items() if name[1] not in left_out} == TWENTY
    assert len(TWENTY) == len({name for name, _ in TWENTY}) == 20


def test_every_mention_of_the_sample_article_is_exactly_a_name(
    recogniser: Recognizer, islands_talks: str
) -> None:
    for mention in link(islands_talks, (), recogniser.recognise(islands_talks)):
        words = islands_talks[mention.start : mention.end]
        assert words == mention.entity or (mention.label == "PERSON" and mention.entity.endswith(f" {words}"))


# ---- one promise each ----------------------------------------------------------------------------------------------
def test_a_surname_means_the_person_named_in_full_before() -> None:
    text = "Shinzo Abe left. Abe said so; Abe’s party and Mr. Abe agreed. Abe-era rules."
    linked = _linked(text, ("Shinzo Abe", "PERSON"), ("Abe", "ORG"))
    assert [name for name, _, _ in linked] == ["Shinzo Abe", "Abe", "Abe", "Abe", "Abe"]
    assert {(label, entity) for _, label, entity in linked} == {("PERSON", "Shinzo Abe")}


def test_a_surname_before_its_full_name_is_left_alone() -> None:
    text = "Abe rose. Later Shinzo Abe spoke."
    assert _linked(text, ("Shinzo Abe", "PERSON")) == [("Shinzo Abe", "PERSON", "Shinzo Abe")]


def test_a_place_with_a_persons_surname_stays_a_place() -> None:
    text = "Jack London wrote. He left London for good, and London was sad."
    linked = _linked(text, ("Jack London", "PERSON"), ("London", "GPE"))
    assert linked == [("Jack London", "PERSON", "Jack London")] + [("London", "GPE", "London")] * 2


def test_a_surname_that_is_also_a_word_is_not_tagged() -> None:
    text = "Lisa Page wrote a page. Page two was lost."
    assert [name for name, _, _ in _linked(text, ("Lisa Page", "PERSON"))] == ["Lisa Page"]


def test_of_two_people_with_a_surname_the_one_is_meant_whom_it_meant_before() -> None:
    text = "Bill Clinton spoke. Clinton left. Hillary Clinton came. Clinton stayed."
    linked = _linked(text, ("Bill Clinton", "PERSON"), ("Hillary Clinton", "PERSON"))
    assert [entity for _, _, entity in linked] == ["Bill Clinton"] * 2 + ["Hillary Clinton", "Bill Clinton"]
    text = "Bill Clinton spoke. Then Hillary Clinton came. Clinton stayed."
    linked = _linked(text, ("Bill Clinton", "PERSON"), ("Hillary Clinton", "PERSON"))
    assert [entity for _, _, entity in linked] == ["Bill Clinton"] + ["Hillary Clinton"] * 2


def test_a_family_and_a_king_are_not_the_person_with_the_name() -> None:
    text = "Jeb Bush spoke. Bush left. The Bush family stayed. Jeb the Great and Jeb II smiled."
    names = ["Jeb Bush", "Bush", "Bush", "Jeb", "Jeb"]
    linked = _linked(text, *((name, "PERSON") for name in names))
    assert [entity for _, _, entity in linked] == ["Jeb Bush", "Jeb Bush", "Bush", "Jeb", "Jeb"]


def test_a_middle_initial_makes_nobody_else() -> None:
    text = "Donald J. Trump won. Donald Trump said. Donald Trump left, and Donald with him."
    names = [("Donald J. Trump", "PERSON"), ("Donald Trump", "PERSON"), ("Donald with", "PERSON")]
    assert {entity for _, _, entity in _linked(text, *names[:2])} == {"Donald Trump"}
    text = "George W. Bush met George H. Bush. George Bush smiled."
    names = [("George W. Bush", "PERSON"), ("George H. Bush", "PERSON"), ("George Bush", "PERSON")]
    assert len({entity for _, _, entity in _linked(text, *names)}) == 3


@pytest.mark.parametrize(
    ("tagged", "label", "name"),
    [
        ("the UN Security Council", "ORG", "UN Security Council"),
        ("China’s", "GPE", "China"),
        ("North Korea's", "GPE", "North Korea"),
        ("“Tokyo”,", "GPE", "Tokyo"),
        ("the “Northern Territories", "LOC", "Northern Territories"),
        ("Mr. Smith", "PERSON", "Smith"),
        ("The Hague", "GPE", "The Hague"),
        ("McDonald’s", "ORG", "McDonald’s"),
        ("The Godfather", "WORK_OF_ART", "The Godfather"),
        ("the Odyssey", "WORK_OF_ART", "Odyssey"),
        ("Minas (Brazil)", "GPE", "Minas (Brazil)"),
        ("Brazil)", "GPE", "Brazil"),
        ("A Tribe Called Quest", "ORG", "A Tribe Called Quest"),
        ("$5 million", "MONEY", "$5 million"),
        ("the 1990s", "DATE", "the 1990s"),
        ("U.S.", "GPE", "U.S."),
        ("Tokyo\nMore", "GPE", "Tokyo"),
    ],
)
def test_a_mention_is_exactly_the_name(tagged: str, label: str, name: str) -> None:
    text = f"It is said that {tagged} was it."
    assert [words for words, _, _ in _linked(text, (tagged, label))] == [name]


@pytest.mark.parametrize("tagged", ["’s", "--", "the", "s", " ", "https://tokyo.example/abe"])
def test_what_holds_no_name_is_dropped(tagged: str) -> None:
    assert not _linked(f"see {tagged} there", (tagged, "ORG"))


def test_compounds_name_their_parts_when_the_text_names_them_elsewhere() -> None:
    text = "Japan met Russia and China. Japan-Russia ties, China-backed turbulence, a pro–Japan camp, Japan-Watch Ltd."
    names = [name for name, _, _ in _linked(text, ("Japan", "GPE"), ("Russia", "GPE"), ("China", "GPE"))]
    assert Counter(names) == {"Japan": 3, "Russia": 2, "China": 2}


def test_part_of_a_longer_name_is_no_mention() -> None:
    text = "He left Tokyo. Tokyo Electron and New Tokyo grew. In Tokyo it rained. @Tokyo x.Tokyo TokyoX"
    linked = link(text, (), _tag(text, ("Tokyo", "GPE")))
    assert [m.start for m in linked] == [8, text.index("In Tokyo") + 3]


def test_a_form_has_one_label() -> None:
    text = "Kenya won. Kenya lost. Kenya drew."
    for labels in (("GPE", "GPE", "ORG"), ("ORG", "GPE", "LOC"), ("GPE", "ORG", "GPE")):
        linked = _linked(text, *(("Kenya", label) for label in labels))
        assert {label for _, label, _ in linked} == {"GPE"}, labels


def test_what_stands_before_a_name_decides_between_equals() -> None:
    in_crimea = _linked("Crimea fell. Nobody in Crimea spoke.", ("Crimea", "ORG"), ("Crimea", "GPE"))
    assert {label for _, label, _ in in_crimea} == {"GPE"}
    mayor = _linked("Brazil met Mayor Brazil.", ("Brazil", "GPE"), ("Brazil", "PERSON"))
    assert {label for _, label, _ in mayor} == {"PERSON"}


def test_an_explained_acronym_is_its_organisation() -> None:
    text = "The World Health Organization (WHO) met. The WHO said so."
    linked = _linked(text, ("World Health Organization", "ORG"), ("WHO", "ORG"))
    assert {entity for _, _, entity in linked} == {"World Health Organization"} and len(linked) == 3


def test_shouted_names_are_the_same_entity_in_usual_spelling() -> None:
    text = "JAPAN HITS BACK\n\nJapan said so."
    assert {entity for _, _, entity in _linked(text, ("JAPAN", "GPE"), ("Japan", "GPE"))} == {"Japan"}


def test_a_name_broken_for_width_is_one_name() -> None:
    wrapped = "The foreign minister of the islands said after the talks that Fumio\nKishida would go home"
    text = f"{wrapped}, and Fumio Kishida went."
    linked = _linked(text, ("Fumio\nKishida", "PERSON"))
    assert [(name, entity) for name, _, entity in linked] == [
        ("Fumio\nKishida", "Fumio Kishida"), ("Fumio Kishida", "Fumio Kishida"),
    ]  # fmt: skip


def test_the_agency_in_a_captions_credit_is_found() -> None:
    caption = "Two men shake hands on March 20. / AFP"
    text = f"{caption}\n\nAFP is not tagged / AFP"
    blocks = (
        Block(BlockKind.CAPTION, 0, len(caption)),
        Block(BlockKind.PARAGRAPH, len(caption) + 2, len(text)),
    )
    assert link(text, blocks, [])[0] == Mention(len(caption) - 3, len(caption), "ORG", "AFP")


def test_a_mention_stays_within_its_block() -> None:
    text = "Tokyo\nShinzo Abe"
    blocks = (Block(BlockKind.HEADING, 0, 5), Block(BlockKind.PARAGRAPH, 6, len(text)))
    assert [text[m.start : m.end] for m in link(text, blocks, [Mention(0, len(text), "PERSON")])] == [
        "Shinzo Abe"
    ]


def test_own_names_keep_label_and_extent() -> None:
    text = "Fumio Kishida spoke. The Kishida is a car. Kishida’s price fell."
    own = [OwnName("Kishida", "PRODUCT")]
    mentions = [*_tag(text, ("Fumio Kishida", "PERSON")), Mention(25, 32, "PRODUCT")]
    assert [m.label for m in link(text, (), mentions, own)] == ["PERSON", "PRODUCT"]


def test_keys_fold_case_and_accents_form() -> None:
    assert (
        entity_key("place", "Cafe\u0301 STRASSE")
        == entity_key("place", "Café straße")
        == "place:café strasse"
    )


# ---- any mentions in any text --------------------------------------------------------------------------------------
_WORDS = st.sampled_from(
    ["Abe", "Shinzo", "Shinzo Abe", "Akie Abe", "Japan", "Japan-Russia", "China’s", "the", "UN", "abe", "In", "said",
     "(WHO)",      "World Health Organization", "Mr.", "—", "\n", "\n\n", "“", "”", "2014", "Shinzo T. Abe", "JAPAN",
     "Tokyo Electron", "-", "Inc.", ", Ltd.", "“The Rock”", "“Ali”", "Rock River", "Health Council", "Council", "of",
     "WHO", "(World", "Organization)", "RT", "@", "&", "Abe visits. ", "family", "II", "ABE VISITS JAPAN TODAY", "in",
     "Around", "bin", "Osama bin Laden", "Laden", "Department of Health", "Health", "U.S.", "United States", "(US)",
     "Paris", "Valeska Paris", "brothers", "who", "Apple", "Apple Inc.", "japan", "None", "Who", "of the"]
)  # fmt: skip
_LABEL = st.sampled_from(["PERSON", "PERSON", "ORG", "GPE", "LOC", "NORP", "DATE", "EVENT", "WORK_OF_ART", "ODD"])


@st.composite
def _articles(draw: st.DrawFn) -> tuple[str, list[Block], list[Mention]]:
    words = draw(st.lists(_WORDS, max_size=40))
    text, spans = "", []
    for word in words:
        text += draw(st.sampled_from([" ", " ", "", "-"])) if text else ""
        spans.append((len(text), len(text) + len(word)))
        text += word
    mentions = []
    for start, end in spans:
        if draw(st.booleans()):
            mentions.append(Mention(start, min(end + draw(st.integers(0, 3)), len(text)), draw(_LABEL)))
    blocks = [Block(BlockKind.PARAGRAPH, m.start(), m.end()) for m in re.finditer(r"\S(?:[^\n]*\S)?", text)]
    return text, draw(st.sampled_from([[], blocks])), mentions


@settings(max_examples=400, deadline=None)
@given(_articles())
@example(("Abe", [], [Mention(0, 3, "PERSON"), Mention(0, 3, "ORG")]))
@example(("“", [], [Mention(0, 1, "WORK_OF_ART")]))
def test_linked_mentions_are_ordered_apart_named_and_stable(
    article: tuple[str, list[Block], list[Mention]],
) -> None:
    text, blocks, mentions = article
    linked = link(text, blocks, mentions)
    assert all(one.end <= other.start for one, other in pairwise(linked))
    for mention in linked:
        words = text[mention.start : mention.end]
        assert words.strip() == words != ""
        assert mention.entity.strip() == mention.entity != ""
    assert link(text, blocks, linked) == linked, "what is linked is linked"
    assert link(text, blocks, reversed(mentions)) == linked or _overlapping(mentions)


def _overlapping(mentions: list[Mention]) -> bool:
    ordered = sorted(mentions, key=lambda m: m.start)
    return any(one.end > other.start for one, other in pairwise(ordered))


@settings(max_examples=200, deadline=None)
@given(
    st.text(max_size=200), st.lists(st.tuples(st.integers(-5, 220), st.integers(-5, 220), _LABEL), max_size=8)
)
def test_any_text_and_any_spans_link_safely(text: str, spans: list[tuple[int, int, str]]) -> None:
    linked = link(text, (), [Mention(start, end, label) for start, end, label in spans])
    assert all(0 <= m.start < m.end <= len(text) for m in linked)
    assert link(text, (), linked) == linked
