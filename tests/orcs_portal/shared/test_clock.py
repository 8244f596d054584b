"""Two clocks: the real one, and the world's, which a demonstration moves on and which never goes back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries, Settings

from orcs_portal.shared import clock
from orcs_portal.shared.clock import NEW_YORK, at_local, local_day, move_world, note_seen, resume_world, set_world
from orcs_portal.shared.models import WorldClock

REAL = datetime(2026, 12, 1, 15, 0, tzinfo=UTC)
WORLD = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_the_real_time_is_aware_and_in_utc() -> None:
    now = clock.real_now()
    assert now.utcoffset() == timedelta(0)
    assert abs(now - datetime.now(UTC)) < timedelta(seconds=5)


@pytest.mark.django_db
def test_in_production_the_world_has_no_clock_of_its_own(
    settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    settings.DEMO = False
    set_world(to=WORLD, real=REAL)
    with django_assert_num_queries(0):
        assert abs(clock.world_now() - clock.real_now()) < timedelta(seconds=5)


@pytest.mark.django_db
def test_in_a_demonstration_the_world_runs_beside_the_real_clock(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    settings.DEMO = True
    set_world(to=WORLD, real=REAL)
    monkeypatch.setattr(clock, "real_now", lambda: REAL + HOUR)
    with django_assert_num_queries(1):
        assert clock.world_now() == WORLD + HOUR


@pytest.mark.django_db
def test_before_a_demonstration_is_loaded_its_time_is_real(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DEMO = True
    monkeypatch.setattr(clock, "real_now", lambda: REAL)
    assert clock.world_now() == REAL


@pytest.mark.django_db
@pytest.mark.parametrize(("hour", "day"), [(4, date(2026, 11, 23)), (5, date(2026, 11, 24))])
def test_today_is_new_yorks(settings: Settings, monkeypatch: pytest.MonkeyPatch, hour: int, day: date) -> None:
    settings.DEMO = False
    monkeypatch.setattr(clock, "real_now", lambda: datetime(2026, 11, 24, hour, 59 * (hour == 4), tzinfo=UTC))
    assert clock.world_today() == day


@given(moment=st.datetimes(timezones=st.just(UTC), min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1)))  # noqa: DTZ001 - given UTC
def test_a_moment_lies_within_its_day(moment: datetime) -> None:
    day = local_day(moment)
    assert at_local(day, 0).astimezone(UTC) <= moment < at_local(day + timedelta(days=1), 0).astimezone(UTC)


def test_a_wall_clocks_time_follows_summer_time() -> None:
    assert at_local(date(2026, 7, 1), 7, 30).astimezone(UTC) == datetime(2026, 7, 1, 11, 30, tzinfo=UTC)
    assert at_local(date(2026, 12, 1), 7, 30).astimezone(UTC) == datetime(2026, 12, 1, 12, 30, tzinfo=UTC)
    assert at_local(date(2026, 12, 1), 7, 30).tzinfo is NEW_YORK


@pytest.mark.django_db
def test_setting_the_world_again_replaces_it() -> None:
    for to in (WORLD, WORLD + HOUR):
        set_world(to=to, real=REAL)
    row = WorldClock.objects.get()
    assert (row.offset, row.seen) == (WORLD + HOUR - REAL, WORLD + HOUR)


@pytest.mark.django_db
def test_the_world_moves_on_by_what_was_asked_from_where_it_is_now() -> None:
    set_world(to=WORLD, real=REAL)
    assert move_world(by=3 * HOUR, real=REAL + HOUR) == WORLD + 4 * HOUR
    row = WorldClock.objects.get()
    assert (row.offset, row.seen) == (WORLD - REAL + 3 * HOUR, WORLD + 4 * HOUR)


@pytest.mark.django_db
@pytest.mark.parametrize("by", [timedelta(0), -timedelta(seconds=1)])
def test_the_world_never_goes_back_and_never_stands(by: timedelta) -> None:
    set_world(to=WORLD, real=REAL)
    with pytest.raises(ValueError, match="only moves forward"):
        move_world(by=by, real=REAL)
    assert WorldClock.objects.get().offset == WORLD - REAL


@pytest.mark.django_db
def test_without_a_world_there_is_nothing_to_move() -> None:
    with pytest.raises(WorldClock.DoesNotExist):
        move_world(by=HOUR, real=REAL)


@pytest.mark.django_db
def test_while_nothing_runs_the_world_stands_still() -> None:
    """A process notes how far it came; a night later the next one goes on from there."""
    set_world(to=WORLD, real=REAL)
    note_seen(real=REAL + HOUR)
    assert WorldClock.objects.get().seen == WORLD + HOUR
    assert resume_world(real=REAL + 10 * HOUR) == WORLD + HOUR
    row = WorldClock.objects.get()
    assert REAL + 10 * HOUR + row.offset == WORLD + HOUR


@pytest.mark.django_db
def test_in_production_nothing_is_noted_or_resumed() -> None:
    note_seen(real=REAL)
    assert resume_world(real=REAL) is None
    assert not WorldClock.objects.exists()
