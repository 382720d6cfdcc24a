"""Pages and entries of feeds that Dateline saved: HTML with a head of our own in front, and after it what came.

The head says where the text is from and when it was fetched; what a feed says about its entry goes over what the page
says. Below it the page's bytes are as they came, but for UTF-16 and UTF-32, which become UTF-8.
"""

from __future__ import annotations

import html
import re
from datetime import date

from store.formats.clean import one_line
from store.formats.compose import Facts
from store.record import Record

PAGE, ENTRY = "page", "entry"
"""What lies below the head: a whole page, of which the main text is looked for, or a text and nothing else."""

HEAD = 16_384
"""Bytes within which the head of a saved file ends."""

_START = "<!doctype html>\n"
_END = "<!-- Saved by Dateline; below, what came. -->\n"
_META = re.compile(r'<meta name="dateline:([a-z0-9]+)" content="([^"<>]*)">\n')
_CHARSET = re.compile(r'<meta charset="([A-Za-z0-9_-]+)">\n')
_LONGEST = 2_000


class Saved(Record):
    """What the head of a saved file says."""

    url: str
    """Where the text was found, after all redirects; of an entry without a page, empty."""
    retrieved: str
    """When, in UTC: `2026-11-27T18:40:00+00:00`."""
    kind: str = PAGE
    charset: str = "utf-8"
    title: str = ""
    byline: str = ""
    published: str = ""
    """A date as ISO 8601 has it, or empty."""
    asked: str = ""
    """The address that was asked for, where it led to another one."""
    feed: str = ""
    """The feed that the entry was in, and ..."""
    guid: str = ""
    """... what it calls the entry."""
    sha256: str = ""
    """Of the bytes that came: whoever doubts can hold them against what lies below the head."""


def with_head(saved: Saved, body: bytes) -> bytes:
    """Put the head in front of what came, whose encoding contains ASCII."""
    lines = [_START, f'<meta charset="{saved.charset}">\n']
    for name in saved.__struct_fields__:
        value = one_line(str(getattr(saved, name)))[:_LONGEST]
        if value and name != "charset":
            lines.append(f'<meta name="dateline:{name}" content="{html.escape(value)}">\n')
    return "".join([*lines, _END]).encode("ascii", "xmlcharrefreplace") + body


def split(text: str) -> tuple[Saved | None, str]:
    """Part a saved file into what its head says and what came; without a head the text comes back whole."""
    text = text.removeprefix("\ufeff")
    if not text.startswith(_START):
        return None, text
    at = len(_START)
    charset = _CHARSET.match(text, at)
    at = charset.end() if charset is not None else at
    known = set(Saved.__struct_fields__)
    values: dict[str, str] = {}
    while (found := _META.match(text, at)) is not None:
        if found[1] in known:
            values[found[1]] = html.unescape(found[2])
        at = found.end()
    if not text.startswith(_END, at) or "retrieved" not in values:
        return None, text
    values.setdefault("url", "")
    if charset is not None:
        values["charset"] = charset[1]
    return Saved(**values), text[at + len(_END) :].removeprefix("\ufeff")


def read_head(data: bytes) -> Saved | None:
    """Return what the first `HEAD` bytes of a file say, if Dateline saved it."""
    return split(data.decode("ascii", "replace"))[0] if data.startswith(_START.encode()) else None


def facts_over(saved: Saved, facts: Facts) -> Facts:
    """Put what the head says over what the page says of itself."""
    try:
        published = date.fromisoformat(saved.published) if saved.published else None
    except ValueError:
        published = None
    return facts.replace(
        title=saved.title or facts.title,
        byline=saved.byline or facts.byline,
        published=published or facts.published,
        url=saved.url or facts.url,
    )
