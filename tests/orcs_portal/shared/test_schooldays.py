"""School-day arithmetic, on the days around Thanksgiving and on generated calendars."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from orcs_portal.shared.schooldays import SchoolCalendar

FIRST = date(2026, 9, 10)
LAST = date(2027, 6, 25)
THANKSGIVING = date(2026, 11, 26)
CALENDAR = SchoolCalendar(frozenset({THANKSGIVING, date(2026, 11, 27)}), FIRST, LAST)
DAY = timedelta(days=1)
TUESDAY = date(2026, 11, 24)

days = st.dates(date(2026, 8, 1), date(2027, 8, 31))
calendars = st.builds(SchoolCalendar, st.frozensets(days, max_size=40), st.just(FIRST), st.just(LAST))


def counted(calendar: SchoolCalendar, start: date, end: date) -> int:
    """Count school days one by one, from the day after ``start`` to ``end``."""
    span = (start + DAY * offset for offset in range(1, (end - start).days + 1))
    return sum(1 for day in span if day.weekday() < 5 and day not in calendar.closed and FIRST <= day <= LAST)


@pytest.mark.parametrize(
    ("day", "kept"),
    [
        (FIRST - DAY, False),
        (FIRST, True),
        (date(2026, 11, 25), True),
        (THANKSGIVING, False),
        (date(2026, 11, 27), False),
        (date(2026, 11, 28), False),
        (date(2026, 11, 29), False),
        (date(2026, 11, 30), True),
        (LAST, True),
        (LAST + DAY, False),
        (date(2027, 6, 28), False),
    ],
)
def test_school_is_kept_on_weekdays_that_are_not_closed(day: date, *, kept: bool) -> None:
    assert CALENDAR.is_school_day(day) is kept


@pytest.mark.parametrize(
    ("end", "age"),
    [
        (TUESDAY - DAY, 0),
        (TUESDAY, 0),
        (date(2026, 11, 25), 1),
        (THANKSGIVING, 1),
        (date(2026, 11, 29), 1),
        (date(2026, 11, 30), 2),
        (date(2026, 12, 1), 3),
    ],
)
def test_ages_leave_out_the_day_itself_and_days_without_school(end: date, age: int) -> None:
    assert CALENDAR.school_days_between(TUESDAY, end) == age


def test_what_happened_on_a_day_without_school_is_one_day_old_on_the_next_school_day() -> None:
    assert CALENDAR.school_days_between(date(2026, 11, 28), date(2026, 11, 30)) == 1


@pytest.mark.parametrize(
    ("start", "count", "reached"),
    [
        (TUESDAY, 0, TUESDAY),
        (TUESDAY, 1, date(2026, 11, 25)),
        (TUESDAY, 2, date(2026, 11, 30)),
        (THANKSGIVING, 0, THANKSGIVING),
        (THANKSGIVING, 1, date(2026, 11, 30)),
        (date(2026, 8, 3), 1, FIRST),
        (LAST - DAY, 1, LAST),
    ],
)
def test_school_days_are_added(start: date, count: int, reached: date) -> None:
    assert CALENDAR.add_school_days(start, count) == reached


def test_no_day_is_promised_beyond_the_calendars_end() -> None:
    assert CALENDAR.add_school_days(LAST, 1) is None
    assert CALENDAR.add_school_days(LAST - DAY, 2) is None
    assert CALENDAR.add_school_days(LAST + DAY, 0) == LAST + DAY


def test_school_days_are_not_taken_away() -> None:
    with pytest.raises(ValueError, match="-1 school days"):
        CALENDAR.add_school_days(TUESDAY, -1)


def test_a_calendar_does_not_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        SchoolCalendar(frozenset(), LAST, FIRST)


def test_a_calendar_of_one_day_and_one_of_none() -> None:
    assert SchoolCalendar(frozenset(), FIRST, FIRST).days == (FIRST,)
    assert SchoolCalendar(frozenset({FIRST}), FIRST, FIRST).days == ()


def test_equal_calendars_are_equal_and_can_be_kept_in_a_set() -> None:
    twin = SchoolCalendar(CALENDAR.closed, FIRST, LAST)
    assert {CALENDAR, twin} == {CALENDAR}


@given(calendar=calendars, day=days)
def test_a_school_day_ages_yesterdays_matters_by_one(calendar: SchoolCalendar, day: date) -> None:
    assert calendar.school_days_between(day - DAY, day) == int(calendar.is_school_day(day))


@given(calendar=calendars, start=days, end=days)
def test_ages_equal_a_count_day_by_day(calendar: SchoolCalendar, start: date, end: date) -> None:
    assert calendar.school_days_between(start, end) == counted(calendar, start, end)


@given(calendar=calendars, start=days, middle=days, end=days)
def test_ages_add_up(calendar: SchoolCalendar, start: date, middle: date, end: date) -> None:
    assume(start <= middle <= end)
    whole = calendar.school_days_between(start, end)
    assert whole == calendar.school_days_between(start, middle) + calendar.school_days_between(middle, end)


@given(calendar=calendars, start=days, count=st.integers(1, 250))
def test_a_day_reached_is_a_school_day_of_just_that_age(calendar: SchoolCalendar, start: date, count: int) -> None:
    reached = calendar.add_school_days(start, count)
    if reached is None:
        assert calendar.school_days_between(start, LAST) < count
    else:
        assert calendar.is_school_day(reached)
        assert calendar.school_days_between(start, reached) == count
        assert calendar.school_days_between(start, reached - DAY) == count - 1
