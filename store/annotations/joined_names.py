"""Which entities count as one: decisions are followed from name to name when they are read. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from store.annotations.documents import Document
from store.article import EntityKey


def final(rows: Mapping[EntityKey, Document], key: EntityKey) -> EntityKey:
    """Return the entity that a key stands for; `rows` are the decisions "same" by the key that goes into another.

    A circle, which only another program could have written, stands for the first of its keys.
    """
    way = [key]
    while (row := rows.get(way[-1])) is not None:
        if row["into"] in way:
            return min(way[way.index(row["into"]) :])
        way.append(row["into"])
    return way[-1]


def joined(rows: Mapping[EntityKey, Document]) -> dict[EntityKey, EntityKey]:
    """Return what each joined key stands for."""
    found = ((key, final(rows, key)) for key in rows)
    return {key: top for key, top in found if top != key}
