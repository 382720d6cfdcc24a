"""Says on stderr how far the indexing has come: a line with a bar on a terminal, else a line now and then."""

from __future__ import annotations

from time import monotonic
from types import TracebackType

from store.library import Message, Progress, Trouble
from tui.cli.output import Output
from tui.render.duration import duration

_PATIENCE = 0.5
"""Seconds of silence: what is done by then needs no progress."""
LINE_EVERY = 10.0
"""Seconds between two lines where no terminal shows a bar."""

_STAGES = {"scan": "looking at files", "read": "reading", "analyse": "finding names"}


class ProgressLine:
    """Called with each message of the indexer; the line is cleared at the end."""

    def __init__(self, out: Output, *, patience: float = _PATIENCE, lines: bool = False) -> None:
        """`lines`: also where stderr is no terminal, one each ten seconds."""
        self._out = out
        self._from = monotonic() + patience
        self._lines = lines and not out.talks_to_terminal
        self._line_at = monotonic() + LINE_EVERY
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
        elif isinstance(message, Progress) and self._lines:
            if monotonic() >= self._line_at:
                self._line_at = monotonic() + LINE_EVERY
                self._out.say(sentence(message))
        elif isinstance(message, Progress) and monotonic() >= self._from:
            self._shown = True
            self._out.repaint(sentence(message, bar=True))


def sentence(progress: Progress, *, bar: bool = False) -> str:
    """Say how far a stage has come, how fast it goes on, and how long the rest will take."""
    stage = _STAGES.get(progress.stage, progress.stage)
    if not progress.total:
        return f"{stage}: {progress.done:,}"
    share = min(1.0, progress.done / progress.total)
    drawn = f" [{'#' * round(share * 20):<20}]" if bar else ""
    rate = f", {progress.rate:,.0f} a second" if progress.rate >= 1 else ""
    left = f", {duration(progress.seconds)} left" if progress.seconds else ""
    return f"{stage}{drawn} {progress.done:,} of {progress.total:,} ({share:.0%}){rate}{left}"
