"""What the columns of a list row say, and which of them there is room for. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from rich.cells import cell_len, set_cell_size

from store.article import ListedArticle
from store.config import AS_NEEDED, Column
from store.library import Marks
from tui.render.safe import safe

LEAST_TITLE = 14
"""Cells of a title below which other columns go, the last first."""
PACE = 230
"""Words read in a minute, where the user has not said how many."""
_NUMBERS = ("words", "minutes")


def fitting(columns: Sequence[Column], width: int) -> tuple[Column, ...]:
    """Return the columns that leave the title enough of `width` cells: the last of the others go first."""
    kept = list(columns)
    while True:
        taken = sum(1 + column.width for column in kept)
        fixed = [column for column in kept if column.name != "title" and column.width]
        if width - taken >= LEAST_TITLE or not fixed:
            return tuple(kept)
        kept.remove(fixed[-1])


def cell(
    column: Column, article: ListedArticle, marks: Marks, roots: Sequence[str], ellipsis: str = "…", pace: int = PACE
) -> str:
    """Write what a column of its own width says of an article, exactly as wide; dates are not among them.

    `pace` is the words read in a minute.
    """
    text = safe(_said(column.name, article, marks, roots, pace))
    if cell_len(text) > column.width:
        text = set_cell_size(text, column.width - 1).rstrip() + ellipsis
    if column.name in _NUMBERS:
        return " " * (column.width - cell_len(text)) + text
    return set_cell_size(text, column.width)


def _said(name: str, article: ListedArticle, marks: Marks, roots: Sequence[str], pace: int) -> str:
    match name:
        case "byline":
            return article.byline
        case "site":
            return _host(article.url)
        case "folder":
            return _within(str(PurePosixPath(article.source.path).parent), roots)
        case "file":
            return PurePosixPath(article.source.path).name
        case "words":
            return f"{article.words:,}"
        case "minutes":
            return f"{max(1, round(article.words / pace))}m"
        case "language":
            return article.language
        case "tags":
            return " ".join(marks.tags)
        case "people":
            return ", ".join(article.people)
    raise ValueError(name)


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _within(folder: str, roots: Sequence[str]) -> str:
    for root in roots:
        if folder == root:
            return "."
        if folder.startswith(f"{root}/"):
            return folder[len(root) + 1 :]
    return folder


def as_needed(columns: Sequence[Column], digits: Sequence[int], signs: str) -> str:
    """Return what stands at the end of a row only where there is something: number tags, then signs of notes."""
    told = {"digits": "".join(f"{digit} " for digit in digits[:3]).rstrip(), "note": signs}
    return " ".join(told[column.name] for column in columns if column.name in AS_NEEDED and told[column.name])
