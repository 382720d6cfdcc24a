"""An article as a document of its own: Markdown and HTML. Pure; foreign text is never markup."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from store.article import Article, Block, BlockKind, Mention
from store.library import Group, group_of, group_title
from tui.render.safe import plain, safe

_MARKUP = re.compile(r"([\\`*_\[\]<>#|~!&])")
_LINE_START = re.compile(r"^(\s*)(?:(\d+)([.)])|([-+=]))(?=\s|$|[-+=])")
_TAGS = {BlockKind.CAPTION: "figcaption", BlockKind.QUOTE: "blockquote", BlockKind.CODE: "pre"}

_STYLE = """\
body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem; font: 1.05rem/1.55 Georgia, serif; }
header, figcaption { color: #5a5d63; } figcaption { margin: 1rem 2rem; } pre { white-space: pre-wrap; }
span[data-label] { border-bottom: 1px dotted; }
.person { color: #72510d; } .organisation { color: #2d5b88; } .place { color: #1d6746; }
.group { color: #604b83; } .number { color: #10666b; } .other { color: #794368; }"""


def blocks_of(article: Article) -> Sequence[Block]:
    """Return an article's blocks; all of its text as one where the format found none."""
    return article.blocks or (Block(BlockKind.PARAGRAPH, 0, len(article.text)),)


# ---- names ---------------------------------------------------------------------------------------------------------
def names_of(mentions: Sequence[Mention], text: str) -> list[tuple[Group, list[tuple[str, int]]]]:
    """Gather who, what and where an article names, each with its count: the most mentioned first."""
    found: dict[Group, dict[str, int]] = {}
    for mention in mentions:
        name = " ".join((mention.entity or text[mention.start : mention.end]).split())
        counts = found.setdefault(group_of(mention.label), {})
        counts[name] = counts.get(name, 0) + 1
    order = {group: number for number, group in enumerate(Group)}
    return [
        (group, sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].casefold())))
        for group, counts in sorted(found.items(), key=lambda pair: order[pair[0]])
    ]


def names_as_text(mentions: Sequence[Mention], text: str) -> str:
    """Write the names of an article as a list: one group a line."""
    lines = []
    for group, names in names_of(mentions, text):
        listed = ", ".join(f"{safe(name)} ({count})" if count > 1 else safe(name) for name, count in names)
        lines.append(f"{group_title(group)}: {listed}")
    return "\n".join(lines)


# ---- Markdown ------------------------------------------------------------------------------------------------------
def to_markdown(article: Article, mentions: Sequence[Mention] | None) -> Iterator[str]:
    """Yield an article as Markdown, piece by piece; with mentions, its names are listed at the end."""
    if not any(block.kind is BlockKind.TITLE for block in article.blocks):
        yield f"# {_escaped(safe(article.title))}\n\n"
    credit = [article.byline] if not any(b.kind is BlockKind.BYLINE for b in article.blocks) else []
    day = article.published.isoformat() if article.published else ""
    if line := " · ".join(one for one in (*credit, day) if one):
        yield f"*{_escaped(safe(line))}*\n\n"
    for block in blocks_of(article):
        yield _markdown_block(block, plain(article.text[block.start : block.end])) + "\n\n"
    if mentions:
        yield "## Names\n\n"
        for group, names in names_of(mentions, article.text):
            listed = ", ".join(_escaped(safe(name)) + (f" ({n})" if n > 1 else "") for name, n in names)
            yield f"- {group_title(group)}: {listed}\n"


def _markdown_block(block: Block, text: str) -> str:
    match block.kind:
        case BlockKind.TITLE:
            return f"# {_escaped(' '.join(text.split()))}"
        case BlockKind.HEADING:
            return f"{'#' * min(6, max(2, block.level))} {_escaped(' '.join(text.split()))}"
        case BlockKind.BYLINE | BlockKind.CAPTION:
            return f"*{_escaped(' '.join(text.split()))}*"
        case BlockKind.CODE:
            longest = max((len(run) for run in re.findall("`+", text)), default=0)
            fence = "`" * max(3, longest + 1)
            return f"{fence}\n{text}\n{fence}"
        case BlockKind.QUOTE:
            return "\n".join(f"> {_escaped_line(line)}" for line in text.split("\n"))
        case BlockKind.LIST_ITEM:
            indent = "  " * (max(1, block.level) - 1)
            return f"{indent}- " + f"\n{indent}  ".join(_escaped_line(line) for line in text.split("\n"))
        case _:
            return "\n".join(_escaped_line(line) for line in text.split("\n"))


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)


def _escaped_line(line: str) -> str:
    """Escape a line so that neither its signs nor its beginning mean anything: `1.` begins no list, `-` no item."""
    found = _LINE_START.match(line)
    if found is None:
        return _escaped(line).strip()
    head = f"{found[2]}\\{found[3]}" if found[2] else f"\\{found[4]}"
    return head + _escaped(line[found.end() :])


# ---- HTML ----------------------------------------------------------------------------------------------------------
def to_html(article: Article, mentions: Sequence[Mention]) -> Iterator[str]:
    """Yield an article as one HTML page without scripts or links; every name is a span that says who is meant."""
    title = html.escape(safe(article.title))
    language = f' lang="{html.escape(safe(article.language))}"' if article.language else ""
    yield f'<!doctype html>\n<html{language}>\n<head>\n<meta charset="utf-8">\n'
    yield "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    yield f"<title>{title}</title>\n<style>\n{_STYLE}\n</style>\n</head>\n<body>\n<article>\n"
    if not any(block.kind is BlockKind.TITLE for block in article.blocks):
        yield f"<h1>{title}</h1>\n"
    credit = [article.byline] if not any(b.kind is BlockKind.BYLINE for b in article.blocks) else []
    day = article.published.isoformat() if article.published else ""
    if line := " · ".join(one for one in (*credit, day) if one):
        yield f"<header>{html.escape(safe(line))}</header>\n"
    for block in blocks_of(article):
        tag = _tag_of(block)
        yield f'<{tag} dir="auto">{_marked(article.text, block, mentions)}</{tag.split(" ")[0]}>\n'
    yield "</article>\n</body>\n</html>\n"


def _tag_of(block: Block) -> str:
    if block.kind is BlockKind.TITLE:
        return "h1"
    if block.kind is BlockKind.HEADING:
        return f"h{min(6, max(2, block.level))}"
    if block.kind is BlockKind.BYLINE:
        return 'p class="byline"'
    return _TAGS.get(block.kind, 'p class="item"' if block.kind is BlockKind.LIST_ITEM else "p")


def _marked(text: str, block: Block, mentions: Sequence[Mention]) -> str:
    """Escape a block's text and put each outermost name in a span; one that leaves the block is cut at its end."""
    parts, at = [], block.start
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        start, end = max(mention.start, at), min(mention.end, block.end)
        if start >= end or mention.start < at:
            continue
        entity = " ".join((mention.entity or text[mention.start : mention.end]).split())
        parts.append(_text(text[at:start]))
        parts.append(
            f'<span class="{group_of(mention.label)}" data-label="{html.escape(safe(mention.label))}" '
            f'data-start="{mention.start}" data-end="{mention.end}" title="{html.escape(safe(entity))}">'
            f"{_text(text[start:end])}</span>"
        )
        at = end
    parts.append(_text(text[at : block.end]))
    return "".join(parts)


def _text(text: str) -> str:
    return html.escape(plain(text))
