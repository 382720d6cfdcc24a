"""What stands at the head of a name's page: how often and since when, other names, the user's tags and note. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual.content import Content

from store.record import Record
from tui.render.clusters import shown
from tui.render.counted import counted
from tui.render.list_row import long_date
from tui.render.literal import content
from tui.render.pieces import UNICODE, TextGlyphs
from tui.render.safe import safe
from tui.render.wrap import wrap

_ALIASES = 12
"""Other names that are told of; a name of hundreds has its list in the box of `m`."""


class Head(Record):
    """What is known of a name."""

    mentions: int
    articles: int
    first: date | None
    last: date | None
    joined: Sequence[tuple[str, int]] = ()
    """Names that the user has joined with it, with their mentions."""
    forms: Sequence[tuple[str, int]] = ()
    """How it is written, with counts."""
    at: str = ""
    """Where a place is, in words."""
    tags: Sequence[str] = ()
    note: str = ""


def head_lines(head: Head, name: str, width: int, most: int, glyphs: TextGlyphs = UNICODE) -> list[Content]:
    """Return at most `most` lines of `width` cells: the counts, the other names, the tags and the note."""
    dash = "-" if glyphs is not UNICODE else "–"
    parts = [counted(head.articles, "article"), counted(head.mentions, "mention"), _span(head, dash), head.at]
    lines = [content(f" {glyphs.dot} ".join(part for part in parts if part)).truncate(width, ellipsis=True)]
    others = _others(head, name, glyphs)
    if others and most > 1:
        lines.append(content(others).stylize("$quiet").truncate(width, ellipsis=True))
    room = most - len(lines)
    if room > 0 and (head.tags or head.note):
        lines += _own(head, width, room, glyphs)
    return lines


def _span(head: Head, dash: str) -> str:
    if head.first is None or head.last is None:
        return "undated" if head.articles else ""
    if head.first == head.last:
        return long_date(head.first)
    return f"{long_date(head.first)} {dash} {long_date(head.last)}"


def _others(head: Head, name: str, glyphs: TextGlyphs) -> str:
    """Name what else it is called: joined names first, then the written forms that differ from the name."""
    joined = [f"{alias} {count:,}" for alias, count in head.joined[:_ALIASES]]
    forms = [f"{form} {count:,}" for form, count in head.forms[:_ALIASES] if form != name]
    between = f" {glyphs.dot} "
    told = [f"joined: {between.join(joined)}"] if joined else []
    told += [f"written: {between.join(forms)}"] if forms else []
    return "  ".join(told)


def _own(head: Head, width: int, room: int, glyphs: TextGlyphs) -> list[Content]:
    """The user's tags, then the note, wrapped; what there is no room for is left to the editor."""
    tags = " ".join(f"#{tag}" for tag in head.tags)
    lines = [content(tags).stylize("$tag").truncate(width, ellipsis=True)] if tags else []
    note = shown(safe(" ".join(head.note[:4_000].split())))
    left = room - len(lines)
    if not note or left <= 0:
        return lines
    texts = [line.text for line in wrap(note, 0, len(note), max(8, width - 2))]
    told = texts[:left]
    if len(texts) > left:
        told[-1] = f"{told[-1].rstrip()} {'...' if glyphs is not UNICODE else '…'}"
    return [*lines, *(Content.assemble((f"{glyphs.note} " if not n else "  ", "$star"), content(text)).truncate(width)
                      for n, text in enumerate(told))]  # fmt: skip
