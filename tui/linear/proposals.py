"""What tab proposes: commands, and behind some of them what can follow. Pure, but for asking the library."""

from __future__ import annotations

from collections.abc import Sequence

from store.library import FIELDS, LABELS, SORTS, Group, Library, group_title
from tui.linear.words import WORDS


class Proposals:
    """Proposes words for the one that is being typed."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def __call__(self, word: str, line: str) -> Sequence[str]:
        """Return words that begin as the last one of a line does."""
        first, space, _ = line.lstrip().partition(" ")
        if not space:
            return [name for name in WORDS if name.startswith(word)]
        known = self._known(first)
        sign = word[:1] if first == "tag" and word[:1] in ("+", "-") else ""
        return [sign + one for one in known if one.startswith(word[len(sign) :])]

    def _known(self, first: str) -> Sequence[str]:
        first = next((one.name for one in WORDS.values() if first == one.short), first)
        if first == "tag":
            return [one.name for one in self._library.tags()]
        if first == "tags":
            return ["rename", "merge", "delete", *(one.name for one in self._library.tags())]
        if first == "searches":
            return ["rename", "tag", "delete", *(one.name for one in self._library.searches())]
        if first == "order":
            return list(SORTS)
        if first == "correct":
            labels = [label for known in LABELS.values() for label in known]
            return [*(group.value for group in Group), "none", "as", "to", *labels]
        if first == "export":
            return ["article", "--format", "--group", "--private", "--no-private", "--all", "-q", "-o"]
        if first == "names":
            return [*(group_title(kind) for kind in Group), "all", "library"]
        if first == "help":
            return list(WORDS)
        if first == "filter":
            own = [f"tag:{one.name}" for one in self._library.tags()]
            return [*(f"{field}:" for field in FIELDS), *own]
        return []
