"""School years and days off as the city's calendar usually has them, for any year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from providers.models import CalendarDay

HOLIDAY, STAFF_ONLY, CLOSED = CalendarDay.Kind.HOLIDAY, CalendarDay.Kind.STAFF_ONLY, CalendarDay.Kind.CLOSED
ONE = timedelta(days=1)
WEEK = timedelta(days=7)
MONDAY, TUESDAY, THURSDAY, FRIDAY, SATURDAY = 0, 1, 3, 4, 5


@dataclass(frozen=True, slots=True)
class Term:
    """A school year: its first and last school day."""

    starts: date
    ends: date

    @property
    def staff(self) -> date:
        """The day on which its staff begins: the last Monday to Friday a week and a half before school."""
        return on_a_weekday(self.starts - timedelta(days=9))


@dataclass(frozen=True, slots=True)
class DayOff:
    """A weekday without students in every school, and why."""

    day: date
    kind: CalendarDay.Kind
    label: str


def weekday_on_or_after(day: date, weekday: int) -> date:
    """Return the first day of this weekday from ``day`` on."""
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def on_a_weekday(day: date) -> date:
    """Return the day, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - FRIDAY))


def term_of(day: date) -> Term:
    """Return the school year that a day falls into; in summer, the one just over."""
    this = _term(day.year)
    return this if this.starts <= day else _term(day.year - 1)


def beside(term: Term, years: int) -> Term:
    """Return the school year some years before or after another."""
    return _term(term.starts.year + years)


def _term(year: int) -> Term:
    """School begins on the Thursday after Labor Day and ends on the last weekday up to June 26."""
    labor_day = weekday_on_or_after(date(year, 9, 1), MONDAY)
    return Term(labor_day + 3 * ONE, on_a_weekday(date(year + 1, 6, 26)))


def days_off(term: Term) -> list[DayOff]:
    """Return the year's weekdays without students, each once, in order."""
    found = {one.day: one for one in (*_autumn(term.starts.year), *_spring(term.starts.year + 1))}
    return [found[day] for day in sorted(found) if term.starts <= day <= term.ends and day.weekday() < SATURDAY]


def _autumn(year: int) -> Iterator[DayOff]:
    october = weekday_on_or_after(date(year, 10, 1), MONDAY) + WEEK
    election = weekday_on_or_after(date(year, 11, 1), MONDAY) + ONE
    thanksgiving = weekday_on_or_after(date(year, 11, 1), THURSDAY) + 3 * WEEK
    yield DayOff(october, HOLIDAY, "Italian Heritage and Indigenous Peoples' Day")
    yield DayOff(election, STAFF_ONLY, "Election Day")
    yield DayOff(date(year, 11, 11), HOLIDAY, "Veterans Day")
    yield from _recess(thanksgiving, thanksgiving + ONE, "Thanksgiving recess")
    yield from _recess(date(year, 12, 24), date(year + 1, 1, 1), "Winter recess")


def _spring(year: int) -> Iterator[DayOff]:
    presidents = weekday_on_or_after(date(year, 2, 1), MONDAY) + 2 * WEEK
    easter = _easter(year)
    yield DayOff(weekday_on_or_after(date(year, 1, 1), MONDAY) + 2 * WEEK, HOLIDAY, "Martin Luther King Jr. Day")
    yield DayOff(presidents - 12 * ONE, CLOSED, "Snow day")
    yield from _recess(presidents, presidents + 4 * ONE, "Midwinter recess")
    yield from _recess(easter - 6 * ONE, easter - 2 * ONE, "Spring recess")
    yield DayOff(weekday_on_or_after(date(year, 5, 25), MONDAY), HOLIDAY, "Memorial Day")
    yield DayOff(weekday_on_or_after(date(year, 6, 4), THURSDAY), STAFF_ONLY, "Anniversary Day")
    yield DayOff(on_a_weekday(date(year, 6, 19)), HOLIDAY, "Juneteenth")


def _recess(first: date, last: date, label: str) -> Iterator[DayOff]:
    day = first
    while day <= last:
        yield DayOff(day, HOLIDAY, label)
        day += ONE


def _easter(year: int) -> date:
    """Return Easter Sunday of a year from 1900 to 2099, by Gauss's rule."""
    golden, leap, week = year % 19, year % 4, year % 7
    moon = (19 * golden + 24) % 30
    sunday = (2 * leap + 4 * week + 6 * moon + 5) % 7
    day = date(year, 3, 22) + timedelta(days=moon + sunday)
    late = day == date(year, 4, 26) or (day == date(year, 4, 25) and moon == 28 and golden > 10)  # noqa: PLR2004 - Gauss's exceptions
    return day - WEEK if late else day
