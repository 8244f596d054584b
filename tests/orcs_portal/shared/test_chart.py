"""Bars: as tall as their numbers, named where there is room, and nothing but figures in the picture."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from orcs_portal.shared.chart import FLOOR, HEAD, WIDE, Bar, bars

RECT = re.compile(
    r'<rect class="(?P<kind>[\w-]+)" x="(?P<x>[\d.]+)" y="(?P<y>[\d.]+)" width="(?P<w>[\d.]+)" height="(?P<h>[\d.]+)"/>'
)
TEXT = re.compile(r"<text [^>]*>([^<]*)</text>")


def drawn(*values: int) -> tuple[str, str]:
    """Return the wide and the narrow picture of some numbers."""
    html = bars([Bar(f"Day {place}", value) for place, value in enumerate(values, start=1)], "Some numbers.")
    wide, narrow = re.findall(r"<svg .*?</svg>", html)
    return wide, narrow


def rects(picture: str) -> list[dict[str, float]]:
    """Return each bar's place and size."""
    return [{name: float(one[name]) for name in "xywh"} for one in RECT.finditer(picture)]


def marks(picture: str) -> list[int]:
    """Return the numbers beside the lines of a wide picture."""
    return [int(one) for one in re.findall(r'<path class="(?:grid|axis)"[^>]*/><text [^>]*>(\d+)<', picture)]


@pytest.mark.parametrize("width", [0, 1])
def test_bars_are_as_tall_as_their_numbers_and_stand_on_one_floor(width: int) -> None:
    found = rects(drawn(5, 10, 0, 20)[width])
    tallest = found[3]["h"]
    assert [round(one["h"] / tallest, 2) for one in found] == [0.25, 0.5, 0.0, 1.0]
    assert len({round(one["y"] + one["h"], 1) for one in found}) == 1


def test_the_tallest_bar_fills_the_room_and_none_leaves_the_picture() -> None:
    found = rects(drawn(3, 60_000, 7)[0])
    assert found[1]["h"] == FLOOR - HEAD
    assert all(one["x"] >= 0 and one["x"] + one["w"] <= WIDE for one in found)
    assert all(before["x"] + before["w"] < after["x"] for before, after in pairwise(found))


@pytest.mark.parametrize("width", [0, 1])
def test_only_the_last_bar_is_filled(width: int) -> None:
    kinds = [one["kind"] for one in RECT.finditer(drawn(1, 2, 3)[width])]
    assert kinds == ["bar-soft", "bar-soft", "bar"]


def test_every_wide_bar_has_its_number_and_its_name() -> None:
    texts = TEXT.findall(drawn(4, 8, 6)[0])
    assert {"4", "8", "6", "Day 1", "Day 2", "Day 3"} <= set(texts)


def test_narrow_bars_name_the_first_the_highest_and_the_last() -> None:
    texts = TEXT.findall(drawn(4, 5, 9, 6, 7)[1])
    assert texts == ["4", "Day 1", "9", "Day 3", "7", "Day 5"]


@pytest.mark.parametrize("values", [(0,), (0, 0), (1, 1), (7,)])
def test_few_and_empty_bars_are_drawn_too(values: tuple[int, ...]) -> None:
    for picture in drawn(*values):
        assert len(rects(picture)) == len(values)
        assert "nan" not in picture


@pytest.mark.parametrize(
    ("top", "expected"),
    [(1, [0, 1]), (2, [0, 1, 2]), (3, [0, 2]), (9, [0, 5]), (61, [0, 50]), (412, [0, 250]), (60_000, [0, 50_000])],
)
def test_lines_stand_at_round_numbers(top: int, expected: list[int]) -> None:
    assert marks(drawn(top)[0]) == expected


def test_the_picture_is_named_and_holds_neither_styles_nor_markup_of_others() -> None:
    html = bars([Bar("<b>", 1)], 'At most "1" & more')
    assert html.count('role="img" aria-label="At most &quot;1&quot; &amp; more"') == 2
    assert "&lt;b&gt;" in html
    assert "<b>" not in html
    assert "style=" not in html
