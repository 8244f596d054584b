"""Days and moments as whole numbers agree with the clocks of New York."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseloads.city.times import SchoolDays, Times, Unreachable, instant, minute, written
from caseloads.systems import nights
from orcs_portal.shared.clock import at_local
from orcs_portal.shared.schooldays import SchoolCalendar

NEW_YORK = ZoneInfo("America/New_York")
FIRST, LAST = date(2026, 9, 10), date(2027, 6, 25)
DAY = date(2026, 11, 24)
MOMENTS = st.integers(minute(datetime(2026, 1, 1, tzinfo=UTC)), minute(datetime(2028, 1, 1, tzinfo=UTC)))


def times(day: date = DAY, hour: int = 17, holidays: frozenset[int] = frozenset()) -> Times:
    """Return the moment of an hour on a day."""
    return Times(
        minute(at_local(day, hour)), FIRST.toordinal(), LAST.toordinal(), date(2026, 9, 1).toordinal(), holidays
    )


def school(day: date = DAY, *closed: date) -> SchoolDays:
    """Return the days of a school that is closed on weekends and on these days."""
    calendar = SchoolCalendar(frozenset(closed), FIRST, LAST)
    return SchoolDays([one.toordinal() for one in calendar.days], times(day))


@given(MOMENTS)
def test_a_minute_is_read_back(at: int) -> None:
    assert minute(instant(at)) == at
    assert datetime.fromisoformat(written(at)) == instant(at)


@given(MOMENTS)
def test_the_day_of_a_moment_is_new_yorks(at: int) -> None:
    assert times().day_of(at) == instant(at).astimezone(NEW_YORK).date().toordinal()


@given(MOMENTS, st.sampled_from([1, 2, 3, 6]))
def test_the_next_night_is_the_systems_own(at: int, hour: int) -> None:
    # In one zone: Python calls an hour that comes twice unlike every hour of another zone.
    assert instant(times().next(at, hour)) == nights.next_at(instant(at), time(hour)).astimezone(UTC)


@pytest.mark.parametrize("day", [date(2026, 11, 1), date(2027, 3, 14), date(2026, 11, 24)])
@pytest.mark.parametrize("hour", [0, 1, 2, 3, 12, 17])
def test_an_hour_of_the_day_is_right_when_clocks_change(day: date, hour: int) -> None:
    assert instant(times().on(day.toordinal(), hour, 5)) == at_local(day, hour, 5).astimezone(UTC)


def test_the_last_night_is_todays_once_it_is_over() -> None:
    assert instant(times(hour=2).last_at(1)) == at_local(DAY, 1)
    assert instant(times(hour=2).last_at(3)) == at_local(DAY - timedelta(days=1), 3)
    assert instant(times(hour=3).last_at(3)) == at_local(DAY, 3)


def test_sec_takes_over_in_the_first_night_a_day_later() -> None:
    now = times()
    day = DAY.toordinal()
    assert now.in_sec(now.on(day, 2)) == now.on(day + 1, 3)
    assert now.in_sec(now.on(day, 3)) == now.on(day + 1, 3)
    assert now.in_sec(now.on(day, 3, 1)) == now.on(day + 2, 3)


def test_business_days_leave_out_weekends_and_holidays() -> None:
    friday = date(2026, 11, 13)
    monday = times(date(2026, 11, 16))
    assert monday.business_days_back(1) == date(2026, 11, 15).toordinal()
    assert monday.business_days_back(2) == (friday - timedelta(days=1)).toordinal()
    with_holiday = times(date(2026, 11, 16), holidays=frozenset({friday.toordinal()}))
    assert with_holiday.business_days_back(2) == date(2026, 11, 11).toordinal()


@given(st.integers(0, 50))
def test_a_day_of_an_age_is_that_old(age: int) -> None:
    calendar = SchoolCalendar(frozenset({date(2026, 11, 11)}), FIRST, LAST)
    found = date.fromordinal(school(DAY, date(2026, 11, 11)).back(age))
    assert calendar.school_days_between(found, DAY) == age


def test_nothing_is_older_than_the_school_year() -> None:
    young = school(date(2026, 9, 14))
    assert young.gone == 3
    assert young.back(3) == FIRST.toordinal() - 1
    with pytest.raises(Unreachable):
        young.back(4)


def test_a_school_that_was_closed_counts_a_day_less() -> None:
    closed = date(2026, 11, 20)
    assert school(DAY).back(3) == date(2026, 11, 19).toordinal()
    assert school(DAY, closed).back(3) == date(2026, 11, 18).toordinal()


@given(st.dates(FIRST - timedelta(days=30), LAST), st.integers(1, 30))
def test_school_days_are_counted_on_as_the_portal_counts_them(day: date, days: int) -> None:
    calendar = SchoolCalendar(frozenset(), FIRST, LAST)
    found = school().after(day.toordinal(), days)
    expected = calendar.add_school_days(day, days)
    assert (None if found is None else date.fromordinal(found)) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 24), date(2026, 11, 24)),
        (date(2026, 11, 21), date(2026, 11, 23)),
        (date(2026, 9, 9), FIRST),
        (LAST + timedelta(days=1), None),
    ],
)
def test_no_school_day_later_is_the_day_itself_or_the_first_after_it(day: date, expected: date | None) -> None:
    found = school().after(day.toordinal(), 0)
    assert (None if found is None else date.fromordinal(found)) == expected
