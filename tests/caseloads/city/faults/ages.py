"""Ages and hours, counted as the portal counts them and not as the city does."""

from __future__ import annotations

from datetime import date, time, timedelta

from caseloads.city.times import instant
from caseloads.city.world import World
from caseloads.systems.nights import next_at
from orcs_portal.shared.clock import local_day
from orcs_portal.shared.schooldays import SchoolCalendar
from tests.caseloads.city.worlds import place

ONE = timedelta(days=1)


def age(of: World, day: int) -> int:
    """Return how many school days old something of a day is today; nothing ages before the year's first day."""
    days = [date.fromordinal(one) for one in place(of).days.days]
    span = (days[-1] - days[0]).days + 1
    closed = frozenset(days[0] + at * ONE for at in range(span)) - frozenset(days)
    calendar = SchoolCalendar(closed, days[0], days[-1])
    return calendar.school_days_between(date.fromordinal(day), date.fromordinal(of.times.day))


def age_of_moment(of: World, moment: int) -> int:
    """Return how many school days old a moment's day is."""
    return age(of, local_day(instant(moment)).toordinal())


def hours(of: World, moment: int) -> float:
    """Return how many hours ago a moment was."""
    return (instant(of.times.at) - instant(moment)).total_seconds() / 3600


def is_over(of: World, moment: int, hour: int = 1) -> bool:
    """Return whether the first night after a moment is over."""
    return next_at(instant(moment), time(hour)) <= instant(of.times.at)
