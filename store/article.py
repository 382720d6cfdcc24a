"""What a reader reads: articles, their blocks, the places they come from, the names in them. Frozen, no I/O.

Every offset anywhere is a code point index into `Article.text`; spans are half-open.
"""

from __future__ import annotations

import dataclasses
import hashlib
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Any, NewType, Self

from store.lazy_pattern import lazy_pattern
from store.record import Record

ArticleId = NewType("ArticleId", str)
"""The identity of a text: `text_hash(text)`, 32 hexadecimal digits. On the command line a prefix of 6 will do."""

ArticleKey = NewType("ArticleKey", int)
"""The row of an article in the open index. Cheap to keep by the hundred thousand, never stored anywhere else."""

EntityKey = NewType("EntityKey", str)
"""Who or what is meant, across all texts: `person:shinzo abe`, its kind and its folded canonical name."""


@lru_cache(maxsize=4_096)
def fold_name(name: str) -> str:
    """Return a canonical name as entities are compared: NFC, casefold, single spaces."""
    return unicodedata.normalize("NFC", " ".join(name.split()).casefold())


def key_of_entity(kind: str, name: str) -> EntityKey:
    """Return the key of an entity; names with equal keys are one. `kind` is a group's value, as `person`."""
    return EntityKey(f"{kind}:{fold_name(name)}")


def text_hash(text: str) -> ArticleId:
    """Return the identity of a clean text: the first 128 bits of its SHA-256, as hexadecimal digits."""
    return ArticleId(hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32])


class BlockKind(StrEnum):
    """What a stretch of an article is, as its reader sees it."""

    TITLE = "title"
    BYLINE = "byline"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    CAPTION = "caption"
    QUOTE = "quote"
    LIST_ITEM = "list item"
    CODE = "code"


class Block(Record):
    """A stretch of an article's text. Blocks are in order and do not overlap; only white space lies between them."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    """Of a heading, 1 to 6; of a list item or quote, how deep it is nested, from 1; else 0."""


@dataclass(frozen=True)
class Article:
    """One article as a format reads it.

    `text` is clean plain text and holds everything that is read, the title and byline included. Where a file gives
    the title apart from the body (front matter, HTML metadata), the format puts it in front of the text as the
    TITLE block, so that names in it are found and every offset means the same thing everywhere.
    """

    title: str
    """One line, never empty: the headline, else the beginning of the text, else the file's name."""
    text: str
    blocks: tuple[Block, ...]
    byline: str = ""
    published: date | None = None
    language: str = ""
    """An ISO 639 code: as the file says, in the index also as it was recognised; empty where it is not clear."""
    url: str = ""
    encoding: str = ""
    """The encoding the bytes were read with; ends in `?` where it was guessed."""
    retrieved: str = ""
    """When it was fetched, where its file says so: ISO 8601 with an offset, `2026-11-27T18:40:00+00:00`."""
    member: str = ""
    """The place inside a container (a record's own id, a URL, an inner path); empty for a plain file."""
    raw: int = field(default=0, compare=False, repr=False)
    """A fingerprint of the bytes it was read from, by which a container need not be read anew for one article; or 0."""

    def replace(self, **named: Any) -> Self:
        """Return a copy with other values in these fields."""
        return dataclasses.replace(self, **named)

    @cached_property
    def id(self) -> ArticleId:
        """The identity of the text."""
        return text_hash(self.text)

    @property
    def words(self) -> int:
        """Number of white-space separated words; in scripts without spaces two characters count as one word."""
        return count_words(self.text)


_CJK = lazy_pattern("[\u3040-\u9fff\uac00-\ud7af]")


def count_words(text: str) -> int:
    """Count words for reading times: runs without white space, and for CJK text one word for two characters."""
    cjk = 0 if text.isascii() else len(_CJK.findall(text))
    return len(text.split()) + cjk // 2


class Source(Record):
    """A place an article was read from."""

    path: str
    """Absolute; bytes that are no UTF-8 are kept as surrogate escapes, as `os.fsdecode` gives them."""
    member: str = ""


class Mention(Record):
    """A name in a text: `text[start:end]`."""

    start: int
    end: int
    label: str
    """One of spaCy's labels: PERSON, NORP, ORG, GPE, LOC, FAC, EVENT, DATE, ..."""
    entity: str = ""
    """The canonical name of who or what is meant; empty until mentions are linked."""


class Problem(Record):
    """Something that could not be shown, and why. `reason` is a sentence for the user, without the path."""

    path: str
    stage: str
    """`scan`, `read` or `analyse`."""
    reason: str
    member: str = ""


class Unchanged(Record):
    """What a format yields instead of an article that the index has, as its bytes show."""


class ListedArticle(Record):
    """What the list shows of an article."""

    key: ArticleKey
    id: ArticleId
    title: str
    published: date | None
    words: int
    source: Source
    """The first of its sources."""
    byline: str = ""
    language: str = ""
    url: str = ""
    people: tuple[str, ...] = ()
    """The people it names most often, where they were asked for."""


class StoredArticle(Record):
    """An article as the index holds it, with all the places it was read from."""

    key: ArticleKey
    article: Article
    sources: tuple[Source, ...]
    analysed: bool
    """Whether its mentions have been found; an article without names is analysed too."""
    mentions: tuple[Mention, ...] = ()
    """In order of start; the longer first where two start alike."""
    no_model: bool = False
    """No pipeline reads its language: it has no names, or the user's own ones alone."""
    words: int = 0
    """Its words as the index counted them, so that nobody goes through the text to tell how long it takes."""
