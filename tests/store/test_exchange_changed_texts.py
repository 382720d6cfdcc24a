"""Notes that were made on another version of a text are placed in the one that is here, or listed as lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.annotations.anchors import make_anchor
from store.annotations.contents import contents_of
from store.annotations.kept_texts import KeptTexts
from store.annotations.records import Import, SaveNote, Tag, Target
from store.annotations.store import AnnotationStore
from store.article import Article, Block, BlockKind, Source
from store.exchange.joining import merge_files

WORDS = (
    "The ferries to the northern isles stood still on Saturday. ",
    "Crews had walked out over rest times for the third time in as many weeks. ",
    "The director said that there were fourteen vacancies and two applications. ",
    "Both sides are to meet in Aberdeen on Wednesday. ",
)


def article(text: str) -> Article:
    return Article("Ferries", text, (Block(BlockKind.PARAGRAPH, 0, len(text)),))


OLD = article("".join(WORDS))
NEW = article("A new first sentence that nobody had seen before. " + "".join(WORDS[:2]) + WORDS[3])
PLACES = (Source("/articles/ferries.txt"),)
QUOTES = ("walked out over rest times", "fourteen vacancies", "to meet in Aberdeen")


def store_at(path: Path, *articles: Article) -> AnnotationStore:
    live = {one.id: one for one in articles}
    return AnnotationStore(path, is_live=live.__contains__, article_of=live.get)


def target(of: Article) -> Target:
    return Target(of.id, of.title, PLACES)


def note(store: AnnotationStore, on: Article, quote: str) -> None:
    at = on.text.index(quote)
    store.apply(SaveNote(target(on), f"on {quote}", anchor=make_anchor(on.text, at, at + len(quote))))


@pytest.fixture
def both(tmp_path: Path) -> tuple[Path, Path]:
    """Return two files that began as one note on the old text; then one machine got the new text."""
    here, there = tmp_path / "here.json", tmp_path / "there.json"
    store = store_at(here, OLD)
    note(store, OLD, QUOTES[0])
    store.close()
    there.write_bytes(here.read_bytes())
    store = store_at(here, OLD)
    note(store, OLD, QUOTES[1])
    note(store, OLD, QUOTES[2])
    store.close()
    store = store_at(there, NEW)
    store.adopt(OLD.id, target(NEW))
    note(store, NEW, "new first sentence")
    store.apply(Tag((target(NEW),), ("there",)))
    store.close()
    return here, there


def check(store: AnnotationStore, on: Article) -> set[str]:
    """Return the lost ones' words; all others stand where their anchors say."""
    for one in store.notes(on.id):
        if one.anchor is not None and not one.lost:
            assert on.text[one.anchor.start : one.anchor.end] == one.anchor.quote
            assert one.body == f"on {one.anchor.quote}"
    return {one.body for one in store.notes(on.id) if one.lost}


def test_an_import_places_notes_in_the_text_that_is_here(both: tuple[Path, Path]) -> None:
    here, there = both
    other = store_at(there, NEW)
    theirs = contents_of(other.snapshot())
    store = store_at(here, OLD)
    assert store.apply(Import(theirs)).sentence == "Imported 1 note, 1 tag on 1 article"
    assert len(store.notes(OLD.id)) == 4
    assert check(store, OLD) == {"on new first sentence"}
    assert store.apply(Import(theirs)).sentence == ""
    assert store.undo().skipped == 0
    assert (len(store.notes(OLD.id)), store.marks(OLD.id).tags) == (3, ())


def test_an_import_of_older_notes_places_them_in_the_newer_text(both: tuple[Path, Path]) -> None:
    here, there = both
    store = store_at(there, NEW)
    theirs = contents_of(store_at(here, OLD).snapshot())
    assert store.apply(Import(theirs)).sentence == "Imported 2 notes on 1 article"
    assert check(store, NEW) == {"on fourteen vacancies"}
    assert store.undo().skipped == 0
    assert len(store.notes(NEW.id)) == 2


def test_merging_places_notes_in_the_newer_text(both: tuple[Path, Path], tmp_path: Path) -> None:
    here, there = both
    assert KeptTexts(there).has(NEW.id)
    merge_files(here, there, tmp_path / "both.json")
    store = store_at(tmp_path / "both.json", NEW)
    assert len(store.notes(NEW.id)) == 4
    assert check(store, NEW) == {"on fourteen vacancies"}
    assert store.marks(NEW.id).changed


def test_merging_without_the_kept_text_says_that_notes_want_a_place(both: tuple[Path, Path], tmp_path: Path) -> None:
    here, there = both
    for path in (here, there):
        KeptTexts(path).path(NEW.id).unlink(missing_ok=True)
    merge_files(here, there, tmp_path / "both.json")
    store = store_at(tmp_path / "both.json")
    lost = {one.body for one in store.notes(NEW.id) if one.lost}
    assert lost >= {"on fourteen vacancies", "on to meet in Aberdeen"}
