"""Before a correction of every same name is made, it is told how many mentions that touches."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.article import Article, Block, BlockKind, Mention
from store.catalog.writer import CatalogWriter
from store.entities.labels import group_of
from store.query import reach
from store.query.session import QuerySession

TEXTS = {
    "a": ("Abe met Shinzo Abe. ABE left Abe's house in Abe.", [
        ("Abe", 0, "PERSON", "Shinzo Abe"), ("Shinzo Abe", 8, "PERSON", "Shinzo Abe"), ("ABE", 20, "PERSON", "Abe"),
        ("Abe", 29, "PERSON", "Shinzo Abe"), ("Abe", 44, "GPE", "Abe"),
    ]),
    "b": ("Abe, a town, and Abe River. Caf\u00e9 and cafe.", [("Abe", 0, "GPE", "Abe"), ("Abe", 17, "LOC", "Abe")]),
    "c": ("東京都は東京。Nothing of Abelard.", []),
}  # fmt: skip


@pytest.fixture
def session(tmp_path: Path) -> QuerySession:
    writer = CatalogWriter(tmp_path / "index.sqlite3")
    for name, (text, names) in TEXTS.items():
        article = Article(name, text, (Block(BlockKind.PARAGRAPH, 0, len(text)),))
        writer.put_file(f"/{name}", "1", [article])
        mentions = [Mention(start, start + len(words), label, entity) for words, start, label, entity in names]
        writer.put_mentions(article.id, "1", mentions, group_of)
    writer.close()
    return QuerySession(tmp_path / "index.sqlite3")


def same(session: QuerySession, *names: tuple[str, str]) -> tuple[int, bool]:
    return session.about_entities(lambda db, _: reach.count_same(db, names)).result()


def places(session: QuerySession, words: str) -> tuple[int, bool]:
    return session.about_entities(lambda db, _: reach.count_places(db, words)).result()


def test_the_same_words_with_the_same_label_are_counted_whoever_they_mean(session: QuerySession) -> None:
    assert same(session, ("Abe", "PERSON")) == (3, True)
    assert same(session, ("abe", "PERSON")) == (3, True)
    assert same(session, ("Shinzo Abe", "PERSON")) == (1, True)
    assert same(session, ("Abe", "GPE")) == (2, True)
    assert same(session, ("Abe", "LOC")) == (1, True)
    assert same(session, ("Abe", "ORG")) == (0, True)
    assert same(session, ("Abe", "GPE"), ("Shinzo Abe", "PERSON")) == (3, True)


def test_places_to_add_are_whole_words_that_are_no_names(session: QuerySession) -> None:
    assert places(session, "house") == (1, True)
    assert places(session, "Abe") == (0, True)
    assert places(session, "Caf\u00e9") == (1, True)
    assert places(session, "東京") == (2, True)
    assert places(session, "…") == (0, True)


def test_of_very_many_it_is_said_that_there_are_more(session: QuerySession, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reach, "MOST", 1)
    assert places(session, "Abe")[1] is False
