"""The names of the article on screen: which are shown, which comes next, which mean the same. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

from store.article import EntityKey, Mention, key_of_entity
from store.library import Group, group_of

_NONE: Mapping[EntityKey, EntityKey] = {}


class Names:
    """An article's mentions in reading order."""

    def __init__(
        self,
        text: str = "",
        mentions: Iterable[Mention] = (),
        shown: Collection[str] = (),
        joined: Mapping[EntityKey, EntityKey] = _NONE,
    ) -> None:
        """`joined` names which entities count as which others."""
        self._text = text
        self.joined = joined
        # A mention of another text, or a broken one, must not reach beyond this one.
        within = (each for each in mentions if 0 <= each.start < each.end <= len(text))
        self.all: list[Mention] = sorted(within, key=lambda each: (each.start, -each.end))
        """All mentions, the longer first where two start alike."""
        self.shown: list[Mention] = []
        """Those of the groups that are highlighted."""
        self._longest = max((each.end - each.start for each in self.all), default=0)
        self.show(shown)

    def show(self, groups: Collection[str]) -> None:
        """Change which groups are highlighted."""
        self.shown = [each for each in self.all if group_of(each.label) in groups]

    def _key(self, mention: Mention) -> EntityKey:
        name = mention.entity or " ".join(self._text[mention.start : mention.end].split())
        key = key_of_entity(group_of(mention.label), name)
        return self.joined.get(key, key)

    @cached_property
    def _same(self) -> dict[EntityKey, list[Mention]]:
        found: dict[EntityKey, list[Mention]] = {}
        for each in self.all:
            found.setdefault(self._key(each), []).append(each)
        return found

    def same(self, mention: Mention | None) -> list[Mention]:
        """Return all mentions of whom or what a mention means."""
        return self._same.get(self._key(mention), []) if mention is not None else []

    def like(self, mention: Mention) -> list[Mention]:
        """Return the mentions here of whom or what a mention of another article means."""
        if not mention.entity:
            return self.same(mention) if mention in self.all else []
        return self.same(mention)

    def between(self, start: int, end: int) -> list[Mention]:
        """Return the highlighted mentions that overlap a stretch."""
        low = bisect_left(self.shown, start - self._longest, key=_start)
        high = bisect_left(self.shown, end, key=_start)
        return [each for each in self.shown[low:high] if each.end > start]

    def at(self, offset: int) -> Mention | None:
        """Return the highlighted mention that holds a character, the innermost."""
        found = self.between(offset, offset + 1)
        return min(found, key=lambda each: each.end - each.start) if found else None

    def of(self, group: Group | None) -> list[Mention]:
        """Return the mentions of a group, highlighted or not; of None the highlighted ones."""
        return self.shown if group is None else [each for each in self.all if group_of(each.label) is group]


def step(mentions: list[Mention], current: Mention | None, by: int, visible: tuple[int, int]) -> Mention | None:
    """Return the next mention (`by` 1) or the one before (-1).

    Without a current one it is the first, or the last, that begins in the visible stretch, else the nearest
    beyond.
    """
    if current is not None:
        at = bisect_left(mentions, (current.start, -current.end), key=_place)
        if by > 0 and at < len(mentions) and mentions[at] == current:
            at += 1
    else:
        at = bisect_left(mentions, visible[0] if by > 0 else visible[1], key=_start)
    at += 0 if by > 0 else -1
    return mentions[at] if 0 <= at < len(mentions) else None


def _start(mention: Mention) -> int:
    return mention.start


def _place(mention: Mention) -> tuple[int, int]:
    return mention.start, -mention.end


def kind_of(mention: Mention) -> str:
    """Return in a word what a mention names: `person`, `place`, `work of art`, `date`."""
    group = group_of(mention.label)
    if group in (Group.NUMBER, Group.OTHER):
        return mention.label.replace("_", " ").lower()
    return str(group)
