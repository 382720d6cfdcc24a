"""A note in the list of notes, as lines of segments: passage, what is written on it, article. Pure."""

from __future__ import annotations

import re
from datetime import datetime

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from store.library.note_rows import NoteRow
from store.record import Record
from tui.render.list_row import UNICODE, Glyphs, fit, short_date
from tui.render.safe import safe

_SIGNS = re.compile(r"^(?:#{1,6} |> ?)+|\*\*")
"""Signs of Markdown that say nothing in a line by itself."""

_OPENING = ("“", '"', "„", "«", "‘", "「")
"""A passage that is speech needs no second marks around it."""

BODY_LINES = 2
"""Lines of a note that the list shows; the rest stands beside it."""


class NoteStyles(Record):
    """The styles of a note's parts, already joined with the ground they stand on."""

    base: Style
    quiet: Style
    tag: Style
    sign: Style


def height(row: NoteRow) -> int:
    """Return how many lines a note takes, the free one below it included; the same at any width."""
    body = _body_lines(row)
    return (1 if row.quote else 0) + len(body) + (0 if row.quote or body else 1) + 2


def note_row(
    row: NoteRow,
    width: int,
    styles: NoteStyles,
    now: datetime,
    *,
    cursor: bool = False,
    glyphs: Glyphs = UNICODE,
) -> list[list[Segment]]:
    """Draw a note's lines, each exactly `width` cells wide, without the free one below."""
    lead = Segment(">" if cursor else " ", styles.base)
    inside = max(0, width - 2)
    texts: list[tuple[str, Style]] = []
    body = _body_lines(row)
    if row.quote:
        quote = _one_line(row.quote)
        if not quote.startswith(_OPENING):
            quote = f"“{quote}”" if glyphs is UNICODE else f'"{quote}"'
        texts.append((quote, styles.quiet if body else styles.base))
    texts += [(line, styles.base) for line in body] or ([] if row.quote else [("(empty)", styles.quiet)])
    when = age(row.note.updated, now, glyphs)
    lines = []
    for number, (text, style) in enumerate(texts):
        room = inside - (len(when) + 2 if number == 0 else 0)
        line = [lead if number == 0 else Segment(" ", styles.base), Segment(fit(text, room, glyphs.ellipsis), style)]
        if number == 0:
            line.append(Segment(f"  {when}", styles.quiet))
        lines.append([*line, Segment(" ", styles.base)])
    lines.append([Segment(" ", styles.base), *_foot(row, inside, styles, glyphs), Segment(" ", styles.base)])
    return lines


def _foot(row: NoteRow, width: int, styles: NoteStyles, glyphs: Glyphs) -> list[Segment]:
    """The article at the left; tags and what is the matter with the note at the right."""
    marks = " · ".join(markers(row))
    marks = fit(marks, width) if cell_len(marks) > width else marks
    tags = " ".join(f"#{safe(tag)}" for tag in row.note.tags)
    room = width - (cell_len(marks) + 2 if marks else 0)
    most = max(0, room - min(16, room // 2) - 2)
    if cell_len(tags) > most:
        tags = fit(tags, most, glyphs.ellipsis).rstrip()
    title = fit(safe(row.target.title), room - (cell_len(tags) + 2 if tags else 0), glyphs.ellipsis)
    parts = [Segment(title, styles.quiet)]
    if tags:
        parts.append(Segment(f"  {tags}", styles.tag))
    if marks:
        parts.append(Segment(f"  {marks}", styles.sign))
    return parts


def markers(row: NoteRow) -> list[str]:
    """Say what a note wants its reader to know, in a few words each."""
    found = []
    if row.twice:
        found.append("kept twice")
    if row.gone:
        found.append("article gone")
    elif row.note.lost:
        found.append("wants a place")
    elif row.differs:
        found.append("article changed")
    if not row.ours and not row.gone:
        found.append("elsewhere")
    return found


def age(at: datetime, now: datetime, glyphs: Glyphs = UNICODE) -> str:
    """Write how long ago something was: `now`, `12 min`, `5 h`, `3 d`, then the date."""
    minutes = int((now - at).total_seconds() // 60)
    if minutes < 1:
        return "now"
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 24 * 60:
        return f"{minutes // 60} h"
    if minutes < 7 * 24 * 60:
        return f"{minutes // (24 * 60)} d"
    return short_date(at.astimezone(now.tzinfo).date(), now.date(), glyphs).strip()


def _body_lines(row: NoteRow) -> list[str]:
    found: list[str] = []
    for line in row.note.body[:2_000].splitlines():
        if line.strip():
            found.append(safe(_SIGNS.sub("", " ".join(line.split()))))
            if len(found) == BODY_LINES:
                break
    return found


def _one_line(text: str) -> str:
    return safe(" ".join(text[:1_000].split()))
