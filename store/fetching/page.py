"""From what came to the file that is kept: the page as it came, with our head in front. Pure."""

from __future__ import annotations

import codecs
import hashlib
import html
import io
import re
from collections.abc import Mapping
from datetime import UTC, datetime

from store.article import Article
from store.errors import FetchError
from store.fetching.client import Response
from store.fetching.deadline import deadline
from store.fetching.entries import Entry
from store.formats import html as html_format
from store.formats.encoding import Decoded, NotText, decode, refuse_known_binary
from store.formats.limits import DEFAULT
from store.formats.saved import ENTRY, HEAD, Saved, with_head
from store.formats.source import NoText, TooLong

_LABELS = {"euc_jp": "euc-jp", "cp932": "shift_jis", "cp949": "euc-kr", "mac-roman": "macintosh", "cp866": "ibm866"}
"""What browsers call codecs that Python calls otherwise."""
NOTHING: Mapping[str, str] = {}
_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")


def now() -> str:
    """Return the moment as a head has it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def page_file(response: Response, asked: str, retrieved: str, said: Mapping[str, str] = NOTHING) -> tuple[Saved, bytes]:
    """Return the head and the file of a page; what a feed says of it, `said`, goes over what the page says.

    Raises:
        FetchError: it is no text.
    """
    try:
        decoded = _declared(response) or decode(response.body)
    except NotText as error:
        raise FetchError(f"holds no text. {error}") from error
    plain = response.type == "text/plain"
    body = response.body
    codec = decoded.encoding.removesuffix("?")
    if plain or codec.startswith(("utf-16", "utf-32")):
        text = _as_html(decoded.text) if plain else decoded.text
        body, codec = text.encode("utf-8", "replace"), "utf-8"
    saved = Saved(
        url=response.url,
        retrieved=retrieved,
        kind=ENTRY if plain else "page",
        charset=_label(codec),
        asked=asked if asked != response.url else "",
        sha256=hashlib.sha256(response.body).hexdigest(),
        **said,
    )
    return saved, with_head(saved, body)


def entry_file(entry: Entry, retrieved: str) -> tuple[Saved, bytes]:
    """Return the head and the file of an entry as its feed gives it."""
    body = entry.content.encode("utf-8", "replace")
    saved = Saved(
        url=entry.link, retrieved=retrieved, kind=ENTRY, sha256=hashlib.sha256(body).hexdigest(), **said_by(entry)
    )
    return saved, with_head(saved, body)


def read_back(data: bytes, name: str) -> Article:
    """Read a file as the library will: what cannot be read is not worth keeping.

    Raises:
        FetchError: there is no text in it.
    """
    try:
        with deadline():
            found = next(iter(html_format.read(io.BytesIO(data), name, DEFAULT)))
    except (NotText, NoText, TooLong) as error:
        raise FetchError(f"has nothing to read. {error}") from error
    assert isinstance(found, Article)
    return found


def said_by(one: Entry | Saved) -> dict[str, str]:
    """Return what a feed says of its entry, or what it said when a file was saved."""
    return {name: getattr(one, name) for name in ("title", "byline", "published", "feed", "guid")}


def _declared(response: Response) -> Decoded | None:
    """Read the page in the encoding that its server names, where its bytes are that."""
    refuse_known_binary(response.body[:HEAD])
    if not response.charset or response.body.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE)):
        return None
    if not response.body.isascii() and _is_utf8(response.body):
        # Other encodings take any bytes; bytes that happen to be UTF-8 are a rare accident.
        return None
    # As a page would declare it: the same few codecs are trusted.
    claim = f'<meta charset="{response.charset}">'.encode()
    decoded = decode(claim + response.body)
    exact = not decoded.encoding.endswith("?") and decoded.text.startswith(claim.decode())
    return Decoded(decoded.text[len(claim) :], decoded.encoding) if exact else None


def _is_utf8(data: bytes) -> bool:
    """Tell whether bytes are UTF-8 throughout."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _label(codec: str) -> str:
    if re.fullmatch(r"cp125\d", codec):
        return f"windows-{codec[2:]}"
    found = re.fullmatch(r"iso8859-(\d+)", codec)
    return f"iso-8859-{found[1]}" if found is not None else _LABELS.get(codec, codec)


def _as_html(text: str) -> str:
    paragraphs = _PARAGRAPHS.split(text.replace("\r\n", "\n").strip("\n"))
    return "".join("<p>" + html.escape(one, quote=False).replace("\n", "<br>\n") + "</p>\n" for one in paragraphs)
