"""The rows of the names panel: who, organisations, where, with counts; then the notes. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from store.article import EntityKey, Mention, StoredArticle, key_of_entity
from store.library import Group, group_of, group_title, group_words
from store.record import Record, field
from tui.screens.main.unread import no_model
from tui.widgets.choice_list import Choice

_HEADINGS = {Group.PERSON: "WHO", Group.ORGANISATION: "ORGANISATIONS", Group.PLACE: "WHERE"}


class Joined(Record):
    """What the user has said about names that mean the same."""

    into: Mapping[EntityKey, EntityKey] = field(default_factory=dict)
    names: Mapping[EntityKey, str] = field(default_factory=dict)
    """How those are called that others were joined into."""

    def key(self, mention: Mention) -> EntityKey:
        """Return whom or what a mention means."""
        key = key_of_entity(group_of(mention.label), mention.entity or "?")
        return self.into.get(key, key)


APART = Joined()


def entities_of(mentions: Iterable[Mention], joined: Joined = APART) -> dict[Group, list[tuple[str, Mention, int]]]:
    """Gather mentions into entities, each with its name, first mention and count: the most mentioned first."""
    found: dict[EntityKey, tuple[Mention, int]] = {}
    for mention in mentions:
        key = joined.key(mention)
        first, count = found.get(key, (mention, 0))
        found[key] = (first, count + 1)
    groups: dict[Group, list[tuple[str, Mention, int]]] = {}
    for key, (first, count) in found.items():
        # Joined names are of the kind, and have the name, of what they were joined into.
        kind = key.partition(":")[0]
        group = Group(kind) if kind in set(Group) else group_of(first.label)
        groups.setdefault(group, []).append((joined.names.get(key, first.entity), first, count))
    return {group: sorted(each, key=lambda one: (-one[2], one[1].start)) for group, each in groups.items()}


def panel_rows(
    stored: StoredArticle,
    shown: frozenset[str],
    notes: Sequence[Choice],
    joined: Joined = APART,
    key: str = "i",
    adds: tuple[str, str] = ("v", "+"),
) -> list[Choice]:
    """List the shown groups with their entities, what is hidden, and the rows of the notes.

    `key` shows what is hidden; `adds` select words and make a name of them.
    """
    entities = entities_of(stored.mentions, joined)
    rows: list[Choice] = []
    for group in Group:
        if group in shown and entities.get(group):
            if rows:
                rows.append(Choice(""))
            rows.append(Choice(_HEADINGS.get(group, group_title(group).upper()), heading=True))
            rows += [Choice(name, mention, str(count), style=group if group in _HEADINGS else "")
                     for name, mention, count in entities[group]]  # fmt: skip
    hidden = [word for group in Group if group not in shown and entities.get(group) for word in group_words(group)]
    if stored.no_model and not stored.mentions:
        rows += [Choice(no_model(stored), style="quiet"), Choice("(see dateline doctor)", style="quiet")]
    elif not rows:
        rows.append(Choice("no names found" if stored.analysed else "names are on their way", style="quiet"))
        if stored.analysed and not hidden:
            rows.append(Choice(f"({adds[0]} selects, {adds[1]} adds one)", style="quiet"))
    if hidden:
        rows += [
            Choice(""),
            Choice(f"hidden ({key} shows):", style="quiet"),
            Choice(", ".join(hidden), style="quiet"),
        ]
    if notes:
        rows += [Choice(""), Choice("NOTES", heading=True), *notes]
    return rows
