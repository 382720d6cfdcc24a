"""The garbage collector, kept out of what makes many objects that stay."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_MANY_OBJECTS = 50_000
"""New objects after a job that are not worth looking through for garbage."""


@contextmanager
def kept_for_good() -> Iterator[None]:
    """Set what is made apart: it stays as long as the program.

    Looking through it for garbage, again and again while it grows and then for good, would cost a second at the start
    and hold up keys later.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


@contextmanager
def no_collector() -> Iterator[None]:
    """Keep the garbage collector out of a job, and from what a great one leaves for good.

    A change of 100,000 articles makes millions of objects: the collector would look through all of them many times, for
    half a second each, in which no key is answered.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        if gc.get_count()[0] > _MANY_OBJECTS:
            gc.freeze()
        gc.enable()
