"""A small library, and an empty annotation file, for the tests of the store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.annotations.store import AnnotationStore
from store.config import Config
from store.library import Library


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of three articles, one of them in a folder of its own."""
    folder = tmp_path / "articles"
    (folder / "sub").mkdir(parents=True)
    (folder / "ferry.txt").write_text("Ferry strike in Orkney\n\n2024-11-23\n\nThe strike began on Friday.\n")
    (folder / "court.txt").write_text("Court halts eviction\n\nA court in Nairobi halted the eviction.\n")
    (folder / "sub" / "port.txt").write_text("Port opens\n\nThe port of Gwadar has opened its gates.\n")
    return folder


@pytest.fixture
def library(folder: Path) -> Iterator[Library]:
    """Return their library, read and ready for changes."""
    library = Library.open([folder], Config())
    assert library.bring_up_to_date() == ""
    library.load_annotations().result()
    yield library
    library.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where an annotation file will be."""
    return tmp_path / "annotations.json"


@pytest.fixture
def store(path: Path) -> AnnotationStore:
    """Return what keeps annotations there."""
    return AnnotationStore(path)
