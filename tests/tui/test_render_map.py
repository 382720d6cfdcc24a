"""The map drawn in text: places lie where they are, it fits, and hostile names do no harm."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.render import map_window
from tui.render.map import ASCII, Dot, MapSigns, cells, draw, legend, sizes
from tui.render.map import UNICODE as SIGNS
from tui.render.map_window import Window, fitted, world
from tui.render.outline import outline

TOKYO = Dot("Tokyo", 139.7, 35.7, 90)
MOSCOW = Dot("Moscow", 37.6, 55.8, 60)
CRIMEA = Dot("Crimea", 34.1, 45.3, 8)


def text(window: Window, dots: list[Dot], signs: MapSigns = SIGNS) -> list[str]:
    return ["".join(part for part, _ in line) for line in draw(window, dots, signs)]


def around(dots: list[Dot], width: int, height: int) -> Window:
    return fitted([(dot.lon, dot.lat) for dot in dots], *cells(width, height))


POINTS = st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), max_size=12)
NAMES = st.text(max_size=30) | st.sampled_from(["[/]", "[red]x", "\x1b]0;a\x07", "\u202eabc", "日本東京", "a\u0301b"])


@given(POINTS, NAMES, st.integers(1, 130), st.integers(1, 45), st.booleans())
def test_every_line_is_as_wide_as_the_map(
    points: list[tuple[float, float]], name: str, width: int, height: int, ascii_only: bool
) -> None:
    dots = [Dot(name, lon, lat, count + 1, count == 2) for count, (lon, lat) in enumerate(points)]
    lines = text(around(dots, width, height), dots, ASCII if ascii_only else SIGNS)
    assert len(lines) == height
    assert {cell_len(line) for line in lines} == {width}
    assert not any(character in line for line in lines for character in "\x1b\x07\u202e\n")


@given(POINTS.filter(bool), st.integers(20, 130), st.integers(8, 45))
def test_a_fitted_map_shows_all_places(points: list[tuple[float, float]], width: int, height: int) -> None:
    window = fitted(points, *cells(width, height))
    for lon, lat in points:
        x, y = window.place(lon, min(max(lat, map_window.SOUTH), map_window.NORTH))
        assert -1 <= x <= window.width + 1
        assert -1 <= y <= window.height + 1


def test_places_are_dots_with_their_names_the_largest_first() -> None:
    lines = text(around([TOKYO, MOSCOW, CRIMEA], 70, 18), [TOKYO, MOSCOW, CRIMEA])
    whole = "\n".join(lines)
    assert all(name in whole for name in ("Tokyo", "Moscow", "Crimea"))
    assert whole.count("●") == 2
    assert whole.count("•") == 1
    row = {name: next(y for y, line in enumerate(lines) if name in line) for name in ("Tokyo", "Moscow", "Crimea")}
    assert row["Moscow"] < row["Crimea"] < row["Tokyo"]


def test_a_map_of_one_place_shows_some_land_around_it() -> None:
    window = around([TOKYO], 60, 16)
    assert window.spans[1] >= 8
    assert any("\u2801" <= character <= "\u28ff" for line in text(window, [TOKYO]) for character in line)


def test_places_on_both_sides_of_the_date_line_are_near_each_other() -> None:
    window = around([Dot("Suva", 178.4, -18.1, 1), Dot("Apia", -171.8, -13.8, 1)], 60, 16)
    assert window.spans[0] < 60


def test_zooming_in_on_a_place_keeps_it_and_borders_appear() -> None:
    far = world(*cells(80, 20))
    near = far.zoomed(64, (MOSCOW.lon, MOSCOW.lat))
    x, y = near.place(MOSCOW.lon, MOSCOW.lat)
    assert (round(x), round(y)) == (near.width // 2, near.height // 2)
    assert near.zoomed(1 / 1000).scale == far.scale
    assert near.zoomed(10**9).scale == map_window.CLOSEST


def test_a_name_never_covers_another_place() -> None:
    dots = [Dot(f"A long name {n}", 10 + n / 3, 50, 50 - n) for n in range(30)]
    nameless = [Dot("", dot.lon, dot.lat, dot.count) for dot in dots]
    window = around(dots, 60, 10)
    drawn = [sum(line.count(sign) for line in text(window, some) for sign in SIGNS.dots) for some in (dots, nameless)]
    assert drawn[0] == drawn[1] > 10


def test_the_legend_says_what_the_signs_mean() -> None:
    assert legend([TOKYO, MOSCOW, CRIMEA]) == "◦ 1–7  • 8–29  ● 30–90"
    assert legend([CRIMEA], ASCII) == "o 1  O 2  @ 3-8"
    assert legend([Dot("a", 0, 0, 1)]) == "◦ 1"
    assert legend([]) == ""


@pytest.mark.parametrize("most", range(1, 200))
def test_the_signs_stand_for_growing_counts(most: int) -> None:
    second, third = sizes(most)
    assert 1 < second < third


def test_the_outline_is_small_and_of_this_world() -> None:
    lines = outline()
    assert 300 < len(lines) < 600
    assert {line.border for line in lines} == {True, False}
    assert all(-181 <= line.west <= line.east <= 181 for line in lines)
    assert all(-91 <= line.south <= line.north <= 91 for line in lines)
