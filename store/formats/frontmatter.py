"""Metadata in front of Markdown: YAML between `---`, TOML between `+++`. If broken, only it is lost."""

from __future__ import annotations

import html
import re
import tomllib
from collections.abc import Mapping
from typing import Any

import yaml

from store.formats.compose import Facts
from store.formats.dates import parse_date
from store.formats.limits import Limits

_OPENING = re.compile(r"\ufeff?(?P<mark>---|\+\+\+)[ \t]*\n")
_PLAIN_FIELD = re.compile(r"^([A-Za-z_]+)[ \t]*[:=][ \t]*(\S.*)$", re.MULTILINE)
_EMPTY = frozenset({"", "~", "null", "none", "[]", "{}"})
_LOADER: type[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Makes strings only: no dates to be moved by a time zone, no numbers for titles, no objects."""

_TITLE = ("title", "headline", "Title")
_DATE = ("date", "published", "publishdate", "pubdate", "created", "Date")
_AUTHOR = ("byline", "authors", "author", "Author", "by", "creator")
_LANGUAGE = ("lang", "language", "locale")
_URL = ("url", "canonical_url", "source", "source_url", "link", "original_url", "permalink")


def split(text: str, limits: Limits) -> tuple[Facts, str]:
    """Part a text into what its front matter says and the rest; without any the text comes back whole."""
    opening = _OPENING.match(text)
    if opening is None:
        return Facts(), text
    mark = opening["mark"]
    closing = re.compile(r"^\+\+\+[ \t]*$" if mark == "+++" else r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
    end = closing.search(text, opening.end(), opening.end() + limits.front_matter)
    if end is None:
        return Facts(), text
    source = text[opening.end() : end.start()]
    values = _toml(source) if mark == "+++" else _yaml(source)
    if values is None:
        values = {name: value.strip("\"'") for name, value in reversed(_PLAIN_FIELD.findall(source))}
    elif not values and source.strip():
        # Two rulers around a paragraph are no front matter.
        return Facts(), text
    return _facts(values), text[end.end() :]


def _yaml(source: str) -> dict[str, Any] | None:
    try:
        values = yaml.load(source, Loader=_LOADER)
    except (yaml.YAMLError, RecursionError, ValueError, TypeError):
        return None
    return values if isinstance(values, dict) else {}


def _toml(source: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(source)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError):
        return None


def _facts(values: Mapping[str, Any]) -> Facts:
    date = _first(values, _DATE)
    url = _first(values, _URL)
    return Facts(
        title=html.unescape(_first(values, _TITLE)),
        byline=_people(values),
        published=parse_date(date) if date else None,
        language=_first(values, _LANGUAGE),
        url=url if url.startswith(("http://", "https://")) else "",
    )


def _first(values: Mapping[str, Any], names: tuple[str, ...]) -> str:
    for name in names:
        found = _scalar(values.get(name))
        if found:
            return found
    return ""


def _scalar(value: object) -> str:
    if value is None or isinstance(value, dict | list | bool):
        return ""
    text = str(value)[:2000].strip()
    return "" if text.lower() in _EMPTY else text


def _people(values: Mapping[str, Any]) -> str:
    for name in _AUTHOR:
        value = values.get(name)
        people = value if isinstance(value, list) else [value]
        named = [
            _scalar(person.get("name")) if isinstance(person, dict) else _scalar(person)
            for person in people[:20]
        ]
        found = ", ".join(person for person in named if person)
        if found:
            return found
    return ""
