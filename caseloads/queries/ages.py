"""How old things are and how late, in school days of the school that they concern."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from caseloads.facts import school_year
from orcs_portal.shared.schooldays import SchoolCalendar
from providers.models import CalendarDay, SchoolYear
from providers.policy.facts import SchoolYearFacts


@dataclass(frozen=True)
class Ages:
    """The school days of some schools, as of a day; a school without closings of its own has everybody's."""

    today: date
    year: SchoolYearFacts
    everywhere: frozenset[date]
    own: Mapping[int, frozenset[date]] = field(default_factory=dict)
    _made: dict[int | None, SchoolCalendar] = field(default_factory=dict)

    def calendar(self, school: int | None) -> SchoolCalendar:
        """Return the school days of a school, or of the city."""
        key = school if school in self.own else None
        if key not in self._made:
            closed = self.everywhere | (self.own[key] if key is not None else frozenset())
            self._made[key] = SchoolCalendar(closed, self.year.first_day, self.year.last_day)
        return self._made[key]

    def age(self, school: int | None, day: date) -> int:
        """Return how many school days old something of a day is today."""
        return self.calendar(school).school_days_between(day, self.today)

    def over(self, school: int | None, due: date | None) -> int:
        """Return how many school days the last day to act has gone by; 0 while there is time."""
        return 0 if due is None else self.calendar(school).school_days_between(due, self.today)

    def in_days(self, school: int | None, count: int) -> date | None:
        """Return the school day ``count`` school days from today, or None where the calendar ends before."""
        return self.calendar(school).add_school_days(self.today, count)


def ages(schools: Collection[int | None], today: date) -> Ages:
    """Return the school days that things of these schools are counted in; two queries.

    Where no school year has begun, nothing ages.
    """
    try:
        year = school_year(today)
    except SchoolYear.DoesNotExist:
        year = SchoolYearFacts(today, today)
    known = {school for school in schools if school is not None}
    days = CalendarDay.objects.filter(
        Q(school__isnull=True) | Q(school__in=known), date__range=(year.first_day, year.last_day)
    )
    everywhere: set[date] = set()
    own: dict[int, set[date]] = {}
    for one in days:
        (everywhere if one.school_id is None else own.setdefault(one.school_id, set())).add(one.date)
    return Ages(today, year, frozenset(everywhere), {school: frozenset(days) for school, days in own.items()})
