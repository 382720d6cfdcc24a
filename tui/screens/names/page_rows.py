"""The rows of a name's page: a mention in its sentence, and what it appears with. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING

from store.article import EntityKey
from store.library import Group
from tui.render.list_row import Glyphs, short_date
from tui.screens.names.who import short_kind
from tui.widgets.choice_list import Choice

if TYPE_CHECKING:
    from store.library import Companion, MentionLine

WIDE = 62
"""Cells of a list from which on dates are written in full, and kinds."""


def mention_rows(
    lines: Sequence[MentionLine], start: int, width: int, today: date, glyphs: Glyphs, before: MentionLine | None
) -> list[Choice]:
    """Make rows of mentions, the first of which is the `start`th; what stands above them is `before`.

    The date is told once for the mentions of one article in a row.
    """
    rows = []
    for number, line in enumerate(lines, start):
        again = before is not None and before.article == line.article
        rows.append(Choice(line.sentence, number, lead=_when(line, width, today, glyphs, again), mark=line.at))
        before = line
    return rows


def _when(line: MentionLine, width: int, today: date, glyphs: Glyphs, again: bool) -> str:
    full = width >= WIDE
    if again:
        return " " * (12 if full else 8)
    day = line.published.isoformat() if line.published else glyphs.dash
    return f" {day:<10} " if full else f" {short_date(line.published, today, glyphs):<6} "


def together_rows(
    rows: Sequence[Companion], width: int, marked: Collection[EntityKey]
) -> list[Choice]:
    """Make rows of what a name appears with, each with the articles that both are in."""
    wide = width >= 44
    return [
        Choice(
            row.name,
            row.key,
            f"{row.kind if wide else short_kind(row.kind):<{12 if wide else 6}} {row.both:>5,}",
            style=row.kind if row.kind in (Group.PERSON, Group.ORGANISATION, Group.PLACE) else "",
            lead="* " if row.key in marked else "  ",
        )
        for row in rows
    ]
