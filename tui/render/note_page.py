"""A note in full: its article, the passage in its sentence, what is written, tags, and how it stands. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from textual.content import Content

from store.article import Article
from store.library.note_rows import NoteRow
from store.sentences import sentence_at
from tui.render.list_row import long_date
from tui.render.literal import content
from tui.render.note_markdown import note_lines
from tui.render.safe import safe

_SPACE = re.compile(r"\s+")
_MOST = 2_000
"""Characters of a quote that are shown."""


def note_page(
    row: NoteRow,
    article: Article | None,
    width: int,
    *,
    keys: Callable[[str], str],
    ascii_only: bool = False,
) -> list[Content]:
    """Return the lines of a note; `article` is its text where that is at hand, `keys` names the key of a command."""
    note = row.note
    lines: list[Content] = content(row.target.title).stylize("bold").wrap(width)
    lines += content(_where(row, article)).stylize("$quiet").wrap(width)
    if row.quote:
        lines += [Content(""), *_passage(row, article).wrap(width)]
    if note.was:
        lines += content(f"at first: “{_one_line(note.was)}”").stylize("$quiet").wrap(width)
    for words in _state(row, keys):
        lines += [Content(""), *content(words).stylize("$star").wrap(width)]
    lines.append(Content(""))
    if note.body:
        lines += note_lines(note.body, width, ascii_only=ascii_only)
    else:
        lines.append(Content.styled("a highlight, without words of yours", "$quiet"))
    if note.tags:
        lines += [Content(""), *content(" ".join(f"#{tag}" for tag in note.tags)).stylize("$tag").wrap(width)]
    lines += [Content(""), *Content.styled(_when(row), "$quiet").wrap(width)]
    return lines


def sentence_of(row: NoteRow, article: Article | None) -> tuple[str, str, str]:
    """Return what stands before the passage in its sentence, the passage, and what stands after it."""
    anchor = row.note.anchor
    if anchor is None:
        return "", "", ""
    found = article is not None and not row.note.lost and article.text[anchor.start : anchor.end] == anchor.quote
    if article is not None and found and anchor.end > anchor.start:
        start = min(sentence_at(article, anchor.start)[0], anchor.start)
        end = max(sentence_at(article, anchor.end - 1)[1], anchor.end)
        before, after = article.text[start : anchor.start], article.text[anchor.end : end]
    else:
        before = f"…{anchor.prefix}" if anchor.prefix else ""
        after = f"{anchor.suffix}…" if anchor.suffix else ""
    return _spaced(before), _spaced(anchor.quote[:_MOST]), _spaced(after)


def _passage(row: NoteRow, article: Article | None) -> Content:
    before, quote, after = sentence_of(row, article)
    return Content.assemble((before, "$quiet"), (quote, "underline"), (after, "$quiet"))


def _spaced(text: str) -> str:
    return safe(_SPACE.sub(" ", text))


def _one_line(text: str) -> str:
    return " ".join(text[:_MOST].split())


def _where(row: NoteRow, article: Article | None) -> str:
    parts = []
    if article is not None:
        parts += [article.byline] if article.byline else []
        parts.append(long_date(article.published))
    if row.target.sources:
        path = row.target.sources[0].path
        parts.append(path.rpartition("/")[2] if row.key is not None else path)
    return " · ".join(parts)


def _state(row: NoteRow, keys: Callable[[str], str]) -> list[str]:
    said = []
    if row.twice:
        said.append(f"Two sessions edited this note at once: both texts are kept. {keys('notes.texts')} compares them.")
    if row.gone:
        said.append(f"The article is nowhere any more. {keys('notes.place')} finds the note a place in another.")
    elif row.note.lost:
        said.append(f"The article does not hold this passage now. {keys('notes.place')} finds the note a place.")
    elif row.differs:
        said.append("The article has changed since; the passage is still there.")
    return said


def _when(row: NoteRow) -> str:
    def written(at: datetime) -> str:
        at = at.astimezone()
        return f"{long_date(at.date())} {at:%H:%M}"

    note = row.note
    if (note.updated - note.created).total_seconds() < 60:
        return f"written {written(note.created)}"
    return f"written {written(note.created)}, changed {written(note.updated)}"
