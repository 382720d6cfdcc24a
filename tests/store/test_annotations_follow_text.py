"""Notes follow their passages into a text that has changed; what is not found is lost to nobody."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.annotations.anchors import make_anchor
from store.annotations.records import AcceptText, DeleteNote, Note, SaveNote, Tag, Target
from store.annotations.store import AnnotationStore
from store.article import Article, ArticleId, Block, BlockKind, Source

FIRST = (
    "The harbour of Lisbon\n\nThe mayor opened the new harbour on Monday. Fishermen from the north came to see it. "
    "A bridge to the island is planned for next year.\n\nThe old quay is to be kept as a museum of the sea.\n"
)


class Shelf:
    """The texts that are in the library."""

    def __init__(self) -> None:
        self.articles: dict[ArticleId, Article] = {}

    def put(self, text: str) -> Target:
        article = Article("The harbour", text, (Block(BlockKind.PARAGRAPH, 0, len(text.rstrip())),))
        self.articles[article.id] = article
        return Target(article.id, article.title, (Source("/nowhere/harbour.txt"),))

    def take(self, target: Target) -> None:
        del self.articles[target.id]


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def store(tmp_path: Path, shelf: Shelf) -> AnnotationStore:
    return AnnotationStore(
        tmp_path / "notes.json", is_live=shelf.articles.__contains__, article_of=shelf.articles.get, session="one"
    )


def mark(store: AnnotationStore, target: Target, text: str, quote: str, body: str = "") -> None:
    start = text.index(quote)
    store.apply(SaveNote(target, body, anchor=make_anchor(text, start, start + len(quote))))


def follow(store: AnnotationStore, shelf: Shelf, old: Target, text: str) -> Target:
    new = shelf.put(text)
    if old.id != new.id:
        shelf.take(old)
    store.adopt(old.id, new)
    return new


def only(store: AnnotationStore, target: Target) -> Note:
    (note,) = store.notes(target)
    return note


def stands_on(note: Note, text: str) -> str:
    assert note.anchor is not None
    assert text[note.anchor.start : note.anchor.end] == note.anchor.quote
    return note.anchor.quote


QUOTE = "A bridge to the island is planned for next year."


def test_a_note_moves_with_its_passage(store: AnnotationStore, shelf: Shelf) -> None:
    old = shelf.put(FIRST)
    mark(store, old, FIRST, QUOTE, "who pays?")
    text = FIRST.replace("The mayor", "After ten years of building, and twice as dear as planned, the mayor")
    note = only(store, follow(store, shelf, old, text))
    assert stands_on(note, text) == QUOTE
    assert (note.body, note.was, note.lost) == ("who pays?", "", False)


def test_a_reworded_passage_keeps_how_it_read_at_first_until_it_reads_so_again(
    store: AnnotationStore, shelf: Shelf
) -> None:
    old = shelf.put(FIRST)
    mark(store, old, FIRST, QUOTE)
    second = FIRST.replace("planned for next year", "planned for the year after next")
    new = follow(store, shelf, old, second)
    note = only(store, new)
    assert stands_on(note, second) == "A bridge to the island is planned for the year after next."
    assert note.was == QUOTE
    third = FIRST.replace("to see it. A", "to see it.\nA")
    assert only(store, follow(store, shelf, new, third)).was == ""


def test_a_passage_that_is_gone_is_lost_with_its_quote_and_found_when_it_is_back(
    store: AnnotationStore, shelf: Shelf
) -> None:
    old = shelf.put(FIRST)
    mark(store, old, FIRST, QUOTE, "who pays?")
    before = only(store, old)
    without = FIRST.replace(f" {QUOTE}", "")
    new = follow(store, shelf, old, without)
    note = only(store, new)
    assert note.lost
    assert note.anchor == before.anchor
    assert store.marks(new).lost == 1
    back = without.replace("The old quay", f"{QUOTE} The old quay")
    note = only(store, follow(store, shelf, new, back))
    assert not note.lost
    assert stands_on(note, back) == QUOTE


def test_following_twice_is_following_once(store: AnnotationStore, shelf: Shelf) -> None:
    old = shelf.put(FIRST)
    mark(store, old, FIRST, QUOTE)
    text = FIRST.replace("Monday", "Tuesday, in the rain,")
    new = follow(store, shelf, old, text)
    notes, changed = store.notes(new), store.text_change(new)
    store.adopt(old.id, new)
    store.adopt(new.id, new)
    assert (store.notes(new), store.text_change(new)) == (notes, changed)


def test_following_is_no_step_of_undo_and_leaves_the_others_possible(store: AnnotationStore, shelf: Shelf) -> None:
    old = shelf.put(FIRST)
    mark(store, old, FIRST, QUOTE, "who pays?")
    note = only(store, old)
    store.apply(SaveNote(old, "who pays for it?", note.id, note.revision))
    steps = len(store.history())
    text = "Late news. " + FIRST.replace("planned", "being planned")
    new = follow(store, shelf, old, text)
    assert len(store.history()) == steps
    assert not store.undo().skipped
    assert only(store, new).body == "who pays?"
    assert "being planned" in stands_on(only(store, new), text)
    assert not store.undo().skipped
    assert store.notes(new) == []
    store.redo()
    assert "being planned" in stands_on(only(store, new), text)


def test_a_note_that_comes_back_by_undo_stands_on_the_text_of_today(store: AnnotationStore, shelf: Shelf) -> None:
    old = shelf.put(FIRST)
    mark(store, old, FIRST, QUOTE)
    mark(store, old, FIRST, "Fishermen", "how many?")
    store.apply(DeleteNote(store.notes(old)[0].id))
    text = "Late news. " + FIRST
    new = follow(store, shelf, old, text)
    store.undo()
    assert [stands_on(note, text) for note in store.notes(new)] == [QUOTE, "Fishermen"]


def test_copies_of_notes_stand_on_the_copy(store: AnnotationStore, shelf: Shelf) -> None:
    old = shelf.put(FIRST)
    mark(store, old, FIRST, QUOTE, "who pays?")
    text = "Late news. " + FIRST
    new = shelf.put(text)
    store.adopt(old.id, new)
    assert stands_on(only(store, old), FIRST) == QUOTE
    assert stands_on(only(store, new), text) == QUOTE
    change = store.text_change(new)
    assert change is not None
    assert change.text == old.id


def test_the_oldest_text_that_was_not_accepted_stays_the_one_compared_with(
    store: AnnotationStore, shelf: Shelf
) -> None:
    old = shelf.put(FIRST)
    mark(store, old, FIRST, QUOTE)
    second = follow(store, shelf, old, FIRST.replace("Monday", "Tuesday"))
    third = follow(store, shelf, second, FIRST.replace("Monday", "Sunday"))
    change = store.text_change(third)
    assert change is not None
    assert change.text == old.id
    assert store.marks(third).changed
    store.apply(AcceptText((third,)))
    assert not store.marks(third).changed
    store.undo()
    assert store.text_change(third) == change
    assert store.text_change(follow(store, shelf, third, FIRST)) is None


def test_a_text_nobody_looked_at_is_not_accepted(store: AnnotationStore, shelf: Shelf) -> None:
    old = shelf.put(FIRST)
    mark(store, old, FIRST, QUOTE)
    second = follow(store, shelf, old, FIRST.replace("Monday", "Tuesday"))
    third = follow(store, shelf, second, FIRST.replace("Monday", "Sunday"))
    assert store.apply(AcceptText((second,))).sentence == ""
    assert store.marks(third).changed


def test_an_article_without_notes_is_not_called_changed(store: AnnotationStore, shelf: Shelf) -> None:
    old = shelf.put(FIRST)
    store.apply(Tag((old,), ("harbours",)))
    new = follow(store, shelf, old, FIRST.replace("Monday", "Tuesday"))
    assert store.marks(new).tags == ("harbours",)
    assert not store.marks(new).changed


def test_notes_follow_an_edit_that_is_met_while_something_is_changed(store: AnnotationStore, shelf: Shelf) -> None:
    old = shelf.put(FIRST)
    mark(store, old, FIRST, QUOTE)
    text = "Late news. " + FIRST
    new = shelf.put(text)
    shelf.take(old)
    store.apply(Tag((new,), ("harbours",)))
    assert stands_on(only(store, new), text) == QUOTE
    assert store.marks(new).changed


def test_where_the_new_text_cannot_be_read_yet_notes_wait_for_it(store: AnnotationStore, shelf: Shelf) -> None:
    old = shelf.put(FIRST)
    mark(store, old, FIRST, QUOTE)
    before = only(store, old)
    text = "Late news. " + FIRST
    new = shelf.put(text)
    unread = shelf.articles.pop(new.id)
    shelf.take(old)
    store.adopt(old.id, new)
    assert only(store, new).anchor == before.anchor
    assert not only(store, new).lost
    shelf.articles[new.id] = unread
    store.adopt(new.id, new)
    assert stands_on(only(store, new), text) == QUOTE


def test_without_the_old_text_the_anchor_itself_finds_the_passage(
    store: AnnotationStore, shelf: Shelf, tmp_path: Path
) -> None:
    old = shelf.put(FIRST)
    mark(store, old, FIRST, QUOTE)
    for kept in (tmp_path / "notes.json.texts").rglob("*.gz"):
        kept.unlink()
    text = FIRST.replace("The mayor", "After ten years of building the mayor")
    assert stands_on(only(store, follow(store, shelf, old, text)), text) == QUOTE
