"""A record is a frozen dataclass in all that is used of one."""

from __future__ import annotations

from typing import ClassVar

import pytest

from store.record import Record


class Point(Record):
    kind: ClassVar[str] = "point"
    x: int
    y: int = 0


class Named(Point):
    name: str = ""


class Other(Record):
    x: int
    y: int = 0


def test_fields_are_given_by_place_or_name_and_have_defaults() -> None:
    assert (Point(1, 2).y, Point(x=1).y, Named(1, 2, "a").name) == (2, 0, "a")


@pytest.mark.parametrize("make", [lambda: Point(), lambda: Point(1, 2, 3), lambda: Point(1, z=2)])
def test_wrong_fields_are_told(make) -> None:
    with pytest.raises(TypeError, match=r"argument|'x'"):
        make()


def test_records_are_equal_by_class_and_values_and_do_not_change() -> None:
    assert Point(1) == Point(1, 0) != Other(1)
    assert len({Point(1), Point(1, 0), Other(1)}) == 2
    assert Point(1).replace(y=5) == Point(1, 5)
    assert repr(Point(1)) == "Point(x=1, y=0)"
    with pytest.raises(AttributeError):
        Point(1).x = 2  # type: ignore[misc]


def test_records_are_matched_by_name() -> None:
    match Named(1, 2, "a"):
        case Named(name=name, x=1):
            assert name == "a"
