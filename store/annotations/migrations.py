"""How annotation files of earlier schemas become today's. Pure; a fixture of every schema stays in the tests.

1 -> 2: articles know a publication date set by hand and that their text has changed; notes know the text that they
were written on, and whether their passage is found in it.
2 -> 3: corrections of names, decisions about entities and what was added to them. Dateline itself had written nothing
into the tables of these names; what another program put there moves to tables of other names, and is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

SCHEMA = 3
"""What this Dateline writes."""

Tables = dict[str, dict[str, Mapping[str, Any]]]


def migrate(tables: Tables, schema: int, to: int = SCHEMA) -> Tables:
    """Return the tables of a file as today's schema, or an earlier one, has them; those given stay as they are.

    A document that is not what its schema says passes through as it is, for the check that follows to refuse.
    """
    for step in _STEPS[schema - 1 : to - 1]:
        tables = step(tables)
    return tables


def _to_2(tables: Tables) -> Tables:
    changed = dict(tables)
    texts = {
        article.get("id"): article.get("text_hash")
        for article in tables.get("articles", {}).values()
    }  # fmt: skip
    changed["articles"] = {
        key: {**article, "published": None, "changed": None} for key, article in tables.get("articles", {}).items()
    }
    changed["notes"] = {key: _note_to_2(note, texts) for key, note in tables.get("notes", {}).items()}
    changed["undo"] = {
        key: {**step, "changes": [_delta_to_2(delta, texts) for delta in step["changes"]]}
        if isinstance(step.get("changes"), list)
        else step
        for key, step in tables.get("undo", {}).items()
    }
    return {name: table for name, table in changed.items() if table or name in tables}


def _note_to_2(note: Mapping[str, Any], texts: Mapping[Any, Any]) -> Mapping[str, Any]:
    return {**note, "text": texts.get(note.get("article")), "was": "", "lost": False}


def _delta_to_2(delta: Any, texts: Mapping[Any, Any]) -> Any:
    if not isinstance(delta, dict) or delta.get("do") != "note":
        return delta
    notes = {side: _note_to_2(delta[side], texts) for side in ("old", "new") if isinstance(delta.get(side), dict)}
    return {**delta, **notes}


def _to_3(tables: Tables) -> Tables:
    found: Tables = {}
    for name, table in tables.items():
        kept = name
        while kept in ("corrections", "aliases", "entities") or (kept != name and kept in tables):
            kept = f"foreign {kept}"
        found[kept] = table
    return found


_STEPS: tuple[Callable[[Tables], Tables], ...] = (_to_2, _to_3)
"""The step at place n leads from schema n + 1 to n + 2."""
