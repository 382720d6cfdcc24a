"""Days and kinds of names, as one says them. Pure."""

from __future__ import annotations

from datetime import date

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def day_said(day: date | None) -> str:
    """Write a day in full: `23 November 2017`; `no date` when it is not known."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}" if day else "no date"


def sentence(text: str) -> str:
    """Return a text as one line that ends like a sentence."""
    line = " ".join(text.split())
    return line if line.endswith((".", "!", "?", "…", ":", "”", '"')) else f"{line}."


def without_arrows(text: str) -> str:
    """Return a sentence whose arrows are the word that they stand for."""
    return text.replace(" → ", " to ")


def capital(text: str) -> str:
    """Return a text that begins like a sentence."""
    return text[:1].upper() + text[1:]
