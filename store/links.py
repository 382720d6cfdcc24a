"""The links in a text: addresses of the web and of mail, as they stand there. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

from store.lazy_pattern import lazy_pattern
from store.record import Record

SCHEMES = ("http", "https", "mailto")
"""What a link may begin with; nothing else is ever handed to another program."""
_LONGEST = 2_000
"""Characters of a link at most: no browser takes many more."""

# Neither white space nor what terminals obey, what reorders or hides, nor what closes a quotation.
_PART = '[^\\s<>"“”„«»‹›\x00-\x20\x7f-\xa0\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]'
_LINK = lazy_pattern(
    rf"(?<![\w@./+-])(?:(?:https?://|mailto:|www\.(?=\w)){_PART}{{1,{_LONGEST}}}"
    r"|[A-Za-z0-9][\w.+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![\w@]))",
    re.IGNORECASE | re.ASCII,
)
_TRAILING = ".,;:!?'’‘…*_~|"
_PAIRS = {")": "(", "]": "[", "}": "{"}


class Link(Record):
    """An address in a text, `text[start:end]`."""

    start: int
    end: int
    url: str
    """With its scheme, one of `SCHEMES`; characters that no address has are percent-encoded, so that it is ASCII."""


def links_in(text: str, start: int = 0, end: int | None = None) -> Iterator[Link]:
    """Yield the links that stand in a stretch of a text, in their order; one that reaches out of it is cut."""
    for match in _LINK.finditer(text, start, len(text) if end is None else end):
        stop = match.start() + len(_without_punctuation(match[0]))
        url = normal(text[match.start() : stop])
        if url:
            yield Link(match.start(), stop, url)


def link_at(text: str, offset: int) -> Link | None:
    """Return the link that holds a character."""
    start, end = max(0, offset - _LONGEST), min(len(text), offset + _LONGEST)
    return next((link for link in links_in(text, start, end) if link.start <= offset < link.end), None)


def normal(written: str) -> str:
    """Return an address as a browser takes it; empty where it is none, or one of another scheme."""
    # Browsers leave these out wherever they stand.
    address = re.sub(r"[\t\r\n]", "", written.strip())
    if re.match(r"www\.", address, re.IGNORECASE):
        address = f"https://{address}"
    elif "@" in address and "://" not in address and not address.lower().startswith("mailto:"):
        address = f"mailto:{address}"
    if len(address) > _LONGEST:
        return ""
    # A text may hold half of a surrogate pair, as a JSON file can write one.
    encoded = quote(address, safe="%:/?#[]@!$&'()*+,;=~-._", errors="surrogatepass")
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        ascii_host = host.encode("idna").decode() if not host.isascii() else host
        _ = parts.port
    except (ValueError, UnicodeError):
        return ""
    scheme = parts.scheme.lower()
    if scheme == "mailto":
        return encoded if "@" in parts.path else ""
    if scheme not in SCHEMES or not host or not re.search(r"\w", host):
        return ""
    if ascii_host != host:
        encoded = quote(parts._replace(netloc=parts.netloc.lower().replace(host, ascii_host)).geturl(),
                        safe="%:/?#[]@!$&'()*+,;=~-._")  # fmt: skip
    return encoded


def goes_to(url: str) -> str:
    """Return the host that a link leads to, or the address that a letter goes to, whatever else is written in it."""
    parts = urlsplit(url)
    return parts.path if parts.scheme == "mailto" else parts.hostname or ""


def _without_punctuation(found: str) -> str:
    """Leave out what ends the sentence and not the address: brackets stay where they were opened in it."""
    while found:
        last = found[-1]
        if last in _TRAILING or (last in _PAIRS and found.count(last) > found.count(_PAIRS[last])):
            found = found[:-1]
        else:
            break
    return found
