"""Turn queries into one SQL statement over the index and the mirror of the user's marks. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from store.query.ast import All, And, Field, Near, Node, Not, Or, Query, Text
from store.query.condition import COLUMN, EVERYTHING, SET, TEXT, Condition, Frame, Ids, Value, foreign
from store.query.conditions import (
    about_the_gone,
    as_set,
    field_condition,
    literal_near,
    literal_text,
    matched,
    unless,
)
from store.query.fold import fold, plain_words
from store.query.grouping import direction_of, groups_before, name_of
from store.query.match import TEXT_WEIGHT, TITLE_WEIGHT, conjunction, full_text, searchable
from store.record import Record

_ARTICLES = "library.article AS a"
_DATED = """(
    SELECT y.id, coalesce(d.published, y.published) AS published, y.title, y.added, y.words
    FROM library.article AS y LEFT JOIN (
        SELECT x.id, m.published FROM mirror.dated AS m CROSS JOIN library.article AS x ON x.text_hash = m.text_hash
    ) AS d ON d.id = y.id
) AS a"""
"""The articles with the dates that were set by hand in the place of their files'."""

_NEWEST = "a.published DESC, a.id"
# Quotes and brackets before a title are no letters to sort by.
_OPENING = "' \"''([{<*_-“”‘’«»„'"
_TITLE = f"ltrim(CASE WHEN {foreign('a.title')} THEN fold(a.title) ELSE lower(a.title) END, {_OPENING})"
_ORDERS = {
    "date": _NEWEST,
    "-date": "a.published = '', a.published, a.id DESC",
    "title": f"{_TITLE}, {_NEWEST}",
    "-title": f"{_TITLE} DESC, {_NEWEST}",
    "added": f"substr(a.added, 1, 19) DESC, {_NEWEST}",
    "-added": f"substr(a.added, 1, 19), {_NEWEST}",
    "words": f"a.words DESC, {_NEWEST}",
    "-words": f"a.words, {_NEWEST}",
}


class Statement(Record):
    """One SQL statement that yields the ids of the articles found in a column `id`, some of them perhaps twice."""

    sql: str
    """Empty for all articles."""
    values: tuple[Value, ...]
    words: tuple[str, ...]
    """The words and phrases looked for in the text, as `found.spans` takes them."""
    order: str
    """One of `fields.SORTS`."""
    is_contrary: bool = False
    """Whether all articles but these are found."""
    is_ordered: bool = False
    """Whether the ids come in that order. Else sorting them is up to the caller, who has the order of all articles."""
    is_ascending: bool = False
    """Whether the ids come from the lowest to the highest, each once."""


def in_order(order: str, *, dated: bool, grouping: str = "none") -> str:
    """Return SQL that yields the ids of all articles in an order, but for relevance; group by group, where they are."""
    by = f"{groups_before(grouping, order)}{_ORDERS[order]}"
    return f"SELECT a.id FROM {_DATED if dated else _ARTICLES} ORDER BY {by}"


def in_groups(order: str, *, dated: bool, grouping: str) -> str:
    """Return SQL that yields the groups of all articles in their order, each with the number of its articles."""
    named = f"SELECT {name_of(grouping)} AS name FROM {_DATED if dated else _ARTICLES}"
    return f"SELECT name, count(*) FROM ({named}) GROUP BY name ORDER BY {direction_of(grouping, order, 'name')}"


def asks_for_gone(queries: Sequence[Query]) -> bool:
    """Tell whether one of these queries names the articles that are gone: only then are they looked among."""
    return any(_names_gone(query.where) for query in queries)


def _names_gone(node: Node) -> bool:
    match node:
        case Field("is", "gone" | "missing"):
            return True
        case Not():
            return _names_gone(node.node)
        case And() | Or():
            return any(map(_names_gone, node.nodes))
        case _:
            return False


def compile_queries(
    queries: Sequence[Query],
    *,
    sort: str = "date",
    today: date,
    dated: bool = False,
    gone: bool = False,
    joined: bool = False,
) -> Statement:
    """Compile the conjunction of some queries. The last query that says how to sort has its way.

    `dated`: the mirror holds publication dates that were set by hand. `gone`: look among the articles that are gone
    as well, in the database of that name. `joined`: the mirror holds entities that were joined.
    """
    where: Node = And(tuple(query.where for query in queries))
    nodes = tuple(_flat(where))
    order = next((query.sort for query in reversed(queries) if query.sort), sort)
    words = tuple(dict.fromkeys(word for node in nodes for word in _highlights(node)))
    frame = Frame(today, dated, joined)
    articles = _DATED if dated else _ARTICLES
    if order == "relevance":
        ranked = _ranked(nodes, frame, articles, gone)
        if ranked is not None:
            return Statement(*ranked, words, order, is_ordered=True)
        order = "date"
    found = _all_of(nodes, frame)
    if gone:
        columns = "a.id, a.published, a.title, a.added, a.words"
        both, values = _among_all(f"SELECT {columns} FROM {articles} WHERE {found.sql}", found.values)
        sql = f"SELECT a.id FROM ({both}) AS a ORDER BY {_ORDERS[order]}"
        return Statement(sql, values, words, order, is_ordered=True)
    if not nodes:
        return Statement("", (), words, order)
    if found.ids is None and found.others is not None:
        return Statement(*found.others, words, order, is_contrary=True)
    ids = found.ids or (f"SELECT a.id FROM {_ARTICLES} WHERE {found.sql}", found.values)
    # As full text search alone brings them.
    return Statement(*ids, words, order, is_ascending=not conjunction(nodes)[1])


def _among_all(sql: str, values: tuple[Value, ...]) -> tuple[str, tuple[Value, ...]]:
    """Ask the same of the articles in the library and of those that are gone."""
    return f"{sql} UNION ALL {about_the_gone(sql)}", (*values, *values)


def _ranked(nodes: tuple[Node, ...], frame: Frame, articles: str, gone: bool) -> tuple[str, tuple[Value, ...]] | None:
    """Order by how well the text matches; None when the query looks for nothing in the text."""
    score = f"SELECT rowid AS id, bm25(fulltext, {TITLE_WEIGHT}, {TEXT_WEIGHT}) AS score FROM library.fulltext"
    score += " WHERE fulltext MATCH ?"
    columns = "a.id, a.published, r.score"
    expression, rest = conjunction(nodes)
    if expression is not None:
        # What ranks is what finds: the text is searched once.
        found = _all_of(tuple(rest), frame, search=False)
        sql = f"SELECT {columns} FROM ({score}) AS r CROSS JOIN {articles} ON a.id = r.id WHERE {found.sql}"
        values: tuple[Value, ...] = (expression, *found.values)
    else:
        sought = [phrase for node in nodes for phrase in _positive(node) if full_text(phrase) is not None]
        if not sought:
            return None
        any_of = " OR ".join(filter(None, map(full_text, sought)))
        found = _all_of(nodes, frame)
        sql = f"SELECT {columns} FROM {articles} LEFT JOIN ({score}) AS r ON r.id = a.id WHERE {found.sql}"
        values = (any_of, *found.values)
    if gone:
        sql, values = _among_all(sql, values)
    return f"SELECT a.id FROM ({sql}) AS a ORDER BY a.score IS NULL, a.score, {_NEWEST}", values


def _flat(node: Node) -> Iterator[Node]:
    if isinstance(node, And):
        for child in node.nodes:
            yield from _flat(child)
    elif not isinstance(node, All):
        yield node


def _condition(node: Node, frame: Frame) -> Condition:
    expression = full_text(node)
    if expression is not None:
        return matched(expression)
    match node:
        case All():
            return EVERYTHING
        case Text():
            return literal_text(node)
        case Near():
            return literal_near(node)
        case Field():
            return field_condition(node, frame)
        case Not():
            return unless(_condition(node.node, frame))
        case And():
            return _all_of(tuple(_flat(node)), frame)
        case Or():
            return _any_of(node.nodes, frame)


def _all_of(nodes: tuple[Node, ...], frame: Frame, *, search: bool = True) -> Condition:
    expression, rest = conjunction(nodes) if search else (None, list(nodes))
    parts = [_condition(node, frame) for node in rest]
    if expression is not None:
        parts.insert(0, matched(expression))
    if len(parts) < 2:
        return parts[0] if parts else EVERYTHING
    others = [part.others for part in parts if part.others is not None]
    # Articles that are in none of some sets are all but those that are in one.
    return _joined(" AND ", parts, _led_by(parts), _union(others) if len(others) == len(parts) else None)


def _led_by(parts: list[Condition]) -> Ids | None:
    """Return the articles that meet all conditions: one set is read, and its articles are held against the others."""
    leader = next((part for part in parts if part.cost == SET and part.ids), None)
    if leader is None:
        leader = next((part for part in parts if part.cost == COLUMN and part.ids), None)
    if leader is None and all(part.cost == TEXT for part in parts):
        leader = parts[0]
    if leader is None or leader.ids is None:
        return None
    sql, values = leader.ids
    # By its place: a condition that is written twice is one and the same.
    at = parts.index(leader)
    others = _joined(" AND ", [as_set(part) for part in (*parts[:at], *parts[at + 1 :])])
    row = " AS f CROSS JOIN library.article AS a ON a.id = f.id"
    source = f"({sql}){row if others.row else ' AS a'}"
    return f"SELECT a.id FROM {source} WHERE {others.sql}", (*values, *others.values)


def _any_of(nodes: tuple[Node, ...], frame: Frame) -> Condition:
    # One search for all that full text search can answer.
    sought = [node for node in nodes if full_text(node) is not None]
    parts = [_condition(node, frame) for node in nodes if node not in sought]
    if sought:
        parts.append(_condition(Or(tuple(sought)) if len(sought) > 1 else sought[0], frame))
    sets = [part.ids for part in parts if part.ids is not None]
    if len(sets) < len(parts):
        return _joined(" OR ", parts)
    return _joined(" OR ", parts, _union(sets))


def _union(sets: list[Ids]) -> Ids:
    together = " UNION ALL ".join(f"SELECT id FROM ({sql})" for sql, _ in sets)
    return together, tuple(value for _, values in sets for value in values)


def _joined(word: str, parts: list[Condition], ids: Ids | None = None, others: Ids | None = None) -> Condition:
    """Join conditions, the cheap ones first, since SQLite stops at the first that decides."""
    ordered = sorted(parts, key=lambda part: part.cost)
    sql = word.join(f"({part.sql})" for part in ordered) if len(ordered) > 1 else ordered[0].sql
    values = tuple(value for part in ordered for value in part.values)
    return Condition(sql, values, ordered[-1].cost, ids, others, row=any(part.row for part in ordered))


def _positive(node: Node) -> Iterator[Text | Field | Near]:
    """Yield what is looked for in the text, leaving out what must not be there."""
    match node:
        case Text() | Near() | Field("title"):
            yield node
        case And() | Or():
            for child in node.nodes:
                yield from _positive(child)


def _highlights(node: Node) -> Iterator[str]:
    for found in _positive(node):
        match found:
            case Near():
                texts: tuple[Text, ...] = found.parts
            case Field():
                texts = (Text(found.value, found.prefix),)
            case _:
                texts = (found,)
        for text in texts:
            shown = " ".join(plain_words(text.text)) if searchable(text.text) else fold(text.text).strip()
            if shown:
                yield shown + "*" if text.prefix and searchable(text.text) else shown
