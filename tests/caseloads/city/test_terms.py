"""School years and days off for any year."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseloads.city.terms import CLOSED, HOLIDAY, STAFF_ONLY, Term, _easter, beside, days_off, term_of

YEARS = st.integers(2000, 2090)


@pytest.mark.parametrize(
    ("day", "starts", "ends"),
    [
        (date(2026, 11, 24), date(2026, 9, 10), date(2027, 6, 25)),
        (date(2026, 9, 10), date(2026, 9, 10), date(2027, 6, 25)),
        (date(2026, 9, 9), date(2025, 9, 4), date(2026, 6, 26)),
        (date(2026, 7, 15), date(2025, 9, 4), date(2026, 6, 26)),
        (date(2013, 10, 15), date(2013, 9, 5), date(2014, 6, 26)),
    ],
)
def test_a_day_falls_into_a_school_year_or_into_the_summer_after_it(day: date, starts: date, ends: date) -> None:
    assert term_of(day) == Term(starts, ends)


@given(YEARS)
def test_years_follow_one_another(year: int) -> None:
    term = term_of(date(year, 12, 1))
    assert beside(term, 0) == term
    assert beside(term, -1).ends < term.staff < term.starts < term.ends < beside(term, 1).staff
    assert {term.starts.weekday(), term.staff.weekday(), term.ends.weekday()} <= set(range(5))


@given(YEARS)
def test_days_off_are_weekdays_of_the_year_each_once(year: int) -> None:
    term = term_of(date(year, 12, 1))
    days = [one.day for one in days_off(term)]
    assert days == sorted(set(days))
    assert all(term.starts <= day <= term.ends and day.weekday() < 5 for day in days)


def test_the_days_off_of_a_year() -> None:
    found = {one.day: (one.kind, one.label) for one in days_off(term_of(date(2026, 12, 1)))}
    assert found[date(2026, 10, 12)][0] == HOLIDAY
    assert found[date(2026, 11, 3)] == (STAFF_ONLY, "Election Day")
    assert found[date(2026, 11, 11)][1] == "Veterans Day"
    assert {date(2026, 11, 26), date(2026, 11, 27)} <= set(found)
    assert {date(2026, 12, 24) + timedelta(days=at) for at in (0, 1, 4, 8)} <= set(found)
    assert found[date(2027, 1, 18)][1] == "Martin Luther King Jr. Day"
    assert found[date(2027, 2, 15)][1] == "Midwinter recess"
    assert found[date(2027, 3, 26)][1] == "Spring recess"
    assert found[date(2027, 5, 31)][1] == "Memorial Day"
    assert found[date(2027, 6, 10)] == (STAFF_ONLY, "Anniversary Day")
    assert [kind for kind, _label in found.values()].count(CLOSED) == 1


@pytest.mark.parametrize(
    ("year", "easter"),
    [
        (2000, date(2000, 4, 23)),
        (2013, date(2013, 3, 31)),
        (2014, date(2014, 4, 20)),
        (2026, date(2026, 4, 5)),
        (2027, date(2027, 3, 28)),
        (1981, date(1981, 4, 19)),
        (2049, date(2049, 4, 18)),
        (2076, date(2076, 4, 19)),
    ],
)
def test_easter_is_found(year: int, easter: date) -> None:
    assert _easter(year) == easter
