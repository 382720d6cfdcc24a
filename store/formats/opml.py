"""OPML: lists of feeds, as feed readers export them. There is nothing to read in one: it is for `dateline fetch`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from store.article import Article, Problem
from store.formats.clean import one_line
from store.formats.limits import Limits
from store.formats.source import NoText, whole
from store.record import Record

_MOST = 10_000
"""Feeds of one list."""


class ListedFeed(Record):
    """A feed that a list names."""

    url: str
    """As it stands there."""
    title: str = ""


def read(stream: BinaryIO, path: str, limits: Limits) -> Iterator[Article | Problem]:
    """Say what a list is for; it holds no article.

    Raises:
        NoText: always, with a sentence for the user.
    """
    count = len(feeds(whole(stream, limits)))
    counted = f"{count:,} feed{'' if count == 1 else 's'}"
    raise NoText(f"This is a list of {counted}; `dateline fetch` saves what is in them.")
    yield


def feeds(data: bytes) -> list[ListedFeed]:
    """Return the feeds of a list, in its order, each address once.

    Raises:
        NoText: it is no OPML.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise NoText("This is no list of feeds (OPML).") from error
    if root is None or not isinstance(root.tag, str) or root.tag.rpartition("}")[2].lower() != "opml":
        raise NoText("This is no list of feeds (OPML).")
    found: dict[str, ListedFeed] = {}
    for feed in _outlines(root):
        found.setdefault(feed.url, feed)
        if len(found) == _MOST:
            break
    return list(found.values())


def _outlines(root: etree._Element) -> Iterator[ListedFeed]:
    for element in root.iter("{*}outline"):
        # Programs differ in how they write the names.
        names = {str(name).lower(): str(value) for name, value in element.attrib.items()}
        url = names.get("xmlurl", "").strip()
        if url:
            yield ListedFeed(url, one_line(names.get("title") or names.get("text") or "", 200))
