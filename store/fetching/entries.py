"""What is in a feed that was fetched: its entries, with the addresses that they lead to."""

from __future__ import annotations

import lxml.html
from lxml import etree

from store.errors import FetchError, UsageError
from store.fetching.address import joined
from store.fetching.deadline import deadline
from store.formats.feed_entries import Entry as Entry
from store.formats.feed_entries import entry_keys as entry_keys
from store.formats.feed_entries import parsed
from store.formats.source import NoText

_FEED_TYPES = ("application/rss+xml", "application/atom+xml")


def entries(body: bytes, url: str, charset: str = "") -> list[Entry]:
    """Return the entries of a feed, in its order.

    Raises:
        FetchError: it is none; of a page the message names the feeds that it names.
    """

    def lead(link: str) -> str:
        try:
            return joined(url, link)
        except UsageError:
            return ""

    try:
        with deadline():
            return parsed(body, url, charset, lead)[0]
    except FetchError:
        raise
    except NoText as error:
        raise FetchError(str(error) if "deeply" in str(error) else _no_feed(body, url)) from error
    except Exception as error:
        raise FetchError(f"is no feed that could be understood ({type(error).__name__})") from error


def _no_feed(body: bytes, url: str) -> str:
    """Say what it is instead; a page often names its feeds."""
    said = "is no feed that could be understood"
    if b"<link" not in body[:500_000].lower():
        return said
    try:
        tree = lxml.html.document_fromstring(body[:500_000])
        links = [one.get("href") for one in tree.iter("link") if one.get("type") in _FEED_TYPES and one.get("href")]
        found = [joined(url, link) for link in links[:3]]
    except (etree.LxmlError, ValueError, AssertionError, UsageError):
        return said
    return f"is a page, not a feed; it names {', '.join(found)}" if found else said
