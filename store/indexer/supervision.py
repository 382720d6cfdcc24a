"""What to do about an indexer that hangs or dies. Pure: knows no process and no clock."""

from __future__ import annotations

from store.indexer.protocol import Begin, Idle, Message, Skip, Trouble
from store.record import Record

READ_SECONDS = 5.0
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

    def died(self, *, hung: bool, log: str) -> Verdict:
        """Judge a death; `hung` when we ended it because a document took too long.

        A document that was in hand at one death is tried again: somebody may have killed the process. At the second
        death it is left out. One that brings down its readers though it was left out counts as a failure of the
        indexer's own, so that the two cannot go on like this for ever.
        """
        document, self.in_hand = self.in_hand, None
        if document is not None:
            key = (document.source, document.stage, document.member)
            self._suspects[key] = self._suspects.get(key, 0) + 1
            if hung or self._suspects[key] > 1:
                reason = (
                    f"It took longer than {patience(document) or 0:.0f} s." if hung else "It made the indexer crash."
                )
                if document.stage == "load":
                    reason = f"No names can be found: loading the pipeline failed. {reason}"
                known = key in self._left_out
                self._left_out.add(key)
                self._failures += known
                if self._failures < MOST_FAILURES:
                    trouble = Trouble(document.source, document.stage, reason, document.member)
                    skip = Skip(document.source, document.stage, reason, document.member)
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
