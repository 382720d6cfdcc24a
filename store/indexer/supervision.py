"""What to do about an indexer that hangs or dies. Pure: knows no process and no clock."""

from __future__ import annotations

import signal
from enum import Enum

from store.indexer.protocol import Begin, Idle, Message, Skip, Trouble
from store.record import Record

READ_PROCESSOR_SECONDS = 5.0
"""What a file, or the next part of one, may cost its reader: on a busy machine that may be a minute."""
READ_SECONDS = 60.0
"""By the clock, after which nothing more is expected: of a drive on a network that is gone, of a pipe."""
ANALYSE_SECONDS = 30.0
ANALYSE_SECONDS_MORE = 10.0
"""For each 100,000 characters."""
LOAD_SECONDS = 120.0
MOST_FAILURES = 5
"""Deaths in a row, without a document finished between them, after which it is not started again."""
_LONGEST_WAIT = 5.0


def patience(begin: Begin) -> float | None:
    """Return the seconds that a document may take; None when none is in hand."""
    if begin.stage == "read":
        return READ_SECONDS
    if begin.stage == "analyse":
        return ANALYSE_SECONDS + ANALYSE_SECONDS_MORE * (begin.size / 100_000)
    return LOAD_SECONDS if begin.stage == "load" else None


def processor_limit(begin: Begin) -> float:
    """Return the seconds of its own processor time after which a process ends itself; 0: it does not."""
    return READ_PROCESSOR_SECONDS if begin.stage == "read" else 0.0


class End(Enum):
    """How a process ended."""

    DIED = "crashed, or was killed by somebody"
    SPENT = "ended itself, since a document took too much of the processor"
    STUCK = "was ended by us, since nothing came of a document"


def end_of(returncode: int | None) -> End:
    """Tell how a process ended that we did not end; as `subprocess` has it, a signal is a negative number."""
    return End.SPENT if returncode == -signal.SIGPROF else End.DIED


class Verdict(Record):
    """What follows from a death."""

    trouble: Trouble
    """What to tell the user."""
    skip: Skip | None
    """What to tell the next indexer."""
    restart_after: float | None
    """Seconds until the next one is started; None: no more."""


class Supervision:
    """Watches one indexer after the other: which document is in hand, and which have brought one down."""

    def __init__(self) -> None:
        self.in_hand: Begin | None = None
        self._suspects: dict[tuple[str, str, str], int] = {}
        self._left_out: set[tuple[str, str, str]] = set()
        self._failures = 0

    def saw(self, message: Message) -> None:
        """Take in what the indexer sent."""
        if isinstance(message, Begin):
            held = self.in_hand
            if held is not None and (held.source, held.member) != (message.source, message.member):
                self._finished(held)
            self.in_hand = message if patience(message) is not None else None
        elif isinstance(message, Idle):
            self.in_hand = None
            self._failures = 0

    def died(self, end: End, *, log: str) -> Verdict:
        """Judge a death.

        A document that was in hand at one death is tried again: somebody may have killed the process. At the second
        death it is left out, and one that took too long at the first. A file of which nothing came is tried again by
        the next start, since that may be the drive's fault. One that brings down its readers though it was left out
        counts as a failure of the indexer's own, so that the two cannot go on like this for ever.
        """
        document, self.in_hand = self.in_hand, None
        if document is not None:
            key = (document.source, document.stage, document.member)
            self._suspects[key] = self._suspects.get(key, 0) + 1
            if end is not End.DIED or self._suspects[key] > 1:
                again = end is End.STUCK and document.stage == "read"
                reason = _reason(end, document)
                if document.stage == "load":
                    reason = f"No names can be found: loading the pipeline failed. {reason}"
                known = key in self._left_out
                self._left_out.add(key)
                self._failures += known
                if self._failures < MOST_FAILURES:
                    trouble = Trouble(document.source, document.stage, reason, document.member)
                    skip = Skip(document.source, document.stage, reason, document.member, again)
                    return Verdict(trouble, skip, self._pause() if known else 0.0)
                return self._given_up(log)
        self._failures += 1
        if self._failures >= MOST_FAILURES:
            return self._given_up(log)
        return Verdict(Trouble("", "indexer", "The indexer stopped and was started again."), None, self._pause())

    def _pause(self) -> float:
        return min(0.1 * 4.0 ** (self._failures - 1), _LONGEST_WAIT)

    def _given_up(self, log: str) -> Verdict:
        reason = f"The indexer stopped {self._failures} times in a row and is left stopped. {log} tells more."
        return Verdict(Trouble("", "indexer", reason), None, None)

    def forgive(self) -> None:
        """Begin to count anew, because the user asks for another start."""
        self._failures = 0

    def _finished(self, document: Begin) -> None:
        self._suspects.pop((document.source, document.stage, document.member), None)
        self._failures = 0


def _reason(end: End, document: Begin) -> str:
    if end is End.DIED:
        return "It made the indexer crash."
    if end is End.SPENT:
        return f"It took longer than {processor_limit(document):.0f} s."
    seconds = patience(document) or 0.0
    if document.stage == "read":
        return f"Nothing came of it for {seconds:.0f} s. It is tried again at the next start."
    return f"It took longer than {seconds:.0f} s."
