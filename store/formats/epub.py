"""EPUB books: each chapter is an article, named by its file in the book; a short book is one article.

An EPUB is a zip archive of XHTML with a list of its parts (OPF), see https://www.w3.org/TR/epub-33/. It is read with
zipfile and lxml, since the licence of EbookLib, which others use, is not ours.
"""

from __future__ import annotations

import posixpath
import re
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO
from urllib.parse import unquote
from zipfile import BadZipFile, ZipFile

from lxml import etree

from store.article import Article, BlockKind, Unchanged
from store.formats import pagetext
from store.formats.clean import one_line
from store.formats.compose import Facts, Piece, compose, same_words
from store.formats.dates import parse_date
from store.formats.encoding import decode
from store.formats.limits import Limits, megabytes
from store.formats.registry import Item
from store.formats.source import UNREADABLE, Damaged, NoText, TooLong, check_length, file_title, problem_of

_SHORT = 40_000
"""Bytes of all chapters up to which a book is one article."""
_WORDS = 200
"""Characters from which a part without a name of its own is more than a cover or a notice."""
_MOST = 5_000
_BROKEN = (BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError, ValueError, OverflowError)
_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_DOCUMENTS = ("application/xhtml+xml", "text/html")


def read(stream: BinaryIO, path: str, limits: Limits) -> Iterator[Item]:
    """Read a book's chapters in their order; one that cannot be read is a problem with its name.

    Raises:
        Damaged, TooLong, NoText: with a sentence for the user.
    """
    try:
        with ZipFile(stream) as archive:
            book = _Book(archive, limits)
            yield from book.whole(path) if book.size <= _SHORT else book.parts(path)
    except UNREADABLE:
        raise
    except _BROKEN as error:
        raise Damaged("The book is damaged or cut short.") from error


class _Book:
    """What the book's own list says of it."""

    def __init__(self, archive: ZipFile, limits: Limits) -> None:
        self._archive = archive
        self._limits = limits
        self._sizes = {info.filename: info for info in archive.infolist()}
        self._refuse_locked()
        place = self._root()
        package = self._xml(place)
        folder = posixpath.dirname(place)
        items = {str(one.get("id")): one for one in package.iter("{*}item")}
        spine = [items.get(str(one.get("idref"))) for one in package.iter("{*}itemref") if one.get("linear") != "no"]
        self._chapters = list(dict.fromkeys(
            self._inner(folder, str(one.get("href"))) for one in spine[:_MOST]
            if one is not None and one.get("media-type") in _DOCUMENTS
        ))  # fmt: skip
        if not self._chapters:
            raise NoText("There is no text in this book.")
        self._facts = Facts(
            title=_first(package, "title"),
            byline=", ".join(_all(package, "creator")),
            published=parse_date(_first(package, "date")),
            language=_first(package, "language"),
        )
        self._names = self._contents(folder, items)

    @property
    def size(self) -> int:
        """Bytes of all chapters together."""
        return sum(self._sizes[name].file_size for name in self._chapters if name in self._sizes)

    def whole(self, path: str) -> Iterator[Item]:
        """Read a short book as one article, its chapters under their headings."""
        pieces = [piece for name in self._chapters for piece in self._pieces(name)]
        made = compose(pieces, self._facts, "", file_title(path), self._limits)
        if made is None:
            raise NoText("There is no text in this book.")
        check_length(made.text, self._limits)
        yield made

    def parts(self, path: str) -> Iterator[Item]:
        """Read each chapter as an article: "The book · The chapter"."""
        found = False
        for number, name in enumerate(self._chapters, 1):
            errand = self._limits.errand
            if not errand.may_lie_in(name):
                continue
            info = self._sizes.get(name)
            fingerprint = errand.fingerprint(f"{name} {info.file_size} {info.CRC}".encode()) if info is not None else 0
            if errand.unchanged(fingerprint):
                found = True
                yield Unchanged()
                continue
            try:
                errand.entering(name)
                made = self._chapter(name, number, path)
            except UNREADABLE as error:
                yield problem_of(error, path, name)
                continue
            except _BROKEN:
                yield problem_of(Damaged("This chapter is damaged."), path, name)
                continue
            if made is not None:
                found = True
                yield made.replace(member=name, raw=fingerprint)
        if not found:
            raise NoText("There is no text in this book.")

    def _chapter(self, name: str, number: int, path: str) -> Article | None:
        """Make an article of a chapter; None for a cover, a table of contents and the like."""
        pieces = self._pieces(name)
        title = self._names.get(name) or next((one.text for one in pieces if one.kind is BlockKind.HEADING), "")
        size = sum(len(piece.text) for piece in pieces)
        title = one_line(title)
        if not size or (size < _WORDS and (not title or same_words(title, self._facts.title))):
            return None
        title = title or f"part {number}"
        if pieces[0].kind is BlockKind.HEADING and same_words(pieces[0].text, title):
            del pieces[0]
        book = one_line(self._facts.title, self._limits.title // 2) or file_title(path)
        facts = self._facts.replace(title=f"{book} · {title}")
        made = compose(pieces, facts, "", f"{book} · {title}", self._limits) if pieces else None
        if made is not None:
            check_length(made.text, self._limits)
        return made

    def _pieces(self, name: str) -> list[Piece]:
        chapter = decode(self._bytes(name)).text
        self._limits.errand.made_of("html", chapter)
        return list(pagetext.pieces(chapter))

    # ---- the archive -----------------------------------------------------------------------------------------
    def _bytes(self, name: str) -> bytes:
        info = self._sizes.get(name)
        if info is None:
            raise Damaged("The book names this part and does not have it.")
        if info.file_size > self._limits.raw or info.file_size > max(
            1_000_000, self._limits.ratio * max(1, info.compress_size)
        ):
            raise TooLong(f"It unpacks to more than {megabytes(min(info.file_size, self._limits.raw))}.")
        with self._archive.open(info) as part:
            data = part.read(self._limits.raw + 1)
        if len(data) > self._limits.raw:
            raise TooLong(f"It unpacks to more than {megabytes(self._limits.raw)}.")
        return data

    def _xml(self, name: str) -> Any:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
        try:
            root = etree.fromstring(self._bytes(name), parser)
        except (etree.LxmlError, ValueError) as error:
            raise Damaged("The book's list of its parts cannot be read.") from error
        if root is None:
            raise Damaged("The book's list of its parts is empty.")
        return root

    def _root(self) -> str:
        if "META-INF/container.xml" in self._sizes:
            for one in self._xml("META-INF/container.xml").iter("{*}rootfile"):
                return str(one.get("full-path"))
        found = next((name for name in self._sizes if name.lower().endswith(".opf")), "")
        if not found:
            raise Damaged("The book has no list of its parts.")
        return found

    def _refuse_locked(self) -> None:
        if "META-INF/encryption.xml" in self._sizes:
            used = self._xml("META-INF/encryption.xml").iter("{*}EncryptionMethod")
            methods = {str(one.get("Algorithm")) for one in used}
            if methods - set(_FONTS):
                raise Damaged("The book is locked (DRM): only the program it was bought for can open it.")

    @staticmethod
    def _inner(folder: str, href: str) -> str:
        return posixpath.normpath(posixpath.join(folder, unquote(href.partition("#")[0]))).lstrip("/")

    def _contents(self, folder: str, items: dict[str, Any]) -> dict[str, str]:
        """Return what the table of contents calls the chapters; without one that can be read, nothing."""
        names: dict[str, str] = {}
        for one in items.values():
            nav = "nav" in str(one.get("properties") or "").split()
            if not nav and one.get("media-type") != "application/x-dtbncx+xml":
                continue
            place = self._inner(folder, str(one.get("href")))
            try:
                tree = self._xml(place)
            except (Damaged, TooLong):
                continue
            for href, title in _links(tree) if nav else _points(tree):
                names.setdefault(self._inner(posixpath.dirname(place), href), one_line(title, 200))
        return names


def _links(nav: Any) -> Iterator[tuple[str, str]]:
    for link in nav.iter("{*}a"):
        if link.get("href"):
            yield str(link.get("href")), " ".join("".join(link.itertext()).split())


def _points(ncx: Any) -> Iterator[tuple[str, str]]:
    for point in ncx.iter("{*}navPoint"):
        content, text = point.find("{*}content"), point.find("{*}navLabel/{*}text")
        if content is not None and text is not None and content.get("src"):
            yield str(content.get("src")), " ".join("".join(text.itertext()).split())


_DUBLIN = "{http://purl.org/dc/elements/1.1/}"
_BLANK = re.compile(r"\s+")


def _all(package: Any, name: str) -> list[str]:
    found = [_BLANK.sub(" ", "".join(one.itertext())).strip() for one in package.iter(f"{_DUBLIN}{name}")]
    return list(dict.fromkeys(one for one in found if one))


def _first(package: Any, name: str) -> str:
    return next(iter(_all(package, name)), "")
