"""What people call the fields of an article: in front matter, in JSON. Case, `_` and `-` make no difference."""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from store.formats.dates import parse_date

TITLE = (
    "title", "headline", "webtitle", "articletitle", "newstitle", "storytitle", "posttitle", "heading", "subject",
)  # fmt: skip
DATE = (
    "date", "published", "publishedat", "publishedon", "datepublished", "publisheddate", "publicationdate",
    "publishdate", "pubdate", "dateposted", "postdate", "posted", "webpublicationdate", "firstpublished",
    "firstpublicationdate", "releasedate", "issued", "created", "createdat", "createdon", "datecreated", "createdutc",
    "timestamp", "time", "datetime", "ts",
)  # fmt: skip
AUTHOR = ("byline", "authors", "author", "by", "creator", "dccreator", "writer", "reporter", "user", "username", "from")
LANGUAGE = ("lang", "language", "locale", "languagecode", "inlanguage", "langcode")
URL = (
    "url", "canonicalurl", "canonical", "weburl", "sourceurl", "originalurl", "externalurl", "source", "link",
    "permalink", "pageurl", "articleurl", "href", "uri", "guid",
)  # fmt: skip

_INSIDE = (
    "rendered", "name", "main", "original", "value", "html", "plain", "text", "content", "$t", "#text", "_", "$date",
    "$oid", "iso", "displayname", "fullname",
)  # fmt: skip
"""Where the value of a field stands that is an object itself."""
_MARKS = re.compile(r"[\s_:.-]+")
_EMPTY = frozenset({"", "~", "null", "none", "[]", "{}", "nan"})
_MOST = 2_000
"""Code points of a field other than the text."""
_BY = re.compile(r"(?i:by|author|byline)[:\s]\s*(?=\S)")
_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\d{6})?")


@functools.lru_cache(4096)
def fold(name: str) -> str:
    """Return a field's name as the lists of this module have it: `Published_At` and `published-at` are one."""
    return _MARKS.sub("", name).lower() or name


def folded(record: Mapping[Any, Any]) -> dict[str, Any]:
    """Return a record by folded names; where two are one the first counts."""
    found: dict[str, Any] = {}
    for name, value in record.items():
        found.setdefault(fold(str(name)), value)
    return found


def first(record: Mapping[str, Any], names: tuple[str, ...]) -> str:
    """Return the first of these fields that says something, on one line."""
    for name in names:
        found = scalar(record.get(name))
        if found:
            return found
    return ""


def scalar(value: object) -> str:
    """Return a field's value as one string; empty where it holds none."""
    if isinstance(value, dict):
        inner = folded(value)
        value = next((inner[name] for name in _INSIDE if isinstance(inner.get(name), str | int | float)), None)
    elif isinstance(value, list):
        value = next((found for one in value[:20] if not isinstance(one, list) and (found := scalar(one))), None)
    if value is None or isinstance(value, dict | list | bool):
        return ""
    text = " ".join(str(value)[:_MOST].split())
    return "" if text.lower() in _EMPTY else text


def title(record: Mapping[str, Any], names: tuple[str, ...] = TITLE) -> str:
    """Return the title, without the entities that web software leaves in it."""
    return html.unescape(first(record, names))


def people(record: Mapping[str, Any], names: tuple[str, ...] = AUTHOR) -> str:
    """Return the authors, parted by commas, without the "By" of a byline."""
    for name in names:
        value = record.get(name)
        named = [_person(person) for person in (value[:20] if isinstance(value, list) else [value])]
        found = ", ".join(dict.fromkeys(person for person in named if person))
        if found:
            by = _BY.match(found)
            return html.unescape(found[by.end() :] if by else found)
    return ""


def _person(value: object) -> str:
    if isinstance(value, dict):
        for given, family in (("first", "last"), ("given", "family"), ("firstname", "lastname")):
            parts = [scalar(value.get(given)), scalar(value.get(family))]
            if all(parts):
                return " ".join(parts)
    return scalar(value)


def day(record: Mapping[str, Any], names: tuple[str, ...] = DATE) -> date | None:
    """Return the first date there is: as it is written, or as seconds since 1970 in UTC."""
    for name in names:
        found = read_day(scalar(record.get(name)))
        if found is not None:
            return found
    return None


def read_day(value: str) -> date | None:
    """Read a date out of a field."""
    if not value:
        return None
    found = parse_date(value)
    if found is not None:
        return found
    compact = _COMPACT_DAY.fullmatch(value)
    if compact is not None:
        found = parse_date("-".join(compact.groups()))
        if found is not None:
            return found
    return _since_1970(value)


def _since_1970(value: str) -> date | None:
    try:
        seconds = float(value)
    except ValueError:
        return None
    for factor in (1, 1_000, 1_000_000, 1_000_000_000):
        if 100_000_000 <= seconds / factor < 5_000_000_000:
            return datetime.fromtimestamp(seconds / factor, UTC).date()
    return None


def language(record: Mapping[str, Any], names: tuple[str, ...] = LANGUAGE) -> str:
    """Return the declared language as it is written."""
    return first(record, names)


def url(record: Mapping[str, Any], names: tuple[str, ...] = URL) -> str:
    """Return the first field that is the address of a page."""
    for name in names:
        for value in _strings(record.get(name)):
            if value.startswith(("http://", "https://")):
                return value
    return ""


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield " ".join(value[:_MOST].split())
    elif isinstance(value, list):
        for one in value[:20]:
            if not isinstance(one, list):
                yield from _strings(one)
    elif isinstance(value, dict):
        for name in ("url", "href", "link", "@id", "$t", "#text", "value"):
            if isinstance(value.get(name), str):
                yield " ".join(value[name][:_MOST].split())
