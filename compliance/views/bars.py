"""The trend as bars, in words, and as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from compliance.mismatches.trend import Point
from orcs_portal.shared.chart import Bar
from orcs_portal.shared.moment import Moment
from orcs_portal.shared.say import say_date


def context(points: Sequence[Point], *, at: Moment) -> dict[str, Any]:
    """Return the bars, the words that stand for them, and the table's columns; nothing where there is no past yet."""
    if not points:
        return {"bars": []}
    labels = ["Today" if one.now else say_date(one.day, at.today) for one in points]
    first, last, top = points[0], points[-1], max(points, key=lambda one: one.count)
    highest = "today" if top.now else f"on {say_date(top.day, at.today)}"
    said = f"{first.count} on {say_date(first.day, at.today)}, at most {top.count} {highest}, {last.count} today."
    drawn = [Bar(label, one.count) for label, one in zip(labels, points, strict=True)]
    return {
        "bars": drawn,
        "bars_said": f"Open items: {said} The table below has every number.",
        "weekly": (points[-2].day - points[0].day).days > len(points),
    }
