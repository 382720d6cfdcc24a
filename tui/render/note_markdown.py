"""Notes as they are meant: a note's Markdown as lines of content, legible without colour. Pure.

Every piece of text passes the door `safe.py` after the parser, since `&#27;` stands for a control character too.
Links, pictures and HTML are shown as text: nothing in a note can be clicked, loaded or run.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from textual.content import Content

from tui.render.safe import safe, safe_block

LONGEST = 10_000
"""Characters of a note that are laid out; whoever wrote more reads it in the editor."""

_BOMB = re.compile(r"[\[\]*_`<!|]{300,}|(?:\[[^\[\]\n]{0,3}){400,}|(?:[>*+-] ){100,}")
"""Markup that no one writes and that takes quadratic time to parse; it is shown as it stands."""

_BARS = ("▏", "|")
_INLINE = {"strong": "bold", "em": "underline", "s": "strike"}


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"maxNesting": 20, "html": False}).enable("strikethrough")


@dataclass(slots=True)
class _Place:
    """Where in the nesting of lists and quotes a line stands."""

    first: str = ""
    """What stands before the next line: a bullet, once."""
    rest: str = ""
    """What stands before the lines after it."""
    number: int = 0
    """Of an ordered list, its next item; 0 for bullets."""


@dataclass(slots=True)
class _Page:
    width: int
    ascii_only: bool
    lines: list[Content] = field(default_factory=list)
    places: list[_Place] = field(default_factory=list)

    def put(self, text: Content) -> None:
        """Set a block, wrapped and indented as deep as it stands."""
        for paragraph in text.split("\n", allow_blank=True):
            indent = sum(len(place.rest) for place in self.places)
            for line in paragraph.wrap(max(12, self.width - indent)) or [Content("")]:
                lead = "".join(place.first or place.rest for place in self.places)
                for place in self.places:
                    place.first = ""
                self.lines.append(Content.assemble((lead, "$quiet"), line))

    def space(self) -> None:
        """Leave a line free between two blocks, inside a quote with its bar."""
        if self.lines and self.lines[-1].plain.strip():
            lead = "".join(place.rest for place in self.places if not place.first)
            self.lines.append(Content.styled(lead.rstrip(), "$quiet") if lead.strip() else Content(""))

    def end_quote(self) -> None:
        """Take the bar off a free line that ends a quote."""
        while self.lines and self.lines[-1].plain.strip() in _BARS:
            self.lines.pop()
        self.space()


def note_lines(body: str, width: int, *, ascii_only: bool = False) -> list[Content]:
    """Return a note's Markdown as lines of at most `width` cells; lines that were broken by hand stay so."""
    page = _Page(max(12, width), ascii_only)
    shown = safe_block(body[:LONGEST]).strip("\n")
    if _BOMB.search(shown):
        page.put(Content(shown))
    else:
        _set(page, _parser().parse(shown))
    while page.lines and not page.lines[-1].plain.strip():
        page.lines.pop()
    if len(body) > LONGEST:
        page.lines += [Content(""), Content.styled(f"(and {len(body) - LONGEST:,} characters more)", "$quiet")]
    return page.lines


def _set(page: _Page, tokens: list[Token]) -> None:
    heading = False
    for token in tokens:
        match token.type:
            case "heading_open":
                heading = True
            case "heading_close":
                heading = False
                page.space()
            case "inline":
                text = _inline(token.children or [])
                page.put(text.stylize("bold") if heading else text)
            case "paragraph_close" if not token.hidden:
                page.space()
            case "fence" | "code_block":
                page.places.append(_Place("    ", "    "))
                page.put(Content(safe_block(token.content).expandtabs(4).rstrip("\n")))
                page.places.pop()
                page.space()
            case "hr":
                page.put(Content.styled(("-" if page.ascii_only else "─") * min(12, page.width), "$quiet"))
                page.space()
            case "blockquote_open":
                page.places.append(_Place("", f"{_BARS[page.ascii_only]} "))
            case "bullet_list_open":
                page.places.append(_Place())
            case "ordered_list_open":
                page.places.append(_Place(number=int(token.attrGet("start") or 1)))
            case "list_item_open":
                _item(page)
            case "blockquote_close":
                page.places.pop()
                page.end_quote()
            case "bullet_list_close" | "ordered_list_close":
                page.places.pop()
                if not any(place.rest.isspace() for place in page.places):
                    page.space()
            case _:
                pass


def _item(page: _Page) -> None:
    place = page.places[-1]
    if place.number:
        place.first = f"{place.number}. "
        place.number += 1
    else:
        place.first = "- " if page.ascii_only else "• "
    place.rest = " " * len(place.first)


def _inline(tokens: list[Token]) -> Content:
    parts: list[str | tuple[str, str]] = []
    open_styles: list[str] = []
    address = ""
    for token in tokens:
        kind, _, end = token.type.rpartition("_")
        if token.type == "text":
            parts.append((safe(token.content), " ".join(open_styles)))
        elif token.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        elif token.type == "code_inline":
            parts.append((f"`{safe(token.content)}`", " ".join(open_styles)))
        elif token.type == "image":
            parts.append(f"[{safe(token.content)}]({safe(str(token.attrGet('src') or ''))})")
        elif token.type == "link_open":
            address = safe(str(token.attrGet("href") or ""))
        elif token.type == "link_close":
            written = "".join(part if isinstance(part, str) else part[0] for part in parts)
            if address and not written.endswith(address):
                parts.append((f" ({address})", "$quiet"))
        elif kind in _INLINE and end == "open":
            open_styles.append(_INLINE[kind])
        elif kind in _INLINE and open_styles:
            open_styles.pop()
        else:
            parts.append(safe(token.content))
    return Content.assemble(*parts)
