"""Which names are proposed to be joined, and which never."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_entity_pages import Told

from store.article import Article, Block, BlockKind, EntityKey, Mention
from store.catalog.entity_rows import Likely
from store.catalog.writer import CatalogWriter
from store.entities.labels import group_of
from store.query import likely
from store.query.connection import Connection, Later
from store.query.likeness import likeness


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("person", "Sergei Lavrov", "Sergey Lavrov"),
        ("person", "Lech Wałęsa", "Lech Walesa"),
        ("person", "S. Lavrov", "Sergei Lavrov"),
        ("person", "Abe Shinzo", "Shinzo Abe"),
        ("person", "George W. Bush", "George Bush"),
        ("person", "Viktor Yanukovych", "Viktor Yanukovich"),
        ("person", "Lavrov", "Sergei Lavrov"),
        ("organisation", "Ministry of Defence", "Ministry of Defense"),
        ("organisation", "The United Nations", "United Nations"),
        ("organisation", "Siemens AG", "Siemens"),
        ("organisation", "U.N.", "UN"),
        ("place", "São Paulo", "Sao Paulo"),
        ("place", "New York City", "New York"),
        ("other", "World War II", "World War  II"),
    ],
)
def test_names_that_are_probably_the_same(kind: str, one: str, other: str) -> None:
    score, why = likeness(kind, one, other)
    assert score >= 60 and why
    assert likeness(kind, other, one)[0] == score


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("place", "North Korea", "South Korea"),
        ("place", "Korea", "South Korea"),
        ("place", "Kansas", "Arkansas"),
        ("person", "George W. Bush", "George H. W. Bush"),
        ("person", "Boris Johnson", "Stanley Johnson"),
        ("person", "Bill Clinton", "Hillary Clinton"),
        ("person", "John Smith", "Jane Smith"),
        ("person", "Abe", "Ade"),
        ("organisation", "Bank of England", "Bank of Ireland"),
        ("organisation", "Ministry of Finance", "Ministry of Defence"),
        ("organisation", "Channel 4", "Channel 5"),
        ("organisation", "Group", "The Group"),
        ("organisation", "Manchester United", "Manchester City"),
        ("other", "World War I", "World War II"),
        ("person", "", "Abe"),
    ],
)
def test_names_that_are_not(kind: str, one: str, other: str) -> None:
    assert likeness(kind, one, other)[0] < 60
    assert likeness(kind, other, one)[0] < 60


NAMES = (
    ("Sergei Lavrov", "PERSON", 5), ("Sergey Lavrov", "PERSON", 2), ("Ivan Lavrov", "PERSON", 1),
    ("North Korea", "GPE", 3), ("South Korea", "GPE", 3), ("Siemens", "ORG", 2), ("Siemens AG", "ORG", 1),
    ("General Services Administration", "ORG", 1), ("GSA", "ORG", 2), ("Siemens", "PERSON", 1),
    ("Abe", "PERSON", 2), ("Shinzo Abe", "PERSON", 8), ("Kobo Abe", "PERSON", 1),
    ("Bush", "PERSON", 2), ("George Bush", "PERSON", 3), ("Jeb Bush", "PERSON", 2),
)  # fmt: skip


@pytest.fixture
def index(tmp_path: Path) -> Path:
    writer = CatalogWriter(tmp_path / "index.sqlite3")
    for name, label, count in NAMES:
        for number in range(count):
            text = f"{name} {label} {number}"
            one = Article(text, text, (Block(BlockKind.PARAGRAPH, 0, len(text)),))
            writer.put_file(f"/{text}", "", [one])
            meant = "General Services Administration" if (name, number) == ("GSA", 0) else ""
            writer.put_mentions(one.id, "v", [Mention(0, len(name), label, meant)], group_of)
    writer.close()
    return tmp_path / "index.sqlite3"


def pairs(found: tuple[Likely, ...]) -> list[tuple[str, str]]:
    return [(pair.first.name, pair.second.name) for pair in found]


def test_pairs_of_a_kind_that_share_a_word_are_proposed_the_most_named_first(index: Path) -> None:
    library = Told(index)
    assert pairs(library.likely_same(decided=()).result()) == [
        ("Sergei Lavrov", "Sergey Lavrov"),
        ("Shinzo Abe", "Abe"),
        ("Siemens", "Siemens AG"),
        ("General Services Administration", "GSA"),
    ]
    lavrov = EntityKey("person:sergey lavrov")
    assert pairs(library.likely_same(lavrov, decided=()).result()) == [("Sergei Lavrov", "Sergey Lavrov")]
    assert library.likely_same(EntityKey("person:nobody"), decided=()).result() == ()
    library.session.close()


def test_looking_for_pairs_lets_others_go_first_and_goes_on(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def pause(connection: Connection) -> None:
        asked.append(connection)
        if len(asked) % 2:
            raise Later

    library = Told(index)
    expected = library.likely_same(decided=()).result()
    monkeypatch.setattr(likely, "_PIECE", -1.0)
    monkeypatch.setattr(Connection, "pause", pause)
    assert library.likely_same(decided=()).result() == expected
    assert len(asked) > 10
    library.session.close()


def test_what_was_decided_or_joined_is_not_proposed_again(index: Path) -> None:
    library = Told(index)
    sergei, sergey = EntityKey("person:sergei lavrov"), EntityKey("person:sergey lavrov")
    left = [("Shinzo Abe", "Abe"), ("Siemens", "Siemens AG"), ("General Services Administration", "GSA")]
    assert pairs(library.likely_same(decided={frozenset((sergei, sergey))}).result()) == left
    library.join_names({sergey: sergei})
    assert pairs(library.likely_same(decided=()).result()) == left
    library.session.close()


def test_a_word_that_only_says_what_kind_it_is_is_nobodys_short_name(tmp_path: Path) -> None:
    writer = CatalogWriter(tmp_path / "index.sqlite3")
    names = (("Tax Court", "Tax Court"), ("Court", "Tax Court"), ("Court", "Court"), ("OMB", "OMB"))
    for number, (name, meant) in enumerate((*names, ("OMB", "Budget Office"), ("Budget Office", "Budget Office"))):
        one = Article(f"{name} {number}", f"{name} {number}", ())
        writer.put_file(f"/{number}", "", [one])
        writer.put_mentions(one.id, "v", [Mention(0, len(name), "ORG", meant)], group_of)
    writer.close()
    library = Told(tmp_path / "index.sqlite3")
    assert set(pairs(library.likely_same(decided=()).result())) == {("Budget Office", "OMB")}
    library.session.close()
