"""Counting within a query gives the same however it is done: in pieces, in a table, or what is left out."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_entity_pages import Told

from store.article import Article, Block, BlockKind, EntityKey, Mention
from store.catalog.writer import CatalogWriter
from store.entities.labels import group_of
from store.query import candidates, counted, thread
from store.query.connection import Later

NAMES = [f"{first} {last}" for first in ("Ann", "Bo", "Cy", "Élan") for last in ("Ash", "Birk", "Cole", "Dorn", "Ebb")]
LABELS = ("PERSON", "ORG", "GPE")
ARTICLES = 60
QUERIES = ("red", "-red", "blue OR red", "green", "nothing")
WORDS = ("", "a", "an", "bi", "an as", "e", "dorn", "zz")


def _texts() -> list[tuple[str, list[Mention]]]:
    dice = random.Random(5)
    made = []
    for number in range(ARTICLES):
        text, mentions = f"Text {number} {dice.choice(('red', 'green', 'blue'))}. ", []
        for name in dice.choices(NAMES, weights=range(len(NAMES), 0, -1), k=9):
            label = LABELS[NAMES.index(name) % 3]
            mentions.append(Mention(len(text), len(text) + len(name), label))
            text += name + " "
        made.append((text, mentions))
    return made


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("counting") / "index.sqlite3"
    writer = CatalogWriter(path)
    for text, mentions in _texts():
        one = Article(text[:7], text, (Block(BlockKind.PARAGRAPH, 0, len(text)),))
        writer.put_file(f"/{text[:7]}", "", [one])
        writer.put_mentions(one.id, "v", mentions, group_of)
    writer.close()
    return path


def expected(query: str, beginnings: str) -> dict[str, tuple[int, int]]:
    found = {"red": {"red"}, "-red": {"green", "blue"}, "blue OR red": {"blue", "red"}, "green": {"green"}}
    articles: Counter[str] = Counter()
    mentions: Counter[str] = Counter()
    for text, some in _texts():
        if query and text.split()[2].strip(".") not in found.get(query, ()):
            continue
        names = [text[one.start : one.end] for one in some]
        mentions.update(names)
        articles.update(set(names))
    plain = {name: name.lower().replace("é", "e").split() for name in NAMES}
    return {
        name: (articles[name], mentions[name])
        for name in articles
        if all(any(word.startswith(one) for word in plain[name]) for one in beginnings.split())
    }


@pytest.fixture(params=["few", "many", "rare", "common"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    if request.param == "many":
        monkeypatch.setattr(counted, "_FEW", 0)
    if request.param == "rare":
        monkeypatch.setattr(candidates, "ENOUGH", 3)
    if request.param == "common":
        monkeypatch.setattr(candidates, "_LOOKED_UP", 1)
        monkeypatch.setattr(counted, "_FEW", 0)
    yield request.param


def test_all_ways_of_counting_count_the_same(index: Path, way: str) -> None:
    library = Told(index)
    for query in ("", *QUERIES):
        for beginnings in WORDS:
            rows = library.entities(beginnings, query=query).result().rows
            wanted = expected(query, beginnings)
            assert [(row.articles, row.mentions) for row in rows] == sorted(
                ((row.articles, row.mentions) for row in rows), reverse=True
            )
            if way != "rare":
                assert {row.name: (row.articles, row.mentions) for row in rows} == wanted, (query, beginnings)
            first = library.entities(beginnings, query=query, limit=3).result()
            assert [row.articles for row in first.rows] == sorted((n for n, _ in wanted.values()), reverse=True)[:3]
    library.session.close()


def test_joined_entities_are_counted_within_a_query(index: Path, way: str) -> None:
    library = Told(index)
    bo, ann = (EntityKey(f"person:{name.lower()}") for name in (NAMES[6], NAMES[0]))
    assert {LABELS[6 % 3], LABELS[0]} == {"PERSON"}
    library.join_names({bo: ann})
    rows = {row.key: row for row in library.entities(query="red").result().rows}
    both = sum(
        any(text[one.start : one.end] in (NAMES[6], NAMES[0]) for one in some)
        for text, some in _texts()
        if text.split()[2] == "red."
    )
    assert rows[ann].articles == both
    assert bo not in rows
    library.session.close()


def test_a_long_count_lets_others_go_first_and_goes_on(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counted, "_AT_ONCE", 4)
    waited = []
    pause = thread.Connection.pause

    def paused(connection: thread.Connection) -> None:
        if len(waited) < 5:
            waited.append(1)
            raise Later
        pause(connection)

    monkeypatch.setattr(thread.Connection, "pause", paused)
    library = Told(index)
    rows = library.entities(query="-red").result().rows
    assert len(waited) == 5
    assert {row.name: (row.articles, row.mentions) for row in rows} == expected("-red", "")
    library.session.close()
