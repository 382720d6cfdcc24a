"""EPUB: chapters are articles named after book and chapter; what is locked, damaged or a bomb says so."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest

from store.article import Article, Problem, Unchanged
from store.formats import epub
from store.formats.errand import Errand
from store.formats.limits import DEFAULT
from store.formats.registry import read

BOOK = Path(__file__).parents[1] / "fixtures" / "formats" / "book.epub"


def items(path: Path, limits=DEFAULT) -> list[object]:  # type: ignore[no-untyped-def]
    with path.open("rb") as stream:
        return list(read(stream, str(path), limits))


def changed(tmp_path: Path, **parts: str | bytes | None) -> Path:
    """Copy the book with some parts other than they are, by the end of their names."""
    path = tmp_path / "changed.epub"
    with zipfile.ZipFile(BOOK) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data: str | bytes | None = old.read(name)
            for end, other in parts.items():
                data = other if name.endswith(end.replace("__", ".")) else data
            if data is not None:
                new.writestr(name, data)
        for name in parts:
            if name.startswith("encryption"):
                new.writestr("META-INF/encryption.xml", parts[name] or "")
    return path


def test_a_short_book_is_one_article() -> None:
    (article,) = items(BOOK)
    assert isinstance(article, Article)
    assert (article.title, article.byline, article.published, article.language) == (
        "Posts of 18F", "18F", date(2014, 9, 18), "en",
    )  # fmt: skip
    assert "Getting to work for the American people" in article.text


def test_each_chapter_of_a_longer_book_is_an_article(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(epub, "_SHORT", 0)
    articles = items(BOOK)
    assert [one.title for one in articles] == [  # type: ignore[attr-defined]
        "Posts of 18F · Hello, world! We are 18F",
        "Posts of 18F · Getting to work for the American people",
        "Posts of 18F · The contributor’s guide to 18F: code for the common good",
    ]
    assert all(one.member.endswith(".xhtml") for one in articles)  # type: ignore[attr-defined]
    asked = items(BOOK, DEFAULT.replace(errand=Errand(keep=lambda _: False)))
    known = {one.raw for one in asked}  # type: ignore[attr-defined]
    again = items(BOOK, DEFAULT.replace(errand=Errand(keep=known.__contains__)))
    assert again == [Unchanged()] * 3


def test_a_chapter_that_is_missing_is_named_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(epub, "_SHORT", 0)
    found = items(changed(tmp_path, ch002__xhtml=None))
    problems = [one for one in found if isinstance(one, Problem)]
    assert [one.member.rpartition("/")[2] for one in problems] == ["ch002.xhtml"]
    assert len(found) == 3


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"encryption": '<e xmlns="x"><EncryptionMethod Algorithm="aes"/></e>'}, "locked"),
        ({"container__xml": None, "content__opf": None}, "no list of its parts"),
        ({"content__opf": "<package/>"}, "no text in this book"),
        ({"content__opf": b"\xff\xfe\x00 no xml"}, "list of its parts"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, parts: dict[str, str | bytes | None], said: str) -> None:
    (problem,) = items(changed(tmp_path, **parts))
    assert isinstance(problem, Problem) and said in problem.reason


def test_fonts_that_are_hidden_do_not_lock_a_book(tmp_path: Path) -> None:
    fonts = '<e><EncryptionMethod xmlns="x" Algorithm="http://www.idpf.org/2008/embedding"/></e>'
    (article,) = items(changed(tmp_path, encryption=fonts))
    assert isinstance(article, Article)


def test_a_bomb_is_refused_and_a_book_cut_short_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(epub, "_SHORT", 0)
    found = items(changed(tmp_path, ch002__xhtml=b"a" * 9_000_000))
    assert [one.reason for one in found if isinstance(one, Problem)] == ["It unpacks to more than 9 MB."]
    (tmp_path / "cut.epub").write_bytes(BOOK.read_bytes()[:3000])
    (problem,) = items(tmp_path / "cut.epub")
    assert isinstance(problem, Problem) and "damaged or cut short" in problem.reason


def test_nothing_is_read_from_outside_of_the_book(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("the secret")
    opf = (
        f'<!DOCTYPE p [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>'
        '<package xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>&x;</dc:title>'
        '<manifest><item id="a" href="../../../../etc/hostname" media-type="text/html"/></manifest>'
        '<spine><itemref idref="a"/></spine></package>'
    )
    assert "the secret" not in str(items(changed(tmp_path, content__opf=opf)))
