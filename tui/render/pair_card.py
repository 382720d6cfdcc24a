"""One of two names that may be the same: who it is, how often and when, and in which sentences it stands. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rich.cells import cell_len
from textual.content import Content

from tui.render.clusters import shown
from tui.render.counted import counted
from tui.render.list_row import long_date
from tui.render.literal import content
from tui.render.pieces import UNICODE, TextGlyphs
from tui.render.wrap import wrap

Example = tuple[str, tuple[int, int], str]
"""A sentence, the name in it, and where it is from."""


def card(
    number: str,
    name: str,
    kind: str,
    counts: tuple[int, int],
    days: tuple[date | None, date | None],
    examples: Sequence[Example] | None,
    width: int,
    height: int,
    *,
    stays: bool,
    glyphs: TextGlyphs = UNICODE,
) -> list[Content]:
    """Return the lines of a card; `counts` are mentions and articles, `examples` None while they are looked for.

    `stays` tells that this name will stand for both.
    """
    dot = f" {glyphs.dot} "
    kept = (f"{dot}stands for both", "$quiet") if stays else ""
    title = Content.assemble((f"{number} ", "$key"), content(name).stylize("bold"), kept)
    lines = [title.truncate(width, ellipsis=True)]
    first, last = days
    about = [kind, counted(counts[0], "mention"), counted(counts[1], "article")]
    if first is not None and last is not None:
        dash = "-" if glyphs is not UNICODE else "–"
        about.append(long_date(first) if first == last else f"{long_date(first)} {dash} {long_date(last)}")
    told = dot.join(about)
    if cell_len(told) > width and len(about) > 3:
        # Without the days it fits where it has to.
        about[3] = " ".join(part for part in about[3].split() if not (part.isdigit() and len(part) < 3))
        told = dot.join(about)
    lines.append(content(told).stylize("$quiet").truncate(width, ellipsis=True))
    if examples is None:
        return [*lines, Content("  …" if glyphs is UNICODE else "  ...")][:height]
    for sentence, at, where in examples:
        if len(lines) >= height:
            break
        if height >= _ROOMY:
            lines.append(Content(""))
        lines += _sentence(sentence, at, max(8, width - 2))
        lines.append(content(f"  {where}").stylize("$quiet").truncate(width, ellipsis=True))
    return lines[:height]


_MOST = 5
"""Lines of a sentence."""
_ROOMY = 6
"""Lines of a card from which on sentences stand apart."""


def _sentence(sentence: str, at: tuple[int, int], width: int) -> list[Content]:
    """Wrap a sentence, the name marked; of a long one the lines around the name."""
    text = shown(" ".join(sentence.split())) if "\n" in sentence else shown(sentence)
    lines = wrap(text, 0, len(text), width)
    here = next((number for number, line in enumerate(lines) if line.end > at[0]), 0)
    first = max(0, min(here - _MOST // 2, len(lines) - _MOST))
    found = []
    for line in lines[first : first + _MOST]:
        inside = [index for index, offset in enumerate(line.offsets) if at[0] <= offset < at[1]]
        part = Content(line.text)
        if inside:
            part = part.stylize("bold underline", inside[0], inside[-1] + 1)
        found.append(Content.assemble("  ", part))
    return found
