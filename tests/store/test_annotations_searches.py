"""Saved searches are kept, changed, undone, exported and merged like all that is the user's; rules tag what is new."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from store.annotations.records import DeleteTag, Import, RenameTag, Tag, Target
from store.annotations.search_records import ApplyRule, DeleteSearch, SaveSearch, Search
from store.annotations.store import AnnotationStore
from store.article import text_hash
from store.errors import NotFoundError, UsageError
from store.exchange.joining import merge_files
from store.exchange.reading import read_import

NEWS = ("/news",)
A, B = (Target(text_hash(name), name.upper()) for name in "ab")


@pytest.fixture
def store(tmp_path: Path) -> AnnotationStore:
    return AnnotationStore(tmp_path / "annotations.json")


def one(store: AnnotationStore) -> Search:
    (found,) = store.searches.listed()
    return found


def test_a_search_is_there_after_a_restart_and_in_other_sessions(store: AnnotationStore, tmp_path: Path) -> None:
    other = AnnotationStore(tmp_path / "annotations.json")
    said = store.apply(SaveSearch("Kuril islands", "japan -tag:done", pinned=True)).sentence
    assert said == "Saved the search Kuril islands: japan -tag:done"
    other.refresh()
    for session in (store, other, AnnotationStore(tmp_path / "annotations.json")):
        found = one(session)
        assert (found.name, found.query, found.pinned, found.tags) == ("Kuril islands", "japan -tag:done", True, ())


def test_each_change_has_a_sentence_and_can_be_undone(store: AnnotationStore) -> None:
    changes = {
        SaveSearch("kurils", "japan"): "Saved the search kurils: japan",
        SaveSearch("kurils", "russia"): "Changed the search kurils: russia",
        SaveSearch("kurils", "russia", pinned=True): "Pinned the search kurils",
        SaveSearch("kurils", "russia", pinned=True, tags=("a", "b")): "The search kurils tags what is new: a b",
        SaveSearch("islands", "russia", pinned=True, tags=("a", "b"), old="kurils"):
            "Renamed the search kurils → islands",
        DeleteSearch("Islands"): "Deleted the search islands",
    }  # fmt: skip
    states = [store.searches.listed()]
    for change, sentence in changes.items():
        assert store.apply(change).sentence == sentence
        states.append(store.searches.listed())
    for sentence, state in zip(reversed(changes.values()), reversed(states[:-1]), strict=True):
        assert store.undo().sentence == f"Undone: {sentence}"
        assert [(s.name, s.query, s.pinned, s.tags) for s in store.searches.listed()] == [
            (s.name, s.query, s.pinned, s.tags) for s in state
        ]
    for _ in changes:
        assert store.redo().sentence
    assert store.searches.listed() == []


def test_saving_the_same_again_is_no_step(store: AnnotationStore) -> None:
    store.apply(SaveSearch("kurils", "japan"))
    assert store.apply(SaveSearch("Kurils", "japan")).sentence  # another spelling of the name
    assert store.apply(SaveSearch("Kurils", "japan")).sentence == ""
    assert one(store).name == "Kurils"


def test_what_another_session_changed_since_is_left_alone(store: AnnotationStore, tmp_path: Path) -> None:
    store.apply(SaveSearch("kurils", "japan"))
    AnnotationStore(tmp_path / "annotations.json").apply(SaveSearch("kurils", "russia"))
    receipt = store.undo()
    assert receipt.skipped == 1
    assert one(store).query == "russia"


@pytest.mark.parametrize("name", ["", "  \n ", "x" * 61, "a\x1bb"])
def test_what_can_be_no_name_is_refused_in_words(store: AnnotationStore, name: str) -> None:
    with pytest.raises(UsageError):
        store.apply(SaveSearch(name, "japan"))
    assert store.searches.listed() == []


def test_a_name_is_not_taken_from_another_search(store: AnnotationStore) -> None:
    store.apply(SaveSearch("one", "japan"))
    store.apply(SaveSearch("two", "russia"))
    with pytest.raises(UsageError, match="There is a search one already"):
        store.apply(SaveSearch("One", "russia", old="two"))
    with pytest.raises(NotFoundError, match="no search three"):
        store.apply(DeleteSearch("three"))


def test_a_rule_tags_what_is_new_in_one_step_and_does_not_look_back(store: AnnotationStore) -> None:
    store.apply(SaveSearch("kurils", "japan", tags=("islands", "asia/japan")))
    made = one(store).ran
    assert made is not None
    later = made + timedelta(days=1)
    receipt = store.apply(ApplyRule("kurils", (A, B), later, NEWS))
    assert receipt.sentence == "Rule kurils tagged 2 articles: islands, asia/japan"
    assert one(store).looked_in(NEWS) == (later, later)
    store.undo()
    assert store.marks(A).tags == store.marks(B).tags == ()
    assert one(store).looked_in(NEWS) == (later, later)
    assert store.apply(ApplyRule("kurils", (), made, NEWS)).sentence == ""
    assert one(store).looked_in(NEWS) == (later, later), "it never goes back"


def test_a_rule_remembers_by_folder_where_it_has_looked(store: AnnotationStore, tmp_path: Path) -> None:
    store.apply(SaveSearch("kurils", "japan", tags=("islands",)))
    made = one(store).ran
    assert made is not None
    first, second = made + timedelta(days=1), made + timedelta(days=2)
    store.apply(ApplyRule("kurils", (A,), first, NEWS))
    rule = one(store)
    assert rule.looked_in(("/mail",)) == (made, made), "it has not looked there"
    assert rule.looked_in(("/news/2017",)) == (first, first)
    assert rule.looked_in(("/newsroom",)) == (made, made)
    assert rule.looked_in(("/news", "/mail")) == (made, first)
    # What was annotated in the other folder meanwhile is new to the rule there all the same.
    store.apply(Tag((B,), ("read",)))
    store.apply(ApplyRule("kurils", (), second, NEWS))
    assert store.apply(ApplyRule("kurils", (B,), second, ("/mail",))).sentence
    assert one(store).looked_in(("/mail", "/news")) == (second, second)
    store.apply(SaveSearch("isles", "japan", tags=("islands",), old="kurils"))
    assert one(store).looked_in(("/mail",)) == (second, second)
    store.close()
    again = one(AnnotationStore(tmp_path / "annotations.json"))
    assert (again.looked_in(NEWS), again.last_ran) == ((second, second), second)


def test_a_search_without_tags_is_no_rule(store: AnnotationStore) -> None:
    store.apply(SaveSearch("kurils", "japan"))
    assert one(store).ran is None
    with pytest.raises(NotFoundError, match="tags nothing"):
        store.apply(ApplyRule("kurils", (A,), datetime.now(UTC), NEWS))


def test_a_rule_follows_when_its_tag_gets_another_name_or_goes(store: AnnotationStore) -> None:
    store.apply(SaveSearch("kurils", "japan", tags=("asia/japan", "islands")))
    store.apply(Tag((A,), ("asia/japan",)))
    store.apply(RenameTag("asia", "east"))
    assert one(store).tags == ("east/japan", "islands")
    store.apply(DeleteTag("east"))
    assert one(store).tags == ("islands",)
    store.undo()
    store.undo()
    assert one(store).tags == ("asia/japan", "islands")


def test_an_import_brings_searches_once_and_keeps_the_later_ones(store: AnnotationStore, tmp_path: Path) -> None:
    theirs = AnnotationStore(tmp_path / "theirs.json")
    store.apply(SaveSearch("both", "old"))
    theirs.apply(SaveSearch("both", "newer"))
    theirs.apply(SaveSearch("new", "russia", pinned=True, tags=("x",)))
    store.apply(SaveSearch("mine", "japan"))
    theirs.close()
    contents = read_import(tmp_path / "theirs.json")
    assert store.apply(Import(contents)).sentence == "Imported 2 saved searches"
    assert {s.name: s.query for s in store.searches.listed()} == {"both": "newer", "mine": "japan", "new": "russia"}
    assert store.apply(Import(contents)).sentence == ""
    store.undo()
    assert {s.name: s.query for s in store.searches.listed()} == {"both": "old", "mine": "japan"}


def test_a_merged_file_has_the_searches_of_both(store: AnnotationStore, tmp_path: Path) -> None:
    theirs = AnnotationStore(tmp_path / "theirs.json")
    store.apply(SaveSearch("mine", "japan"))
    store.apply(Tag((A,), ("x",)))
    theirs.apply(SaveSearch("theirs", "russia"))
    theirs.apply(Tag((B,), ("y",)))
    store.close()
    theirs.close()
    merge_files(tmp_path / "annotations.json", tmp_path / "theirs.json", tmp_path / "merged.json")
    merged = AnnotationStore(tmp_path / "merged.json")
    assert [s.name for s in merged.searches.listed()] == ["mine", "theirs"]


def test_a_tag_that_was_taken_off_stays_off_though_all_articles_seem_new(store: AnnotationStore) -> None:
    """As after the index was made anew: then every article is seen for the first time."""
    store.apply(SaveSearch("kurils", "japan", tags=("islands",)))
    made = one(store).ran
    assert made is not None
    assert store.apply(ApplyRule("kurils", (A,), made, NEWS)).sentence
    store.apply(Tag((A,), (), ("islands",)))
    again = store.apply(ApplyRule("kurils", (A, B), datetime.now(UTC), NEWS))
    assert again.sentence == "Rule kurils tagged 1 article: islands"
    assert store.marks(A).tags == ()


def test_a_tag_is_renamed_with_the_queries_that_ask_for_it_in_one_step(store: AnnotationStore) -> None:
    store.apply(Tag((A,), ("x",)))
    store.apply(SaveSearch("asks", "tag:x", tags=("x",)))
    store.apply(RenameTag("x", "y", queries=(("asks", "tag:x", "tag:y"), ("gone", "tag:x", "tag:y"))))
    assert (one(store).query, one(store).tags, store.marks(A).tags) == ("tag:y", ("y",), ("y",))
    store.undo()
    assert (one(store).query, one(store).tags, store.marks(A).tags) == ("tag:x", ("x",), ("x",))
    # A query that was edited meanwhile is left as it is.
    store.apply(SaveSearch("asks", "tag:x OR b", tags=("x",)))
    store.apply(RenameTag("x", "y", queries=(("asks", "tag:x", "tag:y"),)))
    assert one(store).query == "tag:x OR b"
