"""Metadata in front of Markdown: YAML between `---`, TOML between `+++`. If broken, only it is lost."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

import yaml

from store.formats import fields
from store.formats.compose import Facts
from store.formats.limits import Limits

_OPENING = re.compile(r"\ufeff?(?P<mark>---|\+\+\+)[ \t]*\n")
_PLAIN_FIELD = re.compile(r"^([A-Za-z_]+)[ \t]*[:=][ \t]*(\S.*)$", re.MULTILINE)
_LOADER: type[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Makes strings only: no dates to be moved by a time zone, no numbers for titles, no objects."""


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
    record = fields.folded(values)
    return Facts(
        title=fields.title(record),
        byline=fields.people(record),
        published=fields.day(record),
        language=fields.language(record),
        url=fields.url(record),
    )
