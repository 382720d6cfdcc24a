"""Only places that can be but one have coordinates."""

from __future__ import annotations

import pytest

from store.entities.gazetteer import locate


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Japan", "JP"),
        ("the Netherlands", "NL"),
        ("U.S.", "US"),
        ("America", "US"),
        ("Côte d’Ivoire", "CI"),
        ("Paris", "FR"),
        ("TŌKYŌ", "JP"),
        ("東京", "JP"),
        ("Kiev", "UA"),
        ("St. Petersburg", "RU"),
        ("Washington", "US"),
        ("D.C.", "US"),
        ("UK", "GB"),
        ("New York", "US"),
        ("Texas", "US"),
    ],
)
def test_a_place_that_dwarfs_its_namesakes_is_meant(name: str, country: str) -> None:
    spot = locate(name)
    assert spot is not None and spot[2] == country
    assert -90 <= spot[0] <= 90 and -180 <= spot[1] <= 180


@pytest.mark.parametrize(
    "name", ["Georgia", "Birmingham", "San José", "Cambridge", "Springfield", "Victoria", "Korea", "WA"]
)
def test_a_name_of_several_places_says_nothing(name: str) -> None:
    assert locate(name) is None


def test_a_country_lies_where_its_people_do() -> None:
    spot = locate("Russia")
    assert spot is not None and 30 < spot[1] < 70


@pytest.mark.parametrize("name", ["", "Nowhere", "the", "\0", "\ud800"])
def test_anything_may_be_asked(name: str) -> None:
    assert locate(name) is None
