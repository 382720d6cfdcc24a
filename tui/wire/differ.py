"""Writes what the terminal does not show yet: the shortest of several ways."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from tui.wire.cells import Cells, Row
from tui.wire.pencil import Pencil
from tui.wire.pens import Pens
from tui.wire.screen import Screen
from tui.wire.scroll import Shift, shifted, shifts
from tui.wire.strokes import in_order, strokes
from tui.wire.terminal import Abilities

_WORTH_A_LOOK = 300
"""Bytes from which on it is tried whether something has only moved."""


def update(screen: Screen, cells: Cells, able: Abilities, cursor: tuple[int, int]) -> str:
    """Return what makes the terminal show the wanted screen with its cursor there, and take it for shown."""
    new = {y: screen.wanted[y] for y in sorted(screen.touched) if screen.wanted[y] != screen.shown[y]}
    screen.touched.clear()
    at = screen.cursor
    if not new and at == cursor:
        return ""
    if screen.cleared:
        best = _best(screen, new, cells, able, cursor)
    else:
        pencil = Pencil(cells, able, (screen.width, screen.height), None)
        base = _clear(pencil, screen)
        _draw(pencil, base, screen.wanted, range(screen.height))
        pencil.put_down(cursor)
        best = pencil.text()
        screen.cleared = True
    screen.shown = screen.wanted[:]
    screen.cursor = cursor
    return best


def _best(screen: Screen, new: dict[int, Row], cells: Cells, able: Abilities, cursor: tuple[int, int]) -> str:
    def pencil() -> Pencil:
        return Pencil(cells, able, (screen.width, screen.height), screen.cursor)

    plain = pencil()
    _draw(plain, screen.shown, screen.wanted, new)
    plain.put_down(cursor)
    best = plain.text()
    if not able.scrolls or len(best) < _WORTH_A_LOOK or len(new) < 3:
        return best
    for shift in shifts(screen.shown, screen.wanted, list(new), able.margins):
        other = pencil()
        _move(other, shift)
        base = shifted(screen.shown, shift)
        _draw(other, base, screen.wanted, range(screen.height))
        other.put_down(cursor)
        best = min(best, other.text(), key=_size)
    return best


def _size(text: str) -> int:
    return len(text.encode("utf-8", "replace"))


def _clear(pencil: Pencil, screen: Screen) -> list[Row]:
    """Clear the terminal in the colour that most of it is to have; returns what it shows then."""
    looks = Counter(pen for text, look in screen.wanted for pen in look[len(text.rstrip(" ")) :])
    pen = next((pen for pen, _ in looks.most_common() if pencil.can_erase(pen)), Pens.PLAIN)
    # Nothing is known of the pen either.
    pencil.raw("\x1b[m")
    pencil.take(pen)
    pencil.raw("\x1b[2J")
    if pencil.pens.has_ground(pen):
        # Some terminals clear a screen in their own colour only, but each line in that of the pen; pyte is one.
        pencil.raw("\x1b[H" + "\n".join(["\x1b[K"] * screen.height))
    return [(" " * screen.width, pen * screen.width)] * screen.height


def _move(pencil: Pencil, shift: Shift) -> None:
    """Have the terminal move a part of its screen; what comes in is blank, with the plain pen."""
    command = f"{shift.lines if shift.lines > 1 else ''}M" if shift.lines > 0 else f"{-shift.lines}L"
    region = f"\x1b[{shift.top + 1};{shift.bottom}r"
    if shift.whole:
        pencil.raw(region)
        pencil.move(0, shift.top)
        pencil.raw(f"\x1b[{command}\x1b[r")
    else:
        pencil.raw(f"\x1b[?69h\x1b[{shift.left + 1};{shift.right}s{region}")
        pencil.move(shift.left, shift.top)
        pencil.raw(f"\x1b[{command}\x1b[r\x1b[?69l")


def _draw(pencil: Pencil, old: Sequence[Row], new: Sequence[Row], lines: Iterable[int]) -> None:
    pencil.draw(in_order(strokes(old, new, lines, pencil.pens, pencil.can_erase), pencil.pens))
