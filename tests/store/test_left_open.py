"""What is closed leaves no descriptor open, whether it went well or was refused: a process may open many libraries."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.annotations.store import AnnotationStore
from store.article import text_hash
from store.config import Config
from store.disk.lock import FileLock
from store.errors import AnnotationsError, FetchError
from store.fetching.visit import visit
from store.library import Library, SaveNote, Star, Target

A = Target(text_hash("a"), "a")

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks for descriptors in /proc")


def opened() -> list[str]:
    """Return what stands behind every open descriptor."""
    found = []
    for one in Path("/proc/self/fd").iterdir():
        try:
            found.append(str(one.readlink()))
        except FileNotFoundError:  # the one that lists them
            continue
    return sorted(found)


@pytest.fixture(autouse=True)
def none_more() -> Iterator[None]:
    """See that as many are open after the test as before it, and that no chance of the garbage collector's did it."""
    gc.collect()
    gc.disable()
    before = opened()
    try:
        yield
        assert opened() == before
    finally:
        gc.enable()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "articles"
    found.mkdir()
    for number in range(3):
        (found / f"{number}.txt").write_text(f"Article {number}\n\nTokyo and number {number}.")
    return found


def test_a_library_that_was_read_searched_and_changed(folder: Path) -> None:
    for _ in range(2):
        with Library.open([folder], Config()) as library, Library.open([folder], Config()) as other:
            library.bring_up_to_date()
            library.load_annotations().result()
            other.load_annotations().result()
            target = library.target(library.first_page()[0].key)
            library.change(Star((target,), True)).result()
            other.change(SaveNote(target, "note")).result()
            assert library.article(library.first_page()[0].key) is not None
            assert len(library.search("tokyo").result().keys) == 3


def test_two_sessions_of_one_name_and_a_refused_file(tmp_path: Path) -> None:
    stores = [AnnotationStore(tmp_path / "a.json", session="one") for _ in range(2)]
    for store in stores:
        store.apply(Star((A,), True))
    for store in stores:
        store.close()
    (tmp_path / "a.json").write_text("{")
    for _ in range(2):
        with pytest.raises(AnnotationsError):
            AnnotationStore(tmp_path / "a.json")


def test_a_run_of_fetch_that_is_refused(tmp_path: Path) -> None:
    other = FileLock(tmp_path / ".dateline-fetch.lock")
    with other:
        with pytest.raises(FetchError), visit(tmp_path):
            pass
    other.close()
