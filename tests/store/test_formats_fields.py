"""Fields of an article: known by any of the names that people give them, read whatever they hold."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from store.formats import fields
from store.formats.frontmatter import split
from store.formats.limits import DEFAULT

DAY = date(2017, 3, 4)


@pytest.mark.parametrize(
    "value",
    [
        "2017-03-04", "2017-03-04T23:59:59-11:00", "2017/3/4", "Sat, 04 Mar 2017 10:00:00 +0000", "March 4, 2017",
        "4 March 2017", "4. März 2017", "20170304", "20170304101500", "1488585600", "1488585600000", "1488585600.5",
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(value: str) -> None:
    assert fields.read_day(value) == DAY


@pytest.mark.parametrize("value", ["", "soon", "20171345", "12", "2017", "nan", "inf", "1e999", "-5", "9" * 400])
def test_what_is_no_day_is_none(value: str) -> None:
    assert fields.read_day(value) is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("  two\n words ", "two words"), (7, "7"), (0, "0"), (1.5, "1.5"), (True, ""), (None, ""), ("null", ""),
        ([], ""), ({}, ""), (["", "second"], "second"), ({"name": "Jane", "x": 1}, "Jane"), ({"rendered": "a"}, "a"),
        ([{"name": "Jane"}], "Jane"), ({"name": ["deep"]}, ""), ("x" * 9000, "x" * 2000),
    ],
)  # fmt: skip
def test_a_value_is_one_line_whatever_it_is_wrapped_in(value: Any, text: str) -> None:
    assert fields.scalar(value) == text


def test_people_are_named_without_their_by() -> None:
    for value in ("By Jane Doe", "by: Jane Doe", "Jane Doe", ["Jane Doe", "Jane Doe"], [{"name": "Jane Doe"}]):
        assert fields.people({"author": value}) == "Jane Doe"
    assert fields.people({"authors": ["A. B.", {"name": "C. D."}, None], "author": "E"}) == "A. B., C. D."
    assert fields.people({"author": "Byron Lord"}) == "Byron Lord"


def test_an_address_is_one_of_a_page() -> None:
    assert fields.url({"source": "The Daily", "link": "https://x.org/1"}) == "https://x.org/1"
    assert fields.url({"url": "javascript:alert(1)", "link": {"href": "http://x.org"}}) == "http://x.org"
    assert fields.url({"url": "/relative"}) == ""


@pytest.mark.parametrize(
    "front",
    [
        "title: Summit\nauthor: Jane Doe\ndate: 2017-03-04\nlang: en\nurl: https://x.org/1",
        "Title: Summit\nAuthors: [Jane Doe]\npublishDate: 2017-03-04\nLanguage: en\nsource: https://x.org/1",
        "headline: Summit\nbyline: By Jane Doe\npub_date: 4 March 2017\nlocale: en\ncanonical-url: https://x.org/1",
        "title: Summit\nauthor: {name: Jane Doe, url: x}\ndate_published: 2017-03-04\nlang: en\nlink: https://x.org/1",
    ],
)
def test_front_matter_says_the_same_in_any_spelling(front: str) -> None:
    facts, rest = split(f"---\n{front}\n---\nText.", DEFAULT)
    assert (facts.title, facts.byline, facts.published) == ("Summit", "Jane Doe", DAY)
    assert (facts.language, facts.url) == ("en", "https://x.org/1")
    assert rest.strip() == "Text."
