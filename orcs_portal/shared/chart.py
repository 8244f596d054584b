"""The design's bars as SVG: one number a column, wide and narrow, the last one filled.

Widths and heights come from data, so they stand in attributes of the picture and never in a style.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


@dataclass(frozen=True, slots=True)
class Bar:
    """A column: what stands below it, and its number."""

    label: str
    value: int


WIDE, WIDE_TALL, LEFT, FLOOR, HEAD = 660, 236, 44, 200.0, 30.0
NARROW, NARROW_TALL, NARROW_FLOOR = 330, 190, 160.0
STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500)


def bars(columns: Sequence[Bar], said: str) -> SafeString:
    """Return the chart twice, for wide screens and for narrow ones; ``said`` is what a screen reader hears instead."""
    return format_html("{}{}", _wide(columns, said), _narrow(columns, said))


def _top(columns: Sequence[Bar]) -> int:
    return max(1, *(one.value for one in columns))


def _marks(top: int) -> list[int]:
    """Return the numbers at which lines are drawn: nought and one or two round ones below the top."""
    scale = 1
    while top / (STEPS[-1] * scale) > 2:  # noqa: PLR2004 - at most two lines besides nought
        scale *= 10
    step = next(one * scale for one in STEPS if top / (one * scale) <= 2 or one == STEPS[-1])  # noqa: PLR2004 - as above
    return list(range(0, top + 1, step))


def _wide(columns: Sequence[Bar], said: str) -> SafeString:
    top, room = _top(columns), FLOOR - HEAD
    slot = (WIDE - LEFT) / max(1, len(columns))
    width = min(slot * 0.6, 60.0)
    highest = max(range(len(columns)), key=lambda place: columns[place].value)
    lines = format_html_join(
        "",
        '<path class="{}" d="M{} {}H{}"/><text x="{}" y="{}" text-anchor="end">{}</text>',
        (
            ("grid" if mark else "axis", LEFT, y, WIDE, LEFT - 8, round(y + 4, 1), mark)
            for mark, y in ((one, round(FLOOR - one / top * room, 1)) for one in _marks(top))
        ),
    )
    drawn = format_html_join(
        "",
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}"/><text class="{}" x="{}" y="{}" text-anchor="middle">{}'
        '</text><text class="{}" x="{}" y="220" text-anchor="middle">{}</text>',
        (_column(place, columns, slot, width, top, room, highest) for place in range(len(columns))),
    )
    shape = '<svg class="chart chart-wide" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}</svg>'
    return format_html(shape, WIDE, WIDE_TALL, said, lines, drawn)


def _column(
    place: int, columns: Sequence[Bar], slot: float, width: float, top: int, room: float, highest: int
) -> tuple[object, ...]:
    one, last = columns[place], place == len(columns) - 1
    middle, tall = LEFT + slot * (place + 0.5), one.value / top * room
    strong = "strong" if last or place in {0, highest} else ""
    return (
        *("bar" if last else "bar-soft", round(middle - width / 2, 1), round(FLOOR - tall, 1), round(width, 1)),
        *(round(tall, 1), strong, round(middle, 1), round(FLOOR - tall - 7, 1), one.value),
        *("strong" if last else "", round(middle, 1), one.label),
    )


def _narrow(columns: Sequence[Bar], said: str) -> SafeString:
    """Return the chart for phones: every column, and the numbers of the first, the highest and the last alone."""
    top, room, count = _top(columns), NARROW_FLOOR - HEAD, len(columns)
    slot = NARROW / max(1, count)
    width = min(slot * 0.7, 40.0)
    highest = max(range(count), key=lambda place: columns[place].value)
    named = {0: "start", highest: "middle", count - 1: "end"}
    drawn: list[tuple[object, ...]] = []
    words: list[tuple[object, ...]] = []
    for place, one in enumerate(columns):
        tall = one.value / top * room
        left, y = slot * place + (slot - width) / 2, round(NARROW_FLOOR - tall, 1)
        drawn.append(("bar" if place == count - 1 else "bar-soft", round(left, 1), y, round(width, 1), round(tall, 1)))
        if place in named:
            anchor = named[place]
            x = round({"start": left, "end": left + width}.get(anchor, left + width / 2), 1)
            words.append(("strong", x, y - 7, anchor, one.value))
            words.append(("strong" if place == count - 1 else "", x, 180, anchor, one.label))
    return format_html(
        '<svg class="chart chart-narrow" viewBox="0 0 {} {}" role="img" aria-label="{}">'
        '<path class="axis" d="M0 {}H{}"/>{}{}</svg>',
        NARROW,
        NARROW_TALL,
        said,
        int(NARROW_FLOOR),
        NARROW,
        format_html_join("", '<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>', drawn),
        format_html_join("", '<text class="{}" x="{}" y="{}" text-anchor="{}">{}</text>', words),
    )
