"""What is in a feed: RSS, Atom and RDF. Pure: feedparser gets bytes, never an address that it would open."""

from __future__ import annotations

import hashlib
import html
import io
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import feedparser

from store.formats.clean import one_line
from store.formats.dates import parse_date
from store.formats.source import NoText
from store.record import Record

_ENOUGH = 1_200
"""Characters from which a summary passes for the whole text, where a feed names none as its content."""
_CUT = re.compile(r"(?:\[…\]|\[\.\.\.\]|…|\.\.\.|read more|continue reading)\W*$", re.IGNORECASE)
_TAG = re.compile(rb"<(/?)[A-Za-z][^<>]*?(/?)>")
_HIDDEN = ((b"<![CDATA[", b"]]>"), (b"<!--", b"-->"))
_BLANKS = re.compile(rb"\s{100,}")
_DEEPEST = 1_000
_MOST = 5_000
"""Entries of one feed that are looked at."""


class Entry(Record):
    """One article of a feed."""

    feed: str
    guid: str
    """What the feed calls it, else its link, else a hash of it."""
    link: str
    """The address of its page, or empty."""
    title: str
    byline: str
    published: str
    """A date as ISO 8601 has it, or empty."""
    content: str
    """HTML; of some feeds the beginning only."""
    whole: bool
    """Whether the content is the whole text, as far as that can be told."""

    @property
    def keys(self) -> tuple[str, ...]:
        """What it is known by: by its own name, and by where and what it is when another feed has it too."""
        return entry_keys(self.feed, self.guid, self.link, self.title)


def entry_keys(feed: str, guid: str, link: str, title: str) -> tuple[str, ...]:
    """Return the keys of an entry; one that is no name of the whole net, such as `17`, is its feed's own."""
    name = guid if ":" in guid else f"{feed} {guid}"
    return tuple(dict.fromkeys((_hash(name), *([_hash(f"{link} {title}")] if link else []))))


def parsed(
    body: bytes, url: str = "", charset: str = "", lead: Callable[[str], str] = one_line
) -> tuple[list[Entry], str]:
    """Return the entries of a feed, in its order, and the language that it names.

    `url` is where the feed is from; `lead` makes an address of a link in it, or nothing. Deep markup is refused: it
    would take the parser minutes.

    Raises:
        NoText: it is no feed; the message is the rest of a sentence that begins with its name.
    """
    if _too_deep(body):
        raise NoText("is nested too deeply to be a feed")
    kind = f"application/xml; charset={charset}" if charset else "application/xml"
    headers = {"content-type": kind} | ({"content-location": url} if url else {})
    # The parser's time grows with the square of a run of white space.
    body = _BLANKS.sub(b"\n", body)
    found: Any = feedparser.parse(io.BytesIO(body), response_headers=headers)
    if not found.entries and not found.get("version"):
        raise NoText("is no feed that could be understood")
    author = _text(found.feed.get("author"))
    return [_entry(one, url, author, lead) for one in found.entries[:_MOST]], str(found.feed.get("language") or "")


def _entry(one: Any, feed: str, author: str, lead: Callable[[str], str]) -> Entry:
    link = lead(str(one["link"])) if one.get("link") else ""
    content, whole = _content(one)
    title = one_line(_text(one.get("title")), 500)
    guid = one_line(str(one.get("id") or "")) or link or _hash(title + content)
    return Entry(
        feed=feed,
        guid=guid if len(guid) <= 500 else _hash(guid),
        link=link,
        title=title,
        byline=one_line(_people(one) or author, 200),
        published=_published(one),
        content=content,
        whole=whole,
    )


def _content(one: Any) -> tuple[str, bool]:
    """Return the longest text that an entry has, and whether that seems to be all of it."""
    summary = str(one.get("summary") or "")
    given = [_as_html(each) for each in one.get("content") or [] if each.get("value")]
    content = max(given, key=len, default="")
    if content and len(_text(content)) >= len(_text(summary)):
        return content, not _CUT.search(_text(content)[-200:])
    detail = one.get("summary_detail")
    text = _text(summary)
    return _as_html(detail) if detail else summary, len(text) >= _ENOUGH and not _CUT.search(text[-200:])


def _as_html(detail: Any) -> str:
    value = str(detail.get("value") or "")
    if detail.get("type") != "text/plain":
        return value
    return "".join(f"<p>{html.escape(one, quote=False)}</p>\n" for one in re.split(r"\n\s*\n", value) if one.strip())


def _people(one: Any) -> str:
    names = [_text(each.get("name")) for each in one.get("authors") or [] if each.get("name")]
    return ", ".join(dict.fromkeys(names)) or _text(one.get("author"))


def _published(one: Any) -> str:
    """Return the day as the feed writes it, in its own time zone; else the day in UTC."""
    for name in ("published", "created", "updated"):
        found = parse_date(str(one.get(name) or ""))
        if found is not None:
            return found.isoformat()
        parsed = one.get(f"{name}_parsed")
        if parsed is not None:
            try:
                return date(*parsed[:3]).isoformat()
            except (ValueError, TypeError):
                continue
    return ""


def _text(value: object) -> str:
    """Return the words of a field that may be HTML."""
    text = str(value or "")
    return " ".join(html.unescape(re.sub(r"<[^<>]*>", " ", text)).split()) if "<" in text or "&" in text else text


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:20]


def _too_deep(body: bytes) -> bool:
    """Whether it is nested so deeply that the parser would take minutes; within CDATA it keeps no tree."""
    depth = at = 0
    while (start := body.find(b"<", at)) >= 0:
        hidden = next((end for begin, end in _HIDDEN if body.startswith(begin, start)), None)
        if hidden is not None:
            at = body.find(hidden, start)
            if at < 0:
                return False
            continue
        tag = _TAG.match(body, start)
        at = tag.end() if tag is not None else start + 1
        if tag is None or tag[2]:
            continue
        depth += -1 if tag[1] else 1
        if depth > _DEEPEST:
            return True
    return False
