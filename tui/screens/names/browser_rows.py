"""The rows of the list of all names: a name with what the user wrote on it, and its counts in columns. Pure."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from store.library import Group
from tui.screens.names.who import short_kind
from tui.widgets.choice_list import Choice

if TYPE_CHECKING:
    from store.library import EntityRecord, EntityRow

WIDE, NARROW = 88, 66
"""Columns from which first and last date are shown, and below which only the articles are."""


def name_row(one: EntityRow, record: EntityRecord | None, width: int, *, marked: bool, ascii_only: bool) -> Choice:
    """Make the row of a name on a screen so many columns wide; `record` is what the user wrote on it."""
    sign = "* " if marked else "  "
    own = _own(record, ascii_only) if record is not None else ""
    return Choice(f"{one.name}{own}", one.key, _detail(one, width), style=_style(one.kind), lead=sign)


def columns(width: int) -> str:
    """Return what stands over the counts."""
    if width < NARROW:
        return f"{'kind':<5} {'articles':>8}"
    counts = f"{'kind':<12} {'articles':>8} {'mentions':>9}"
    return f"{counts}  {'first':<7}  {'last':<7}" if width >= WIDE else counts


def _own(record: EntityRecord, ascii_only: bool) -> str:
    """Return the tags of a name and the sign of a note, to stand behind it."""
    note = ["n" if ascii_only else "✎"] if record.body else []
    return "  " + " ".join([*(f"#{tag}" for tag in record.tags), *note])


def _detail(one: EntityRow, width: int) -> str:
    kind = f"{one.kind:<12}"
    if not one.articles:
        # Of names that bear a tag no more is known here than that.
        return kind + " " * (len(columns(width)) - len(kind))
    if width < NARROW:
        return f"{short_kind(one.kind):<6} {one.articles:>7,}"
    counts = f"{kind} {one.articles:>8,} {one.mentions:>9,}"
    return f"{counts}  {_month(one.first)}  {_month(one.last)}" if width >= WIDE else counts


def _month(day: date | None) -> str:
    return f"{day:%Y-%m}" if day is not None else "   -   "


def _style(kind: str) -> str:
    return kind if kind in (Group.PERSON, Group.ORGANISATION, Group.PLACE) else ""
