"""E-mail: one message is an article. Its subject is the title, its sender the byline; quoted lines are quotes."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from datetime import date
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.policy import compat32
from email.utils import getaddresses, parsedate_to_datetime
from typing import BinaryIO

from store.article import Article, BlockKind, Problem
from store.formats import pagetext
from store.formats.clean import one_line
from store.formats.compose import Facts, Piece, compose
from store.formats.dates import parse_date
from store.formats.encoding import NotText, decode
from store.formats.errand import Errand
from store.formats.limits import Limits
from store.formats.source import UNREADABLE, Damaged, NoText, check_length, file_title, whole

_DEEPEST = 8
"""Messages and parts within one another."""
_MOST_NAMES = 20
"""Receivers and attachments that are named."""
_QUOTED = re.compile(r"[ \t]{0,3}((?:>[ \t]?)+)")
_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)
_WRAPPED = 45
"""Characters that all lines of a paragraph but its last have where a program has broken them."""
_LIST = re.compile(r"[ \t]*(?:[-*•·]|\d{1,3}[.)])[ \t]")


def read(stream: BinaryIO, path: str, limits: Limits) -> Iterator[Article | Problem]:
    """Read a file with one message.

    Raises:
        TooLong, NoText: with a sentence for the user.
    """
    yield message(whole(stream, limits), file_title(path), limits)


def message(data: bytes, fallback: str, limits: Limits) -> Article:
    """Make an article of a message; `fallback` is its title where it has neither subject nor words.

    Raises:
        TooLong, NoText, Damaged: with a sentence for the user.
    """
    # The newer policy of the same library gives up on headers that real mail has.
    found = email.message_from_bytes(data, policy=compat32)
    if not any(name in found for name in ("from", "subject", "date", "to", "message-id")):
        raise NoText("This is no e-mail: it has neither sender nor subject nor date.")
    try:
        return _article(found, fallback, limits)
    except UNREADABLE:
        raise
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError) as error:
        # What the library raises about damaged messages is a matter of chance.
        raise Damaged("The message is damaged.") from error


def _article(found: Message, fallback: str, limits: Limits) -> Article:
    senders, receivers = _people(found, "from"), _people(found, "to", "cc")
    pieces: list[Piece] = []
    if receivers:
        pieces.append(Piece(BlockKind.CAPTION, f"To {_listed(receivers)}"))
    attachments: list[str] = []
    pieces += _pieces(found, attachments, 0, limits.errand)
    if attachments:
        pieces.append(Piece(BlockKind.CAPTION, f"Attached: {_listed(attachments)}"))
    facts = Facts(title=_words(found, "subject"), byline=", ".join(senders), published=_day(found))
    made = compose(pieces, facts, "", fallback, limits)
    if made is None:
        raise NoText("There is no text in this message.")
    check_length(made.text, limits)
    return made


def _listed(names: list[str]) -> str:
    more = len(names) - _MOST_NAMES
    return ", ".join(names[:_MOST_NAMES]) + (f" and {more} more" if more > 0 else "")


# ---- headers -------------------------------------------------------------------------------------------------
def _words(found: Message, name: str) -> str:
    """Return a header in words, whatever it was written in."""
    return one_line(_decoded(next(_values(found, name), "")))


def _values(found: Message, name: str) -> Iterator[str]:
    """Yield all headers of a name as they stand there, bytes that are no ASCII too."""
    for known, value in found.raw_items():
        if known.lower() == name:
            raw = str(value).encode("utf-8", "surrogateescape")
            try:
                yield raw.decode()
            except UnicodeDecodeError:
                yield raw.decode("latin-1")


def _decoded(value: str) -> str:
    try:
        parts = decode_header(value)
    except (HeaderParseError, ValueError):
        return value
    words = []
    for part, charset in parts:
        if isinstance(part, str):
            words.append(part)
            continue
        try:
            words.append(part.decode(charset or "utf-8", "replace"))
        except (LookupError, ValueError):
            words.append(part.decode("utf-8", "replace"))
    return "".join(words)


def _people(found: Message, *names: str) -> list[str]:
    """Return who stands in some headers: by name, else by address."""
    values = [value for name in names for value in _values(found, name)]
    shown = [one_line(_decoded(name)) or address for name, address in getaddresses(values)]
    return list(dict.fromkeys(one.strip("\"' ") for one in shown if one.strip("\"' ")))


def _day(found: Message) -> date | None:
    """Return the day on which it was written, in the writer's own time zone."""
    value = _words(found, "date")
    try:
        return parsedate_to_datetime(value).date()
    except (TypeError, ValueError, IndexError, OverflowError):
        return parse_date(value)


# ---- the body ------------------------------------------------------------------------------------------------
def _pieces(part: Message, attachments: list[str], depth: int, errand: Errand) -> list[Piece]:
    if depth > _DEEPEST:
        return []
    kind = part.get_content_type()
    inner = part.get_payload()
    if kind == "message/rfc822" and isinstance(inner, list) and inner and isinstance(inner[0], Message):
        subject = _words(inner[0], "subject") or "a message"
        heading = Piece(BlockKind.HEADING, f"Forwarded: {subject}", 2)
        return [heading, *_pieces(inner[0], attachments, depth + 1, errand)]
    if part.is_multipart() and isinstance(inner, list):
        parts = [one for one in inner if isinstance(one, Message)]
        if kind == "multipart/alternative":
            return _best(parts, attachments, depth + 1, errand)
        return [piece for one in parts for piece in _pieces(one, attachments, depth + 1, errand)]
    name = part.get_filename()
    if part.get_content_disposition() == "attachment" or not kind.startswith("text/") or kind == "text/calendar":
        if name or part.get_content_disposition() == "attachment":
            attachments.append(one_line(_decoded(str(name or "a file without a name")), 200))
        return []
    text = _text(part)
    if kind == "text/html":
        errand.made_of("html", text)
        return list(pagetext.pieces(text))
    return list(_plain(text, flowed=str(part.get_param("format", "")).lower() == "flowed"))


def _best(parts: list[Message], attachments: list[str], depth: int, errand: Errand) -> list[Piece]:
    """Choose one of several forms of the same: plain text where it says anything, else the richest."""
    for one in parts:
        if one.get_content_type() == "text/plain":
            found = _pieces(one, attachments, depth, errand)
            if sum(len(piece.text) for piece in found) > 20:
                if errand.markup is not None:
                    # The words are the same, and behind them are links.
                    _best([other for other in parts if other is not one], [], depth, errand)
                return found
    for one in reversed(parts):
        found = _pieces(one, attachments, depth, errand)
        if found:
            return found
    return []


def _text(part: Message) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return str(part.get_payload() or "")
    charset = part.get_content_charset()
    if charset:
        try:
            return data.decode(charset)
        except (LookupError, ValueError):
            pass
    try:
        return decode(data).text
    except NotText:
        return data.decode("utf-8", "replace")


def _plain(text: str, *, flowed: bool) -> Iterator[Piece]:
    """Part a plain text into paragraphs, quotes and a signature."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    body, mark, signature = _last_signature(text)
    lines: list[str] = []
    level = 0
    for line in [*body.split("\n"), ""]:
        quoted = _QUOTED.match(line)
        now = quoted[1].count(">") if quoted else 0
        words = line[quoted.end() :] if quoted else line
        if lines and (now != level or not words.strip()):
            yield from _paragraph(lines, level, flowed=flowed)
            lines = []
        level = now
        if words.strip():
            lines.append(words)
    if lines:
        yield from _paragraph(lines, level, flowed=flowed)
    if mark and signature.strip():
        yield Piece(BlockKind.CAPTION, signature)


def _last_signature(text: str) -> tuple[str, str, str]:
    marks = list(_SIGNATURE.finditer(text))
    found = marks[-1] if marks else None
    if found is None or text.count("\n", found.end()) > 12:
        return text, "", ""
    return text[: found.start()], found[0], text[found.end() :]


def _paragraph(lines: list[str], level: int, *, flowed: bool) -> Iterator[Piece]:
    kind = BlockKind.QUOTE if level else BlockKind.PARAGRAPH
    if any(_LIST.match(line) for line in lines):
        yield Piece(kind, "\n".join(lines), level)
        return
    wrapped = len(lines) > 1 and all(len(line) >= _WRAPPED for line in lines[:-1])
    if flowed or wrapped:
        # A line that ends with a blank goes on in the next one (RFC 3676).
        joined = [line if wrapped or line.endswith(" ") else f"{line}\n" for line in lines[:-1]]
        yield Piece(kind, "".join(f"{line.rstrip(' ')} " if not line.endswith("\n") else line for line in joined)
                    + lines[-1], level)  # fmt: skip
    else:
        yield Piece(kind, "\n".join(lines), level)
