"""What a suite found, and whether that is what was promised."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Outcome:
    """The figures of one suite."""

    suite: str
    figures: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)
    """The first things that went wrong, each with what it takes to see it again."""
    must_fail: bool = False
    """Whether this is a control: it writes wrongly, and a suite that finds nothing wrong is blind."""
    skipped: str = ""
    """Why the suite could not run here."""

    def bad(self, figure: str, example: str) -> None:
        """Count something that must not be."""
        self.figures[figure] += 1
        self.figures["bad"] += 1
        if len(self.examples) < 5:
            self.examples.append(f"{figure}: {example}")

    @property
    def as_promised(self) -> bool:
        """Whether nothing bad was found, or in a control something was."""
        return bool(self.skipped) or bool(self.figures["bad"]) == self.must_fail

    def line(self) -> str:
        """Return the outcome as a line of the table."""
        if self.skipped:
            return f"{self.suite:34} left out: {self.skipped}"
        figures = {name: count for name, count in self.figures.items() if name != "bad"}
        words = ", ".join(f"{count:,} {name}" for name, count in [*figures.items(), ("bad", self.figures["bad"])])
        verdict = ("found, as it must be" if self.must_fail else "as promised") if self.as_promised else "FAILED"
        return f"{self.suite:34} {verdict:20} {words}"
