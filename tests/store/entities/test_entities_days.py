"""What dates in a text mean against the day of the article, and when they say nothing."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.entities.days import days_meant

ARTICLE = date(2017, 3, 20)


def meant(wording: str, published: date | None = ARTICLE, language: str = "en") -> str:
    found = days_meant(wording, published, language)
    if found is None:
        return ""
    return str(found[0]) if found[0] == found[1] else f"{found[0]}..{found[1]}"


@pytest.mark.parametrize(
    ("wording", "days"),
    [
        ("2016", "2016-01-01..2016-12-31"),
        ("the 1990s", "1990-01-01..1999-12-31"),
        ("March 20, 2014", "2014-03-20"),
        ("Friday, 20 March\n2015", "2015-03-20"),
        ("Sept. 2014", "2014-09-01..2014-09-30"),
        ("early December 2016", "2016-12-01..2016-12-31"),
        ("Dec. 15", "2016-12-15"),
        ("the 2nd of April", "2017-04-02"),
        ("December", "2016-12-01..2016-12-31"),
        ("last April", "2016-04-01..2016-04-30"),
        ("yesterday", "2017-03-19"),
        ("last Monday", "2017-03-13"),
        ("next Monday", "2017-03-27"),
        ("last year", "2016-01-01..2016-12-31"),
        ("this week", "2017-03-20..2017-03-26"),
        ("three days ago", "2017-03-17"),
        ("two years ago", "2015-01-01..2015-12-31"),
        ("from 2003 to 2008", "2003-01-01..2008-12-31"),
        ("the first quarter of 2017", "2017-01-01..2017-03-31"),
        ("2014-03-20", "2014-03-20"),
        ("20.3.2014", "2014-03-20"),
        ("the 19th century", "1801-01-01..1900-12-31"),
    ],
)
def test_a_date_is_the_days_that_it_means(wording: str, days: str) -> None:
    assert meant(wording) == days


@pytest.mark.parametrize(
    "wording",
    ["Monday", "September 11", "3/4/2017", "2003-08", "35 years old", "three days", "the past two years", "annual",
     "a year earlier", "February 30", "30.2.2014", "0 days ago", "", "9999 years ago"],
)  # fmt: skip
def test_what_may_mean_several_days_means_none(wording: str) -> None:
    assert meant(wording) == ""


def test_without_a_day_of_its_own_an_article_tells_only_absolute_ones() -> None:
    assert meant("March 20, 2014", None) == "2014-03-20"
    assert [meant(wording, None) for wording in ("March 20", "yesterday", "last year", "December")] == [""] * 4


@pytest.mark.parametrize(
    ("language", "wording", "days"),
    [
        ("de", "20. März 2014", "2014-03-20"),
        ("de", "gestern", "2017-03-19"),
        ("de", "Montag", ""),
        ("de", "drei Jahre", ""),
        ("fr", "mars 2014", "2014-03-01..2014-03-31"),
        ("ru", "20 марта 2014 года", "2014-03-20"),
        ("ja", "2014年3月20日", "2014-03-20"),
        ("tlh", "20. März 2014", ""),
    ],
)
def test_other_languages_are_read_in_theirs(language: str, wording: str, days: str) -> None:
    assert meant(wording, language=language) == days


@given(st.text(max_size=30), st.one_of(st.none(), st.dates()))
def test_anything_may_stand_where_a_date_should(wording: str, published: date | None) -> None:
    found = days_meant(wording, published)
    assert found is None or found[0] <= found[1]


@given(st.dates(min_value=date(1, 1, 1)), st.sampled_from(["last week", "next month", "tomorrow", "last May", "May 3"]))
def test_the_ends_of_the_calendar_are_no_error(published: date, wording: str) -> None:
    days_meant(wording, published)
