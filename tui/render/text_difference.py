"""Two texts of an article compared, as lines: `-` and `+` in the margin, the words that differ underlined. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from rich.cells import cell_len, chop_cells

from store.library import Note
from store.library.text_difference import Kind, Part, Run, TextDifference
from store.record import Record
from tui.render.list_row import ASCII, UNICODE, fit
from tui.render.safe import safe

MARGIN = 2


class Look(StrEnum):
    """How a piece of a line looks."""

    PLAIN = "plain"
    QUIET = "quiet"
    DIFFERS = "differs"
    """Words that the other text does not have here."""
    NOTE = "note"


class DifferenceLine(Record):
    """One line as it is drawn."""

    sign: str
    """In the margin: `-`, `+`, the sign of a note, or a blank."""
    pieces: tuple[tuple[str, Look], ...] = ()
    place: int = -1
    """Which difference it belongs to; -1 for none."""


class _Page(Record):
    """What the lines are set on."""

    room: int
    sign: str
    """Of a note."""
    new_text: str


def difference_lines(
    difference: TextDifference,
    texts: tuple[str, str],
    notes: Sequence[Note],
    width: int,
    *,
    ascii_only: bool = False,
) -> list[DifferenceLine]:
    """Set a comparison in lines of at most `width` cells; the notes stand below the sentences that they are on.

    `texts` are the old and the new one.
    """
    page = _Page(max(10, width - MARGIN), (ASCII if ascii_only else UNICODE).note, texts[1])
    lines: list[DifferenceLine] = []
    last = len(difference.parts) - 1
    for number, part in enumerate(difference.parts):
        noted = [note for note in notes if _is_on(note, part, texts[0])]
        if part.kind is Kind.SAME:
            lines += _same(part, noted, page, first=not number, last=number == last)
            continue
        if part.kind in (Kind.CHANGED, Kind.REMOVED):
            lines += _sentence("-", part.old, part, page.room)
        if part.kind in (Kind.CHANGED, Kind.ADDED):
            lines += _sentence("+", part.new, part, page.room)
        lines += [
            DifferenceLine(page.sign, ((fit(_said(note), page.room).rstrip(), Look.NOTE),), part.place)
            for note in noted
        ]
    return lines


def _is_on(note: Note, part: Part, old_text: str) -> bool:
    """Whether a note's passage lies in a part: of the new text, or of the old one where it is lost."""
    if note.anchor is None:
        return False
    start, end = note.anchor.start, note.anchor.end
    low, high = part.new_span
    if note.lost:
        low, high = part.old_span
        if old_text[start:end] != note.anchor.quote:
            return False
    return start < high and end > low


def _said(note: Note) -> str:
    words = next((line.strip() for line in note.body.splitlines() if line.strip()), "highlighted")
    return safe(f"{words} (its passage is not found now)" if note.lost else words)


def _same(part: Part, notes: Sequence[Note], page: _Page, *, first: bool, last: bool) -> Iterator[DifferenceLine]:
    """Yield what stands right before and after a difference; of the other sentences how many they are."""
    few = part.count == len(part.shown)
    if not first:
        yield DifferenceLine(" ")
    head = part.shown if few else part.shown[: not first]
    tail = () if few else part.shown[len(part.shown) - (not last) :]
    for span in head:
        yield from _quiet(span, notes, page)
    left = part.count - len(head) - len(tail)
    if left:
        inner = [note for note in notes if not any(_touches(note, span) for span in (*head, *tail))]
        words = f"{left:,} sentence{'' if left == 1 else 's'} as before"
        if inner:
            words += f", {len(inner):,} note{'' if len(inner) == 1 else 's'} on them"
        for line in _wrapped([(f"({words})", Look.QUIET)], page.room):
            yield DifferenceLine(page.sign if inner else " ", line)
    for span in tail:
        yield from _quiet(span, notes, page)
    if not last:
        yield DifferenceLine(" ")


def _touches(note: Note, span: tuple[int, int]) -> bool:
    return note.anchor is not None and not note.lost and note.anchor.start < span[1] and note.anchor.end > span[0]


def _quiet(span: tuple[int, int], notes: Sequence[Note], page: _Page) -> Iterator[DifferenceLine]:
    sign = page.sign if any(_touches(note, span) for note in notes) else " "
    sentence = " ".join(page.new_text[slice(*span)].split())
    for number, line in enumerate(_wrapped([(safe(sentence), Look.QUIET)], page.room)):
        yield DifferenceLine(" " if number else sign, line)


def _sentence(sign: str, runs: Sequence[Run], part: Part, room: int) -> Iterator[DifferenceLine]:
    whole = part.kind is not Kind.CHANGED
    pieces: list[tuple[str, Look]] = []
    for run in runs:
        text = " ".join(run.text.split()) if whole else run.text
        pieces.append((safe(text), Look.DIFFERS if run.differs and not whole else Look.PLAIN))
    if part.moved:
        pieces.append((" (now elsewhere)" if sign == "-" else " (moved here)", Look.QUIET))
    for line in _wrapped(pieces, room):
        yield DifferenceLine(sign, line, part.place)


def _wrapped(pieces: Iterable[tuple[str, Look]], room: int) -> Iterator[tuple[tuple[str, Look], ...]]:
    """Break pieces into lines at blanks; a word wider than a line is divided."""
    line: list[tuple[str, Look]] = []
    used = 0
    for word in _words(pieces):
        size = sum(cell_len(text) for text, _ in word)
        blank = bool(line)
        if used + blank + size > room and line:
            yield tuple(line)
            line, used, blank = [], 0, False
        if blank:
            # A blank between two words that differ differs too.
            line.append((" ", word[0][1] if line[-1][1] is word[0][1] else Look.PLAIN))
            used += 1
        for text, look in word:
            for piece in chop_cells(text, room) if size > room else [text]:
                if used + cell_len(piece) > room and line:
                    yield tuple(line)
                    line, used = [], 0
                line.append((piece, look))
                used += cell_len(piece)
    if line:
        yield tuple(line)


def _words(pieces: Iterable[tuple[str, Look]]) -> Iterator[list[tuple[str, Look]]]:
    """Divide pieces into words, each of which may be made of several pieces."""
    word: list[tuple[str, Look]] = []
    for text, look in pieces:
        for number, part in enumerate(text.split(" ")):
            if number and word:
                yield word
                word = []
            if part:
                word.append((part, look))
    if word:
        yield word
