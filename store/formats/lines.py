"""Divides plain text into units: paragraphs, list items, quotes. Knows blank lines, wraps and indents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from store.formats.dates import date_line
from store.formats.headline import credit
from store.record import Record

_WRAP = 120
"""The longest line that anyone wraps by hand or by mailer."""
_ITEM = re.compile(r"(?P<indent>[ \t]*)(?P<mark>[-*+•‣◦▪]|\(?\d{1,3}[.)]|[a-z]\))[ \t]+\S")
_QUOTE = re.compile(r"[ \t]*(?P<marks>>(?:[ \t]?>)*)(?:[ \t]|$)")
_UNDERLINE = re.compile(r"[ \t]*(?P<mark>=|-|~)(?P=mark){2,}[ \t]*")
_STOPPED = re.compile(r"[.!?:;…。！？]['\"”’»)\]]*$")


class Unit(Record):
    """A stretch of text that belongs together: `text[start:end]`, without white space around it."""

    start: int
    end: int
    marker: str = ""
    """`item`, `quote`, or empty for running text."""
    level: int = 0
    underlined: bool = False
    """Whether its last line is a row of `=` or `-`."""
    apart: bool = False
    """Whether blank lines stand before and after it."""

    def upto(self, end: int) -> Unit:
        """Return the unit stretched to another end."""
        return self.replace(end=end)


class _Line(Record):
    start: int
    end: int
    words: str
    """The line without white space around it."""
    indent: int


def units(text: str) -> list[Unit]:
    """Divide a text; everything but white space is in exactly one unit."""
    groups = list(_groups(text))
    wrapped = _is_wrapped(groups)
    width = max((line.end - line.start for group in groups for line in group[:-1]
                 if line.end - line.start <= _WRAP), default=0)  # fmt: skip
    found: list[Unit] = []
    for number, group in enumerate(groups):
        made = list(_divided(group, wrapped, width, number == 0))
        if len(made) == 1:
            made = [made[0].replace(apart=True)]
        found += made
    return found


def _groups(text: str) -> Iterator[list[_Line]]:
    """Yield the runs of lines between blank lines."""
    group: list[_Line] = []
    at = 0
    for raw in text.split("\n"):
        words = raw.strip()
        if words:
            lead = len(raw) - len(raw.lstrip())
            group.append(_Line(at + lead, at + lead + len(words), words, len(raw[:lead].expandtabs(4))))
        elif group:
            yield group
            group = []
        at += len(raw) + 1
    if group:
        yield group


def _is_wrapped(groups: list[list[_Line]]) -> bool:
    """Tell whether lines were broken for width: then few characters stand in very long lines."""
    total = long = 0
    for group in groups:
        for line in group:
            length = line.end - line.start
            total += length
            long += length if length > _WRAP else 0
    return long * 5 <= total


def _divided(group: list[_Line], wrapped: bool, width: int, first: bool) -> Iterator[Unit]:
    """Divide a run of lines into units."""
    at = 0
    while at < len(group):
        line = group[at]
        item, quote = _item(line), _QUOTE.match(line.words)
        if quote is not None:
            level = quote["marks"].count(">")
            end = at + 1
            while end < len(group) and (more := _QUOTE.match(group[end].words)) and more["marks"].count(">") == level:
                end += 1
            yield _unit(group[at:end], "quote", level)
        elif item is not None and not _lonely_dash(group, at, item):
            end = at + 1
            while end < len(group) and _continues_item(group[end], line):
                end += 1
            yield _unit(group[at:end], "item", 1 + line.indent // 2 if line.indent < 16 else 8)
        else:
            end = at + 1
            while end < len(group) and not _starts_marked(group, end):
                end += 1
            yield from _running(group[at:end], wrapped, width, first and at == 0)
        at = end


def _item(line: _Line) -> re.Match[str] | None:
    match = _ITEM.match(" " * min(line.indent, 40) + line.words[:40])
    # "21. März 2017" is no twenty-first point.
    return None if match and match["mark"][0].isdigit() and date_line(line.words) else match


def _starts_marked(group: list[_Line], at: int) -> bool:
    if _QUOTE.match(group[at].words):
        return True
    item = _item(group[at])
    if item is None:
        return False
    # Within running text "- " and "3. " count only after a sentence or before another item.
    mark = item["mark"]
    if mark in "-*+" and at + 1 < len(group) and _same_mark(group[at + 1], mark):
        return True
    return (mark not in "-*+" and not mark[0].isdigit()) or bool(_STOPPED.search(group[at - 1].words))


def _same_mark(line: _Line, mark: str) -> bool:
    other = _item(line)
    return other is not None and other["mark"] == mark


def _lonely_dash(group: list[_Line], at: int, item: re.Match[str]) -> bool:
    """A rule made of separated stars ("* * *") is no list."""
    return not any(c.isalnum() for c in group[at].words[:200]) and item["mark"] in "-*+"


def _continues_item(line: _Line, item: _Line) -> bool:
    return line.indent > item.indent and not _item(line) and not _QUOTE.match(line.words)


def _running(lines: list[_Line], wrapped: bool, width: int, first: bool) -> Iterator[Unit]:
    """Divide running text: join what was wrapped, part what was meant as lines."""
    at = 0
    if first and len(lines) > 1 and (credit(lines[1].words) or _FIELD_LINE.match(lines[0].words)):
        # Headline, byline and body without a blank line between them.
        while at < len(lines) and (at == 0 or credit(lines[at].words) or _FIELD_LINE.match(lines[at].words)):
            yield _unit(lines[at : at + 1])
            at += 1
    while at + 1 < len(lines):
        if _UNDERLINE.fullmatch(lines[at + 1].words) and not _UNDERLINE.fullmatch(lines[at].words) \
                and lines[at].end - lines[at].start <= _WRAP:  # fmt: skip
            level = 1 if lines[at + 1].words[0] == "=" else 2
            yield _unit(lines[at : at + 2]).replace(underlined=True, level=level)
            at += 2
            continue
        break
    rest = lines[at:]
    if not rest:
        return
    if not wrapped or not _mostly_full(rest, width) or _all_sentences(rest):
        for line in rest:
            yield _unit([line])
        return
    start = 0
    base = min(line.indent for line in rest)
    for index in range(1, len(rest)):
        indented = rest[index].indent >= base + 2 and rest[index - 1].indent == base
        ended = not _is_full(rest[index - 1], rest[index], width) and _STOPPED.search(rest[index - 1].words)
        if indented or ended:
            yield _unit(rest[start:index])
            start = index
    yield _unit(rest[start:])


_FIELD_LINE = re.compile(
    r"(?:title|headline|authors?|byline|by|date|published|source|url|link|language)[ \t]*:[ \t]+\S",
    re.IGNORECASE,
)


def _is_full(line: _Line, after: _Line, width: int) -> bool:
    """Tell whether the next line's first word had no room on a line."""
    word = after.words.split(None, 1)[0]
    return (line.end - line.start) + line.indent + 1 + len(word) > width * 0.92


def _mostly_full(lines: list[_Line], width: int) -> bool:
    if len(lines) == 1:
        return True
    full = sum(_is_full(one, other, width) for one, other in pairwise(lines))
    return full * 2 >= len(lines) - 1


def _all_sentences(lines: list[_Line]) -> bool:
    """Tell whether every line ends a sentence, which wrapping does not bring about."""
    enough = len(lines) > 2 or (len(lines) == 2 and lines[0].end - lines[0].start > 90)
    return enough and all(_STOPPED.search(line.words) for line in lines)


def _unit(lines: list[_Line], marker: str = "", level: int = 0) -> Unit:
    return Unit(lines[0].start, lines[-1].end, marker, level)
