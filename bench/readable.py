"""Waits for descriptors of any number: `select.select` knows none above 1,023, and a long run of tests has more."""

from __future__ import annotations

import select
from collections.abc import Iterable


def readable(descriptors: Iterable[int], seconds: float | None) -> list[int]:
    """Return those that have something to read or have ended, once there is one or the seconds are over."""
    poll = select.poll()
    for descriptor in descriptors:
        poll.register(descriptor, select.POLLIN)
    # Rounded up, so that no wait of less than a millisecond asks again and again at once.
    return [one for one, _ in poll.poll(None if seconds is None else -int(-seconds * 1000 // 1))]
