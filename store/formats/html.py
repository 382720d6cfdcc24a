"""HTML: the main text of a page, with what the page says about itself. Nothing is ever fetched."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, BinaryIO

import lxml.html
import trafilatura
from lxml import etree

from store.article import Article, BlockKind, Problem
from store.formats.clean import clean, normalise_newlines
from store.formats.compose import Facts, Piece, compose, same_words
from store.formats.dates import date_in_name, parse_date
from store.formats.encoding import decode
from store.formats.headline import credit, is_caption
from store.formats.limits import Limits
from store.formats.page_facts import declared
from store.formats.pagetext import pieces as page_pieces
from store.formats.saved import ENTRY, Saved, facts_over, split
from store.formats.source import NoText, check_length, file_title, whole

_DROPPED = ("script", "style", "template", "noscript", "svg", "math", "iframe", "object", "embed", "canvas")
_SPACE = re.compile(r"\s+")
_LONG_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*)[^<>]{20000,}>")
"""Pictures and data within a tag: never read, and thousands of attributes take the parser quadratic time."""
_ENOUGH = 250
"""Code points of main text below which the page is also read as it stands, to see whether more was there."""

# It reports pages that it cannot use; that is said to the user in our own words.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


def read(stream: BinaryIO, path: str, limits: Limits) -> Iterator[Article | Problem]:
    """Read a file as one article of HTML.

    Raises:
        NotText, TooLong, NoText: with a sentence for the user.
    """
    decoded = decode(whole(stream, limits))
    saved, page = split(normalise_newlines(decoded.text))
    yield article(page, decoded.encoding, path, limits, saved)


def article(page: str, encoding: str, path: str, limits: Limits, saved: Saved | None = None) -> Article:
    """Make an article of a page; `saved` says where and when it was fetched, where that is known.

    Raises:
        TooLong, NoText: with a sentence for the user.
    """
    limits.errand.made_of("html", page)
    facts, made = main_text(page, limits, saved)
    if saved is None:
        facts = facts.replace(published=facts.published or date_in_name(path))
    found = compose(made, facts, encoding, file_title(path), limits)
    if found is None:
        raise NoText("There is no text in this page.")
    check_length(found.text, limits)
    return found if saved is None else found.replace(retrieved=saved.retrieved)


def main_text(text: str, limits: Limits, saved: Saved | None = None) -> tuple[Facts, list[Piece]]:
    """Return what a page, or the head of a `saved` one, says about it, and the pieces of its main text."""
    # Control characters stop the parser; as their symbols they do not.
    page = _LONG_TAG.sub(r"<\1>", clean(normalise_newlines(text)))
    if saved is not None and saved.kind == ENTRY:
        # Nothing stands around it that would have to be told from the main text.
        facts, made = Facts(), list(page_pieces(page))
    else:
        facts, made = _page(page, limits)
    return _from_lines(made, facts if saved is None else facts_over(saved, facts)), made


def _page(text: str, limits: Limits) -> tuple[Facts, list[Piece]]:
    """Find the main text; where there is none, take the page from top to bottom."""
    tree = _tree(text)
    if tree is None:
        return Facts(), list(page_pieces(text))
    said = declared(tree)
    title = " ".join(tree.xpath("string(.//title)").split())
    captions = _prepare(tree)
    small = next(islice(tree.iter(), limits.elements, None), None) is None
    document = _main_text(tree) if small else None
    found: list[Piece] = []
    facts = said.replace(title=title or said.title)
    if document is not None:
        facts = Facts(
            title=document.title or facts.title,
            byline=said.byline or (document.author or "").replace("; ", ", "),
            published=said.published or (parse_date(document.date) if document.date else None),
            language=document.language or said.language,
            url=document.url or said.url,
        )
        found = [_captioned(piece, captions) for piece in _pieces(document.body)]
    if sum(len(piece.text) for piece in found) < _ENOUGH:
        plain = list(page_pieces(text))
        # A search for long articles runs a short notice together, or cuts it to nothing.
        if plain and (len(found) < 2 or _much_more(plain, found)):
            found = plain
    return facts, found


def _much_more(plain: list[Piece], found: list[Piece]) -> bool:
    return sum(len(piece.text) for piece in plain) > 3 * sum(len(piece.text) for piece in found)


def _tree(text: str) -> Any:
    """Parse a page; None when it cannot be, or is nested so deeply that the parser leaves the rest out."""
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        tree = lxml.html.document_fromstring(text.encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    if any("depth" in error.message for error in parser.error_log):
        return None
    return tree


def _prepare(tree: Any) -> frozenset[str]:
    """Drop what is never read, and keep captions from being dropped; returns the captions' words."""
    for element in list(tree.iter(*_DROPPED)):
        element.drop_tree()
    captions: set[str] = set()
    for element in list(tree.iter("figcaption")):
        words = _SPACE.sub(" ", element.text_content()).strip()
        if words:
            captions.add(words)
            element.tag = "p"
    for element in list(tree.iter("pre")):
        if element.find(".//code") is None:
            words = element.text_content()
            element.clear()
            etree.SubElement(element, "code").text = words
    for element in list(tree.iter("figure")):
        element.tag = "div"
    return frozenset(captions)


def _main_text(tree: Any) -> Any:
    try:
        return trafilatura.bare_extraction(
            tree,
            with_metadata=True,
            include_comments=False,
            include_tables=True,
            include_formatting=False,
            include_images=False,
            deduplicate=False,
            # A date that merely stands somewhere on a page is not the article's.
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    except (etree.LxmlError, ValueError, TypeError, AttributeError, AssertionError, RecursionError):
        return None


def _captioned(piece: Piece, captions: frozenset[str]) -> Piece:
    words = _SPACE.sub(" ", piece.text).strip()
    if piece.kind is BlockKind.PARAGRAPH and (words in captions or is_caption(words)):
        return Piece(BlockKind.CAPTION, piece.text)
    return piece


def _pieces(body: Any) -> Iterator[Piece]:
    """Turn the extractor's own small vocabulary into pieces."""
    if body is None:
        return
    if body.text and body.text.strip():
        yield Piece(BlockKind.PARAGRAPH, body.text)
    for element in body:
        yield from _element(element)
        if element.tail and element.tail.strip():
            yield Piece(BlockKind.PARAGRAPH, element.tail)


def _element(element: Any) -> Iterator[Piece]:
    if element.tag == "head":
        level = (element.get("rend") or "h2")[-1:]
        yield Piece(BlockKind.HEADING, _words(element), int(level) if level.isdigit() else 2)
    elif element.tag == "quote":
        paragraphs = element.findall("p")
        if paragraphs:
            for paragraph in paragraphs:
                yield Piece(BlockKind.QUOTE, _words(paragraph), 1)
        else:
            yield Piece(BlockKind.QUOTE, _words(element), 1)
    elif element.tag == "list":
        yield from _list(element, 1)
    elif element.tag == "code":
        yield Piece(BlockKind.CODE, "".join(element.itertext()))
    elif element.tag == "table":
        for row in element.iter("row"):
            cells = [" ".join(_words(cell).split()) for cell in row.iter("cell")]
            yield Piece(BlockKind.PARAGRAPH, " | ".join(cell for cell in cells if cell))
    elif element.tag != "graphic":
        yield Piece(BlockKind.PARAGRAPH, _words(element))


def _list(element: Any, level: int) -> Iterator[Piece]:
    ordered = element.get("rend") == "ol"
    for number, item in enumerate(element.iterchildren("item"), start=1):
        nested = list(item.iterchildren("list"))
        for inner in nested:
            item.remove(inner)
        yield Piece(BlockKind.LIST_ITEM, (f"{number}. " if ordered else "• ") + _words(item).strip(), level)
        for inner in nested:
            yield from _list(inner, level + 1)


def _words(element: Any) -> str:
    """Return an element's text on one line, but for its line breaks."""
    parts: list[str] = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            if node.tag == "lb":
                parts.append("\n")
            parts.append(_SPACE.sub(" ", node.text or ""))
        elif node is not element:
            parts.append(_SPACE.sub(" ", node.tail or ""))
    return "".join(parts)


def _from_lines(made: list[Piece], facts: Facts) -> Facts:
    """Read a byline and a date that stand as paragraphs under the headline."""
    start = 1 if made and made[0].kind is BlockKind.HEADING and same_words(made[0].text, facts.title) else 0
    for index in range(start, min(start + 3, len(made))):
        piece = made[index]
        found = credit(piece.text) if piece.kind is BlockKind.PARAGRAPH else None
        if found is None:
            break
        made[index] = Piece(BlockKind.BYLINE, piece.text)
        facts = facts.replace(byline=facts.byline or found.byline, published=facts.published or found.published)
    return facts
