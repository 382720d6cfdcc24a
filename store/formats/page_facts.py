"""What a page says about its article where no reader looks: language marks, and JSON-LD as search engines read it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from store.formats import fields
from store.formats.compose import Facts, language_code

_LONGEST = 200_000
_MOST = 10
_ARTICLE = ("article", "posting", "report")
"""What the types of articles end in: NewsArticle, BlogPosting, Report, ..."""
_LANGUAGE_MARKS = (
    ("http-equiv", "content-language"), ("property", "og:locale"), ("name", "dc.language"),
    ("name", "dcterms.language"), ("name", "language"), ("itemprop", "inlanguage"),
)  # fmt: skip


def declared(tree: Any) -> Facts:
    """Return what a page declares in JSON-LD, and its language from any of its marks; the tree stays as it is."""
    record = next(_articles(tree), {})
    return Facts(
        title=fields.title(record, ("headline", "name")),
        byline=fields.people(record, ("author", "creator")),
        published=fields.day(record, ("datepublished", "datecreated")),
        language=_language(tree) or language_code(fields.language(record, ("inlanguage",))),
        url=fields.url(record, ("url", "mainentityofpage", "@id")),
    )


def _language(tree: Any) -> str:
    own = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    if language_code(own):
        return str(own)
    for element in tree.iter("meta"):
        content = element.get("content") or ""
        for attribute, value in _LANGUAGE_MARKS:
            if (element.get(attribute) or "").strip().lower() == value and language_code(content):
                return str(content)
    return ""


def _articles(tree: Any) -> Iterator[dict[str, Any]]:
    blocks = 0
    for script in tree.iter("script"):
        if (script.get("type") or "").partition(";")[0].strip().lower() != "application/ld+json":
            continue
        blocks += 1
        words = (script.text or "").strip().removeprefix("<!--").removesuffix("-->").rstrip(" ;\n\t")
        if blocks > _MOST or len(words) > _LONGEST:
            return
        try:
            value = json.loads(words, strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _within(value, 3)


def _within(value: object, depth: int) -> Iterator[dict[str, Any]]:
    if isinstance(value, list) and depth:
        for one in value[:50]:
            yield from _within(one, depth - 1)
    elif isinstance(value, dict):
        kind = value.get("@type")
        kinds = kind if isinstance(kind, list) else [kind]
        if any(isinstance(one, str) and one.lower().endswith(_ARTICLE) for one in kinds):
            yield fields.folded(value)
        elif "@graph" in value and depth:
            yield from _within(value["@graph"], depth - 1)
