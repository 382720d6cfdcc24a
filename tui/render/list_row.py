"""One line of the article list as segments: cursor, state, date, title, number tags, note sign. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style

from store.article import ListedArticle
from store.config import ROW, Column
from store.library import Marks, found_in
from store.record import Record
from tui.render.columns import PACE, as_needed, cell, fitting
from tui.render.found_row import marked_segments
from tui.render.safe import safe

DATE_WIDTH = 6
LONG_DATE = 10
"""The width of a column from which on dates are written as they sort: `2026-11-23`."""
PLAIN = Style()
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Glyphs(Record):
    """The signs of the list; every one is one cell wide in every terminal."""

    unread: str = "●"
    read: str = "○"
    star: str = "★"
    note: str = "✎"
    highlight: str = "▌"
    dash: str = "—"
    ellipsis: str = "…"
    apostrophe: str = "’"
    changed: str = "~"
    dot: str = "·"


UNICODE = Glyphs()
ASCII = Glyphs("o", ".", "*", "n", "|", "-", "~", "'", dot="-")


class RowStyles(Record):
    """The styles of a row's parts, already joined with the row's own background."""

    base: Style
    title: Style
    quiet: Style
    star: Style
    tag: Style
    hit: Style = PLAIN
    """Added to the words that were looked for."""


class RowState(Record):
    """What is true of a row beside its article."""

    marks: Marks
    digits: tuple[int, ...] = ()
    cursor: bool = False
    marked: bool = False
    gone: bool = False
    """It no longer matches the list's query, or its file has vanished; it stays until the list is run again."""
    copies: int = 0
    """How many near copies of it are folded."""
    beneath: bool = False
    """It is shown beneath an article that it is a near copy of."""
    words: tuple[str, ...] = ()
    """The words of the filter, as `store.library.found_in` takes them."""


def short_date(day: date | None, today: date, glyphs: Glyphs = UNICODE) -> str:
    """Write a date in six cells: `23 Nov` this year, `Mar’17` in others, a dash when unknown."""
    if day is None:
        return glyphs.dash.ljust(DATE_WIDTH)
    month = _MONTHS[day.month - 1]
    if day.year == today.year:
        return f"{day.day:>2} {month}"
    return f"{month}{glyphs.apostrophe}{day.year % 100:02}"


def long_date(day: date | None) -> str:
    """Write a date as it stands under a headline: `23 Nov 2026`; `undated` when unknown."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}" if day else "undated"


def row_segments(
    article: ListedArticle,
    state: RowState,
    width: int,
    styles: RowStyles,
    today: date,
    glyphs: Glyphs = UNICODE,
    columns: Sequence[Column] = ROW,
    roots: Sequence[str] = (),
    pace: int = PACE,
) -> list[Segment]:
    """Draw a row exactly `width` cells wide. Folders are named from the `roots` on; `pace` is words a minute."""
    marks = state.marks
    sign = "+" if state.marked else ">" if state.cursor else " "
    bullet = glyphs.star if marks.starred else glyphs.read if marks.read else glyphs.unread
    left = [Segment(sign, styles.base), Segment(bullet, styles.star if marks.starred else styles.quiet)]
    kept = fitting(columns, width - 2)
    at = next(place for place, column in enumerate(kept) if column.name == "title")
    cells = [(column, _cell(column, article, marks, today, glyphs, roots, pace)) for column in kept]
    before = "".join(f" {text}" for column, text in cells[:at] if column.width)
    after = [(column, text) for column, text in cells[at:] if column.width]
    right = as_needed(kept, state.digits, _signs(marks, glyphs))
    folded = _folded(state.copies, width)
    used = 3 + cell_len(before) + sum(1 + column.width for column, _ in after)
    room = width - used - len(folded) - (len(right) + 1 if right else 0)
    title = fit("  " * state.beneath + safe(article.title), max(room, 0), glyphs.ellipsis)
    hits = found_in(title, state.words)
    look = styles.quiet if state.gone or marks.read else styles.title
    left.append(Segment(f"{before} ", styles.quiet if before else styles.base))
    parts = [*left, *(marked_segments(title, hits, look, styles.hit) if hits else [Segment(title, look)])]
    if folded:
        parts.append(Segment(folded, styles.quiet))
    for column, text in after:
        parts += [Segment(" ", styles.base), Segment(text, styles.tag if column.name == "tags" else styles.quiet)]
    if right:
        parts += [Segment(" ", styles.base), Segment(right, styles.tag)]
    return parts


def _cell(
    column: Column,
    article: ListedArticle,
    marks: Marks,
    today: date,
    glyphs: Glyphs,
    roots: Sequence[str],
    pace: int,
) -> str:
    if not column.width:
        return ""
    if column.name != "date":
        return cell(column, article, marks, roots, glyphs.ellipsis, pace)
    day = marks.published or article.published
    if column.width >= LONG_DATE:
        return (day.isoformat() if day else glyphs.dash).ljust(column.width)
    return short_date(day, today, glyphs).ljust(column.width)


def _signs(marks: Marks, glyphs: Glyphs) -> str:
    signs = [glyphs.changed] if marks.changed else []
    if marks.notes or marks.highlights or marks.draft:
        signs.append(glyphs.note if marks.notes or marks.draft else glyphs.highlight)
    return " ".join(signs)


def _folded(copies: int, width: int) -> str:
    """Say how many copies are folded, in as many words as there is room for."""
    if not copies:
        return ""
    if width < 44:
        return f" +{copies:,}"
    return f" +{copies:,} {'copy' if copies == 1 else 'copies'}"


def fit(text: str, width: int, ellipsis: str = "…") -> str:
    """Cut or pad a line to `width` cells, with an ellipsis where it was cut."""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    if width <= 0:
        return ""
    return set_cell_size(set_cell_size(text, width - 1).rstrip() + ellipsis, width)


def missing_row(width: int, styles: RowStyles, cursor: bool) -> list[Segment]:
    """Draw the row of an article that has left the index."""
    return [Segment(fit(f"{'>' if cursor else ' '}  (no longer in the library)", width), styles.quiet)]


def heading_row(name: str, count: int, width: int, styles: RowStyles, glyphs: Glyphs = UNICODE) -> list[Segment]:
    """Draw the heading of a group, quieter than what is below it: `23 Nov 2026 · 4`."""
    counted = f" {glyphs.dot} {count:,}"
    room = max(0, width - 1 - cell_len(counted))
    shown = safe(name)
    if cell_len(shown) > room:
        shown = fit(shown, room, glyphs.ellipsis)
    return [Segment(fit(f" {shown}{counted}", width), styles.quiet)]
