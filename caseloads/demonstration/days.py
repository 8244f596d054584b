"""When the demonstration takes place: its school year, its calendar, and the morning on which it begins."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from orcs_portal.shared.clock import at_local
from providers.models import CalendarDay

YEAR_STARTS = date(2026, 9, 10)
YEAR_ENDS = date(2027, 6, 25)
STAFF_START = date(2026, 9, 1)

# The old systems' nights begin with the week before school; the world's clock starts on a Tuesday in November.
BEGIN = at_local(date(2026, 9, 8), 12)
TODAY = date(2026, 11, 24)
START = at_local(TODAY, 7, 30)

HOLIDAY, STAFF_ONLY, CLOSED = CalendarDay.Kind.HOLIDAY, CalendarDay.Kind.STAFF_ONLY, CalendarDay.Kind.CLOSED
FRIDAY = 4

# From, to, kind, label, and the school where it is not every one.
CALENDAR: tuple[tuple[date, date, CalendarDay.Kind, str, str], ...] = (
    (date(2026, 9, 21), date(2026, 9, 21), HOLIDAY, "Yom Kippur", ""),
    (date(2026, 10, 12), date(2026, 10, 12), HOLIDAY, "Italian Heritage and Indigenous Peoples' Day", ""),
    (date(2026, 10, 20), date(2026, 10, 20), CLOSED, "Burst water main", "13K998"),
    (date(2026, 11, 3), date(2026, 11, 3), STAFF_ONLY, "Election Day", ""),
    (date(2026, 11, 11), date(2026, 11, 11), HOLIDAY, "Veterans Day", ""),
    (date(2026, 11, 26), date(2026, 11, 27), HOLIDAY, "Thanksgiving recess", ""),
    (date(2026, 12, 24), date(2027, 1, 1), HOLIDAY, "Winter recess", ""),
    (date(2027, 1, 18), date(2027, 1, 18), HOLIDAY, "Martin Luther King Jr. Day", ""),
    (date(2027, 2, 15), date(2027, 2, 19), HOLIDAY, "Midwinter recess", ""),
    (date(2027, 3, 10), date(2027, 3, 10), HOLIDAY, "Eid al-Fitr", ""),
    (date(2027, 3, 26), date(2027, 3, 26), HOLIDAY, "Good Friday", ""),
    (date(2027, 4, 22), date(2027, 4, 30), HOLIDAY, "Spring recess", ""),
    (date(2027, 5, 31), date(2027, 5, 31), HOLIDAY, "Memorial Day", ""),
    (date(2027, 6, 10), date(2027, 6, 10), STAFF_ONLY, "Anniversary Day", ""),
    (date(2027, 6, 18), date(2027, 6, 18), HOLIDAY, "Juneteenth observed", ""),
)


def on(month: int, day: int) -> date:
    """Return a day of the autumn in which the demonstration takes place."""
    return date(YEAR_STARTS.year, month, day)


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """Return the moment of a New York wall-clock time on such a day."""
    return at_local(on(month, day), hour, minute)


def weekdays(first: date, last: date) -> list[date]:
    """Return the days from Monday to Friday between two days, both included."""
    span = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
    return [one for one in span if one.weekday() <= FRIDAY]
