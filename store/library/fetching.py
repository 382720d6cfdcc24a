"""Saving pages and the entries of feeds into a folder. For a thread that may wait: this is what opens connections."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from store.disk.atomic import read_all
from store.errors import NotFoundError, UsageError
from store.fetching.adding import add
from store.fetching.address import web_address
from store.fetching.following import Progress, fetch
from store.fetching.visit import Outcome, Status, Visit, visit
from store.formats.limits import DEFAULT
from store.formats.opml import feeds
from store.formats.source import NoText

__all__ = ["Outcome", "Progress", "Status", "Visit", "add", "fetch", "named_feeds", "visit", "web_address"]


def named_feeds(words: Iterable[str]) -> list[str]:
    """Return the addresses of feeds: those given, and those in the OPML files given.

    Raises:
        UsageError: a word is neither an address nor a list of feeds.
        NotFoundError: a file is not there.
    """
    found: list[str] = []
    for word in words:
        if "://" in word:
            found.append(web_address(word))
        else:
            found += _listed(Path(word))
    return list(dict.fromkeys(found))


def _listed(path: Path) -> list[str]:
    if not path.exists():
        raise NotFoundError(f"{path} is neither a file here nor a web address; write one whole, with https://.")
    if not path.is_file() or path.stat().st_size > DEFAULT.raw:
        raise UsageError(f"{path} is no list of feeds (OPML).")
    try:
        # What is wrong with one of them is said when its turn comes, so that it does not keep the others back.
        named = [one.url for one in feeds(read_all(path)[0])]
    except NoText as error:
        raise UsageError(f"{path} is no list of feeds (OPML).") from error
    if not named:
        raise UsageError(f"{path} names no feeds.")
    return named
