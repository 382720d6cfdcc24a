"""With the real model: what is corrected is so at once, in every query, and after the index was made anew."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from store import paths
from store.annotations.anchors import make_anchor
from store.annotations.name_records import CorrectionKind, CorrectName, JoinEntities, Scope
from store.article import key_of_entity
from store.config import Config
from store.library import Library

TEXT = (
    "Talks in Tokyo\n\nRussian Foreign Minister Sergei Lavrov met Fumio Kishida in Tokyo on Monday. Kishida said that "
    "Lavrov would return to Moscow in May. The Nemuro Strait Review sent Quilla Brandvold to see them.\n"
)
OTHER = "More talks\n\nFumio Kishida left Tokyo for Moscow on Tuesday. Kishida will meet Lavrov there in June.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("CACHE", "CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    root = tmp_path / "articles"
    root.mkdir()
    (root / "a.txt").write_text(TEXT)
    (root / "b.txt").write_text(OTHER)
    return root


def names(library: Library, title: str) -> dict[str, str]:
    stored = next(
        found for row in library.first_page() if row.title == title and (found := library.article(row.key)) is not None
    )
    return {stored.article.text[one.start : one.end]: one.label for one in stored.mentions}


def found(library: Library, query: str) -> int:
    return len(library.search(query).result().keys)


def test_what_is_corrected_is_so_at_once_and_stays_so(folder: Path) -> None:
    with Library.open([folder], Config()) as library:
        library.load_annotations().result()
        assert library.bring_up_to_date(everything=True) == ""
        before = names(library, "Talks in Tokyo")
        assert before["Kishida"] == before["Lavrov"] == "PERSON"
        assert found(library, "person:kishida") == 2
        row = next(row for row in library.first_page() if row.title == "Talks in Tokyo")
        start = TEXT.index("Nemuro Strait Review")
        changes = (
            CorrectName(None, CorrectionKind.LABEL, Scope.LIBRARY, "Kishida", "PERSON", "ORG"),
            CorrectName(None, CorrectionKind.LABEL, Scope.LIBRARY, "Fumio Kishida", "PERSON", "ORG"),
            CorrectName(library.target(row.key), CorrectionKind.DROP, Scope.ARTICLE, "Moscow", "GPE"),
            CorrectName(library.target(row.key), CorrectionKind.ADD, Scope.HERE, "Nemuro Strait Review", "",
                        "WORK_OF_ART", extent=make_anchor(TEXT, start, start + len("Nemuro Strait Review"))),
        )  # fmt: skip
        for change in changes:
            library.change(change).result()
        after = names(library, "Talks in Tokyo")
        assert after["Kishida"] == after["Fumio Kishida"] == "ORG"
        assert "Moscow" not in after
        assert after["Nemuro Strait Review"] == "WORK_OF_ART"
        assert names(library, "More talks")["Moscow"] == "GPE"

    for gone in (False, True):
        if gone:
            # The index and what the model had found: all is analysed again.
            shutil.rmtree(paths.cache_folder())
        with Library.open([folder], Config()) as library:
            assert library.bring_up_to_date(everything=True) == ""
            assert names(library, "Talks in Tokyo") == after, "before the annotations are read, the index knows"
            library.load_annotations().result()
            assert names(library, "Talks in Tokyo") == after
            assert (found(library, "person:kishida"), found(library, "org:kishida")) == (0, 2)
            assert found(library, 'place:moscow') == 1

    with Library.open([folder], Config()) as library:
        library.load_annotations().result()
        while library.undo().result().sentence:
            pass
        assert names(library, "Talks in Tokyo") == before, "at once, by what was found"
        assert library.bring_up_to_date() == ""
        assert (found(library, "person:kishida"), found(library, "org:kishida")) == (2, 0)


def test_joined_names_are_one_in_queries_without_another_word(folder: Path) -> None:
    with Library.open([folder], Config()) as library:
        library.load_annotations().result()
        assert library.bring_up_to_date(everything=True) == ""
        lavrov, kishida = (key_of_entity("person", name) for name in ("Sergei Lavrov", "Fumio Kishida"))
        before = found(library, 'person:"Sergei Lavrov"')
        library.change(JoinEntities(((lavrov, "Sergei Lavrov"),), kishida, "Fumio Kishida")).result()
        assert found(library, 'person:"Sergei Lavrov"') == found(library, 'person:"Fumio Kishida"') == 2
        library.undo().result()
        assert found(library, 'person:"Sergei Lavrov"') == before
