"""What Dateline may cost, and how a measured figure is judged. No time is ever judged alone.

Starting is held to a multiple of the bare Textual app's first paint in the same run. Other times were set on
a machine where that paint took `REFERENCE` milliseconds, and are stretched or shrunk by what it takes here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bench.measure import Figures

REFERENCE = 191.0
NEAR = 1.2


class Unit(StrEnum):
    """How a figure is counted and written."""

    TIMES = "x"
    """Times the bare app's first paint; measured in milliseconds."""
    MS = "ms"
    BYTES = "B"
    MB = "MB"
    PERCENT = "%"
    COUNT = ""


class Verdict(StrEnum):
    """How a figure stands to its budget."""

    WITHIN = "within"
    NEAR = "near"
    OVER = "OVER"
    UNKNOWN = "not measured"


@dataclass(frozen=True, slots=True)
class Budget:
    """One line of the table."""

    title: str
    figure: str
    """The figure's name in `Figures`."""
    unit: Unit
    small: float
    """The budget at 10,000 articles."""
    large: float
    """The budget at 100,000 articles."""

    def allowed(self, articles: int, paint: float) -> float:
        """Return the budget as it is measured, where the bare app first paints after `paint` milliseconds."""
        budget = self.small if articles <= 30_000 else self.large
        if self.unit is Unit.TIMES:
            return budget * paint
        return budget * paint / REFERENCE if self.unit is Unit.MS else budget

    def verdict(self, value: float | None, articles: int, paint: float) -> Verdict:
        """Judge a figure."""
        if value is None or value != value:
            return Verdict.UNKNOWN
        allowed = self.allowed(articles, paint)
        if value <= allowed:
            return Verdict.WITHIN
        return Verdict.NEAR if value <= NEAR * allowed else Verdict.OVER


BUDGETS = (
    Budget("start: first paint", "first paint", Unit.TIMES, 1.35, 1.35),
    Budget("start: list and article", "ready", Unit.TIMES, 1.7, 2.1),
    Budget("start: processor time", "start cpu", Unit.TIMES, 1.7, 2.1),
    Budget("start: bytes", "start bytes", Unit.BYTES, 8_000, 8_000),
    Budget("opened where it was left: first paint", "again first paint", Unit.TIMES, 1.35, 1.35),
    Budget("opened where it was left: list and article", "again ready", Unit.TIMES, 1.7, 2.1),
    Budget("opened where it was left: first key answered", "again first key", Unit.TIMES, 1.7, 2.1),
    Budget("j, 95th percentile", "j p95", Unit.MS, 10, 10),
    Budget("j, bytes", "j bytes", Unit.BYTES, 400, 400),
    Budget("j scrolling, 95th percentile", "j scrolling p95", Unit.MS, 16, 16),
    Budget("j scrolling, bytes", "j scrolling bytes", Unit.BYTES, 600, 600),
    Budget("j scrolling, frames", "j scrolling frames", Unit.COUNT, 1, 1),
    Budget("j, the longest of all", "longest key", Unit.MS, 40, 40),
    Budget("open an article of 4 kB", "open 4 kB", Unit.MS, 30, 30),
    Budget("open an article of 1 MB", "open 1 MB", Unit.MS, 150, 150),
    Budget("tag, from key to repaint, on disk", "tag p95", Unit.MS, 10, 10),
    Budget("memory of the screen process", "memory", Unit.MB, 80, 110),
    Budget("quit to prompt", "quit", Unit.MS, 60, 60),
    Budget("SIGHUP to end", "SIGHUP", Unit.MS, 200, 200),
    Budget("SIGTERM to end", "SIGTERM", Unit.MS, 200, 200),
    Budget("modes and processes left by SIGHUP", "SIGHUP leaves", Unit.COUNT, 0, 0),
    Budget("modes and processes left by SIGTERM", "SIGTERM leaves", Unit.COUNT, 0, 0),
    Budget("idle: bytes in 5 s", "idle bytes", Unit.BYTES, 0, 0),
    Budget("idle: share of a core", "idle", Unit.PERCENT, 0.3, 0.3),
)


def written(value: float | None, unit: Unit, paint: float) -> str:
    """Write a figure for the table; times of the start also as a multiple of the bare app's first paint."""
    if value is None or value != value:
        return "–"
    if unit is Unit.TIMES:
        return f"{value:,.0f} ms {value / paint:.2f}x"
    digits = 1 if unit in (Unit.MS, Unit.PERCENT) and value < 100 else 0
    return f"{value:,.{digits}f} {unit}".strip()


def table(figures: dict[str, Figures], articles: int) -> list[list[str]]:
    """Return the table's lines: what, each program's figure, the budget, the verdict on the first one."""
    first = next(iter(figures))
    paint = figures["bare Textual"]["first paint"]
    rows = [["", *figures, "budget here", "verdict"]]
    for one in BUDGETS:
        values = [figures[name].get(one.figure) for name in figures]
        rows.append(
            [
                one.title,
                *(written(value, one.unit, paint) for value in values),
                written(one.allowed(articles, paint), one.unit, paint),
                one.verdict(figures[first].get(one.figure), articles, paint),
            ]
        )
    return rows
