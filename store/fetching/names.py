"""Names of files that are saved: safe, short, the same for the same article. Pure."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator

SUFFIX = ".html"
_LONGEST = 80
"""Bytes of the part that is made of a title."""


def folder_name(host: str) -> str:
    """Return the name of the folder for what a site gave."""
    return _slug(host.removeprefix("www."), ".").strip(".-") or "site"


def file_names(title: str, published: str, identity: str) -> Iterator[str]:
    """Yield names to try, in order, until one is free or the article's own: day and title, then more and more digits.

    `published` is a date or empty. `identity` tells articles of one title and day apart.
    """
    stem = _slug(title) or "untitled"
    if published:
        stem = f"{published}-{stem}"
    yield stem + SUFFIX
    digits = hashlib.sha256(identity.encode("utf-8", "replace")).hexdigest()
    for length in (6, 12, 64):
        yield f"{stem}-{digits[:length]}{SUFFIX}"


def _slug(text: str, also: str = "") -> str:
    """Return letters and digits of any script in lower case, joined by hyphens; accents are taken off Latin letters."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    plain = "".join(map(_without_accent, folded))
    words = re.split(rf"[^\w{also}]+|_+", unicodedata.normalize("NFC", plain))
    slug = ""
    for word in filter(None, words):
        longer = f"{slug}-{word}" if slug else word
        if len(longer.encode()) > _LONGEST:
            # A first word of enormous length, as a title without spaces is one, is cut at a letter.
            return slug or longer.encode()[:_LONGEST].decode("utf-8", "ignore")
        slug = longer
    return slug


def _without_accent(character: str) -> str:
    base = unicodedata.normalize("NFD", character)[0]
    return base if base.isascii() else character
