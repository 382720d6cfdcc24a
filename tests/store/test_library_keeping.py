"""Texts under notes of before are kept in the background, and are there when the article is gone."""

from __future__ import annotations

import shutil
from pathlib import Path

from store.config import Config
from store.library import Library, SaveNote, make_anchor

TEXT = "A title of some words\n\nThe mayor opened the new harbour on Monday. Nobody came to see it, it is said.\n"


def opened(tmp_path: Path) -> Library:
    library = Library.open([tmp_path / "articles"], Config(), annotations=tmp_path / "notes.json")
    assert library.bring_up_to_date() == ""
    library.load_annotations().result()
    return library


def noted(tmp_path: Path) -> str:
    """Make a library of one article with a highlight; returns the identity of its text."""
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text(TEXT)
    with opened(tmp_path) as library:
        (key,) = library.locate(str(tmp_path / "articles" / "a.txt"))
        article = library.article(key).article  # type: ignore[union-attr]
        start = article.text.index("Nobody")
        anchor = make_anchor(article.text, start, start + 6)
        library.change(SaveNote(library.target(key), "", anchor=anchor)).result()
        return article.id


def test_a_text_that_was_not_kept_with_its_note_is_kept_at_the_next_start(tmp_path: Path) -> None:
    text = noted(tmp_path)
    shutil.rmtree(tmp_path / "notes.json.texts")
    with opened(tmp_path) as library:
        library._keeping._thread.join(10)  # type: ignore[union-attr]
        kept = library.kept_article(text)  # type: ignore[arg-type]
        assert kept is not None
        assert "Nobody came" in kept.text
        assert library.why_not_kept(text) == ""  # type: ignore[arg-type]
        assert library.warnings == ()


def test_texts_that_cannot_be_kept_are_told_of(tmp_path: Path) -> None:
    noted(tmp_path)
    shutil.rmtree(tmp_path / "notes.json.texts")
    (tmp_path / "notes.json.texts").write_text("in the way")
    with opened(tmp_path) as library:
        library._keeping._thread.join(10)  # type: ignore[union-attr]
        assert any("could not be kept" in warning for warning in library.warnings)


def test_notes_follow_a_file_that_was_edited_while_nobody_looked(tmp_path: Path) -> None:
    noted(tmp_path)
    (tmp_path / "articles" / "a.txt").write_text(TEXT.replace("The mayor", "In heavy rain the mayor"))
    with opened(tmp_path) as library:
        (key,) = library.locate(str(tmp_path / "articles" / "a.txt"))
        stored = library.article(key)
        assert stored is not None
        (note,) = library.notes(stored.article.id)
        assert note.anchor is not None
        assert stored.article.text[note.anchor.start : note.anchor.end] == "Nobody"
        assert library.marks(stored.article.id).changed
        before, difference = library.compare_texts(stored.article)
        assert "rain" not in before.text
        assert difference.places == 1
