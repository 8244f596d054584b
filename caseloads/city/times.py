"""Days and moments as whole numbers: ordinals, and minutes since 1970 in UTC."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from orcs_portal.shared.clock import at_local, local_day

MINUTES = 24 * 60
EPOCH = date(1970, 1, 1).toordinal()
ZERO = datetime(1970, 1, 1, tzinfo=UTC)
DOWNLOAD, CAP_NIGHT, SEC_NIGHT, MORNING = 1, 2, 3, 6
"""When New York's clocks show that the old systems work, in hours (``caseloads.systems.nights``)."""
DAY_BEHIND = MINUTES
CASELOAD_LAG = 2 * MINUTES


def minute(moment: datetime) -> int:
    """Return an aware moment as minutes since 1970."""
    return int((moment - ZERO) / timedelta(minutes=1))


def instant(moment: int) -> datetime:
    """Return minutes since 1970 as an aware moment."""
    return ZERO + timedelta(minutes=moment)


class DayTexts(dict[int, str]):
    """Days as they are written, each made once."""

    def __missing__(self, day: int) -> str:
        text = self[day] = date.fromordinal(day).isoformat()
        return text


CLOCK = [f" {hour:02}:{part:02}+00" for hour in range(24) for part in range(60)]
DAYS = DayTexts()


def written(moment: int) -> str:
    """Return a moment as COPY reads it."""
    day, rest = divmod(moment, MINUTES)
    return DAYS[EPOCH + day] + CLOCK[rest]


class Midnights(dict[int, int]):
    """The first minute of New York's days, each worked out once."""

    def __missing__(self, day: int) -> int:
        found = self[day] = minute(at_local(date.fromordinal(day), 0))
        return found


@dataclass(slots=True)
class Times:
    """The moment at which the city is built, its New York day, and the school year of that day.

    ``at`` is the moment; ``first`` and ``last`` are the year's first and last school day, ``staff`` the day on which
    its staff begins.  ``holidays`` are citywide ones, which business days leave out.
    """

    at: int
    first: int
    last: int
    staff: int
    holidays: frozenset[int]
    day: int = field(init=False)
    midnights: Midnights = field(default_factory=Midnights)

    def __post_init__(self) -> None:
        self.day = local_day(instant(self.at)).toordinal()

    def on(self, day: int, hour: int, part: int = 0) -> int:
        """Return the moment of a wall-clock time on a day; the nights' hours are right when clocks change, too."""
        midnight = self.midnights[day]
        if self.midnights[day + 1] - midnight == MINUTES:
            return midnight + hour * 60 + part
        return minute(at_local(date.fromordinal(day), hour, part))

    def day_of(self, moment: int) -> int:
        """Return the New York day of a moment."""
        day = EPOCH + moment // MINUTES
        return day if self.midnights[day] <= moment else day - 1

    def next(self, moment: int, hour: int) -> int:
        """Return the first time strictly after a moment at which clocks show this hour."""
        day = self.day_of(moment)
        tonight = self.on(day, hour)
        return tonight if tonight > moment else self.on(day + 1, hour)

    def last_at(self, hour: int) -> int:
        """Return the last time up to now at which clocks showed this hour."""
        today = self.on(self.day, hour)
        return today if today <= self.at else self.on(self.day - 1, hour)

    def in_sec(self, since: int) -> int:
        """Return the night in which SEC takes over what CAP says since a moment: the first a day later."""
        return self.next(since + DAY_BEHIND - 1, SEC_NIGHT)

    def business_days_back(self, count: int) -> int:
        """Return the latest day after which, up to today, there were this many weekdays that are no holidays."""
        day = self.day
        while count:
            count -= date.fromordinal(day).weekday() < SATURDAY and day not in self.holidays
            day -= 1
        return day


SATURDAY = 5


class Unreachable(Exception):
    """The school year is too young for something to be that old."""


@dataclass(slots=True)
class SchoolDays:
    """A school's days with students in the year of ``times``, in order, and how old things are there."""

    days: list[int]
    times: Times
    gone: int = field(init=False)
    """How many of them there were up to today."""
    place: Mapping[int, int] = field(init=False)

    def __post_init__(self) -> None:
        self.gone = sum(1 for day in self.days if day <= self.times.day)
        self.place = {day: index for index, day in enumerate(self.days)}

    def back(self, age: int) -> int:
        """Return the latest day that is this many school days old today; raises ``Unreachable``."""
        if age == 0:
            return self.times.day
        if age > self.gone:
            raise Unreachable(f"no day is {age} school days old")
        if age == self.gone:
            return self.times.first - 1
        return self.days[self.gone - 1 - age]

    def after(self, day: int, count: int) -> int | None:
        """Return the ``count``-th school day after a day, or None where the year ends before.

        For 0 that is the day itself or, where it is none, the first school day after it.
        """
        index = bisect_right(self.days, day) + count - 1
        if count == 0 and day not in self.place:
            index += 1
        return self.days[index] if index < len(self.days) else None
