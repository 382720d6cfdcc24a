"""The names of an article bring the user's own tags: by name, surname, what is written, and joined names."""

from __future__ import annotations

import pytest

from store.article import EntityKey, Mention
from store.library.suggesting import MOST_SUGGESTED, suggested_tags

TEXT = "Shinzo Abe met Angela Merkel in North Korea. Abe left Côte d'Ivoire for the UN on Monday with 3 of Japan."
PLACES = {
    "Shinzo Abe": ("PERSON", ""), "Angela Merkel": ("PERSON", ""), "North Korea": ("GPE", ""),
    "Abe": ("PERSON", "Shinzo Abe"), "Côte d'Ivoire": ("GPE", ""), "UN": ("ORG", "United Nations"),
    "Monday": ("DATE", ""), "3": ("CARDINAL", ""), "Japan": ("GPE", ""),
}  # fmt: skip


def mentions() -> list[Mention]:
    found, at = [], 0
    for surface, (label, entity) in PLACES.items():
        at = TEXT.index(surface, at)
        found.append(Mention(at, at + len(surface), label, entity or surface))
        at += len(surface)
    return found


@pytest.mark.parametrize(
    ("tag", "suggested"),
    [
        ("abe", True), ("Shinzo-Abe", True), ("people/abe", True), ("shinzo", False), ("japan", True),
        ("asia/japan", True), ("japan/economy", False), ("north-korea", True), ("north_korea", True),
        ("korea", False), ("cote-d'ivoire", True), ("un", True), ("united-nations", True),
        ("monday", False), ("3", False), ("done", False), ("merkel", True),
    ],
)  # fmt: skip
def test_a_tag_names_an_entity(tag: str, suggested: bool) -> None:
    assert suggested_tags(TEXT, mentions(), [tag], {}) == ([tag] if suggested else [])


def test_the_most_named_comes_first_and_there_is_room_for_others() -> None:
    tags = ["un", "japan", "merkel", "abe", "north-korea", "ivory", "cote-d'ivoire"]
    found = suggested_tags(TEXT, mentions(), tags, {})
    assert found[0] == "abe" and len(found) == MOST_SUGGESTED


def test_a_joined_name_is_as_good() -> None:
    joined = {
        EntityKey("person:abe shinzō"): EntityKey("person:shinzo abe"),
        EntityKey("place:ivory coast"): EntityKey("place:côte d'ivoire"),
    }
    assert suggested_tags(TEXT, mentions(), ["abe-shinzo", "ivory-coast"], joined) == ["abe-shinzo", "ivory-coast"]
    other = {EntityKey("person:shinzo abe"): EntityKey("person:the premier")}
    assert set(suggested_tags(TEXT, mentions(), ["the-premier", "abe"], other)) == {"the-premier", "abe"}


def test_without_names_nothing_is_suggested() -> None:
    assert suggested_tags(TEXT, [], ["abe"], {}) == []
