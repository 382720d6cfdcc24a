"""Regular expressions that are compiled when they are first used: a start needs few of the eighty that it meets."""

from __future__ import annotations

import re
from typing import Any, cast


def lazy_pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """Return what `re.compile` would, without the work until something is asked of it."""
    return cast("re.Pattern[str]", _Lazy(source, flags))


class _Lazy:
    def __init__(self, source: str, flags: int) -> None:
        self._source, self._flags = source, flags

    def __getattr__(self, name: str) -> Any:
        # What is found stands in the object itself from then on, where it is found without this method.
        found = getattr(re.compile(self._source, self._flags), name)
        self.__dict__[name] = found
        return found
