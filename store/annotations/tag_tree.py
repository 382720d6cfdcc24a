"""The tags as a tree: `asia/japan` below `asia`, each with its own counts and with those below it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct, field

from store.annotations.tag_records import TagOrder, TagUse
from store.annotations.tags import folded
from store.record import Record

_NEVER = datetime.min.replace(tzinfo=UTC)


class TagBranch(Record):
    """A tag in the tree. One that only stands above others has no uses of its own."""

    name: str
    depth: int
    """0 for a tag that is below none."""
    own: TagUse
    articles: int
    """Articles that bear it or a tag below it, each counted once."""
    notes: int
    entities: int
    last_used: datetime | None
    """The last use of it or of a tag below it."""

    @property
    def step(self) -> str:
        """The last step of its name: `japan` of `asia/japan`."""
        return self.name.rpartition("/")[2]


class _Node(Struct):
    name: str
    use: TagUse | None = None
    last_used: datetime | None = None
    below: dict[str, _Node] = field(default_factory=dict)


def tree(
    uses: Iterable[TagUse], within: Callable[[str], tuple[int, int, int]], order: TagOrder = TagOrder.NAME
) -> list[TagBranch]:
    """Return every tag in use, and what it stands below, each followed by what is below it.

    `within` counts the articles, notes and entities that bear a tag or one below it.
    """
    root = _Node("")
    # By name, so that what only stands above others is always spelled alike.
    for use in sorted(uses, key=lambda use: use.name):
        _plant(root, use)
    _date(root)
    found: list[TagBranch] = []
    _gather(root, 0, within, order, found)
    return found


def _plant(root: _Node, use: TagUse) -> None:
    node, name = root, ""
    for step in use.name.split("/"):
        name = f"{name}/{step}" if name else step
        node = node.below.setdefault(folded(step), _Node(name))
    node.use, node.name, node.last_used = use, use.name, use.last_used


def _date(node: _Node) -> datetime | None:
    times = [node.last_used, *(_date(one) for one in node.below.values())]
    node.last_used = max((time for time in times if time is not None), default=None)
    return node.last_used


def _gather(
    node: _Node, depth: int, within: Callable[[str], tuple[int, int, int]], order: TagOrder, found: list[TagBranch]
) -> None:
    counts = {step: within(one.name) for step, one in node.below.items()}
    keys: dict[TagOrder, Callable[[str], Any]] = {
        TagOrder.NAME: lambda step: step,
        TagOrder.COUNT: lambda step: (-sum(counts[step]), step),
        TagOrder.LAST_USE: lambda step: (-((node.below[step].last_used or _NEVER).timestamp()), step),
    }
    for step in sorted(node.below, key=keys[order]):
        one = node.below[step]
        use = one.use or TagUse(one.name, 0, None)
        found.append(TagBranch(one.name, depth, use, *counts[step], one.last_used))
        _gather(one, depth + 1, within, order, found)
