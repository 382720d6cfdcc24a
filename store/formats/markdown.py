"""Markdown: read as its reader would see it, without the markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import BinaryIO

from markdown_it import MarkdownIt
from markdown_it.token import Token

from store.article import Article, BlockKind, Problem
from store.formats import frontmatter
from store.formats.clean import clean, normalise_newlines
from store.formats.compose import Facts, Piece, compose
from store.formats.dates import date_in_name
from store.formats.encoding import decode
from store.formats.headline import credit, is_caption
from store.formats.limits import Limits
from store.formats.source import NoText, check_length, file_title, whole

_NESTING = 40
"""Levels of quotes and lists that are told apart; a person reads five."""
_LONG_LINE = 20_000
_BOMB = re.compile(r"[\[\]*_`<!|]{300,}|(?:\[[^\[\]\n]{0,3}){400,}|(?:[>*+-] ){100,}|(?:\|[^|\n]{0,3}){400,}")
"""Markup that no one writes and that takes quadratic time to parse; it is read as plain paragraphs."""
_FUSE = 100
"""How many of these characters a text must have to hold any of that: to count them takes a hundredth of the time."""

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})", re.MULTILINE)
_LIQUID_IMAGE = re.compile(r"\{%-?\s*(?:image|figure|img)\w*\s+\"[^\"\n]*\"\s+\"(?P<alt>[^\"\n]*)\"[^%\n]{0,200}-?%\}")
_GENERATED_IMAGE = re.compile(r"!\[(?P<alt>[^\"\n]*)\]\(i\)")
_LIQUID = re.compile(r"\{%(?:(?!%\}|\{%).){0,1000}%\}|\{\{(?:(?!\}\}|\{\{).){0,1000}\}\}|\{:[^}\n]{0,200}\}", re.DOTALL)
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,40}\]")

_parser = MarkdownIt("commonmark", {"maxNesting": _NESTING, "html": True}).enable(["table", "strikethrough"])


def read(stream: BinaryIO, path: str, limits: Limits) -> Iterator[Article | Problem]:
    """Read a file as one article of Markdown.

    Raises:
        NotText, TooLong, NoText: with a sentence for the user.
    """
    decoded = decode(whole(stream, limits))
    text = normalise_newlines(decoded.text)
    check_length(text, limits)
    facts, body = frontmatter.split(text, limits)
    limits.errand.made_of("markdown", body)
    made = list(pieces(body))
    facts = _from_lines(made, facts)
    facts = facts.replace(published=facts.published or date_in_name(path), title=_liquid(facts.title))
    article = compose(made, facts, decoded.encoding, file_title(path), limits)
    if article is None:
        raise NoText("There is no text in this file.")
    check_length(article.text, limits)
    yield article


def pieces(text: str) -> Iterator[Piece]:
    """Divide a Markdown text into the blocks that are read."""
    text = _without_liquid(clean(text))
    if _is_bomb(text) or max(map(len, text.split("\n")), default=0) > _LONG_LINE:
        for paragraph in re.split(r"\n\s*\n", text):
            yield Piece(BlockKind.PARAGRAPH, paragraph)
        return
    yield from _walk(_parser.parse(text))


def _is_bomb(text: str) -> bool:
    return sum(map(text.count, "[]*_`<!|>+-")) >= _FUSE and _BOMB.search(text) is not None


def _liquid(text: str) -> str:
    return _LIQUID.sub("", _LIQUID_IMAGE.sub(lambda match: f"![{match['alt']}](i)", text))


def _without_liquid(text: str) -> str:
    """Take a site generator's tags out, but leave code that shows such tags."""
    if "{%" not in text and "{{" not in text and "{:" not in text:
        return text
    parts: list[str] = []
    at = 0
    fence = ""
    for match in _FENCE.finditer(text):
        if not fence:
            parts.append(_liquid(text[at : match.start()]))
            at, fence = match.start(), match[1]
        elif match[1].startswith(fence):
            parts.append(text[at : match.end()])
            at, fence = match.end(), ""
    parts.append(text[at:] if fence else _liquid(text[at:]))
    return "".join(parts)


def _from_lines(made: list[Piece], facts: Facts) -> Facts:
    """Read a byline and a date that stand as paragraphs under the title."""
    start = 1 if made and made[0].kind is BlockKind.HEADING else 0
    for index in range(start, min(start + 3, len(made))):
        piece = made[index]
        found = credit(piece.text) if piece.kind is BlockKind.PARAGRAPH else None
        if found is None or (start == 0 and not facts.title):
            break
        made[index] = Piece(BlockKind.BYLINE, piece.text)
        facts = facts.replace(byline=facts.byline or found.byline, published=facts.published or found.published)
    return facts


def _walk(tokens: list[Token]) -> Iterator[Piece]:
    """Turn the parser's flat stream of tokens into pieces."""
    quotes = lists = 0
    heading = 0
    row: list[str] | None = None
    ordered: list[int] = []
    first_in_item = False
    for token in tokens:
        kind = token.type
        if kind == "blockquote_open":
            quotes += 1
        elif kind == "blockquote_close":
            quotes -= 1
        elif kind in ("bullet_list_open", "ordered_list_open"):
            lists += 1
            ordered.append(int(token.attrGet("start") or 1) if kind == "ordered_list_open" else 0)
        elif kind in ("bullet_list_close", "ordered_list_close"):
            lists -= 1
            ordered.pop()
        elif kind == "list_item_open":
            first_in_item = True
        elif kind == "heading_open":
            heading = int(token.tag[1:])
        elif kind == "heading_close":
            heading = 0
        elif kind == "tr_open":
            row = []
        elif kind == "tr_close" and row is not None:
            yield Piece(BlockKind.PARAGRAPH, " | ".join(row))
            row = None
        elif kind in ("fence", "code_block"):
            yield Piece(BlockKind.CODE, token.content)
        elif kind == "html_block":
            yield from _html_pieces(token.content)
        elif kind == "inline":
            words, captions = _inline(token.children or [])
            if row is not None:
                row.append(" ".join(words.split()))
                continue
            if heading:
                yield Piece(BlockKind.HEADING, words, heading)
            elif lists and words.strip():
                mark = ""
                if first_in_item:
                    mark = f"{ordered[-1]}. " if ordered[-1] else "• "
                    ordered[-1] += 1 if ordered[-1] else 0
                    first_in_item = False
                yield Piece(BlockKind.LIST_ITEM, mark + words.strip(), lists)
            elif quotes:
                yield Piece(BlockKind.QUOTE, words, quotes)
            elif is_caption(words):
                yield Piece(BlockKind.CAPTION, words)
            else:
                yield Piece(BlockKind.PARAGRAPH, words)
            for caption in captions:
                yield Piece(BlockKind.CAPTION, caption)


def _inline(children: list[Token]) -> tuple[str, list[str]]:
    """Return the words of a line and the captions of its pictures."""
    words: list[str] = []
    captions: list[str] = []
    markup = False
    for child in children:
        if child.type in ("text", "code_inline"):
            words.append(child.content)
        elif child.type == "softbreak":
            words.append(" ")
        elif child.type == "hardbreak":
            words.append("\n")
        elif child.type == "image":
            captions.append(_inline(child.children or [])[0] or child.content)
        elif child.type == "html_inline":
            markup = markup or child.content[1:7].lower() in ("script", "style>", "style ")
            if markup and child.content[:2] == "</":
                markup = False
            words.append("\n" if child.content[:3].lower() == "<br" else "")
        if markup and child.type == "text":
            words.pop()
    return _FOOTNOTE.sub("", "".join(words)), captions


def _html_pieces(content: str) -> Iterator[Piece]:
    from store.formats.pagetext import pieces as page_pieces

    # Where a site generator's picture stands in HTML, Markdown's own form of it is no markup.
    yield from page_pieces(_GENERATED_IMAGE.sub(lambda found: f'<img alt="{escape(found["alt"])}">', content))
