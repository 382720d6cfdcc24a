"""What the index keeps of the names in texts, and which texts wait for a recogniser."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from store.article import ArticleId, Mention, text_hash
from store.catalog.articles import CatalogReader
from store.catalog.versions import NO_PIPELINE, Versions
from store.catalog.writer import CatalogWriter
from tests.store.catalog_articles import article, kind_of, put


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "index.sqlite3"


def test_names_are_written_whole_and_counted(path: Path) -> None:
    writer = CatalogWriter(path)
    text = "Abe met Lavrov in Tokyo. Abe left Tokyo."
    put(writer, "/a", article(text))
    names = [Mention(0, 3, "PERSON", "Shinzo Abe"), Mention(25, 28, "PERSON", "Shinzo  Abe"),
             Mention(18, 23, "GPE"), Mention(8, 14, "PERSON", "Sergei Lavrov"), Mention(90, 99, "GPE")]  # fmt: skip
    assert writer.put_mentions(text_hash(text), "v1", names, kind_of)
    writer.commit()
    reader = CatalogReader(path)
    stored = reader.article(reader.first_page()[0].key)
    assert stored is not None and stored.analysed
    assert [(m.start, m.end, m.entity) for m in stored.mentions] == [
        (0, 3, "Shinzo Abe"), (8, 14, "Sergei Lavrov"), (18, 23, "Tokyo"), (25, 28, "Shinzo Abe")]  # fmt: skip
    assert [(e.name, e.kind, e.label, e.mentions, e.articles) for e in reader.entities()] == [
        ("Shinzo Abe", "person", "PERSON", 2, 1), ("Sergei Lavrov", "person", "PERSON", 1, 1),
        ("Tokyo", "place", "GPE", 1, 1)]  # fmt: skip
    assert [(e.name, e.mentions, e.articles) for e in reader.entities(label="GPE")] == [("Tokyo", 1, 1)]
    assert reader.entities(keys=[stored.key]) == reader.entities()
    assert reader.entities(keys=[stored.key], label="PERSON") == reader.entities()[:2]
    assert [e.name for e in reader.entities(keys=[12345])] == []
    assert writer.put_mentions(text_hash(text), "v2", [Mention(18, 23, "GPE")], kind_of)
    writer.commit()
    assert [e.name for e in reader.entities()] == ["Tokyo"]
    assert reader.counts().analysed == 1


def test_entities_that_nobody_names_any_more_go(path: Path) -> None:
    writer = CatalogWriter(path)
    put(writer, "/a", article("Abe"))
    put(writer, "/b", article("Abe and Tokyo"))
    writer.put_mentions(text_hash("Abe"), "v1", [Mention(0, 3, "PERSON")], kind_of)
    writer.put_mentions(text_hash("Abe and Tokyo"), "v1", [Mention(0, 3, "PERSON"), Mention(8, 13, "GPE")], kind_of)
    writer.commit()
    reader = CatalogReader(path)
    assert {e.name for e in reader.entities()} == {"Abe", "Tokyo"}
    writer.remove_files(["/b"])
    writer.commit()
    db = sqlite3.connect(path)
    assert db.execute("SELECT canonical FROM entity").fetchall() == [("Abe",)]
    assert (reader.counts().articles, reader.counts().analysed) == (1, 1)


def every(version: str) -> Versions:
    """Return this version for texts of every language."""
    return Versions(version, {})


def test_what_waits_is_newest_first_and_the_unanalysed_before_the_outdated(path: Path) -> None:
    writer = CatalogWriter(path)
    for name, day in (("old", 1), ("new", 3), ("done", 2)):
        put(writer, f"/{name}", article(name, published=date(2020, 1, day)))
    writer.put_mentions(text_hash("done"), "v1", [], kind_of)
    writer.put_mentions(text_hash("new"), "v0", [], kind_of)
    assert [w.id for w in writer.waiting(every("v1"), 9)] == [text_hash("old"), text_hash("new")]
    assert [w.id for w in writer.waiting(every("v1"), 1)] == [text_hash("old")]
    assert writer.count_waiting(every("v1")) == (2, 2)


def test_each_text_waits_for_the_recogniser_of_its_language(path: Path) -> None:
    writer = CatalogWriter(path)
    for day, language in enumerate(("en", "fr", "cs", "", "de"), 1):
        put(writer, f"/{language}", article(f"in {language}", published=date(2020, 1, day)))
        writer.put_language(text_hash(f"in {language}"), language, 1)
    versions = Versions(NO_PIPELINE, {"en": "e1", "": "e1", "fr": "f1", "de": ""})

    def waiting() -> list[tuple[str, str]]:
        found = writer.waiting(versions, 9)
        assert writer.count_waiting(versions)[0] == len(found)
        return [(text.id, text.language) for text in found]

    newest = [(text_hash(f"in {language}"), language) for language in ("", "cs", "fr", "en")]
    assert waiting() == newest, "the newest first; German is left as it is"
    for text, language in newest:
        writer.put_mentions(ArticleId(text), versions.of(language), [], kind_of)
    assert waiting() == []
    versions = Versions(NO_PIPELINE, {"en": "e2", "": "e2", "cs": "c1"})
    german = (text_hash("in de"), "de")
    assert waiting() == [german, newest[0], newest[1], newest[3]], "French names stay when their pipeline has gone"
    writer.commit()
    reader = CatalogReader(path)
    assert {one.language: (one.articles, one.unread) for one in reader.languages()} == {
        "": (1, 0), "cs": (1, 1), "de": (1, 0), "en": (1, 0), "fr": (1, 0)
    }  # fmt: skip
    czech = reader.key_of(newest[1][0])  # type: ignore[arg-type]
    stored = reader.article(czech)  # type: ignore[arg-type]
    assert stored is not None and stored.analysed and stored.no_model and stored.mentions == ()


def test_a_language_is_looked_at_once_and_again_when_its_file_says_another(path: Path) -> None:
    writer = CatalogWriter(path)
    put(writer, "/a", article("ein Text").replace(language="en"))
    put(writer, "/b", article("un texte", published=date(2020, 1, 1)))
    german, french = text_hash("ein Text"), text_hash("un texte")
    assert writer.unjudged(1, 9) == [french, german]
    writer.put_language(german, "de", 1)
    writer.put_language(french, "fr", 1)
    writer.commit()
    assert writer.unjudged(1, 9) == [] and set(writer.unjudged(2, 9)) == {french, german}
    put(writer, "/a", article("ein Text").replace(language="en"))
    assert writer.unjudged(1, 9) == [], "the file says what it said before"
    found = writer.look_up(german)
    assert found is not None and (found.language, found.declared) == ("de", "en")
    put(writer, "/a", article("ein Text").replace(language="nl"))
    assert writer.unjudged(1, 9) == [german]


def test_names_of_an_older_recogniser_are_read_until_they_are_replaced(path: Path) -> None:
    writer = CatalogWriter(path)
    put(writer, "/a", article("Abe in Tokyo"))
    writer.put_mentions(text_hash("Abe in Tokyo"), "v1", [Mention(0, 3, "PERSON")], kind_of)
    writer.use_recogniser("r2")
    writer.commit()
    reader = CatalogReader(path)
    key = reader.first_page()[0].key
    assert [w.id for w in writer.waiting(every("v2"), 9)] == [text_hash("Abe in Tokyo")]
    assert reader.article(key).mentions == (Mention(0, 3, "PERSON", "Abe"),)  # type: ignore[union-attr]
    writer.put_mentions(text_hash("Abe in Tokyo"), "v2", [Mention(7, 12, "GPE")], kind_of)
    assert reader.article(key).mentions == (Mention(0, 3, "PERSON", "Abe"),)  # type: ignore[union-attr]
    writer.commit()
    assert reader.article(key).mentions == (Mention(7, 12, "GPE", "Tokyo"),)  # type: ignore[union-attr]
    assert writer.waiting(every("v2"), 9) == []


def test_a_text_that_cannot_be_analysed_waits_for_another_recogniser(path: Path) -> None:
    writer = CatalogWriter(path)
    writer.use_recogniser("r1")
    put(writer, "/a", article("hang"))
    assert writer.fail(text_hash("hang"), "r1", "It took longer than 30 s.")
    writer.commit()
    assert writer.waiting(every("r1"), 9) == []
    reader = CatalogReader(path)
    assert [(p.path, p.stage, p.reason) for p in reader.problems()] == [("/a", "analyse", "It took longer than 30 s.")]
    assert reader.counts().analysed == reader.counts().articles == 1
    writer.use_recogniser("r1")
    assert writer.waiting(every("r1"), 9) == []
    writer.use_recogniser("r2")
    writer.commit()
    assert len(writer.waiting(every("r2"), 9)) == 1
    assert reader.problems() == [] and reader.counts().analysed == 0
