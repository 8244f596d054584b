"""How many items were unfinished, week by week, from what each day's comparison left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet, Sum

from compliance.models import DayCount
from providers.scope import Standing

WEEKS = 11
DAYS = 11
FEW = 3
"""With fewer Mondays than these the trend shows single days."""


@dataclass(frozen=True, slots=True)
class Point:
    """How many items stood open at the end of a day; ``now`` marks the present number."""

    day: date
    count: int
    now: bool = False


def trend(standing: Standing, *, today: date, now: int) -> list[Point]:
    """Return the numbers of the last Mondays, or of the last days while there are few of those, and today's.

    Empty for somebody who oversees no school, of whose items alone no day's number is kept.
    """
    if not (standing.citywide or standing.boroughs or standing.active_schools):
        return []
    monday = today - timedelta(days=today.weekday())
    weekly = _counts(standing, [monday - timedelta(weeks=back) for back in range(WEEKS)], today)
    points = (
        weekly if len(weekly) >= FEW else _counts(standing, [today - timedelta(days=n + 1) for n in range(DAYS)], today)
    )
    return [*points, Point(today, now, now=True)] if points else []


def _counts(standing: Standing, days: list[date], today: date) -> list[Point]:
    rows = counts_of(standing).filter(day__in=[day for day in days if day < today])
    summed = rows.values_list("day").annotate(number=Sum("open")).order_by("day")
    return [Point(day, number) for day, number in summed]


def counts_of(standing: Standing) -> QuerySet[DayCount]:
    """Return the numbers of the schools somebody oversees; the city's with those of no school of ours."""
    return (
        DayCount.objects.all() if standing.citywide else DayCount.objects.filter(standing.schools_condition("school__"))
    )
