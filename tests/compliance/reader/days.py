"""Counting days and nights, one at a time."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tests.compliance.reader.world import Times, World

NEW_YORK = ZoneInfo("America/New_York")
ONE = timedelta(days=1)
SATURDAY = 5


def day_of(moment: datetime) -> date:
    """Return the New York day of a moment."""
    return moment.astimezone(NEW_YORK).date()


def midnight(day: date) -> datetime:
    """Return the first moment of a day in New York."""
    return datetime.combine(day, time(0), tzinfo=NEW_YORK)


def night_after(moment: datetime, hour: int = 1) -> datetime:
    """Return the first time strictly after a moment at which it is that hour of the night."""
    day = day_of(moment)
    while True:
        tonight = datetime.combine(day, time(hour), tzinfo=NEW_YORK)
        if tonight > moment:
            return tonight
        day += ONE


def is_school_day(day: date, times: Times, world: World) -> bool:
    """Return whether students of the world's school are in school."""
    if not times.year[0] <= day <= times.year[1] or day.weekday() >= SATURDAY:
        return False
    return day not in times.holidays and day not in times.staff_only and day not in world.closed


def age(since: date, times: Times, world: World) -> int:
    """Return how many school days after ``since`` there were, today included."""
    today, count = day_of(times.at), 0
    day = since + ONE
    while day <= today:
        count += is_school_day(day, times, world)
        day += ONE
    return count


def business_days(since: date, times: Times) -> int:
    """Return how many Mondays to Fridays that are no holiday came after ``since``, today included."""
    today, count = day_of(times.at), 0
    day = since + ONE
    while day <= today:
        count += day.weekday() < SATURDAY and day not in times.holidays
        day += ONE
    return count
