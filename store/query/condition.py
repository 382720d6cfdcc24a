"""What a condition about an article is in SQL: an expression about one row `a` of the articles, or a set of ids. Pure.

Most are sets of articles, `+a.id IN (...)`, and such a set can also be read by itself (`ids`), which spares a look at
every article. The plus keeps SQLite from looking each id of a set up in whatever `a` is. Every table is named with its
database, so that the same condition can be asked of the articles that are gone (`about_the_gone`).
"""

from __future__ import annotations

from datetime import date

from store.record import Record

Value = str | int | float

COLUMN, SET, TEXT = range(3)
"""What a condition costs: a column of the list's index, a set made once, or a whole text for each row."""


Ids = tuple[str, tuple[Value, ...]]
"""SQL that yields ids of articles in a column `id`, some of them perhaps twice, and its parameters."""


class Condition(Record):
    """An SQL expression that is 0 or 1, its parameters, and what it costs."""

    sql: str
    values: tuple[Value, ...] = ()
    cost: int = COLUMN
    ids: Ids | None = None
    """The articles that meet it, where they can be had without looking at all articles."""
    others: Ids | None = None
    """Likewise the articles that do not meet it."""
    row: bool = False
    """Whether it looks at more of `a` than its id."""


class Frame(Record):
    """What conditions depend on beside the query."""

    today: date
    dated: bool = False
    """Whether publication dates were set by hand."""
    joined: bool = False
    """Whether entities were joined."""


NOTHING = Condition("0")
EVERYTHING = Condition("1")


def foreign(column: str) -> str:
    """Return the SQL that is true where a column is not all ASCII, so that SQLite alone cannot fold it."""
    return f"length(CAST({column} AS BLOB)) <> length({column})"


def among(ids: str, *values: Value) -> Condition:
    """Require an article to be among those of a set."""
    return Condition(f"+a.id IN ({ids})", values, SET, (ids, values))


def talked(*, dated: bool) -> str:
    """Return where SQL finds the days that articles talk of: `article`, `first`, `last`."""
    if not dated:
        return "library.talked"
    return (
        "(SELECT article, first, last FROM library.talked WHERE article NOT IN (SELECT article FROM mirror.redated)"
        " UNION ALL SELECT article, first, last FROM mirror.retalked)"
    )
