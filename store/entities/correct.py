"""Puts the user's corrections over what the recogniser and the linking found. Pure.

A correction of one place says what stands there, whatever was found. A wide one leads from a name (words and label) to
another, or to nothing. Later ones go over earlier ones: what a later correction leads to is right, so an earlier one
does not lead away from it. Correcting what is corrected changes nothing.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence

from store.article import Mention
from store.entities.labels import group_of
from store.entities.occurring import compared, is_whole, places_of, sought
from store.record import Record

Span = tuple[int, int]


class Fix(Record):
    """A correction as it concerns one text."""

    kind: str
    """`drop`, `label`, `extent` or `add`."""
    surface: str
    """Words of the mention, or of the added name."""
    old_label: str = ""
    label: str = ""
    span: Span | None = None
    """Where the mention is, or the added name; None where every same one is meant."""
    extent: Span | None = None
    """The new extent of the one at `span`."""
    shift: int = 0
    """Of every same one: by how much the new extent begins later (or, below zero, earlier)."""
    grown: str = ""
    """The words of the new extent."""


Name = tuple[str, str]
"""Words, as they are compared, and label."""


class _Edge(Record):
    """What a wide correction makes of a name; `to` None: nothing."""

    at: int
    to: Name | None
    shift: int = 0
    length: int | None = None


class _Claim(Record):
    """What a correction says of one place."""

    at: int
    span: Span
    label: str | None
    """None: here is no name."""


def apply(text: str, mentions: Iterable[Mention], fixes: Sequence[Fix]) -> list[Mention]:
    """Return the mentions of a text as corrections leave them: in order of start, without overlaps.

    `fixes` are in the order of their making.
    """
    found = _sound(text, mentions)
    if not fixes:
        return found
    return _Correcting(text, found, fixes).corrected()


class _Correcting:
    def __init__(self, text: str, found: list[Mention], fixes: Sequence[Fix]) -> None:
        self._text = text
        self._found = found
        self._at_place = {(mention.start, mention.end): mention for mention in found}
        self._edges, self._adds = _wide(fixes)
        self._claims = _claims(fixes, len(text))
        self._placed = _Places()
        self._new: list[tuple[Mention, str]] = []
        """What did not stand so before, each with how the user writes it; empty: as the text does."""
        self._kept: list[Mention] = []

    def corrected(self) -> list[Mention]:
        for claim in self._claims:
            if claim.label is not None:
                self._put(self._led(*claim.span, claim.label, claim.at))
        self._put_found()
        for at, surface, label in self._adds:
            blocked = [claim.span for claim in self._claims if claim.at > at]
            for start, end in places_of(sought(self._text), surface):
                if self._placed.is_free(start, end) and not any(_overlap((start, end), span) for span in blocked):
                    self._put(self._led(start, end, label, at), surface)
        return sorted([*self._kept, *self._with_entities()], key=lambda mention: mention.start)

    def _put(self, mention: Mention | None, surface: str = "") -> None:
        if mention is not None and self._placed.take(mention.start, mention.end):
            self._new.append((mention, surface))

    def _put_found(self) -> None:
        """Put what was found where no place is claimed; what grows swallows what it grows over."""
        led = []
        for mention in self._found:
            if self._claims and self._is_claimed(mention):
                continue
            if (compared(self._text[mention.start : mention.end]), mention.label) not in self._edges:
                led.append((mention, mention))
            elif (after := self._led(mention.start, mention.end, mention.label, -1)) is not None:
                led.append((mention, after))
        moved: list[tuple[Mention, Mention]] = []
        stayed: list[tuple[Mention, Mention]] = []
        for mention, after in led:
            if (after.start, after.end) == (mention.start, mention.end):
                stayed.append((mention, after))
            elif not self._placed.is_free(after.start, after.end):
                stayed.append((mention, mention))
            else:
                moved.append((mention, after))
        for _, after in moved:
            self._put(after)
        for mention, after in stayed:
            if after is not mention and group_of(after.label) is not group_of(mention.label):
                self._put(after)
            elif self._placed.take(after.start, after.end):
                self._kept.append(mention if after.label == mention.label else mention.replace(label=after.label))

    def _is_claimed(self, mention: Mention) -> bool:
        here = (mention.start, mention.end)
        return any(
            _within(here, claim.span) if claim.label is None else _overlap(here, claim.span) for claim in self._claims
        )

    def _led(self, start: int, end: int, label: str, after: int) -> Mention | None:
        """Return what the wide corrections later than `after` make of a name at a place; None: nothing."""
        name: Name = (compared(self._text[start:end]), label)
        while (edge := self._edges.get(name)) is not None and edge.at > after:
            if edge.to is None:
                return None
            if edge.length is not None:
                first, last = start + edge.shift, start + edge.shift + edge.length
                if not self._reads(first, last, edge.to[0]):
                    break
                start, end = first, last
            name = edge.to
        return Mention(start, end, name[1])

    def _reads(self, first: int, last: int, words: str) -> bool:
        here = sought(self._text)[max(0, first) : last]
        return first >= 0 and "\n" not in here and compared(here) == words and is_whole(self._text, first, last)

    def _with_entities(self) -> Iterator[Mention]:
        """Say who is meant: who was meant at this place, else who is by these words elsewhere in the text."""
        linked: dict[tuple[str, object], str] = {}
        for mention in self._kept:
            words = compared(self._text[mention.start : mention.end])
            if mention.entity and compared(mention.entity) != words:
                linked.setdefault((words, group_of(mention.label)), mention.entity)
        for mention, surface in self._new:
            before = self._at_place.get((mention.start, mention.end))
            words = self._text[mention.start : mention.end]
            if before is not None and before.entity and group_of(before.label) is group_of(mention.label):
                entity = before.entity
            else:
                shown = surface if compared(surface) == compared(words) else words
                entity = linked.get((compared(words), group_of(mention.label))) or " ".join(shown.split())
            yield mention.replace(entity=entity)


class _Places:
    """Stretches of a text that are taken."""

    def __init__(self) -> None:
        self._spans: list[Span] = []
        """In order; they do not overlap."""

    def is_free(self, start: int, end: int) -> bool:
        at = bisect_left(self._spans, (end, 0))
        return at == 0 or self._spans[at - 1][1] <= start

    def take(self, start: int, end: int) -> bool:
        free = self.is_free(start, end)
        if free:
            insort(self._spans, (start, end))
        return free


def _wide(fixes: Sequence[Fix]) -> tuple[dict[Name, _Edge], list[tuple[int, str, str]]]:
    """Return what every same name becomes, and the names that are added; the newest first."""
    edges: dict[Name, _Edge] = {}
    right: set[Name] = set()
    adds = []
    for at, fix in reversed(list(enumerate(fixes))):
        if fix.span is not None:
            continue
        words = compared(fix.surface)
        if fix.kind == "add":
            adds.append((at, fix.surface, fix.label))
            right.add((words, fix.label))
            continue
        name = (words, fix.old_label)
        if name in edges or name in right:
            continue
        edge = _edge(at, fix, words)
        if edge.to != name:
            edges[name] = edge
            if edge.to is not None:
                right.add(edge.to)
    return edges, adds


def _edge(at: int, fix: Fix, words: str) -> _Edge:
    if fix.kind == "drop":
        return _Edge(at, None)
    if fix.kind == "label":
        return _Edge(at, (words, fix.label))
    return _Edge(at, (compared(fix.grown), fix.label or fix.old_label), fix.shift, len(fix.grown))


def _claims(fixes: Sequence[Fix], length: int) -> list[_Claim]:
    """Return what is said of single places, the newest first; what a later one goes over is left out."""
    claims: list[_Claim] = []
    for at, fix in reversed(list(enumerate(fixes))):
        if fix.span is None:
            continue
        if fix.kind == "drop":
            said = [_Claim(at, fix.span, None)]
        elif fix.kind == "extent" and fix.extent is not None:
            said = [_Claim(at, fix.span, None), _Claim(at, fix.extent, fix.label or fix.old_label)]
        else:
            said = [_Claim(at, fix.span, fix.label)]
        there = (claim for claim in said if 0 <= claim.span[0] < claim.span[1] <= length)
        claims += [claim for claim in there if not _is_gone_over(claim, claims)]
    return claims


def _is_gone_over(claim: _Claim, later: Iterable[_Claim]) -> bool:
    return any(
        other.at > claim.at
        and (_within(claim.span, other.span) if other.label is None else _overlap(claim.span, other.span))
        for other in later
    )


def _sound(text: str, mentions: Iterable[Mention]) -> list[Mention]:
    found: list[Mention] = []
    for mention in sorted(mentions, key=lambda mention: (mention.start, -mention.end)):
        if 0 <= mention.start < mention.end <= len(text) and (not found or found[-1].end <= mention.start):
            found.append(mention)
    return found


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _within(one: Span, other: Span) -> bool:
    return other[0] <= one[0] and one[1] <= other[1]
