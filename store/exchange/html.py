"""The dossier as one HTML file that a word processor takes: headings, quotations, styles in place, nothing from afar.

All text is escaped. Notes are Markdown; of what that can say, raw HTML and pictures are shown as text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from store.exchange.citing import facts, is_web, states
from store.exchange.dossier import Cited, Dossier, Entry, Grouping, remarks
from store.exchange.passages import Passage
from store.exchange.selection import summary

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_BODY = "max-width: 42em; margin: 2em auto; padding: 0 1em; font-family: Georgia, serif; line-height: 1.5"
_QUOTE = "margin: 1.2em 0 0.6em 0; padding-left: 1em; border-left: 3px solid #b8b8b8"
_NOTE = "margin: 0.4em 0 0.4em 1.2em"
_SOURCE = "margin: 0.2em 0 1.6em 0; color: #55585e; font-size: 90%"
_MARKED = "background-color: #fff0b3"


def write(dossier: Dossier) -> Iterator[str]:
    """Yield the dossier, piece by piece."""
    title = f"Dossier, by {dossier.grouping}"
    yield f'<!doctype html>\n<html>\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{html.escape(_POLICY)}">\n'
    yield f'</head>\n<body style="{_BODY}">\n<h1>{title}</h1>\n<p>'
    head = [summary(dossier.selection), *remarks(dossier.selection, dossier.entries, dossier.grouping)]
    yield html.escape("".join(f"{line[:1].upper()}{line[1:]}. " for line in head))
    yield f"Made with Dateline on {dossier.day.isoformat()}.</p>\n"
    for section in dossier.sections:
        yield f'<h2 dir="auto">{_line(section.heading)}</h2>\n'
        for entry in section.entries:
            yield from _entry(entry, apart=dossier.grouping is not Grouping.ARTICLE)
    yield "</body>\n</html>\n"


def _entry(entry: Entry, *, apart: bool) -> Iterator[str]:
    source = _source(entry.cited, with_title=apart)
    if not apart:
        yield source
    for one in entry.passages:
        yield _passage(one)
        if apart:
            yield source


def _passage(one: Passage) -> str:
    parts = []
    if one.quote:
        sentence = f'{_text(one.before)}<b style="{_MARKED}">{_text(one.quote)}</b>{_text(one.after)}'
        parts.append(f'<blockquote dir="auto" style="{_QUOTE}">{sentence.strip()}</blockquote>\n')
    if one.note.body:
        parts.append(f'<div dir="auto" style="{_NOTE}">\n{note_html(one.note.body)}</div>\n')
    said = "; ".join(states(one))
    if said:
        parts.append(f'<p dir="auto" style="{_NOTE}; color: #55585e">({_line(said)})</p>\n')
    return "".join(parts)


def _source(cited: Cited, *, with_title: bool) -> str:
    parts = [f"<i>{_line(cited.title)}</i>"] if with_title else []
    parts += [_line(part) for part in facts(cited)]
    if is_web(cited.url):
        parts.append(f'<a href="{html.escape(cited.url)}">{_text(cited.url)}</a>')
    elif cited.path:
        parts.append(_line(cited.path))
    if cited.tags:
        parts.append(f"tags: {_line(', '.join(cited.tags))}")
    line = " · ".join(parts)
    return f'<p dir="auto" style="{_SOURCE}">{line if with_title else line[:1].upper() + line[1:]}</p>\n'


def _text(text: str) -> str:
    return html.escape(text)


def _line(text: str) -> str:
    return html.escape(" ".join(text.split()))


# ---- notes -----------------------------------------------------------------------------------------------------
def note_html(body: str) -> str:
    """Turn a note's Markdown into HTML without pictures, raw HTML, scripts and styles; headings go below ours."""
    tokens = _markdown().parse("\n".join(body.splitlines()))
    _lower_headings(tokens)
    found: str = _markdown().renderer.render(tokens, _markdown().options, {})
    return found


@lru_cache(1)
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(["image", "html_block", "html_inline"])


def _lower_headings(tokens: Sequence[Any]) -> None:
    for token in tokens:
        level = re.fullmatch(r"h([1-6])", token.tag)
        if level:
            token.tag = f"h{min(6, int(level[1]) + 2)}"
