"""What the user says about names is in the index a moment later, whoever wrote it and whatever becomes of it."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

from indexer_session import FAKE_RECOGNISER, Session, command, hello, library

from store.annotations.anchors import make_anchor
from store.annotations.name_records import CorrectionKind, CorrectName, Scope, WithdrawCorrections
from store.annotations.records import Import, Target
from store.annotations.store import AnnotationStore
from store.article import text_hash
from store.catalog.articles import CatalogReader
from store.exchange.reading import read_import
from store.indexer.protocol import Corrected, Hello, Idle, Mentions

TEXTS = {
    "a.txt": "Talks in Tokyo\n\nThe minister of Osaka came to Tokyo by train.",
    "b.txt": "Trade\n\nTokyo sells cars to Osaka. TOKYO is glad.",
    "c.txt": "Weather\n\nIt rains everywhere and nobody minds.",
}


def ids(name: str) -> Target:
    return Target(text_hash(TEXTS[name] + "\n" * 0), name)


def greeting(tmp_path: Path, **more: str) -> Hello:
    return hello(tmp_path, everything=True, annotations=str(tmp_path / "annotations.json"), **more)


def names(reader: CatalogReader) -> dict[str, list[tuple[str, str]]]:
    """Return what is named in each article, as the index has it."""
    found = {}
    for row in reader.first_page():
        stored = reader.article(row.key)
        assert stored is not None
        text = stored.article.text
        found[row.title] = [(text[one.start : one.end], one.label) for one in stored.mentions]
    return found


def counted(reader: CatalogReader) -> dict[tuple[str, str], int]:
    return {(one.name, one.kind): one.mentions for one in reader.entities()}


def target(reader: CatalogReader, title: str) -> Target:
    (row,) = (row for row in reader.first_page() if row.title == title)
    return Target(row.id, title, (row.source,))


FOUND = {
    "Talks in Tokyo": [("Tokyo", "GPE"), ("Tokyo", "GPE")],
    "Trade": [("Tokyo", "GPE")],
    "Weather": [],
}
OF_COMPANY = {title: [(word, "ORG") for word, _ in found] for title, found in FOUND.items()}
COMPANY = CorrectName(None, CorrectionKind.LABEL, Scope.LIBRARY, "Tokyo", "GPE", "ORG")


async def test_corrections_arrive_while_the_indexer_rests_and_so_does_their_undoing(tmp_path: Path) -> None:
    library(tmp_path, TEXTS)
    async with Session(greeting(tmp_path), command(tmp_path, FAKE_RECOGNISER)) as session:
        await session.next(Idle)
        reader = session.reader()
        assert names(reader) == FOUND
        store = AnnotationStore(tmp_path / "annotations.json")
        store.apply(COMPANY)
        assert (await session.next(Corrected)).texts == 2
        assert names(reader) == OF_COMPANY
        assert counted(reader) == {("Tokyo", "organisation"): 3}
        store.undo()
        assert (await session.next(Corrected)).texts == 2
        assert names(reader) == FOUND
        assert counted(reader) == {("Tokyo", "place"): 3}

        article = target(reader, "Talks in Tokyo")
        text = TEXTS["a.txt"]
        start = text.index("Tokyo", 20)
        anchor = make_anchor(text, start, start + 5)
        store.apply(CorrectName(article, CorrectionKind.DROP, Scope.HERE, "Tokyo", "GPE", anchor=anchor))
        await session.next(Corrected)
        assert names(reader)["Talks in Tokyo"] == [("Tokyo", "GPE")]
        store.apply(CorrectName(None, CorrectionKind.ADD, Scope.LIBRARY, "Osaka", label="GPE"))
        await session.next(Corrected)
        assert names(reader)["Talks in Tokyo"] == [("Tokyo", "GPE"), ("Osaka", "GPE")]
        assert names(reader)["Trade"] == [("Tokyo", "GPE"), ("Osaka", "GPE")]
        store.apply(CorrectName(None, CorrectionKind.ADD, Scope.LIBRARY, "Tokyo", label="GPE"))
        await session.next(Corrected)
        assert names(reader)["Trade"] == [("Tokyo", "GPE"), ("Osaka", "GPE"), ("TOKYO", "GPE")]
        store.apply(WithdrawCorrections(tuple(one.id for one in store.names.corrections())))
        await session.next(Corrected)
        assert names(reader) == FOUND


async def test_what_was_corrected_while_nothing_ran_is_in_the_index_after_a_start(tmp_path: Path) -> None:
    library(tmp_path, TEXTS)
    how = command(tmp_path, FAKE_RECOGNISER)
    async with Session(greeting(tmp_path), how) as session:
        await session.next(Idle)
    store = AnnotationStore(tmp_path / "annotations.json")
    store.apply(COMPANY)
    store.close()
    async with Session(greeting(tmp_path), how) as session:
        await session.next(Corrected)
        assert names(session.reader()) == OF_COMPANY
    # Another annotation file says nothing of it.
    async with Session(greeting(tmp_path).replace(annotations=str(tmp_path / "other.json")), how) as session:
        await session.next(Corrected)
        assert names(session.reader()) == FOUND


async def test_an_import_arrives_like_any_change(tmp_path: Path) -> None:
    library(tmp_path, TEXTS)
    theirs = AnnotationStore(tmp_path / "theirs.json")
    theirs.apply(COMPANY)
    theirs.close()
    async with Session(greeting(tmp_path), command(tmp_path, FAKE_RECOGNISER)) as session:
        await session.next(Idle)
        AnnotationStore(tmp_path / "annotations.json").apply(Import(read_import(tmp_path / "theirs.json")))
        await session.next(Corrected)
        assert names(session.reader()) == OF_COMPANY


async def test_corrections_hold_through_another_model_and_a_deleted_index(tmp_path: Path) -> None:
    library(tmp_path, TEXTS)
    store = AnnotationStore(tmp_path / "annotations.json")
    store.apply(COMPANY)
    first = command(tmp_path, FAKE_RECOGNISER)
    another = command(tmp_path, FAKE_RECOGNISER.replace("fake 1", "fake 2"))
    for how in (first, another, first):
        async with Session(greeting(tmp_path), how) as session:
            await session.next(Idle)
            assert names(session.reader()) == OF_COMPANY, "also when it was analysed just now"
    shutil.rmtree(tmp_path / "cache")
    async with Session(greeting(tmp_path), another) as session:
        await session.next(Idle)
        assert names(session.reader()) == OF_COMPANY
        store.undo()
        await session.next(Corrected)
        assert names(session.reader()) == FOUND, "the names that were found are known without another analysis"
        session.client.show(session.reader().first_page()[0].id)
        await session.next(Mentions)


async def test_a_file_that_cannot_be_read_takes_nothing_back(tmp_path: Path) -> None:
    library(tmp_path, TEXTS)
    how = command(tmp_path, FAKE_RECOGNISER)
    store = AnnotationStore(tmp_path / "annotations.json")
    store.apply(COMPANY)
    store.close()
    async with Session(greeting(tmp_path), how) as session:
        await session.next(Idle)
        assert names(session.reader()) == OF_COMPANY
        (tmp_path / "annotations.json").write_text("broken")
        await asyncio.sleep(2.5)
        assert names(session.reader()) == OF_COMPANY
    async with Session(greeting(tmp_path), how) as session:
        await session.next(Idle)
        await asyncio.sleep(1.5)
        assert names(session.reader()) == OF_COMPANY
