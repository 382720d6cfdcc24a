"""What goes in and out of the query session. Apart from it, so that naming it costs a start nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from store.article import ArticleId, ArticleKey, Source
from store.query.keys import KeyList
from store.record import Record, field

Group = tuple[str, int]
"""A day (empty where it is not known) or a folder, with how many of the list's articles are in it."""


class Answer(Record):
    """The answer to a query: every article's key, in the order asked for."""

    keys: KeyList
    words: tuple[str, ...] = ()
    """The words and phrases looked for in the text, as `found.spans` takes them."""
    order: str = "date"
    """The order of the keys: one of `fields.SORTS`; by date where there was nothing to rank by."""
    copies: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    """Of a folded list: the articles that are not in it, by the near copy of them that is, the next best first."""
    groups: tuple[Group, ...] = ()
    """What the list is grouped by, in its order; empty where it is one list."""
    total: int | None = None
    """How many articles were found, where the keys are only the first of them."""


class Standing(Record):
    """What has become of the annotated articles of a library."""

    changed: int
    """Articles whose text changed since notes were made on it."""
    lost: int
    """Notes, of articles that are there, whose passage is not found."""
    gone: int
    """Articles whose text is nowhere any more."""


class GoneText(Record):
    """What is still known of an article that is gone, for queries to find it by."""

    key: ArticleKey
    """Below zero."""
    title: str
    text: str
    """As the reader shows it: the text that was kept, else the notes and what they quote."""
    words: int
    sources: tuple[Source, ...]
    """Where it was last."""
    published: str = ""
    language: str = ""


Describe = Callable[[ArticleId], GoneText | None]
"""Tells what is known of an annotated text; None for one of another library. Called on the query thread."""
