"""The texts under notes are kept: as they were, for their owner's eyes, and whatever happens to the notes' file."""

from __future__ import annotations

import errno
import os
import stat
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.annotations.anchors import make_anchor
from store.annotations.kept_texts import KeptTexts
from store.annotations.records import SaveNote, Tag, Target
from store.annotations.store import AnnotationStore
from store.article import Article, ArticleId, Block, BlockKind
from store.disk.atomic import System

ARTICLE = Article(
    "A title",
    "A title\n\nSome words, “quoted” — and more.\n",
    (Block(BlockKind.TITLE, 0, 7), Block(BlockKind.PARAGRAPH, 9, 40)),
    byline="By one",
    published=date(2026, 11, 23),
    language="en",
    url="https://example.org/a",
)
TARGET = Target(ARTICLE.id, ARTICLE.title)


def annotations(path: Path, system: System | None = None) -> AnnotationStore:
    options = {"system": system} if system is not None else {}
    return AnnotationStore(path, article_of={ARTICLE.id: ARTICLE}.get, **options)


@pytest.fixture
def kept(tmp_path: Path) -> KeptTexts:
    return KeptTexts(tmp_path / "notes.json")


def test_a_text_is_kept_when_its_first_note_is_saved(tmp_path: Path, kept: KeptTexts) -> None:
    store = annotations(tmp_path / "notes.json")
    store.apply(Tag((TARGET,), ("x",)))
    assert not kept.has(ARTICLE.id)
    store.apply(SaveNote(TARGET, "", anchor=make_anchor(ARTICLE.text, 9, 13)))
    assert kept.read(ARTICLE.id) == ARTICLE
    path = kept.path(ARTICLE.id)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_text_is_kept_in_the_same_bytes_and_only_once(tmp_path: Path, kept: KeptTexts) -> None:
    kept.keep(ARTICLE)
    other = KeptTexts(tmp_path / "others.json")
    other.keep(ARTICLE)
    assert kept.path(ARTICLE.id).read_bytes() == other.path(ARTICLE.id).read_bytes()
    before = kept.path(ARTICLE.id).stat()
    kept.keep(ARTICLE)
    assert kept.path(ARTICLE.id).stat() == before


class FullDisk(System):
    """Has no room for kept texts."""

    def open(self, path: str, flags: int, mode: int = 0o600) -> int:
        if ".texts" in path and flags & os.O_CREAT:
            raise OSError(errno.ENOSPC, "No space left on device", path)
        return super().open(path, flags, mode)


def test_a_note_is_saved_also_when_its_text_cannot_be_kept(tmp_path: Path) -> None:
    store = annotations(tmp_path / "notes.json", FullDisk())
    assert store.apply(SaveNote(TARGET, "a note")).sentence == "Note saved"
    assert any("No space left" in warning and "notes.json.texts" in warning for warning in store.warnings)
    again = annotations(tmp_path / "notes.json")
    assert [note.body for note in again.notes(TARGET)] == ["a note"]


@given(cut=st.integers(0, 300), at=st.integers(0, 300), byte=st.integers(0, 255))
def test_a_damaged_text_is_told_by_name_and_never_shown(
    tmp_path_factory: pytest.TempPathFactory, cut: int, at: int, byte: int
) -> None:
    kept = KeptTexts(tmp_path_factory.mktemp("kept") / "notes.json")
    kept.keep(ARTICLE)
    path = kept.path(ARTICLE.id)
    data = path.read_bytes()
    harmed = bytearray(data[: len(data) - cut])
    if harmed:
        harmed[at % len(harmed)] = byte
    path.write_bytes(bytes(harmed))
    found = kept.read(ARTICLE.id)
    assert found is None or found.text == ARTICLE.text
    assert bool(kept.trouble(ARTICLE.id)) == (found is None)
    assert found is not None or str(path) in kept.trouble(ARTICLE.id)


def test_a_text_under_another_name_is_no_evidence(kept: KeptTexts) -> None:
    kept.keep(ARTICLE)
    wrong = ArticleId("0" * 32)
    kept.path(wrong).parent.mkdir(parents=True)
    kept.path(wrong).write_bytes(kept.path(ARTICLE.id).read_bytes())
    assert kept.read(wrong) is None
    assert str(kept.path(wrong)) in kept.trouble(wrong)


def test_no_name_in_a_foreign_file_leads_out_of_the_folder(kept: KeptTexts) -> None:
    for name in ("../../secret", "/etc/passwd", "", "..", "\0"):
        assert kept.path(ArticleId(name)).is_relative_to(kept.folder)
        assert kept.read(ArticleId(name)) is None


@settings(deadline=None)
@given(st.text(), st.text())
def test_any_text_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, title: str, text: str) -> None:
    kept = KeptTexts(tmp_path_factory.mktemp("kept") / "notes.json")
    article = Article(title, text, (Block(BlockKind.CODE, 0, len(text)),))
    kept.keep(article)
    assert kept.read(article.id) == article
