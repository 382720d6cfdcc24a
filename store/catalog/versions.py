"""Which recogniser an article's names should be of: that depends on its language."""

from __future__ import annotations

from collections.abc import Mapping

from store.record import Record

NO_PIPELINE = "none"
"""What the version of an article's names begins with when no pipeline reads its language: it has none, or the user's
own ones alone."""


class Versions(Record):
    """The versions of recogniser and links, by language."""

    others: str
    """For languages that are not in `by_language`; empty: such texts are left as they are."""
    by_language: Mapping[str, str]

    def of(self, language: str) -> str:
        """Return what the names of a text in this language should be of; empty: it is left as it is."""
        return self.by_language.get(language, self.others)

    def __bool__(self) -> bool:
        """Whether any text is to be analysed."""
        return bool(self.others) or any(self.by_language.values())

    def wait(self, language: str, analysed: str) -> bool:
        """Tell whether a text in this language, with names of that version, is to be analysed.

        Names of a pipeline stay when that pipeline has gone and nothing else reads the language.
        """
        wanted = self.of(language)
        if not wanted or analysed == wanted:
            return False
        return not has_no_pipeline(wanted) or not analysed or has_no_pipeline(analysed)


def has_no_pipeline(version: str) -> bool:
    """Tell whether names of this version are of no pipeline."""
    return version.startswith(NO_PIPELINE)


NOTHING = Versions("", {})
"""Every text is left as it is."""
