"""A library is opened by its folder, by a part of it, or by files for themselves, and takes no more than it needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from store import paths
from store.config import Config
from store.errors import NotFoundError
from store.library import Library, last_opened, remember


def test_a_library_is_read_without_anything_having_been_indexed(folder: Path) -> None:
    library = Library.open([folder], Config())
    assert library.first_page() == []
    assert list(library.search("").result().keys) == []
    assert library.counts().articles == 0
    assert library.problems() == []
    assert not paths.index_file(library.roots).exists()
    library.close()


def test_the_newest_articles_come_first(library: Library) -> None:
    page = library.first_page(2)
    assert [row.title for row in page] == ["Ferry strike in Orkney", "Court halts eviction"]
    assert library.rows([page[1].key, 99, page[0].key])[1] is None
    stored = library.article(page[0].key)
    assert stored is not None
    assert stored.article.text.startswith("Ferry")
    assert library.key_of(page[0].id) == page[0].key
    assert library.locate(page[0].id[:6]) == [page[0].key]


def test_a_file_opens_its_folder_narrowed_to_it(library: Library, folder: Path) -> None:
    one = Library.open([folder / "ferry.txt"], Config())
    assert one.roots == (folder,)
    assert len(one.search(one.narrowed).result().keys) == 1
    assert len(one.search("").result().keys) == 3
    one.close()


def test_a_folder_inside_a_library_opens_that_library_narrowed(library: Library, folder: Path) -> None:
    part = Library.open([folder / "sub", folder / "ferry.txt"], Config())
    assert part.roots == (folder,)
    assert len(part.search(part.narrowed, "").result().keys) == 2
    assert len(part.search(part.narrowed, "gwadar").result().keys) == 1
    part.close()
    whole = Library.open([folder, folder / "sub"], Config())
    assert (whole.roots, whole.narrowed) == ((folder,), "")
    whole.close()


def test_a_folder_of_its_own_that_was_never_indexed_is_a_library(folder: Path) -> None:
    part = Library.open([folder / "sub"], Config())
    assert (part.roots, part.narrowed) == ((folder / "sub",), "")
    part.close()


def test_one_folder_by_two_names_is_one_library(library: Library, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(folder)
    other = Library.open([tmp_path / "link"], Config())
    assert other.index_file == library.index_file
    assert other.narrowed == ""
    other.close()


def test_odd_paths_can_be_narrowed_to(folder: Path) -> None:
    odd = folder / 'a "quoted" OR (odd) \\ name'
    odd.mkdir()
    (odd / "one.txt").write_text("Odd one\n\nIt is in an odd folder.\n")
    library = Library.open([folder], Config())
    library.bring_up_to_date()
    part = Library.open([odd], Config())
    assert part.roots == (folder,)
    assert [row.title for row in part.rows(part.search(part.narrowed).result().keys) if row] == ["Odd one"]
    part.close()
    library.close()


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="nowhere"):
        Library.open([tmp_path / "nowhere"], Config())
    with pytest.raises(NotFoundError, match="neither a file nor a folder"):
        Library.open([Path("/dev/null")], Config())


def test_the_last_library_is_remembered_while_it_exists(folder: Path) -> None:
    assert last_opened() == ()
    remember([folder])
    assert last_opened() == (folder,)
    folder.rename(folder.with_name("gone"))
    assert last_opened() == ()


def test_without_paths_there_are_the_annotations_alone() -> None:
    library = Library.open([], Config())
    assert library.bring_up_to_date() == ""
    library.load_annotations().result()
    assert library.tags() == []
    assert list(library.search("").result().keys) == []
    library.close()


def test_files_for_themselves_leave_no_index_behind(folder: Path) -> None:
    library = Library.of_files([folder / "ferry.txt"], Config())
    library.bring_up_to_date()
    assert [row.title for row in library.first_page()] == ["Ferry strike in Orkney"]
    index = library.index_file
    assert index.exists()
    library.close()
    assert not index.parent.exists()
    assert not list(paths.cache_folder().glob("library-*"))


def test_opening_imports_no_more_than_it_needs(folder: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from store.config import Config; from store.library import Library;"
        f"library = Library.open([Path({str(folder)!r})], Config()); library.first_page(); library.close();"
        "heavy = ('tinydb', 'spacy', 'orjson', 'trafilatura', 'chardet', 'yaml', 'numpy', 'asyncio', 'rich');"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
