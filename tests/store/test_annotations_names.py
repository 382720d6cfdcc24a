"""What the user says about names is kept, changed, undone, exported and merged like all that is the user's."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.annotations.name_records import (
    CorrectionKind,
    CorrectName,
    Scope,
    WithdrawCorrections,
)
from store.annotations.records import Target
from store.annotations.store import AnnotationStore
from store.article import Article, ArticleId, Block, BlockKind
from store.errors import NotFoundError, UsageError
from tests.store.corrections import CORRECTIONS, TEXT, A, B, at, said


def test_corrections_are_there_after_a_restart_and_in_other_sessions(store: AnnotationStore, path: Path) -> None:
    other = AnnotationStore(path)
    before = other.names.changes
    for change, sentence in CORRECTIONS.items():
        assert store.apply(change).sentence == sentence
    other.refresh()
    assert other.names.changes > before
    for session in (store, other, AnnotationStore(path)):
        assert said(session.names.corrections()) == [
            ("drop", "here", "Abe", "ORG", ""),
            ("label", "article", "Abe", "ORG", "PERSON"),
            ("label", "library", "Abe", "ORG", "PERSON"),
            ("extent", "here", "Kuril", "GPE", "LOC"),
            ("add", "here", "Putin", "", "PERSON"),
            ("add", "library", "Kuril islands", "", "FOO"),
        ]
        concerned = session.names.corrections_for(A.id)
        assert (len(concerned.here), len(concerned.wide)) == (4, 2)
        assert len(session.names.corrections_for(B.id).wide) == 2
        assert session.names.text_of(concerned.here[0].article or "") == A.id


def test_each_is_one_step_with_its_sentence_also_after_a_restart(store: AnnotationStore, path: Path) -> None:
    for change in CORRECTIONS:
        store.apply(change)
    store.close()
    again = AnnotationStore(path)
    for left, sentence in reversed(list(enumerate(CORRECTIONS.values()))):
        assert again.undo().sentence == f"Undone: {sentence}"
        assert len(again.names.corrections()) == left
    for count, sentence in enumerate(CORRECTIONS.values(), 1):
        assert again.redo().sentence == f"Redone: {sentence}"
        assert len(again.names.corrections()) == count


def test_a_step_tells_which_article_it_is_about(store: AnnotationStore) -> None:
    store.apply(CorrectName(A, CorrectionKind.DROP, Scope.ARTICLE, "Abe", "ORG"))
    assert store.about(store.history()[0]) == "A"
    store.apply(CorrectName(None, CorrectionKind.DROP, Scope.LIBRARY, "Abe", "ORG"))
    assert store.about(store.history()[0]) == ""


def test_saying_the_same_again_is_no_step(store: AnnotationStore) -> None:
    for change in CORRECTIONS:
        assert store.apply(change).sentence
        assert store.apply(change).sentence == ""
    assert len(store.names.corrections()) == len(CORRECTIONS)


def test_what_was_said_otherwise_meanwhile_can_be_said_again(store: AnnotationStore) -> None:
    organisation = CorrectName(None, CorrectionKind.LABEL, Scope.LIBRARY, "Abe", "PERSON", "ORG")
    person = CorrectName(None, CorrectionKind.LABEL, Scope.LIBRARY, "Abe", "ORG", "PERSON")
    assert all(store.apply(change).sentence for change in (person, organisation, person))


@pytest.mark.parametrize("change", [
    CorrectName(None, CorrectionKind.DROP, Scope.ARTICLE, "Abe", "ORG"),
    CorrectName(A, CorrectionKind.DROP, Scope.HERE, "Abe", "ORG"),
    CorrectName(A, CorrectionKind.ADD, Scope.HERE, "Abe", label="ORG"),
    CorrectName(A, CorrectionKind.ADD, Scope.LIBRARY, "Abe", label=""),
    CorrectName(A, CorrectionKind.ADD, Scope.LIBRARY, " \n", label="ORG"),
    CorrectName(A, CorrectionKind.ADD, Scope.LIBRARY, "—", label="ORG"),
    CorrectName(A, CorrectionKind.ADD, Scope.LIBRARY, "Abe" * 101, label="ORG"),
    CorrectName(A, CorrectionKind.EXTENT, Scope.LIBRARY, "Abe", "ORG", "ORG"),
    CorrectName(A, CorrectionKind.LABEL, Scope.LIBRARY, "Abe", "ORG", "ORG"),
    CorrectName(A, CorrectionKind.ADD, Scope.LIBRARY, "Abe", label="O\x1bRG"),
])  # fmt: skip
def test_what_says_nothing_is_refused_in_words(store: AnnotationStore, change: CorrectName) -> None:
    with pytest.raises(UsageError):
        store.apply(change)
    assert store.names.corrections() == []
    assert store.history() == []


def test_corrections_are_withdrawn_together_and_come_back(store: AnnotationStore) -> None:
    for change in CORRECTIONS:
        store.apply(change)
    before = store.names.corrections()
    assert store.apply(WithdrawCorrections((before[0].id,))).sentence == "Withdrew: Not a name here: Abe"
    assert store.apply(WithdrawCorrections(tuple(one.id for one in before))).sentence == "Withdrew 5 corrections"
    assert store.names.corrections() == []
    with pytest.raises(NotFoundError):
        store.apply(WithdrawCorrections((before[0].id,)))
    store.undo()
    store.undo()
    assert store.names.corrections() == before


# ---- texts that change ---------------------------------------------------------------------------------------
class Shelf:
    """The texts that are in the library."""

    def __init__(self) -> None:
        self.articles: dict[ArticleId, Article] = {}

    def put(self, text: str) -> Target:
        article = Article("A", text, (Block(BlockKind.PARAGRAPH, 0, len(text)),))
        self.articles[article.id] = article
        return Target(article.id, article.title, A.sources)


def test_a_correction_follows_its_place_into_an_edited_text(path: Path) -> None:
    shelf = Shelf()
    first = shelf.put(TEXT)
    store = AnnotationStore(path, is_live=shelf.articles.__contains__, article_of=shelf.articles.get)
    store.apply(CorrectName(first, CorrectionKind.DROP, Scope.HERE, "Abe", "ORG", anchor=at("Abe", 20)))
    store.apply(CorrectName(first, CorrectionKind.ADD, Scope.HERE, "Putin", label="PERSON", extent=at("Putin")))
    edited = "An editor's line.\n\n" + TEXT.replace("Abe met Putin.", "Abe never met him.")
    second = shelf.put(edited)
    del shelf.articles[first.id]
    store.adopt(first.id, second)
    dropped, added = store.names.corrections_for(second.id).here
    assert dropped.anchor is not None
    assert edited[dropped.anchor.start : dropped.anchor.end] == "Abe"
    assert dropped.anchor.start == edited.index("Abe", edited.index("minister"))
    assert (dropped.lost, added.lost) == (False, True)
    third = shelf.put(TEXT)
    del shelf.articles[second.id]
    store.adopt(second.id, third)
    assert [one.lost for one in store.names.corrections()] == [False, False], "what comes back is found again"


def test_an_edited_copy_gets_copies_of_its_corrections_once(path: Path) -> None:
    shelf = Shelf()
    first = shelf.put(TEXT)
    store = AnnotationStore(path, is_live=shelf.articles.__contains__, article_of=shelf.articles.get)
    store.apply(CorrectName(first, CorrectionKind.DROP, Scope.HERE, "Abe", "ORG", anchor=at("Abe")))
    second = shelf.put(f"New. {TEXT}")
    for _ in range(2):
        store.adopt(first.id, second)
    for target in (first, second):
        (one,) = store.names.corrections_for(target.id).here
        assert one.anchor is not None
        assert shelf.articles[target.id].text[one.anchor.start : one.anchor.end] == "Abe"
