"""The calendar around the city's day, as it stands in our rows; made where it does not stand there yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from random import Random

from django.db.models import Q

from caseloads.city.terms import SATURDAY, Term, beside, days_off, term_of
from caseloads.city.times import Times, minute
from providers.models import CalendarDay, SchoolYear

A_YEAR_AND_SOME = 370
CLOSED_SHARE = 0.06
"""The share of schools that were closed for a day not long ago."""
LABELS = ("Burst water main", "Power failure", "Boiler repair")
NOT_YET = 20
"""School days before which no school has been closed: young years have no day to spare."""


def term_at(day: date) -> Term:
    """Return the school year of a day, made with its neighbors and their days off where they are not there yet."""
    row = SchoolYear.objects.filter(starts__lte=day).order_by("-starts").first()
    known = row is not None and (day - row.starts).days < A_YEAR_AND_SOME
    term = Term(row.starts, row.ends) if row is not None and known else term_of(day)
    for one in (beside(term, -1), term, beside(term, 1)):
        if not SchoolYear.objects.filter(starts__lte=one.ends, ends__gte=one.starts).exists():
            SchoolYear.objects.create(starts=one.starts, ends=one.ends)
            rows = [CalendarDay(date=off.day, kind=off.kind, label=off.label) for off in days_off(one)]
            CalendarDay.objects.bulk_create(rows, ignore_conflicts=True)
    return term


def times_at(at: datetime, term: Term) -> Times:
    """Return the moment with its school year and the citywide holidays around it."""
    days = CalendarDay.objects.filter(school__isnull=True, kind=CalendarDay.Kind.HOLIDAY)
    holidays = frozenset(one.toordinal() for one in days.values_list("date", flat=True))
    return Times(minute(at), term.starts.toordinal(), term.ends.toordinal(), term.staff.toordinal(), holidays)


def school_days(times: Times, schools: Iterable[int]) -> Mapping[int | None, list[int]]:
    """Return the year's days with students, of schools that have days of their own off, and (None) of the others."""
    first, last = date.fromordinal(times.first), date.fromordinal(times.last)
    off: dict[int | None, set[int]] = defaultdict(set)
    rows = CalendarDay.objects.filter(Q(school__isnull=True) | Q(school__in=schools), date__range=(first, last))
    for school, day in rows.values_list("school_id", "date"):
        off[school].add(day.toordinal())
    citywide = [
        day
        for day in range(times.first, times.last + 1)
        if date.fromordinal(day).weekday() < SATURDAY and day not in off[None]
    ]
    return {school: [day for day in citywide if day not in own] for school, own in off.items()}


def close_some(schools: Iterable[int], citywide: list[int], times: Times, rng: Random) -> None:
    """Close some schools for a day some weeks or days ago, once the year is old enough for it."""
    gone = [day for day in citywide if day <= times.day]
    if len(gone) > NOT_YET:
        CalendarDay.objects.bulk_create(
            [
                CalendarDay(
                    school_id=school,
                    date=date.fromordinal(rng.choice(gone[-15:-1])),
                    kind=CalendarDay.Kind.CLOSED,
                    label=rng.choice(LABELS),
                )
                for school in schools
                if rng.random() < CLOSED_SHARE
            ],
            ignore_conflicts=True,
        )
