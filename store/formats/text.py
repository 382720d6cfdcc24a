"""Plain text: the article is the file's own text; headline, byline and captions are found by look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from store.article import Article, Block, BlockKind, Problem
from store.formats.clean import clean, normalise_newlines, one_line
from store.formats.compose import Facts, language_code, same_words
from store.formats.dates import date_in_name, date_line, parse_date
from store.formats.encoding import decode
from store.formats.headline import (
    Credit,
    continues_credit,
    credit,
    first_words,
    is_caption,
    is_headline,
    is_shouted,
    is_subheading,
)
from store.formats.limits import Limits
from store.formats.lines import Unit, units
from store.formats.source import check_length, file_title, whole

_FIELD = re.compile(
    r"(?P<name>title|headline|author|authors|byline|by|date|published|source|url|link|language)"
    r"[ \t]*:[ \t]+(?P<value>\S.*)$",
    re.IGNORECASE,
)
_HASHES = re.compile(r"^(#{1,6})[ \t]+\S")
_LONG = 100
"""Characters from which a paragraph is long enough to have a short line above it for a heading."""


@dataclass(slots=True)
class _Head:
    """What has been learnt from the lines above the body."""

    title: str = ""
    byline: str = ""
    published: date | None = None
    url: str = ""
    language: str = ""


def read(stream: BinaryIO, path: str, limits: Limits) -> Iterator[Article | Problem]:
    """Read a file as one article of plain text.

    Raises:
        NotText, TooLong: with a sentence for the user.
    """
    decoded = decode(whole(stream, limits))
    text = clean(normalise_newlines(decoded.text))
    check_length(text, limits)
    yield article(text, decoded.encoding, path, limits)


def article(text: str, encoding: str, path: str, limits: Limits) -> Article:
    """Divide a clean text into blocks; the text stays as it is."""
    pieces = units(text)
    head = _Head()
    kinds = _front(text, pieces, head, limits)
    for index in range(len(kinds), len(pieces)):
        kinds.append(_kind(text, pieces, index))
    blocks = tuple(Block(kind, unit.start, unit.end, level) for unit, (kind, level) in _merged(pieces, kinds))
    return Article(
        title=head.title or first_words(text.lstrip(), limits.title) or file_title(path),
        text=text,
        blocks=blocks,
        byline=head.byline,
        published=head.published or date_in_name(path),
        language=head.language,
        url=head.url,
        encoding=encoding,
    )


def titled(body: str, facts: Facts, encoding: str, path: str, limits: Limits) -> Article:
    """Put title and byline, which were given apart, in front of a plain text, whose own lines stay as they are.

    A first line that repeats the title is dropped; without a title it is found in the text.
    """
    body = clean(normalise_newlines(body)).strip("\n")
    title, byline = one_line(facts.title, limits.title), one_line(facts.byline, limits.title)
    language, url = language_code(facts.language), one_line(facts.url)[:2000]
    if not title:
        made = article(body, encoding, path, limits)
        published = facts.published or made.published
        byline, language = byline or made.byline, language or made.language
        return made.replace(byline=byline, published=published, language=language, url=url or made.url)
    pieces = units(body)
    if pieces and pieces[0].end < 2 * len(title) + 40 and same_words(body[pieces[0].start : pieces[0].end], title):
        body = body[pieces[0].end :].lstrip("\n")
        pieces = units(body)
    head = _Head(title, byline, facts.published, url)
    kinds = _front(body, pieces, head, limits)
    front = [(BlockKind.TITLE, title)]
    if byline and not kinds:
        front.append((BlockKind.BYLINE, byline))
    for index in range(len(kinds), len(pieces)):
        kinds.append(_kind(body, pieces, index))
    blocks: list[Block] = []
    at = 0
    for kind, words in front:
        blocks.append(Block(kind, at, at + len(words)))
        at += len(words) + 2
    for unit, (kind, level) in _merged(pieces, kinds):
        blocks.append(Block(kind, at + unit.start, at + unit.end, level))
    return Article(
        title=title,
        text="\n\n".join([*(words for _, words in front), *([body] if body else [])]),
        blocks=tuple(blocks),
        byline=byline or head.byline,
        published=head.published,
        language=language or head.language,
        url=url or head.url,
        encoding=encoding,
    )


_Kind = tuple[BlockKind, int]
_JOINED = -1
"""Level that marks a unit as a continuation of the byline above it."""


def _front(text: str, pieces: list[Unit], head: _Head, limits: Limits) -> list[_Kind]:
    """Classify title, byline and date lines at the top; returns the kinds of the units taken."""
    kinds: list[_Kind] = []
    index = _fields(text, pieces, head, kinds, limits)
    if not head.title and index < len(pieces) and len(pieces) > 1 and _is_title(text, pieces, index):
        head.title = one_line(_words(text, pieces[index]), limits.title)
        kinds.append((BlockKind.TITLE, 0))
        index += 1
    elif not head.title:
        return kinds
    waiting = False
    bylines: list[str] = [head.byline] if head.byline else []
    for offset, unit in enumerate(pieces[index : index + 5]):
        words = _words(text, unit)
        if unit.marker:
            break
        if waiting and continues_credit(words):
            bylines.append(" ".join(words.split()))
            kinds.append((BlockKind.BYLINE, _JOINED))
            waiting = False
            continue
        found = credit(words) or _before_date(text, pieces, index + offset)
        if found is None:
            break
        kinds.append((BlockKind.BYLINE, 0))
        head.published = head.published or found.published
        waiting = found.open
        if found.byline:
            bylines.append(found.byline)
    head.byline = one_line(" ".join(bylines), limits.title)
    return kinds


def _before_date(text: str, pieces: list[Unit], index: int) -> Credit | None:
    """Take a line of names for a byline where a date stands below it: nothing else stands between those two."""
    words = _words(text, pieces[index])
    if index + 1 >= len(pieces) or not continues_credit(words):
        return None
    return Credit(" ".join(words.split()), None) if date_line(_words(text, pieces[index + 1])) else None


def _fields(text: str, pieces: list[Unit], head: _Head, kinds: list[_Kind], limits: Limits) -> int:
    """Read "Title: ...", "Author: ..." lines, as archives put above a text; returns how many."""
    for index, unit in enumerate(pieces[:10]):
        match = _FIELD.match(text[unit.start : unit.end])
        if match is None or (index == 0 and match["name"].lower() not in ("title", "headline")):
            return index
        name, value = match["name"].lower(), match["value"]
        if name in ("title", "headline"):
            head.title = head.title or one_line(value, limits.title)
            kinds.append((BlockKind.TITLE if index == 0 else BlockKind.BYLINE, 0))
            continue
        kinds.append((BlockKind.BYLINE, 0))
        if name in ("author", "authors", "byline", "by"):
            head.byline = head.byline or one_line(value, limits.title)
        elif name in ("date", "published"):
            head.published = head.published or parse_date(value)
        elif name in ("url", "link") or (name == "source" and value.startswith(("http://", "https://"))):
            head.url = head.url or one_line(value)[:2000]
        elif name == "language":
            head.language = language_code(value)
    return min(len(pieces), 10)


def _is_title(text: str, pieces: list[Unit], index: int) -> bool:
    unit = pieces[index]
    words = _words(text, unit)
    if unit.underlined:
        return True
    if unit.marker or text[unit.start] in "•‣◦" or not is_headline(words):
        return bool(_HASHES.match(words)) or _is_stopped_title(text, pieces, index)
    return credit(words) is None


def _is_stopped_title(text: str, pieces: list[Unit], index: int) -> bool:
    """A headline may end with a full stop where a byline or date below it says that it is one."""
    words = _words(text, pieces[index])
    below = credit(_words(text, pieces[index + 1])) if index + 1 < len(pieces) else None
    short = len(words) <= 100 and not words.endswith((",", ";", ":"))
    return below is not None and short and not pieces[index].marker


def _words(text: str, unit: Unit) -> str:
    """Return a unit's words, without the line under a heading or the hashes before it."""
    words = text[unit.start : unit.end]
    if unit.underlined:
        words = words[: words.rstrip().rfind("\n")]
    match = _HASHES.match(words)
    return words[match.end(1) :].strip() if match and "\n" not in words else words


def _shouts(text: str) -> bool:
    """Tell whether a whole text is in capitals, as old wire copy is: then capitals make no heading."""
    sample = text[:2000]
    upper = sum(1 for c in sample if c.isupper())
    return upper > 0.5 * max(1, sum(1 for c in sample if c.isalpha()))


def _kind(text: str, pieces: list[Unit], index: int) -> _Kind:
    unit = pieces[index]
    if unit.marker == "quote":
        return BlockKind.QUOTE, unit.level
    words = text[unit.start : unit.end]
    if unit.marker == "item":
        if _is_numbered_heading(words, pieces, index):
            return BlockKind.HEADING, 2
        return BlockKind.LIST_ITEM, unit.level
    if unit.underlined:
        return BlockKind.HEADING, unit.level
    if len(words) > 600:
        return BlockKind.PARAGRAPH, 0
    hashes = _HASHES.match(words)
    if hashes and "\n" not in words and len(words) <= 120:
        return BlockKind.HEADING, len(hashes[1])
    if is_caption(words):
        return BlockKind.CAPTION, 0
    if "\n" not in words and index + 1 < len(pieces):
        if is_shouted(words) and not _shouts(text):
            return BlockKind.HEADING, 2
        if unit.apart and is_subheading(words) and _between_paragraphs(text, pieces, index):
            return BlockKind.HEADING, 2
    return BlockKind.PARAGRAPH, 0


def _is_numbered_heading(words: str, pieces: list[Unit], index: int) -> bool:
    """Tell a section's heading ("2. New ships") from a point of a list: it stands alone, with text below it."""
    below = pieces[index + 1] if index + 1 < len(pieces) else None
    return (
        pieces[index].apart
        and words[0].isdigit()
        and is_subheading(words.lstrip("0123456789.) \t"))
        and below is not None
        and not below.marker
    )


def _between_paragraphs(text: str, pieces: list[Unit], index: int) -> bool:
    before, after = pieces[index - 1], pieces[index + 1]
    return (
        not before.marker
        and not after.marker
        and after.end - after.start >= _LONG
        and text[after.end - 1] in '.!?”"’»)。…'
        and text[before.end - 1] in '.!?”"’»)。…'
    )


def _merged(pieces: list[Unit], kinds: list[_Kind]) -> list[tuple[Unit, _Kind]]:
    """Join a byline that stands on two lines ("Special to" / the paper's name) into one block."""
    merged: list[tuple[Unit, _Kind]] = []
    for unit, kind in zip(pieces, kinds, strict=True):
        if kind == (BlockKind.BYLINE, _JOINED):
            first = merged.pop()[0]
            merged.append((first.upto(unit.end), (BlockKind.BYLINE, 0)))
        else:
            merged.append((unit, kind))
    return merged
