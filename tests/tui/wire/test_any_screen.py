"""Whatever is drawn, our bytes bring a terminal to the very screen that Textual's bring it to."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from typing import Any

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from bench.emulator import Emulator
from tui.wire.frames import codes_for, pieces
from tui.wire.painter import Painter
from tui.wire.terminal import Abilities, abilities

WORDS = (
    *("a", "trade", "Tokyo, Japan", "  ", " " * 12, " " * 23, "─────", "│", "“quoted”", "é", "°"),
    *("e\u0301", "n\u0303o", "日本", "漢字かな", "ｆｕｌｌ", "한국어", "שלום", "العربية", "ภาษาไทย"),
    *("🎉", "🚀x", "★", "✓", "\ue0a0"),
)  # fmt: skip
STYLES = tuple(
    Style.parse(one)
    for one in (
        *("", "bold", "underline", "reverse", "dim italic", "strike", "bold underline #8fb8a8"),
        *("#d9d8d3 on #17191c", "#a2a7ae on #17191c", "#d9d8d3 on #2f3a46", "bold #d9d8d3 on #17191c", "red on blue"),
        *("default on default", "color(200)", "on color(17)", "bright_red", "reverse #d9d8d3 on #17191c"),
    )
)

drawn = st.tuples(st.sampled_from(WORDS), st.sampled_from(STYLES)).map(lambda pair: Segment(*pair))
segments = st.lists(drawn, max_size=12)


@st.composite
def drawings(draw: st.DrawFn) -> list[Any]:
    """Return a size, and what is drawn one after the other: whole screens, parts, lines that move, sizes."""
    size = draw(st.sampled_from([(30, 8), (47, 12), (64, 10)]))
    steps: list[Any] = [("size", size)]
    for _ in range(draw(st.integers(1, 6))):
        kind = draw(st.sampled_from(["part", "part", "move", "move", "whole", "size", "forget", "again"]))
        if kind == "part":
            x, y = draw(st.integers(0, size[0] - 1)), draw(st.integers(0, size[1] - 1))
            width, height = draw(st.integers(1, size[0] - x)), draw(st.integers(1, size[1] - y))
            lines = [strip(draw(segments), width) for _ in range(height)]
            steps.append(("part", Region(x, y, width, height), lines))
        elif kind == "move":
            left = draw(st.integers(0, size[0] - 8))
            steps.append(("move", left, draw(st.integers(left + 4, size[0])), draw(st.integers(-3, 3)), draw(segments)))
        elif kind == "whole":
            steps.append(("whole", [strip(draw(segments), size[0]) for _ in range(size[1])]))
        elif kind == "size":
            size = draw(st.sampled_from([(30, 8), (47, 12), (64, 10), (20, 3)]))
            steps.append(("size", size))
        else:
            steps.append((kind,))
    return steps


ORPHAN = re.compile("(^| )[\u0300-\u036f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]+")


def strip(parts: list[Segment], width: int) -> Strip:
    return Strip(parts).adjust_cell_length(width, Style.parse("on #17191c"))


def cut(line: Strip, start: int, end: int) -> Strip:
    """Cut a line as Textual does, but leave no mark that has lost its letter at the cut.

    Textual would put it on what happens to stand in the column before; ours goes without.
    """
    parts = [part._replace(text=ORPHAN.sub(r"\1", part.text)) for part in line.crop(start, end)]
    return Strip(parts, end - start)


class Both:
    """Two terminals: one gets what Textual writes, one what we write."""

    def __init__(self, able: Abilities, colour_erase: bool, margins: bool, system: str) -> None:
        self.console = Console(color_system=system, force_terminal=True, file=None)  # type: ignore[arg-type]
        self.painter = Painter(able)
        self.options = {"margins": margins, "colour_erase": colour_erase}
        self.lines: list[Strip] = []
        self.ours = self.stock = 0

    def size(self, width: int, height: int) -> None:
        first = not self.lines
        ground = Style.parse("on #17191c")
        self.lines = [Strip([Segment(" " * width, ground)], width) for _ in range(height)]
        if first:
            self.theirs, self.own = Emulator(width, height, **self.options), Emulator(width, height, **self.options)
            for terminal in (self.theirs, self.own):
                terminal.feed(b"\x1b[?1049h\x1b[?7l")
        self.theirs.resize(width, height)
        self.own.resize(width, height)
        self.painter.fit(width, height)
        self.draw(LayoutUpdate([[one] for one in self.lines], Region(0, 0, width, height)))

    def part(self, region: Region, new: list[Strip]) -> None:
        width = self.lines[0].cell_length
        for y, one in zip(region.line_range, new, strict=True):
            line = self.lines[y]
            self.lines[y] = Strip.join([cut(line, 0, region.x), one, cut(line, region.right, width)])
        cuts = [0, region.x, region.right, width]
        chops: list[dict[int, Strip]] = [{} for _ in self.lines]
        for y in range(len(self.lines)):
            chops[y] = {a: cut(self.lines[y], a, b) for a, b in pairwise(cuts) if a < b}
        ends = [[b for a, b in pairwise(cuts) if a < b] for _ in self.lines]
        spans = [(y, region.x, region.right) for y in region.line_range]
        self.draw(ChopsUpdate(chops, spans, ends))

    def move(self, left: int, right: int, by: int, new: list[Segment]) -> None:
        """Scroll a pane, as a list does."""
        height = len(self.lines)
        fresh = strip(new, right - left)
        rows = [cut(self.lines[y + by], left, right) if 0 <= y + by < height - 1 else fresh for y in range(height - 1)]
        self.part(Region(left, 0, right - left, height - 1), rows)

    def whole(self, lines: list[Strip]) -> None:
        self.lines = lines
        self.draw(LayoutUpdate([[one] for one in lines], Region(0, 0, lines[0].cell_length, len(lines))))

    def forget(self) -> None:
        """The terminal is lent to someone, who leaves something behind."""
        for terminal in (self.theirs, self.own):
            terminal.feed(b"\x1b[H\x1b[31mleft by someone\x1b[m")
        self.painter.forget()
        self.whole(self.lines)

    def again(self) -> None:
        """The reader is left, and opened again on another terminal: what it draws first is there already."""
        self.whole(self.lines)
        kept = json.loads(json.dumps(self.painter.left()))
        width, height = self.painter.size
        self.own, self.painter = Emulator(width, height, **self.options), Painter(self.painter.able)
        self.own.feed(b"\x1b[?1049h\x1b[?7l" + kept["frame"].encode())
        self.painter.begin_with(kept)
        before = self.ours
        self.whole(self.lines)
        assert self.ours == before

    def draw(self, update: Any) -> None:
        cursor = (len(self.lines) % self.lines[0].cell_length, len(self.lines) // 2)
        stock = update.render_segments(self.console) + f"\x1b[{cursor[1] + 1};{cursor[0] + 1}H"
        # The line discipline makes a carriage return of it too.
        self.theirs.feed(stock.replace("\n", "\r\n").encode())
        self.painter.take(pieces(update), codes_for(self.console))
        ours = self.painter.paint(cursor)
        self.own.feed(ours.encode())
        self.stock, self.ours = self.stock + len(stock.encode()), self.ours + len(ours.encode())
        assert self.own.cursor == self.theirs.cursor
        for y, (mine, other) in enumerate(zip(self.own.looks(), self.theirs.looks(), strict=True)):
            assert mine == other, f"line {y} after {ours!r}"


TERMINALS = {
    "xterm": (Abilities(margins=True), True, True),
    "without side margins": (Abilities(), True, False),
    "GNU screen": (abilities({"TERM": "screen-256color"}), False, False),
    "unknown": (abilities({"TERM": "ansi"}), False, False),
}


@pytest.mark.parametrize("terminal", TERMINALS)
@settings(max_examples=40, deadline=None)
@given(steps=drawings(), system=st.sampled_from(["truecolor", "256", "standard"]))
def test_a_terminal_shows_what_textual_would_show(terminal: str, steps: list[Any], system: str) -> None:
    able, colour_erase, margins = TERMINALS[terminal]
    both = Both(able, colour_erase, margins, system)
    for step, *values in steps:
        getattr(both, step)(*(values[0] if step == "size" else values))


def test_a_terminal_that_clears_in_its_own_colour_shows_the_ground() -> None:
    console = Console(color_system="truecolor", force_terminal=True)
    # A style of its own: Rich keeps in those that it has parsed how another console writes them.
    line = Strip([Segment("word".ljust(30), Style(color="#d9d8d3", bgcolor="#17191c"))], 30)
    painter = Painter(Abilities())
    painter.fit(30, 6)
    painter.take(pieces(LayoutUpdate([[line]] * 6, Region(0, 0, 30, 6))), codes_for(console))
    screen = pyte.Screen(30, 6)
    pyte.Stream(screen).feed(painter.paint((0, 0)))
    assert {screen.buffer[y][x].bg for y in range(6) for x in range(30)} == {"17191c"}


def test_behind_a_character_of_disputed_width_and_a_long_blank_all_is_in_its_column() -> None:
    # This terminal takes four cells for a hand of some colour, where two are counted.
    both = Both(Abilities(), True, False, "truecolor")
    both.size(40, 2)
    lines = [strip([Segment(f"{name}x{' ' * 20}1")], 40) for name in ("👍🏽", "東")]
    both.painter.take(pieces(LayoutUpdate([[one] for one in lines], Region(0, 0, 40, 2))), codes_for(both.console))
    both.own.feed(both.painter.paint((0, 0)).encode())
    assert [row[23][0] for row in both.own.looks()] == ["1", "1"]
