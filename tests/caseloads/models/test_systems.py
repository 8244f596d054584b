"""The systems' own tables, their knobs, the lanes and the clock: what the database refuses."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from caseloads.kinds import System
from caseloads.models import Breaker, CapMandate, ClockMove, SecCarried, SecLine, SystemSetting
from orcs_portal.shared.models import PeriodicRun, WorldClock
from tests import build
from tests.refusals import refused

pytestmark = pytest.mark.django_db

LINE: dict[str, Any] = {
    "osis": 900_000_001,
    "service": 1,
    "language": 1,
    "setting": 2,
    "frequency": 3,
    "duration": 30,
    "group_size": 2,
    "status": 1,
}
CAP: dict[str, Any] = {**LINE, "starts": build.YEAR[0], "since": build.NOW}


def test_cap_holds_one_open_mandate_of_a_line_and_any_number_of_closed_ones() -> None:
    for _ in range(2):
        CapMandate.objects.create(**CAP | {"status": 7})
    CapMandate.objects.create(**CAP)
    with refused("cap_mandate_open_once"):
        CapMandate.objects.create(**CAP | {"status": 6})
    CapMandate.objects.create(**CAP | {"setting": 1})
    assert CapMandate.objects.count() == 4


def test_cap_takes_what_no_iep_says() -> None:
    """What others say may be anything: a student we never heard of, and a mandate of no session."""
    assert CapMandate.objects.create(**CAP | {"osis": 0, "frequency": 0, "group_size": 30, "ends": build.BEFORE}).pk


def test_sec_carries_a_line_once_and_reports_it_once_at_a_time() -> None:
    SecCarried.objects.create(**LINE, carried=build.NOW)
    with refused("sec_carried_once"):
        SecCarried.objects.create(**LINE, carried=build.NOW)
    SecLine.objects.create(**LINE, from_at=build.NOW)
    with refused("sec_line_current_once"):
        SecLine.objects.create(**LINE, from_at=build.NOW + timedelta(days=1))


def test_a_line_of_the_report_lasts() -> None:
    SecLine.objects.create(**LINE, from_at=build.NOW, until_at=build.NOW + timedelta(seconds=1))
    with refused("sec_line_until_after"):
        SecLine.objects.update(until_at=build.NOW)


@pytest.mark.parametrize("rate", [0, 100])
def test_a_fault_strikes_no_message_or_all(rate: int) -> None:
    assert SystemSetting.objects.create(system=System.CAP, rate=rate).rate == rate


def test_a_fault_strikes_no_more_than_all() -> None:
    with refused("system_rate_is_a_percentage"):
        SystemSetting.objects.create(system=System.CAP, rate=101)


def test_whoever_turned_a_knob_did_so_at_a_time() -> None:
    SystemSetting.objects.create(system=System.CAP, changed=build.NOW, changed_by=build.user())
    with refused("system_changer_only_with_time"):
        SystemSetting.objects.update(changed=None)


@pytest.mark.parametrize("lags", [(2, 1, 3), (1, 3, 2), (1, 0, 0)])
def test_lags_are_in_order(lags: tuple[int, int, int]) -> None:
    with refused("system_lags_in_order"):
        SystemSetting.objects.create(
            system=System.SESIS, **dict(zip(("lag_min", "lag_max", "lag_promise"), lags, strict=True))
        )


@pytest.mark.parametrize("given", ["drainer", "drains_until"])
def test_a_lane_is_leased_with_its_end_or_not_at_all(given: str) -> None:
    value = {"drainer": uuid4(), "drains_until": build.REAL}[given]
    with refused("breaker_lane_leased_whole"):
        Breaker.objects.create(system=System.CAP, **{given: value})


@pytest.mark.parametrize("given", ["opened", "probe"])
def test_an_open_breaker_probes_and_a_closed_one_does_not(given: str) -> None:
    with refused("breaker_open_iff_it_probes"):
        Breaker.objects.create(system=System.CAP, **{given: build.REAL})


@pytest.mark.parametrize("minutes", [1, 31 * 24 * 60])
def test_the_clock_moves_by_a_minute_up_to_a_month(minutes: int) -> None:
    assert ClockMove.objects.create(minutes=minutes, asked=build.REAL).pk


@pytest.mark.parametrize("minutes", [0, 31 * 24 * 60 + 1])
def test_the_clock_neither_stands_nor_leaps(minutes: int) -> None:
    with refused("clock_move_in_bounds"):
        ClockMove.objects.create(minutes=minutes, asked=build.REAL)


def test_there_is_one_world_clock() -> None:
    WorldClock.objects.create(seen=build.NOW)
    with refused("world_clock_is_one_row"):
        WorldClock.objects.create(id=2, seen=build.NOW)


def test_a_night_is_begun_once() -> None:
    PeriodicRun.objects.create(task="cap-night", due=build.NOW, started=build.REAL)
    with refused("periodic_run_once"):
        PeriodicRun.objects.create(task="cap-night", due=build.NOW, started=build.REAL)
    PeriodicRun.objects.create(task="sec-night", due=build.NOW, started=build.REAL)
