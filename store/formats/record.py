"""An article out of a record, as JSON has them: a text under one of many names, with title, author, date beside it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from typing import Any

from store.article import Article
from store.formats import fields, text
from store.formats.clean import one_line
from store.formats.compose import Facts, compose
from store.formats.limits import Limits
from store.formats.source import NoText, TooLong, check_length, file_title

_MAPPED = " text"
"""Where a record has the text that the user's own names lead to; no folded name has a blank."""
_FIELDS = {
    "title": "title", "text": _MAPPED, "author": "byline", "date": "date", "language": "lang", "url": "url", "id": "id",
}  # fmt: skip
"""Where the user's names of `store.config.JSON_FIELDS` go: to the name that is looked at first."""
_HTML = ("contenthtml", "bodyhtml", "html", "htmlcontent", "htmlbody", "texthtml", "contentencoded")
_MARKDOWN = ("contentmarkdown", "bodymarkdown", "markdown", "contentmd", "bodymd")
_TEXT = (
    "text", "body", "content", "contents", "articlebody", "fulltext", "articletext", "bodytext", "contenttext",
    "textcontent", "plaintext", "maintext", "rawtext", "cleantext", "article", "story", "selftext", "storytext",
    "commenttext", "transcript",
    "paragraphs", "document", "message",
)  # fmt: skip
_SUMMARY = (
    "summary", "description", "abstract", "excerpt", "shortdescription", "trailtext", "standfirst", "snippet", "lede",
    "leadparagraph",
)  # fmt: skip
_ID = ("id", "guid", "uuid", "articleid", "docid", "documentid", "paperid", "messageid", "storyid", "postid")
_WRAPPERS = (
    "source", "data", "node", "article", "item", "doc", "document", "fields", "attributes", "story", "post", "object",
)  # fmt: skip
"""Fields that hold the record proper: of search engines, of interfaces; `_source` among them."""
_PARTS = ("text", "content", "value", "html", "body", "rendered", "plain", "p", "$t", "#text")
_NO_ARTICLES = frozenset({"$schema", "lockfileversion", "openapi", "swagger"})

_LOOKS_HTML = re.compile(
    r"</(?:p|div|span|a|em|strong|b|i|u|ul|ol|li|h[1-6]|blockquote|figure|table|section|article|body|html)\s*>"
    r"|<(?:br|p|img)\b[^<>]*>",
    re.IGNORECASE,
)
_PAGE = re.compile(r"\s*(?:<!doctype\s+html|<html|<\?xml)", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:amp|quot|apos|nbsp|lt|gt|[lr][sd]quo|[mn]dash|hellip|#\d{1,6}|#x[0-9a-fA-F]{1,5});")
_INLINE_TAG = re.compile(r"</?(?:em|i|b|strong|span|sup|sub|br|a|u|cite|q|mark|small)\b[^<>]{0,300}>", re.IGNORECASE)
_ENOUGH = 200
"""Code points from which a text is taken for an article that has nothing else to show for itself."""
_LONGEST_ID = 300


def article(record: Mapping[str, Any], path: str, limits: Limits, *, certain: bool) -> Article | None:
    """Make an article of a record; None when it is none.

    `certain`: the record is known to be one, so that a text alone will do; else a word in a program's settings
    would be one.

    Raises:
        TooLong, NoText: with a sentence for the user.
    """
    for one in _unwrapped(record, limits):
        if not _NO_ARTICLES.isdisjoint(one):
            return None
        made = _article(one, path, limits, certain)
        if made is not None:
            return made
    return None


def _unwrapped(record: Mapping[str, Any], limits: Limits) -> Iterator[dict[str, Any]]:
    """Return the record by folded names, and then what lies in one of its fields, with its own fields for the rest."""
    outer = fields.folded(record)
    for beside in ("metadata", "meta"):
        if isinstance(outer.get(beside), dict):
            outer = {**fields.folded(outer[beside]), **outer}
    mapped: dict[str, Any] = {}
    for field, places in limits.errand.json:
        for place in places:
            value = _at(record, place.split("."))
            if value not in (None, "", [], {}):
                mapped[_FIELDS[field]] = value
                break
    yield {**outer, **mapped}
    for wrapper in _WRAPPERS:
        inner = outer.get(wrapper)
        if isinstance(inner, dict):
            yield {**outer, **fields.folded(inner), **mapped}


def _article(record: dict[str, Any], path: str, limits: Limits, certain: bool) -> Article | None:
    facts = Facts(
        title=_INLINE_TAG.sub("", fields.title(record)),
        byline=fields.people(record),
        published=fields.day(record),
        language=fields.language(record),
        url=fields.url(record),
    )
    beside = bool(facts.published or facts.url or facts.byline)
    kind, body = _body(record)
    if not body:
        body = _words(record, _SUMMARY)
        if not (body and facts.title and beside):
            return None
        kind = ""
    elif not (certain or _MAPPED in record or facts.title or beside or len(body) >= _ENOUGH):
        return None
    if len(body) > (limits.raw if _may_shrink(kind, body) else limits.text):
        raise TooLong(f"The text is longer than {limits.text:,} characters.")
    made = _made(kind, body, facts, path, limits)
    if made is None:
        raise NoText("There is no text in this record.")
    check_length(made.text, limits)
    return made.replace(member=_name(record) or made.id)


def _may_shrink(kind: str, body: str) -> bool:
    """Whether a text is in markup, which is not counted."""
    return kind == "html" or _LOOKS_HTML.search(body) is not None


def _made(kind: str, body: str, facts: Facts, path: str, limits: Limits) -> Article | None:
    if kind == "markdown":
        from store.formats import markdown

        limits.errand.made_of("markdown", body)
        return compose(markdown.pieces(body), facts, "utf-8", file_title(path), limits)
    if kind == "html" or _LOOKS_HTML.search(body):
        limits.errand.made_of("html", body)
        if _PAGE.match(body):
            from store.formats import html as page

            found, pieces = page.main_text(body, limits)
            title, byline = facts.title or found.title, facts.byline or found.byline
            published, language = facts.published or found.published, facts.language or found.language
            return compose(pieces, Facts(title, byline, published, language, facts.url or found.url), "utf-8",
                           file_title(path), limits)  # fmt: skip
        from store.formats import pagetext

        return compose(pagetext.pieces(body), facts, "utf-8", file_title(path), limits)
    if _ENTITY.search(body):
        body = html.unescape(body)
    made = text.titled(body, facts, "utf-8", path, limits)
    return made if made.text.strip() else None


def _body(record: dict[str, Any]) -> tuple[str, str]:
    """Return what the record's text is written in, as far as its name says so, and the text."""
    for kind, names in (("", (_MAPPED,)), ("html", _HTML), ("markdown", _MARKDOWN), ("", _TEXT)):
        body = _words(record, names)
        if body:
            return kind, body
    return "", ""


def _words(record: dict[str, Any], names: tuple[str, ...]) -> str:
    for field in names:
        value = record.get(field)
        # An object under such a name is the record proper, and has a title of its own.
        words = "" if isinstance(value, dict) and field in _WRAPPERS else _text(value)
        if words.strip():
            return words
    return ""


def _text(value: object, depth: int = 3) -> str:
    """Return a text that may be cut into paragraphs, or lie within an object."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and depth:
        parts = [words for one in value if (words := _text(one, depth - 1)).strip()]
        if any(isinstance(one, str) for one in value) and any(isinstance(one, dict) for one in value):
            # A sentence with its links and bold words, as messengers write it.
            return "".join(parts)
        if any(_LOOKS_HTML.search(part) for part in parts):
            return "\n".join(f"<p>{part}</p>" for part in parts)
        return "\n\n".join(parts)
    if isinstance(value, dict) and depth:
        return next((words for part in _PARTS if (words := _text(value.get(part), depth - 1)).strip()), "")
    return ""


def _name(record: Mapping[str, Any]) -> str:
    found = one_line(fields.first(record, _ID)) or one_line(fields.url(record))
    return found if len(found) <= _LONGEST_ID else ""


def _at(value: object, steps: list[str]) -> object:
    """Follow a dotted path: through objects by name, through lists by number or for each of them."""
    if not steps:
        return value
    if isinstance(value, dict):
        # A name may hold dots itself.
        for count in range(len(steps), 0, -1):
            name = ".".join(steps[:count])
            if name in value:
                return _at(value[name], steps[count:])
        return None
    if isinstance(value, list):
        if steps[0].isdigit():
            return _at(value[int(steps[0])], steps[1:]) if int(steps[0]) < len(value) else None
        return [found for one in value if (found := _at(one, steps)) is not None]
    return None
