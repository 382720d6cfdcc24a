"""A frame draws what has changed, so that the terminal always shows what the screen is, and asks for no line more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from textual._compositor import LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from tui.app import ReaderApp
from tui.screens.frames import Pieces, blocks

Cell = tuple[str, object]


def cells(strip: Strip) -> Iterator[Cell]:
    """Yield a character and its style for each cell; a wide character's second cell is empty."""
    for segment in strip:
        for character in segment.text:
            width = Strip([segment._replace(text=character)]).cell_length
            yield from [(character, segment.style), ("", segment.style)][:width]


class Shown:
    """What a terminal shows of the frames that were sent to it."""

    def __init__(self) -> None:
        self.cells: dict[tuple[int, int], Cell] = {}

    def take(self, update: object) -> None:
        if isinstance(update, LayoutUpdate):
            for y, strips in enumerate(update.strips, update.region.y):
                self._write(y, update.region.x, Strip.join(list(strips)))
        elif update is not None:
            assert isinstance(update, Pieces)
            for y, x, strip in update.pieces:
                self._write(y, x, strip)

    def _write(self, y: int, x: int, strip: Strip) -> None:
        for at, cell in enumerate(cells(strip), x):
            self.cells[y, at] = cell


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Shown:
    """Keep what is sent to the terminal."""
    terminal, display = Shown(), ReaderApp._display

    def shows(app: ReaderApp, screen: Any, update: Any) -> None:
        if not app._batch_count:
            terminal.take(update)
        display(app, screen, update)

    monkeypatch.setattr(ReaderApp, "_display", shows)
    return terminal


KEYS = (
    *("j", "j", "G", "k", "g", "g", "ctrl+d", "space", "V", "j", "V", "escape", "escape", "escape", "1"),
    *("escape", "f", *"kuri", "backspace", "enter", "j", "escape", "enter", "space", "w", "w", "e", "e", "v", "j"),
    *("enter", "escape", "h", "s", "u", "o", "j", "escape", "?", "j", "escape"),
    *("ctrl+t", "j", "q", "B", "j", "q", "z", "z"),
)  # fmt: skip


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (50, 20)])
async def test_the_terminal_shows_what_the_screen_is(run_app, shown, size) -> None:  # type: ignore[no-untyped-def]
    async with run_app(size) as user:
        for number, key in enumerate(KEYS):
            await user.press(key)
            screen = user.app.screen
            await user.until(lambda screen=screen: not (screen._dirty_widgets or screen._layout_required))
            await user.pilot.pause()
            for y, strip in enumerate(user.app.screen._compositor.render_strips()):
                drawn = [shown.cells.get((y, x)) for x in range(size[0])]
                assert drawn == list(cells(strip))[: size[0]], f"line {y} after {KEYS[: number + 1]}"


async def test_a_change_of_the_list_looks_at_no_line_of_the_text(run_app, shown, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        main, asked, drawn = user.main, [], []
        await user.until(lambda: not (main._dirty_widgets or main._layout_required) and main.opened)
        monkeypatch.setattr(type(main.reader), "render_line", lambda _, y: asked.append(y))
        monkeypatch.setattr(Shown, "take", lambda _, update: drawn.append(update))
        # What is drawn anew meanwhile, as when counts come in, is none of this, and may come along now and then.
        for attempt in range(10):
            asked.clear(), drawn.clear()
            main.articles.redraw()
            main.say(f"something {attempt}")
            await user.until(lambda: drawn and not main._dirty_widgets)
            expected = {*main.articles.region.line_range, *main.query_one("#status").region.line_range}
            if expected == {y for update in drawn for y, _, _ in getattr(update, "pieces", [])} and not asked:
                break
        else:
            pytest.fail(f"drawn: {drawn}; lines of the text asked for: {asked}")


def test_lines_that_change_in_the_same_cells_are_one_block() -> None:
    spans = [(2, 0, 30), (3, 0, 30), (3, 40, 50), (4, 0, 30), (6, 0, 30), (7, 5, 5)]
    assert blocks(spans) == [Region(0, 2, 30, 3), Region(0, 6, 30, 1), Region(40, 3, 10, 1)]


@pytest.mark.parametrize("keys", [("f",), ("a",), ("o",), (":",), ("t",)], ids=str)
async def test_nothing_moves_or_blinks_by_itself(run_app, keys) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        await user.press(*keys)
        await user.until(lambda: [*user.app.screen.query("Input"), *user.app.screen.query("TextArea")])
        assert user.app.animation_level == "none"
        typed = [*user.app.screen.query("Input"), *user.app.screen.query("TextArea")]
        assert not any(one.cursor_blink for one in typed)
