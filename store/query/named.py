"""The condition that an article names somebody or something: by words of a name, or by the whole of it. Pure.

Words are looked up in the index (store.catalog.entity_words). What the user has joined is found by the names and the
kinds of all that was joined.
"""

from __future__ import annotations

from store.article import fold_name
from store.catalog.entity_words import LEVELS
from store.query.ast import Field
from store.query.condition import NOTHING, Condition, Frame, Ids, Value, among, foreign
from store.query.fields import KINDS
from store.query.fold import clean, pattern, spaceless, words

_LEVELS = f"(WITH RECURSIVE l(n) AS (SELECT {LEVELS} UNION ALL SELECT n - 1 FROM l WHERE n > 1) SELECT n FROM l) AS l"
_LAST = "\U0010ffff"
_NAME = "substr({key}, instr({key}, ':') + 1)"
NAMING = among("SELECT c.article AS id FROM library.named AS c")
"""Names anybody or anything at all."""


def entity_condition(field: Field, frame: Frame) -> Condition:
    """Return the condition of `person:`, `org:`, `place:` or `entity:`."""
    value, kinds = clean(field.value), KINDS[field.name]
    if field.exact:
        kinds, value = _kind_in(value, kinds)
        names, same = _whole(value, kinds), ("{} = ?", fold_name(value))
    else:
        wanted = pattern(value, field.prefix)
        if not wanted:
            return NOTHING
        if not words(value) and len(kinds) > 1:
            return NAMING
        names, same = _by_words(value, field.prefix, kinds), ("instr(worded({}), ?)", wanted)
    sql, values = _with_joined(names, kinds, *same) if frame.joined else names
    return among(f"SELECT n.article AS id FROM library.article_entity AS n WHERE n.entity IN ({sql})", *values)


def _kind_in(value: str, kinds: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """Take a whole key apart where any kind will do: `group:russian`."""
    kind, mark, name = value.partition(":")
    return ((kind,), name) if mark and len(kinds) > 1 and kind in kinds else (kinds, value)


def _whole(name: str, kinds: tuple[str, ...]) -> Ids:
    return (
        f"SELECT e.id FROM library.entity AS e WHERE e.kind IN ({_marks(kinds)}) AND e.folded = ?",
        (*kinds, fold_name(name)),
    )


def _by_words(value: str, prefix: bool, kinds: tuple[str, ...]) -> Ids:
    parts, wanted = words(value), pattern(value, prefix)
    if not parts:
        return f"SELECT e.id FROM library.entity AS e WHERE e.kind IN ({_marks(kinds)})", kinds
    if spaceless(wanted):
        # Each end of such a word is in the index, so that whatever stands in it begins one of them.
        looked_up, begins = max(filter(spaceless, parts), key=len), True
    else:
        looked_up = max(parts, key=len)
        begins = prefix and looked_up == parts[-1]
    of_word = "w.word >= ? AND w.word < ?" if begins else "w.word = ?"
    found = (
        f"SELECT w.entity AS id FROM {_LEVELS} CROSS JOIN library.entity_word AS w"
        f" ON w.kind IN ({_marks(kinds)}) AND w.level = l.n AND {of_word}"
    )
    values: tuple[Value, ...] = (*kinds, looked_up, *([looked_up + _LAST] if begins else []))
    if len(parts) == 1:
        return found, values
    # SQLite alone rules most out; what it cannot fold, and what is left, goes through `worded`.
    other = max((part for part in parts if part != looked_up), key=len, default=looked_up)
    check = f"(instr(replace(e.folded, '.', ''), ?) OR {foreign('e.folded')}) AND instr(worded(e.folded), ?)"
    return (
        f"SELECT e.id FROM ({found}) AS f CROSS JOIN library.entity AS e ON e.id = f.id WHERE {check}",
        (*values, other, wanted),
    )


def _with_joined(names: Ids, kinds: tuple[str, ...], same: str, wanted: Value) -> Ids:
    """Add all that is one with what is called so. `same` compares a name, `{}`, with what is wanted."""
    sql, values = names
    called = " OR ".join(
        f"(substr({key}, 1, instr({key}, ':') - 1) IN ({_marks(kinds)})"
        f" AND {same.format(_NAME.format(key=key))})"
        for key in ("m.key", "m.into_key")
    )
    found = (
        f"SELECT id FROM ({sql}) UNION SELECT j.entity FROM mirror.joined AS j"
        f" WHERE j.into_key IN (SELECT m.into_key FROM mirror.alias AS m WHERE {called})"
    )
    return found, (*values, *kinds, wanted, *kinds, wanted)


def _marks(kinds: tuple[str, ...]) -> str:
    return ", ".join("?" * len(kinds))
