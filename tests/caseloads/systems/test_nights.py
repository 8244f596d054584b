"""When the old systems work, by New York's clocks, also on the two days that are not 24 hours long."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseloads.systems.nights import CAP_NIGHT, DOWNLOAD, MORNING, SEC_NIGHT, last_at, next_at
from tests.build import NEW_YORK

CLOCKS = st.sampled_from([DOWNLOAD, CAP_NIGHT, SEC_NIGHT, MORNING])
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - given UTC
HOUR = timedelta(hours=1)


def test_a_night_brings_documents_before_calls_and_calls_before_the_report() -> None:
    assert DOWNLOAD < CAP_NIGHT < SEC_NIGHT < MORNING


@given(moment=MOMENTS, clock=CLOCKS)
def test_the_next_is_after_the_moment_and_within_a_long_day(moment: datetime, clock: time) -> None:
    found = next_at(moment, clock)
    assert timedelta(0) < found - moment.astimezone(UTC) <= 25 * HOUR


@given(moment=MOMENTS, clock=CLOCKS)
def test_the_last_is_not_after_the_moment_and_within_a_long_day(moment: datetime, clock: time) -> None:
    found = last_at(moment, clock)
    assert timedelta(0) <= moment - found.astimezone(UTC) < 25 * HOUR


@given(moment=MOMENTS, clock=CLOCKS)
def test_no_night_lies_between_the_last_and_the_next(moment: datetime, clock: time) -> None:
    assert next_at(last_at(moment, clock).astimezone(UTC), clock) == next_at(moment, clock)


@given(moment=MOMENTS, clock=CLOCKS)
def test_a_moments_zone_does_not_matter(moment: datetime, clock: time) -> None:
    here = moment.astimezone(NEW_YORK)
    assert next_at(here, clock).astimezone(UTC) == next_at(moment, clock).astimezone(UTC)
    assert last_at(here, clock).astimezone(UTC) == last_at(moment, clock).astimezone(UTC)


@given(start=MOMENTS)
def test_a_year_has_a_night_for_every_day(start: datetime) -> None:
    nights, at = 0, start
    while (at := next_at(at, CAP_NIGHT).astimezone(UTC)) <= start + timedelta(days=40):
        nights += 1
    assert nights in {39, 40, 41}


@pytest.mark.parametrize("day", [datetime(2027, 3, 14, tzinfo=NEW_YORK), datetime(2026, 11, 1, tzinfo=NEW_YORK)])
def test_where_clocks_are_put_forward_or_back_each_night_comes_once_and_in_order(day: datetime) -> None:
    """In March two o'clock does not come and in November one o'clock comes twice."""
    before = (day - HOUR).astimezone(UTC)
    came = [next_at(before, clock).astimezone(UTC) for clock in (DOWNLOAD, CAP_NIGHT, SEC_NIGHT)]
    assert came == sorted(came)
    again = [next_at(at, clock) for at, clock in zip(came, (DOWNLOAD, CAP_NIGHT, SEC_NIGHT), strict=True)]
    assert all(one.astimezone(UTC) - at >= 22 * HOUR for one, at in zip(again, came, strict=True))
