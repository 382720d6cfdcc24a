"""The rows of the names panel: who, organisations, where, with counts; then the notes. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from store.article import Mention, StoredArticle
from store.library import Group, group_of, group_title
from tui.widgets.choice_list import Choice

_HEADINGS = {Group.PERSON: "WHO", Group.ORGANISATION: "ORGANISATIONS", Group.PLACE: "WHERE"}


def entities_of(mentions: Iterable[Mention]) -> dict[Group, list[tuple[Mention, int]]]:
    """Gather mentions into entities, each with its first mention and count: the most mentioned first."""
    found: dict[Group, dict[str, tuple[Mention, int]]] = {}
    for mention in mentions:
        group = found.setdefault(group_of(mention.label), {})
        key = (mention.entity or "?").casefold()
        first, count = group.get(key, (mention, 0))
        group[key] = (first, count + 1)
    return {group: sorted(each.values(), key=lambda pair: (-pair[1], pair[0].start)) for group, each in found.items()}


def panel_rows(stored: StoredArticle, shown: frozenset[str], notes: Sequence[Choice]) -> list[Choice]:
    """List the shown groups with their entities, what is hidden, and the rows of the notes."""
    entities = entities_of(stored.mentions)
    rows: list[Choice] = []
    for group in Group:
        if group in shown and entities.get(group):
            if rows:
                rows.append(Choice(""))
            rows.append(Choice(_HEADINGS.get(group, group_title(group).upper()), heading=True))
            rows += [Choice(mention.entity, mention, str(count), style=group if group in _HEADINGS else "")
                     for mention, count in entities[group]]  # fmt: skip
    hidden = [group_title(group) for group in Group if group not in shown and entities.get(group)]
    if not rows:
        rows.append(Choice("no names found" if stored.analysed else "names are on their way", style="quiet"))
    if hidden:
        rows += [
            Choice(""),
            Choice(f"hidden: {', '.join(hidden)}", style="quiet"),
            Choice("(i shows)", style="quiet"),
        ]
    if notes:
        rows += [Choice(""), Choice("NOTES", heading=True), *notes]
    return rows
