"""Acts on deliveries, knobs, the clock and documents: they set rows, and nothing is sent by them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from pytest_django import Settings

from caseloads import actions
from caseloads.kinds import DeliveryState, Fault, IepStatus, System
from caseloads.models import Breaker, ClockMove, Delivery, SystemSetting
from orcs_portal.shared.models import Touched
from tests import build
from tests.caseloads.calls import accepted, delivery, scene

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def rows() -> dict[System, Delivery]:
    """Return the deliveries of one call: parked for CAP, failed for SEC, taken by SESIS."""
    here = scene()
    call = accepted(here.provider, here.mandate)
    failed = {"failed": build.REAL, "reason": "Full", "attempts": 8}
    return {
        System.CAP: delivery(call, System.CAP, state=DeliveryState.PARKED, **failed),
        System.SEC: delivery(call, System.SEC, due=build.REAL + 60 * MINUTE, **failed),
        System.SESIS: delivery(call, System.SESIS, state=DeliveryState.DELIVERED, delivered=build.REAL),
    }


def replay(**wanted: Any) -> list[int]:
    """Send deliveries again a minute later."""
    return actions.replay(deliveries=Delivery.objects.filter(**wanted), by=None, now=build.REAL + MINUTE)


def test_parked_and_failed_deliveries_start_anew(rows: dict[System, Delivery]) -> None:
    assert sorted(replay()) == sorted([rows[System.CAP].pk, rows[System.SEC].pk])
    for system in (System.CAP, System.SEC):
        row = Delivery.objects.get(pk=rows[system].pk)
        assert (row.state, row.attempts, row.reason, row.failed) == (DeliveryState.WAITING, 0, "", None)
        assert row.due == row.queued == row.replayed == build.REAL + MINUTE


def test_what_is_taken_stays_and_is_not_counted(rows: dict[System, Delivery]) -> None:
    assert replay(system=System.SESIS) == []
    assert Delivery.objects.get(system=System.SESIS).state == DeliveryState.DELIVERED


def test_who_sent_again_is_written_beside_it(rows: dict[System, Delivery]) -> None:
    user = build.user()
    actions.replay(deliveries=Delivery.objects.filter(system=System.CAP), by=user, now=build.REAL)
    assert Delivery.objects.get(system=System.CAP).replayed_by == user


def test_sending_again_lets_an_open_breakers_probe_through_of_that_system_alone(rows: dict[System, Delivery]) -> None:
    for system in System:
        Breaker.objects.update_or_create(
            system=system, defaults={"opened": build.REAL, "probe": build.REAL + 60 * MINUTE}
        )
    replay(system=System.CAP)
    probes = dict(Breaker.objects.values_list("system", "probe"))
    assert probes[System.CAP] == build.REAL + MINUTE
    assert probes[System.SEC] == build.REAL + 60 * MINUTE


def knob(fault: Fault) -> SystemSetting:
    """Set SEC to a fault."""
    actions.set_fault(system=System.SEC, fault=fault, by=None, now=build.REAL, world=build.NOW)
    return SystemSetting.objects.get(system=System.SEC)


@pytest.mark.parametrize(
    ("fault", "rate"), [(Fault.OFF, 100), (Fault.LOSE, 50), (Fault.REJECT, 100), (Fault.NONE, 100)]
)
def test_a_knob_is_set_with_its_share_and_in_world_time(fault: Fault, rate: int) -> None:
    row = knob(fault)
    assert (row.fault, row.rate, row.changed) == (fault, rate, build.NOW)


def test_a_system_in_order_again_is_asked_at_once(rows: dict[System, Delivery]) -> None:
    Breaker.objects.update_or_create(
        system=System.SEC, defaults={"opened": build.REAL, "probe": build.REAL + 60 * MINUTE}
    )
    knob(Fault.OFF)
    assert Delivery.objects.get(system=System.SEC).due == build.REAL + 60 * MINUTE
    knob(Fault.NONE)
    assert Delivery.objects.get(system=System.SEC).due == build.REAL
    assert Breaker.objects.get(system=System.SEC).probe == build.REAL


def test_the_clock_is_asked_for_once_while_it_moves(settings: Settings) -> None:
    settings.DEMO = True
    first = actions.ask_clock(minutes=60, by=None, now=build.REAL)
    again = actions.ask_clock(minutes=1440, by=None, now=build.REAL + MINUTE)
    assert (again.pk, again.minutes) == (first.pk, 60)
    ClockMove.objects.update(done=build.REAL)
    assert actions.ask_clock(minutes=1440, by=None, now=build.REAL + MINUTE).pk != first.pk


def test_outside_a_demonstration_no_clock_moves() -> None:
    with pytest.raises(ValueError, match="Only a demonstration's clock"):
        actions.ask_clock(minutes=60, by=None, now=build.REAL)
    assert not ClockMove.objects.exists()


def test_a_final_iep_touches_its_student() -> None:
    here = scene()
    draft = build.iep(here.mandate.student, version=2, status=IepStatus.DRAFT, starts=build.TODAY)
    build.mandate(draft)
    assert actions.finalise_iep(iep_id=draft.pk, by=None, now=build.NOW).status == IepStatus.FINAL
    assert Touched.objects.get().subject_id == here.mandate.student_id


def test_what_cannot_be_final_touches_nobody() -> None:
    here = scene()
    draft = build.iep(here.mandate.student, version=2, status=IepStatus.DRAFT, starts=build.TODAY)
    with pytest.raises(actions.CannotFinalise, match="names no mandate"):
        actions.finalise_iep(iep_id=draft.pk, by=None, now=build.NOW)
    assert not Touched.objects.exists()
