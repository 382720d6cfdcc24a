"""One line on stderr that says how far the indexing has come."""

from __future__ import annotations

from time import monotonic
from types import TracebackType

from store.library import Message, Progress, Trouble
from tui.cli.output import Output

_PATIENCE = 0.5
"""Seconds of silence: what is done by then needs no progress."""

_STAGES = {"scan": "looking at files", "read": "reading", "analyse": "finding names"}


class ProgressLine:
    """Called with each message of the indexer; the line is cleared at the end."""

    def __init__(self, out: Output, *, patience: float = _PATIENCE) -> None:
        self._out = out
        self._from = monotonic() + patience
        self._shown = False
        self.troubles: list[Trouble] = []
        """What could not be read or analyse, in this run."""

    def __enter__(self) -> ProgressLine:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._shown:
            self._out.repaint("")

    def __call__(self, message: Message) -> None:
        """Show a message where it says something new."""
        if isinstance(message, Trouble):
            self.troubles.append(message)
        elif isinstance(message, Progress) and monotonic() >= self._from:
            self._shown = True
            self._out.repaint(_sentence(message))


def _sentence(progress: Progress) -> str:
    stage = _STAGES.get(progress.stage, progress.stage)
    if not progress.total:
        return f"{stage}: {progress.done:,}"
    share = min(1.0, progress.done / progress.total)
    bar = "#" * round(share * 20)
    left = ""
    if progress.rate > 0 and progress.done:
        left = f", {_duration((progress.total - progress.done) / progress.rate)} left"
    return f"{stage} [{bar:<20}] {progress.done:,} of {progress.total:,}{left}"


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    return f"{round(seconds / 60)} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
