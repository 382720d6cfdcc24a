"""Each step of linking does what it says, and no more."""

from __future__ import annotations

import re

import pytest

from store.article import Mention
from store.entities.acronyms import abbreviates
from store.entities.link import STEPS, link


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


def _entities(text: str, *names: tuple[str, str]) -> list[str]:
    return [entity for _, _, entity in _linked(text, *names)]


@pytest.mark.parametrize("step", STEPS)
def test_every_step_can_be_left_out(step: str) -> None:
    text = "Shinzo Abe of Apple met the World Health Organization (WHO). Abe left."
    mentions = _tag(text, ("Shinzo Abe", "PERSON"), ("Apple", "ORG"), ("World Health Organization", "ORG"))
    assert link(text, (), mentions, without=frozenset({step}))


# ---- labels --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "tagged", "label"),
    [
        ("Cal Anderson Park", "ORG", "FAC"),
        ("Willett River", "PERSON", "LOC"),
        ("University of Pittsburgh", "GPE", "ORG"),
        ("Davis Cup", "ORG", "EVENT"),
        ("Rosa Park", "PERSON", "PERSON"),
        ("Soviet Union", "GPE", "GPE"),
        ("Park", "ORG", "ORG"),
    ],
)
def test_a_head_word_says_what_a_name_names(name: str, tagged: str, label: str) -> None:
    assert _linked(f"He likes {name} a lot.", (name, tagged)) == [(name, label, name)]


def test_a_known_place_is_one_where_a_preposition_says_so() -> None:
    assert _linked("He died in Raleigh at night.", ("Raleigh", "ORG"))[0][1] == "GPE"
    assert _linked("He praised Raleigh at night.", ("Raleigh", "ORG"))[0][1] == "ORG"
    assert _linked("He spoke to Elizabeth at night.", ("Elizabeth", "PERSON"))[0][1] == "PERSON"


def test_a_surname_that_the_model_takes_for_a_place_is_a_persons_where_no_place_is_meant() -> None:
    text = "Carter Beauford played. Beauford agreed."
    assert _linked(text, ("Carter Beauford", "PERSON"), ("Beauford", "GPE"))[1][1] == "PERSON"
    text = "Valeska Paris left. Paris claims so. Paris was born. Paris left."
    labels = [label for _, label, _ in _linked(text, ("Valeska Paris", "PERSON"), *[("Paris", "GPE")] * 3)]
    assert labels == ["PERSON"] * 4
    text = "Valeska Paris left. Paris claims so. She lived in Paris. Paris is large."
    labels = [label for _, label, _ in _linked(text, ("Valeska Paris", "PERSON"), *[("Paris", "GPE")] * 3)]
    assert labels == ["PERSON", "GPE", "GPE", "GPE"]


def test_a_company_with_its_founders_name_stays_a_company() -> None:
    text = "Luigi Caloi founded it. Caloi grew. The Caloi bicycle sold well. Caloi closed."
    linked = _linked(text, ("Luigi Caloi", "PERSON"), *[("Caloi", "ORG")] * 3)
    assert {(label, entity) for _, label, entity in linked[1:]} == {("ORG", "Caloi")}


# ---- extents -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "tagged", "name"),
    [
        ("It hired Holland & Hart, LLP; the rest left.", "Holland & Hart", "Holland & Hart, LLP"),
        ("It hired Apple Inc. to write.", "Apple", "Apple Inc."),
        ("It hired Apple Inc. The rest left.", "Apple", "Apple Inc"),
        ("Then Ancaster and Grantham fell.", "Ancaster and", "Ancaster"),
        ("It was World Series of Poker.", "World Series of", "World Series"),
        ("Those around Bin Laden fled.", "around Bin Laden", "Bin Laden"),
    ],
)
def test_a_name_is_whole_and_nothing_more(text: str, tagged: str, name: str) -> None:
    assert [words for words, _, _ in _linked(text, (tagged, "ORG"))] == [name]


def test_what_is_too_long_for_a_name_is_none() -> None:
    text = "Dear " * 2000 + "Abe"
    assert link(text, (), [Mention(0, len(text), "PERSON")]) == []


def test_a_nickname_does_not_cut_a_person_in_two() -> None:
    text = "Dwayne “The Rock” Johnson came. Johnson left."
    assert _entities(text, ("Dwayne", "PERSON")) == ["Dwayne “The Rock” Johnson"] * 2


def test_people_who_stand_side_by_side_are_two_where_they_are_known_apart() -> None:
    text = "Thanks, Vince Darrell Duffie wrote. Darrell Duffie asked. Vince"
    names = [("Vince Darrell Duffie", "PERSON"), ("Darrell Duffie", "PERSON"), ("Vince", "PERSON")]
    assert set(_entities(text, *names)) == {"Darrell Duffie", "Vince"}


def test_the_first_word_of_a_sentence_is_no_name_where_it_is_a_word() -> None:
    assert not _linked("He turned a page. Page two was lost.", ("Page", "PERSON"))
    assert _entities("He was there. Around Bin Laden they sat.", ("Around Bin Laden", "PERSON")) == ["Bin Laden"]
    assert _entities("He turned a page. Then Mr Page left.", ("Page", "PERSON")) == ["Page"]


def test_what_has_no_capital_is_a_name_only_where_names_have_none() -> None:
    text = "Abe, Putin and Lavrov praised the humanity of Tokyo."
    names = [("Abe", "PERSON"), ("Putin", "PERSON"), ("Lavrov", "PERSON"), ("humanity", "ORG"), ("Tokyo", "GPE")]
    assert "humanity" not in _entities(text, *names)
    assert _entities("going to tokyo with abe", ("tokyo", "GPE"), ("abe", "PERSON")) == ["tokyo", "abe"]


# ---- who is meant --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("short", "name"),
    [
        ("RFE/RL", "Radio Free Europe/Radio Liberty"),
        ("NASA", "National Aeronautics and Space Administration"),
        ("DoD", "Department of Defense"),
        ("HHS", "Department of Health and Human Services"),
        ("UNHCR", "United Nations High Commissioner for Refugees"),
        ("FLC", "Federal Laboratory Consortium for Technology Transfer"),
        ("KPA", "Korean People's Army"),
        ("U.S.", "United States"),
    ],
)
def test_an_acronym_takes_a_letter_of_every_great_word(short: str, name: str) -> None:
    assert abbreviates(short, name)


@pytest.mark.parametrize(
    ("short", "name"),
    [("UN", "United Nations Security Council"), ("AB", "Alpha Club of Berlin"), ("IT", "Italy"), ("WHO", "World Cup")],
)
def test_an_acronym_of_something_else_is_none(short: str, name: str) -> None:
    assert not abbreviates(short, name)


def test_acronyms_are_linked_whichever_comes_first() -> None:
    text = "Radio Free Europe/Radio Liberty (RFE/RL) asked WHO (World Health Organization). RFE/RL met the WHO."
    names = [("Radio Free Europe/Radio Liberty", "ORG"), ("World Health Organization", "ORG")]
    radio, health = names[0][0], names[1][0]
    assert _entities(text, *names) == [radio, radio, health, health, radio, health]
    # What the model did not tag as one name is read from the text.
    text = "The Computer Fraud and Abuse Act (CFAA) is old."
    assert "Computer Fraud and Abuse Act" in _entities(text, ("CFAA", "LAW"))


def test_the_united_nations_are_not_their_council() -> None:
    text = "The UN Security Council met. The UN was silent, and so was the Council."
    names = [("UN Security Council", "ORG"), ("UN", "ORG"), ("Council", "ORG")]
    assert _entities(text, *names) == ["UN Security Council", "UN", "UN Security Council"]
    text = f"{text} The United Nations spoke."
    assert _entities(text, *names, ("United Nations", "ORG"))[1] == "United Nations"


def test_a_short_form_means_an_organisation_only_where_no_other_fits() -> None:
    text = "The Orkney Council met. The Council voted."
    assert _entities(text, ("Orkney Council", "ORG"), ("Council", "ORG")) == ["Orkney Council"] * 2
    text = "The Orkney Council met the Health Council. The Council voted. A Council is needed."
    names = [("Orkney Council", "ORG"), ("Health Council", "ORG"), ("Council", "ORG"), ("Council", "ORG")]
    assert _entities(text, *names)[2:] == ["Council", "Council"]
    text = "The Council voted. The Orkney Council met."
    assert _entities(text, ("Council", "ORG"), ("Orkney Council", "ORG"))[0] == "Council"


def test_the_end_of_a_long_name_is_that_organisation() -> None:
    text = "The U.S. Forest Service planted. The Forest Service rested. Friends of Nature met. Nature won."
    names = [("U.S. Forest Service", "ORG"), ("Forest Service", "ORG"), ("Friends of Nature", "ORG"), ("Nature", "ORG")]
    assert _entities(text, *names) == ["U.S. Forest Service"] * 2 + ["Friends of Nature", "Nature"]


def test_a_company_is_one_with_and_without_its_legal_form() -> None:
    text = "DATECS Ltd. was founded. Datecs grew."
    assert _entities(text, ("DATECS", "ORG"), ("Datecs", "ORG")) == ["DATECS Ltd."] * 2


def test_headlines_in_capitals_name_the_people_of_the_article() -> None:
    text = "ABE VISITS PUTIN\nShinzo Abe met Vladimir Putin."
    names = ["Shinzo Abe", "Vladimir Putin"]
    assert _entities(text, *((name, "PERSON") for name in names)) == names * 2


def test_a_particle_belongs_to_the_surname() -> None:
    text = "Osama bin Laden spoke. Bin Laden left. They saw bin Laden."
    names = [("Osama bin Laden", "PERSON"), ("Bin Laden", "PERSON"), ("bin Laden", "PERSON")]
    assert _entities(text, *names) == ["Osama bin Laden"] * 3


# ---- where names end, and which are two -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Janette Elbertson 02/28/2001 03:16 PM", "Janette Elbertson"),
        ("Kevin Kindall@ENRON", "Kevin Kindall"),
        ("Ian - Webmaster", "Ian"),
        ("Halliburton bunker", "Halliburton"),
        ("Mark E Haedicke Sent", "Mark E Haedicke"),
        ("Osama bin Laden", "Osama bin Laden"),
        ("James To", "James To"),
        ("50 Cent", "50 Cent"),
    ],
)
def test_a_persons_name_ends_before_what_no_name_has_in_it(words: str, name: str) -> None:
    assert _entities(f"They met {words}, and left.", (words, "PERSON")) == [name]


def test_two_people_or_places_in_one_mention_are_taken_apart() -> None:
    text = "They met David Christison & Lee Tate."
    assert _entities(text, ("David Christison & Lee Tate", "PERSON")) == ["David Christison", "Lee Tate"]
    text = "They went to Invercargill New Zealand, not to Papua New Guinea."
    names = [("Invercargill New Zealand", "GPE"), ("Papua New Guinea", "GPE")]
    assert _entities(text, *names) == ["Invercargill", "New Zealand", "Papua New Guinea"]
    # Companies have an "and" in their names.
    assert _entities("Marks and Spencer sold.", ("Marks and Spencer", "ORG")) == ["Marks and Spencer"]


def test_a_state_behind_its_town_is_a_place() -> None:
    assert _entities("It was in Holyoke, MA, and OK.", ("Holyoke", "GPE")) == ["Holyoke", "MA"]


def test_a_form_of_address_makes_a_person() -> None:
    assert _entities("I gave Dr. Rohatgi’s office two stars.") == ["Rohatgi"]
    assert _entities("The Dr. was out. Mr Wu was in.") == ["Wu"]


def test_a_stressed_word_is_no_name_and_an_acronym_is_one() -> None:
    text = "It was GREAT, a great day for NATO."
    assert _entities(text, ("GREAT", "GPE"), ("NATO", "ORG")) == ["NATO"]


def test_a_word_that_says_what_a_country_is_names_none() -> None:
    text = "The Kingdom of Spain spoke. The Kingdom was silent."
    assert _entities(text, ("Kingdom of Spain", "GPE"), ("Kingdom", "GPE")) == ["Kingdom of Spain"]


def test_a_country_may_be_written_small() -> None:
    text = "Abe, Putin, Kishida and Lavrov never saw the town in canada."
    names = [("Abe", "PERSON"), ("Putin", "PERSON"), ("Kishida", "PERSON"), ("Lavrov", "PERSON"), ("canada", "GPE")]
    assert "canada" in _entities(text, *names)


def test_a_hashtag_names_what_its_word_names() -> None:
    assert _entities("Talks on #Syria, says @Astana.", ("Syria", "GPE"), ("Astana", "GPE")) == ["Syria"]


def test_the_kind_of_place_before_a_name_makes_it_one() -> None:
    text = "Atwick lies there, in the village of Atwick."
    assert {label for _, label, _ in _linked(text, ("Atwick", "ORG"), ("Atwick", "GPE"))} == {"GPE"}


def test_a_first_name_that_only_one_person_has_is_found() -> None:
    text = "Atul Varma spoke. Then Atul left, and Will did not."
    assert _entities(text, ("Atul Varma", "PERSON")) == ["Atul Varma", "Atul Varma"]
    text = "Virginia Woolf wrote. They lived in Virginia."
    assert _entities(text, ("Virginia Woolf", "PERSON")) == ["Virginia Woolf"]


def test_the_beginning_of_a_long_name_is_that_organisation_where_it_says_which() -> None:
    full = "Andy Warhol Foundation for the Visual Arts"
    text = f"The {full} gave. The Andy Warhol Foundation is rich."
    assert _entities(text, (full, "ORG"), ("Andy Warhol Foundation", "ORG")) == [full] * 2
    full = "U.S. Department of the Interior"
    assert _entities(f"The {full} and a U.S. Department met.", (full, "ORG"), ("U.S. Department", "ORG"))[1] != full


def test_what_a_name_explains_goes_over_what_is_read_beside_capitals() -> None:
    full = "Defence Research Development Organisation"
    linked = _linked(f"The {full} (DRDO) works.", (full, "ORG"), ("DRDO", "GPE"))
    assert {(label, entity) for _, label, entity in linked} == {("ORG", full)}
