"""What became of a text is told by sentence, and in a sentence by word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from store.article import Article, Block, BlockKind
from store.library.text_difference import Kind, Part, TextDifference, compare

OLD = "The ferry sailed at noon. It carried forty passengers. Nobody was hurt. The owner spoke of bad luck. He left."


def article(text: str) -> Article:
    return Article("A title", text, (Block(BlockKind.PARAGRAPH, 0, len(text)),))


def difference(new: str, old: str = OLD) -> TextDifference:
    return compare(article(old), article(new))


def kinds(found: TextDifference) -> list[Kind]:
    return [part.kind for part in found.parts]


def words(part: Part) -> tuple[str, str]:
    return "".join(run.text for run in part.old), "".join(run.text for run in part.new)


def test_a_text_that_stayed_has_no_difference() -> None:
    assert difference(OLD).places == 0


def test_a_reflow_is_no_difference() -> None:
    assert difference(OLD.replace("It carried", "It\ncarried")).places == 0


def test_a_changed_sentence_shows_the_words_that_changed() -> None:
    found = difference(OLD.replace("forty", "fifty-two"))
    assert kinds(found) == [Kind.SAME, Kind.CHANGED, Kind.SAME]
    changed = found.parts[1]
    assert words(changed) == ("It carried forty passengers.", "It carried fifty-two passengers.")
    assert [run.text for run in changed.old if run.differs] == ["forty"]
    assert [run.text for run in changed.new if run.differs] == ["fifty-two"]


def test_inserted_and_removed_sentences_are_told_apart() -> None:
    found = difference(OLD.replace("Nobody was hurt. ", "").replace("He left.", "He left. A lawyer came."))
    assert kinds(found) == [Kind.SAME, Kind.REMOVED, Kind.SAME, Kind.ADDED]
    assert words(found.parts[1]) == ("Nobody was hurt.", "")
    assert words(found.parts[3]) == ("", "A lawyer came.")
    assert found.places == 2
    assert [part.place for part in found.parts] == [-1, 0, -1, 1]


def test_a_moved_sentence_is_called_moved_and_another_copy_is_not() -> None:
    found = difference("Nobody was hurt. " + OLD.replace("Nobody was hurt. ", "") + " Nobody was hurt.")
    moved = [(part.kind, part.moved) for part in found.parts if part.kind is not Kind.SAME]
    assert sorted(moved) == [(Kind.ADDED, False), (Kind.ADDED, True), (Kind.REMOVED, True)]


def test_sentences_in_a_row_that_changed_are_one_passage() -> None:
    assert difference(OLD.replace("forty", "fifty").replace("hurt", "harmed")).places == 1


@given(st.lists(st.sampled_from(OLD.split(". ")), max_size=12), st.lists(st.sampled_from(OLD.split(". ")), max_size=12))
def test_both_texts_can_be_read_off_the_difference(old: list[str], new: list[str]) -> None:
    before, after = (article(". ".join(text) + ".") for text in (old, new))
    found = compare(before, after)
    texts: tuple[list[str], list[str]] = ([], [])
    for part in found.parts:
        same = part.kind is Kind.SAME
        if same or part.kind in (Kind.CHANGED, Kind.REMOVED):
            texts[0].append(before.text[slice(*part.old_span)])
        if same or part.kind in (Kind.CHANGED, Kind.ADDED):
            texts[1].append(after.text[slice(*part.new_span)])
    assert " ".join(texts[0]).split() == before.text.split() or before.text == "."
    assert " ".join(texts[1]).split() == after.text.split() or after.text == "."
