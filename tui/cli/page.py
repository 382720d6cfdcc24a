"""An article as coloured lines for a terminal: the reader's own layout, printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.color import ColorSystem
from rich.style import Style

from store.article import Article, BlockKind, Mention
from store.library import Group, group_of
from tui.render.layout import Layout, Row, Setting
from tui.render.pieces import ASCII, UNICODE
from tui.render.safe import safe

# A command cannot know the terminal's background: these can be read on black and on white in the common palettes.
_COLOURED = {
    Group.PERSON: Style(color="magenta", underline=True),
    Group.ORGANISATION: Style(color="cyan"),
    Group.PLACE: Style(color="green"),
    Group.GROUP: Style(color="magenta"),
    Group.NUMBER: Style(color="cyan"),
    Group.OTHER: Style(color="green"),
}
_PLAIN = {
    Group.PERSON: Style(underline=True),
    Group.ORGANISATION: Style(bold=True, underline=True),
    Group.PLACE: Style(),
    Group.GROUP: Style(bold=True),
    Group.NUMBER: Style(bold=True),
    Group.OTHER: Style(bold=True),
}
_BLOCKS = {
    BlockKind.TITLE: Style(bold=True),
    BlockKind.HEADING: Style(bold=True),
    BlockKind.BYLINE: Style(dim=True),
    BlockKind.CAPTION: Style(dim=True),
}
_NOTHING = Style()


def page(
    article: Article, mentions: Sequence[Mention], *, width: int, measure: int, looks: str, ascii_only: bool
) -> Iterator[str]:
    """Yield an article's lines with the escape sequences that show its names.

    `looks` is `colour`; `mono`, where people are underlined, organisations bold and underlined, and places carry a
    sign; or `none`, for text without any escape sequence.
    """
    styles = {"colour": _COLOURED, "mono": _PLAIN}.get(looks, {})
    places = [m.end for m in mentions if group_of(m.label) is Group.PLACE] if looks == "mono" else ()
    setting = Setting(width, measure, glyphs=ASCII if ascii_only else UNICODE)
    layout = Layout(article, setting, places)
    names = sorted(mentions, key=lambda m: (m.start, -m.end))
    number = 0
    while (row := layout.row(number)) is not None:
        yield _line(row, [m for m in names if m.start < row.end and m.end > row.start], styles).rstrip()
        number += 1


def _line(row: Row, names: Sequence[Mention], styles: Mapping[Group, Style]) -> str:
    if not styles:
        return row.prefix + row.text + row.suffix
    base = _BLOCKS.get(row.kind, _NOTHING) if row.kind else _NOTHING
    pieces = [_styled(row.prefix, _NOTHING)]
    run, style = "", base
    for index, character in enumerate(row.text):
        at = row.offsets[index]
        name = next((m for m in names if m.start <= at < m.end), None)
        here = base if name is None or index in row.signs else base + styles[group_of(name.label)]
        if here != style:
            pieces.append(_styled(run, style))
            run, style = "", here
        run += character
    pieces += [_styled(run, style), _styled(row.suffix, _BLOCKS[BlockKind.BYLINE])]
    return "".join(pieces)


def _styled(text: str, style: Style) -> str:
    if not text:
        return ""
    return style.render(safe(text), color_system=ColorSystem.STANDARD)
