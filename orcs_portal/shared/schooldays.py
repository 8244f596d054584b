"""School-day arithmetic: ages and due dates are counted in days on which school is kept."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

FRIDAY = 4


@dataclass(frozen=True)
class SchoolCalendar:
    """Days from ``first_day`` to ``last_day``, both included, without weekends and without the ``closed`` ones.

    A closed day is any weekday without students: a holiday, a staff-only day, a snow day.  Outside its bounds the
    calendar knows no school day at all; it may span several school years whose summers are closed.
    Raises ``ValueError`` if it ends before it begins.
    """

    closed: frozenset[date]
    first_day: date
    last_day: date

    def __post_init__(self) -> None:
        if self.last_day < self.first_day:
            raise ValueError(f"the calendar ends on {self.last_day}, before it begins on {self.first_day}")

    @cached_property
    def days(self) -> tuple[date, ...]:
        """Every school day, in order."""
        span = range((self.last_day - self.first_day).days + 1)
        every = (self.first_day + timedelta(days=offset) for offset in span)
        return tuple(day for day in every if day.weekday() <= FRIDAY and day not in self.closed)

    def is_school_day(self, day: date) -> bool:
        """Return whether students are in school on this day."""
        place = bisect_left(self.days, day)
        return place < len(self.days) and self.days[place] == day

    def school_days_between(self, start: date, end: date) -> int:
        """Return how many school days old something of day ``start`` is on day ``end``.

        The day of the event is not counted and ``end`` is: what happened on Friday is one school day old on Monday,
        from midnight on.  Zero where ``end`` is not after ``start``.
        """
        return max(0, bisect_right(self.days, end) - bisect_right(self.days, start))

    def add_school_days(self, day: date, count: int) -> date | None:
        """Return the ``count``-th school day after ``day``, ``day`` itself for 0.

        ``None`` where the calendar ends before that: no date can be promised across an unknown summer.  Raises
        ``ValueError`` for a negative count.
        """
        if count < 0:
            raise ValueError(f"{count} school days cannot be added")
        place = bisect_right(self.days, day) + count - 1
        if count == 0:
            return day
        return self.days[place] if place < len(self.days) else None
