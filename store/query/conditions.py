"""The SQL condition of each single term, about one row `a` of the articles. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from store.catalog import grams
from store.paths import storable
from store.query import dates
from store.query.ast import Field, Near, Text
from store.query.condition import COLUMN, NOTHING, SET, TEXT, Condition, Frame, Value, among, foreign, talked
from store.query.fields import KINDS
from store.query.fold import clean, fold, has_letters, pattern, spaceless
from store.query.named import NAMING, entity_condition

_MONTH = 100
"""What days of a month differ by less than, as YYYYMMDD."""
_LAST = "\U0010ffff"
_CASELESS_RUN = re.compile(r"[^\W\d_a-zA-Z]+")


def matched(expression: str) -> Condition:
    """Require a match of an FTS5 expression."""
    return among("SELECT rowid AS id FROM library.fulltext WHERE fulltext MATCH ?", expression)


def literal_text(text: Text) -> Condition:
    """Look for a text inside the articles themselves: scripts without spaces, and symbols."""
    wanted = clean(text.text).strip()
    if not spaceless(wanted):
        return _in_body("instr(b.title, ?) OR instr(b.text, ?)", wanted, wanted)
    run = _longest_run(wanted)
    if run == wanted:
        return _in_paired(wanted, "instr(b.title, ?) OR instr(b.text, ?)", wanted, wanted)
    # The run is looked for by SQLite alone, and only where it is found the slower whole.
    whole = pattern(wanted)
    return _in_paired(
        run,
        "instr(b.title, ?) AND instr(worded(b.title), ?) OR instr(b.text, ?) AND instr(worded(b.text), ?)",
        run, whole, run, whole,
    )  # fmt: skip


def literal_near(near: Near) -> Condition:
    """Look for words close to each other where one of them is of a script without spaces, or a symbol."""
    runs = [_longest_run(clean(part.text)) for part in near.parts if spaceless(part.text)]
    first = " AND ".join("instr(b.text, ?)" for _ in runs) or "1"
    parts = [clean(part.text) + ("*" if part.prefix else "") for part in near.parts]
    call = f"close_by(b.text, ?{', ?' * len(parts)})"
    return _in_paired(" ".join(runs), f"{first} AND {call}", *runs, near.distance, *parts)


def about_the_gone(sql: str) -> str:
    """Return SQL about the articles of the library as one about those that are gone, in tables of the same names."""
    return sql.replace("library.", "gone.")


def field_condition(field: Field, frame: Frame) -> Condition:
    """Return the condition of a field whose value the parser has accepted."""
    if field.name in KINDS:
        return entity_condition(field, frame)
    if field.name in ("date", "added"):
        return _dated(field, frame)
    if field.name == "when":
        return _talking(field, frame)
    if field.name == "is":
        return _UNDATED_BY_HAND if field.value == "undated" and frame.dated else _STATES[field.value]
    if field.name == "has":
        return _POSSESSIONS[field.value]
    return _NAMED[field.name](field)


def _in_body(condition: str, *values: Value) -> Condition:
    one = f"EXISTS (SELECT 1 FROM library.body AS b WHERE b.id = a.id AND ({condition}))"
    every = f"SELECT b.id FROM library.body AS b WHERE {condition}"
    return Condition(one, values, TEXT, (every, values))


def _in_paired(sought: str, condition: str, *values: Value) -> Condition:
    """Require something of the texts that may hold what is sought, as the pairs of their letters tell."""
    expression = grams.expression(sought)
    if expression is None:
        return _in_body(condition, *values)
    paired = "SELECT rowid FROM library.spaceless WHERE spaceless MATCH ?"
    return among(
        f"SELECT b.id FROM library.body AS b WHERE b.id IN ({paired}) AND ({condition})", expression, *values
    )


def _in_table(condition: str, *values: Value) -> Condition:
    """Require something of a column outside the list's index: the table is read once, in its own order."""
    return among(f"SELECT x.id FROM library.article AS x NOT INDEXED WHERE {condition}", *values)


def _of_index(condition: str, *values: Value) -> Condition:
    """Require something of the publication date, by which the list's index is ordered; `{0}` stands for it."""
    ids = f"SELECT x.id FROM library.article AS x WHERE {condition.format('x.published')}"
    return Condition(f"({condition.format('a.published')})", values, COLUMN, (ids, values), row=True)


def as_set(condition: Condition) -> Condition:
    """Ask whether an article is among those that meet a condition, where that can be told of its id alone."""
    return among(condition.ids[0], *condition.ids[1]) if condition.row and condition.ids else condition


def _longest_run(text: str) -> str:
    runs = [run for run in _CASELESS_RUN.findall(text) if spaceless(run)]
    return max(runs, key=len, default=text)


def _marked(condition: str) -> Condition:
    return _mirrored("marked", condition)


def _mirrored(table: str, condition: str, *values: Value) -> Condition:
    """Require that a row of the mirror about this text meets a condition."""
    # CROSS JOIN begins with the mirror, which is the smaller; an id comes from the index of hashes alone.
    return among(f"{_mirror_ids(table)} WHERE {condition}", *values)


def _mirror_ids(table: str) -> str:
    return f"SELECT x.id FROM mirror.{table} AS m CROSS JOIN library.article AS x ON x.text_hash = m.text_hash"


def unless(condition: Condition) -> Condition:
    """Require the contrary."""
    negated = f"NOT ({condition.sql})"
    return Condition(
        negated, condition.values, condition.cost, condition.others, condition.ids, row=condition.row
    )


def _tag(field: Field) -> Condition:
    wanted = fold(clean(field.value))
    below = "m.folded = ? OR (m.folded >= ? AND m.folded < ?)"
    # `0` is the character after `/`: everything between is below the tag.
    values = (wanted, wanted if field.prefix else wanted + "/", wanted + (_LAST if field.prefix else "0"))
    return _mirrored("tagged", below, *values)


def _note(field: Field) -> Condition:
    wanted = pattern(clean(field.value), field.prefix)
    if not wanted:
        return NOTHING
    return _mirrored("note", "instr(m.folded, ?)", wanted)


def _title(field: Field) -> Condition:
    """Look into the titles themselves, for what full text search cannot find."""
    value = clean(field.value)
    if value and not has_letters(value):
        return _in_table("instr(x.title, ?)", value.strip())
    return _in_table("instr(worded(x.title), ?)", pattern(value, field.prefix))


def _path(field: Field) -> Condition:
    value = clean(storable(field.value))
    if value.startswith("/"):
        return _anchored_path(value, field.prefix)
    place = "CASE s.member WHEN '' THEN s.path ELSE s.path || '#' || s.member END"
    folded = fold(value)
    found = (
        f"SELECT p.article AS id FROM (SELECT s.article, {place} AS place FROM library.source AS s) AS p"
        f" WHERE instr(lower(p.place), ?) OR ({foreign('p.place')} AND instr(fold(p.place), ?))"
    )
    return among(found, folded, folded)


def _anchored_path(value: str, prefix: bool) -> Condition:
    """Match a file, `FILE#MEMBER`, or everything below a folder, exactly as written."""
    trimmed = value.rstrip("/") or "/"
    begin = value if prefix else trimmed.rstrip("/") + "/"
    where = "s.path = ? OR (s.path >= ? AND s.path < ?)"
    values: list[Value] = [trimmed, begin, begin + _LAST]
    path, mark, member = value.partition("#")
    while mark:
        where += " OR (s.path = ? AND s.member = ?)"
        values += [path, member]
        more, mark, member = member.partition("#")
        path += "#" + more
    return among(f"SELECT s.article AS id FROM library.source AS s WHERE {where}", *values)


def _language(field: Field) -> Condition:
    value = fold(clean(field.value))
    if field.prefix:
        return _in_table("x.language <> '' AND substr(lower(x.language), 1, ?) = ?", len(value), value)
    # `en` is also `en-GB`.
    begins = "substr(lower(x.language), 1, ?) = ?"
    return _in_table(f"lower(x.language) = ? OR {begins}", value, len(value) + 1, value + "-")


def _begins(day: date) -> str:
    """Return when a day of the user's begins, as the index writes times."""
    try:
        return datetime.combine(day, time()).astimezone(UTC).replace(tzinfo=None).isoformat()
    except OverflowError:
        return day.isoformat()


def _dated(field: Field, frame: Frame) -> Condition:
    first, last = dates.parse(field.value).days(frame.today)
    values: list[Value] = []
    within = "{0} > ''"
    if first is not None:
        within += " AND {0} >= ?"
        values.append(first.isoformat())
    if last is not None and last < date.max:
        # Before the next day: what was added has a time of day.
        within += " AND {0} < ?"
        values.append((last + timedelta(days=1)).isoformat())
    if field.name == "added":
        # A day is the user's own, and the index has UTC: it must not go back by an hour in autumn.
        begins = [_begins(date.fromisoformat(str(day))) for day in values]
        return _in_table(within.format("x.added"), *begins)
    if not frame.dated:
        return _of_index(within, *values)
    by_file = f"{within.format('a.published')} AND NOT ({_BY_HAND.sql})"
    by_hand = f"+a.id IN ({_mirror_ids('dated')} WHERE {within.format('m.published')})"
    return Condition(f"({by_file}) OR {by_hand}", (*values, *values), SET, row=True)


def _talking(field: Field, frame: Frame) -> Condition:
    """Require a date in the text that means days within these, or begins in them and is no longer than a month."""
    first, last = dates.parse(field.value).days(frame.today)
    begin, end = ((day.year * 100 + day.month) * 100 + day.day for day in (first or date.min, last or date.max))
    sql = f"SELECT t.article AS id FROM {talked(dated=frame.dated)} AS t"
    within = f"{sql} WHERE t.first BETWEEN ? AND ? AND (t.last <= ? OR t.last - t.first < {_MONTH})"
    return among(within, begin, end, end)


_BY_HAND = _mirrored("dated", "1")
_GONE = Condition("a.id < 0")
"""Rows below zero are those of articles that are gone; `gone.py` makes them."""

_STATES: dict[str, Condition] = {
    "read": _marked("m.read"),
    "unread": unless(_marked("m.read")),
    "starred": _marked("m.starred"),
    "changed": _marked("m.changed"),
    "gone": _GONE,
    "missing": _GONE,
    "undated": _of_index("{0} = ''"),
    "copy": among("SELECT article AS id FROM library.copy"),
    "duplicate": among("SELECT article AS id FROM library.source GROUP BY article HAVING count(*) > 1"),
}
_UNDATED_BY_HAND = Condition(f"a.published = '' AND NOT ({_BY_HAND.sql})", (), SET, row=True)
_POSSESSIONS: dict[str, Condition] = {
    "note": _marked("m.notes > 0"),
    "highlight": _marked("m.highlights > 0"),
    "draft": _marked("m.draft"),
    "orphan": _marked("m.lost > 0"),
    "tag": _mirrored("tagged", "m.own"),
    "entity": NAMING,
}
_NAMED: dict[str, Callable[[Field], Condition]] = {
    "tag": _tag,
    "note": _note,
    "title": _title,
    "path": _path,
    "lang": _language,
}
