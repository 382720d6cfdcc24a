"""Web addresses: which are asked for, and how one and the same is always written."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urljoin

from urllib3.exceptions import LocationParseError
from urllib3.util import Url, parse_url

from store.errors import UsageError

_LONGEST = 2_000
"""Characters of an address; nothing that a person reads has a longer one, and file heads stay small."""
_PORTS = {"http": 80, "https": 443}
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_UNSEEN = re.compile(r"[\x00-\x20\x7f]")


def web_address(text: str) -> str:
    """Return an address as it is asked for and kept: encoded, without a fragment.

    Raises:
        UsageError: it is none that Dateline asks for; the message says why.
    """
    text = text.strip()
    if not _SCHEME.match(text):
        raise UsageError(
            f"{text or 'An empty word'} is no web address; write it whole, as in https://example.org/page."
        )
    url = _parsed(text)
    if url.scheme not in ("http", "https"):
        raise UsageError(f"{text}: only addresses that begin with http:// or https:// are fetched.")
    if not url.host or ("%" in url.host and not url.host.startswith("[")):
        raise UsageError(f"{text}: the address names no site.")
    if url.auth:
        raise UsageError(f"{text}: leave name and password out; Dateline does not log in anywhere.")
    if len(url.url) > _LONGEST:
        raise UsageError(f"{text[:60]}…: an address of more than {_LONGEST:,} characters is not fetched.")
    port = None if url.port == _PORTS[url.scheme] else url.port
    return Url(url.scheme, None, url.host, port, url.path or "/", url.query, None).url


def joined(base: str, link: str) -> str:
    """Return where a link leads, as `web_address` writes it.

    Raises:
        UsageError: it leads to nothing that Dateline asks for.
    """
    try:
        whole = urljoin(base, link.strip())
    except ValueError as error:
        raise UsageError(f"{link[:200]} is no web address.") from error
    return web_address(whole)


def origin(url: str) -> str:
    """Return scheme, host and port: what one robots.txt speaks for."""
    parts = parse_url(url)
    return Url(parts.scheme, None, parts.host, parts.port).url


def host(url: str) -> str:
    """Return the host of an address that was checked."""
    return parse_url(url).host or ""


def target(url: str) -> str:
    """Return what an address asks its host for: path and query."""
    return parse_url(url).request_uri


def is_private(address: str) -> bool:
    """Tell whether an IP address is of this machine or of a network of the user's own."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return not (mapped or found).is_global


def _parsed(text: str) -> Url:
    try:
        return parse_url(_UNSEEN.sub(lambda match: f"%{ord(match[0]):02X}", text))
    except (LocationParseError, ValueError) as error:
        raise UsageError(f"{text[:200]} is no web address.") from error
