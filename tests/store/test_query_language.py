"""The query language as a user meets it: what is understood, and how a wrong query is explained."""

from __future__ import annotations

from datetime import date

import pytest

from store.errors import QueryError
from store.library import Library
from store.query import dates
from store.query.ast import And, Field, Near, Not, Or, Query, Text
from store.query.fields import FIELDS
from store.query.parser import parse

TODAY = date(2024, 3, 20)  # a Wednesday


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("kishida abe", And((Text("kishida"), Text("abe")))),
        ("a AND b", And((Text("a"), Text("b")))),
        ("a b OR c", Or((And((Text("a"), Text("b"))), Text("c")))),
        ("a (b OR c)", And((Text("a"), Or((Text("b"), Text("c")))))),
        ("-a", Not(Text("a"))),
        ("NOT (a b)", Not(And((Text("a"), Text("b"))))),
        ("north-korea", Text("north-korea")),
        ("and or not", And((Text("and"), Text("or"), Text("not")))),
        ('"call  back"', Text("call  back")),
        ('"say ""no"""', Text('say "no"')),
        ("kish*", Text("kish", True)),
        ('"north kor"*', Text("north kor", True)),
        ("near:5(missile launch)", Near(5, (Text("missile"), Text("launch")))),
        ('near:2("a b" c*)', Near(2, (Text("a b"), Text("c", True)))),
        ("-tag:seen", Not(Field("tag", "seen"))),
        ('place:"north korea"', Field("place", "north korea")),
        ("Is:Unread", Field("is", "unread")),
        ("tag:*", Field("tag", "", True)),
        ("10:30", Text("10:30")),
        ("https://example.org/a", Text("https://example.org/a")),
        ("Japan - Russia", And((Text("Japan"), Text("-"), Text("Russia")))),
    ],
)
def test_a_query_is_read_as_its_writer_meant(query: str, tree: object) -> None:
    assert parse(query).where == tree


def test_the_order_stands_anywhere_outside_parentheses() -> None:
    assert (
        parse("sort:-title a OR b")
        == parse("a OR b sort:-title")
        == Query(Or((Text("a"), Text("b"))), "-title")
    )
    assert parse("sort:date").sort == "date"


@pytest.mark.parametrize(
    ("query", "column", "hint"),
    [
        ("abe tags:x", 4, "tag:"),
        ("persn:abe", 0, "person:"),
        ("titel:abe", 0, "title:"),
        ("organisation:un", 0, "org:"),
        ("is:unred", 3, "is:unread"),
        ("has:notes", 4, "has:note"),
        ("sort:dat", 5, "sort:date"),
        ('a "b c', 2, 'close it with "'),
        ("a (b", 2, "close it with )"),
        ("a )", 2, ""),
        ("a ()", 2, ""),
        ("OR a", 0, 'to look for the word, quote it: "OR"'),
        ("a OR", 2, ""),
        ("a AND OR b", 2, ""),
        ("NOT", 0, ""),
        ("tag:", 4, ""),
        ("tag: x", 4, ""),
        ("(a sort:date)", 3, ""),
        ("-sort:date", 1, ""),
        ("near:5", 0, "it is written near:5(missile launch)"),
        ("near:5(a)", 8, "it is written near:5(missile launch)"),
        ("near:5(a OR b)", 9, "it is written near:5(missile launch)"),
        ("near:many(a b)", 5, "it is written near:5(missile launch)"),
        ("date:2017-02-30", 5, "dates are written 2017, 2017-03, 2017-01..2017-06, last-month, 2w.."),
        ("date:2017..soon", 11, "dates are written 2017, 2017-03, 2017-01..2017-06, last-month, 2w.."),
        ("date:2018..2017", 5, "2017..2018"),
        ("date:2017*", 9, "date:2017.."),
    ],
)
def test_a_wrong_query_is_explained_where_it_went_wrong(query: str, column: int, hint: str) -> None:
    with pytest.raises(QueryError) as wrong:
        parse(query)
    assert (wrong.value.column, wrong.value.hint) == (column, hint)


@pytest.mark.parametrize(
    "query", ["b  a", 'tag:"japan"  (a)', "NOT -a", "a AND b", "sort:-title (a OR b)", "NEAR:03(a  b)"]
)
def test_a_query_is_written_in_one_way(query: str) -> None:
    written = Library.canonical(query)
    assert parse(written) == parse(query)
    assert Library.canonical(written) == written


def test_an_unknown_field_without_a_likely_one_lists_them_all() -> None:
    with pytest.raises(QueryError) as wrong:
        parse("Breaking: news")
    assert all(field in str(wrong.value) for field in FIELDS)
    assert wrong.value.hint == 'to look for it in the text, quote it: "breaking:"'


@pytest.mark.parametrize(
    "query",
    ["a " * 401, "(" * 50 + "a" + ")" * 50, "-" * 5_000 + "a", "a" * 10_001, f"near:5({'b ' * 500})"],
)
def test_a_query_too_large_for_the_index_is_refused_in_words(query: str) -> None:
    with pytest.raises(QueryError, match="at most"):
        parse(query)


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("kish", "kish*"),
        ("kish ", "kish"),
        ("abe kish", "abe kish*"),
        ("abe -", "abe"),
        ("abe -k", "abe"),
        ("abe -ki", "abe -ki*"),
        ("k", ""),
        ("é", ""),
        ("京", "京*"),
        ("tag:k", "tag:k*"),
        ("abe OR", "abe"),
        ("abe OR ", "abe"),
        ("abe OR (", "abe"),
        ("abe (b OR c", "abe b"),
        ("abe (b OR ca", "abe (b OR ca*)"),
        ('abe "north ko', "abe"),
        ("abe tag", "abe tag*"),
        ("abe tag:", "abe"),
        ("abe tag:jap", "abe tag:jap*"),
        ('abe tag:"jap', "abe"),
        ("abe is:unr", "abe"),
        ("abe is:unread", "abe is:unread"),
        ("abe date:2017-1", "abe date:2017-1"),
        ("abe date:2017-", "abe"),
        ("abe date:2017..", "abe date:2017.."),
        ("abe near:5(a b", "abe"),
        ("abe nosuch:x", "abe"),
        ("abe sort:ti", "abe"),
        ("abe sort:title", "abe sort:title"),
    ],
)
def test_while_typing_the_unfinished_last_term_is_left_out(typed: str, understood: str) -> None:
    assert str(parse(typed, typing=True)) == understood


@pytest.mark.parametrize("typed", ["is:unr abe", "nosuch:x abe", "is:unr ", "a ) b"])
def test_while_typing_what_is_finished_and_wrong_is_told(typed: str) -> None:
    with pytest.raises(QueryError):
        parse(typed, typing=True)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2017", "2017-01-01", "2017-12-31"),
        ("2016-2", "2016-02-01", "2016-02-29"),
        ("2017-03-20", "2017-03-20", "2017-03-20"),
        ("2017-01..2017-06", "2017-01-01", "2017-06-30"),
        ("2017..", "2017-01-01", None),
        ("..2017", None, "2017-12-31"),
        ("today", "2024-03-20", "2024-03-20"),
        ("yesterday", "2024-03-19", "2024-03-19"),
        ("this-week", "2024-03-18", "2024-03-24"),
        ("last-week", "2024-03-11", "2024-03-17"),
        ("this-month", "2024-03-01", "2024-03-31"),
        ("last-month", "2024-02-01", "2024-02-29"),
        ("last-month..", "2024-02-01", None),
        ("this-year", "2024-01-01", "2024-12-31"),
        ("last-year", "2023-01-01", "2023-12-31"),
        ("3d", "2024-03-17", "2024-03-20"),
        ("2w", "2024-03-06", "2024-03-20"),
        ("2w..", "2024-03-06", None),
        ("..2w", None, "2024-03-06"),
        ("2w..1w", "2024-03-06", "2024-03-13"),
        ("2w..2w", "2024-03-06", "2024-03-06"),
        ("1m..", "2024-02-20", None),
        ("1y..today", "2023-03-20", "2024-03-20"),
    ],
)
def test_dates_mean_days(text: str, first: str | None, last: str | None) -> None:
    days = dates.parse(text).days(TODAY)
    assert tuple(day and day.isoformat() for day in days) == (first, last)


def test_a_month_back_from_a_long_month_ends_with_the_short_one() -> None:
    assert dates.parse("1m..").days(date(2024, 3, 31))[0] == date(2024, 2, 29)
    assert dates.parse("last-month").days(date(2024, 1, 31)) == (date(2023, 12, 1), date(2023, 12, 31))
