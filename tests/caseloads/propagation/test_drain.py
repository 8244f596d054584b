"""Draining an outbox through every kind of trouble, by calling it directly."""

from __future__ import annotations

from datetime import timedelta

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.db import OperationalError, connection
from pytest_django import Settings

from caseloads.kinds import DeliveryState, Fault, System
from caseloads.models import Breaker, CapNotice, Delivery, SystemSetting
from caseloads.propagation import lane
from caseloads.systems.registry import GATEWAYS
from tests.caseloads.calls import Scene, scene
from tests.caseloads.propagation.queue import SECOND, Clocks, Watched, behind, queued, state, watched

HOUR = timedelta(hours=1)


@pytest.fixture
def here(db: None) -> Scene:
    return scene()


@pytest.fixture
def clocks() -> Clocks:
    return Clocks()


@pytest.fixture
def cap(monkeypatch: pytest.MonkeyPatch) -> Watched:
    watcher = watched()
    monkeypatch.setitem(GATEWAYS, System.CAP, watcher)
    return watcher


def fault(kind: Fault, **changes: int) -> None:
    """Make CAP misbehave, or behave again."""
    SystemSetting.objects.filter(system=System.CAP).update(fault=kind, **changes)


def states() -> list[DeliveryState]:
    """Return how far each delivery has come, in order."""
    return [DeliveryState(one) for one in Delivery.objects.order_by("id").values_list("state", flat=True)]


def test_an_empty_outbox_is_drained_at_once(here: Scene, clocks: Clocks) -> None:
    assert clocks.drain() == 0
    assert Breaker.objects.get().drainer is None


@pytest.mark.parametrize("system", System)
def test_what_is_due_is_taken_by_its_system_alone(here: Scene, clocks: Clocks, system: System) -> None:
    for one in System:
        queued(here, 3, one)
    assert clocks.drain(system) == 3
    delivered = Delivery.objects.filter(state=DeliveryState.DELIVERED)
    assert set(delivered.values_list("system", flat=True)) == {system}
    assert delivered.count() == 3
    for row in delivered:
        assert (row.delivered, row.shown, row.attempts) == (clocks.real, None, 0)
        assert row.expected is not None
        assert row.expected > clocks.world


def test_more_than_a_batch_goes_in_batches_in_order(
    here: Scene, clocks: Clocks, cap: Watched, settings: Settings
) -> None:
    settings.DELIVERY_BATCH = 4
    rows = queued(here, 10)
    assert clocks.drain() == 10
    assert cap.arrived == [row.pk for row in rows]
    assert [len(batch) for batch in cap.batches] == [4, 4, 2]


def test_deliveries_of_one_student_and_service_arrive_in_order(here: Scene, clocks: Clocks, cap: Watched) -> None:
    (first,) = queued(here)
    second, third = behind(first), behind(first)
    assert clocks.drain() == 3
    assert cap.batches == [[first.pk], [second.pk], [third.pk]]


def test_nothing_is_sent_inside_a_transaction_of_ours(here: Scene, clocks: Clocks, cap: Watched) -> None:
    depths: list[int] = []

    def look(_: int) -> None:
        depths.append(len(connection.savepoint_ids))

    around = len(connection.savepoint_ids)
    cap.broken = look
    queued(here)
    clocks.drain()
    assert depths == [around + 1], "the receiver's own transaction is the only one"


def test_while_another_worker_has_the_lane_nothing_is_done(here: Scene, clocks: Clocks) -> None:
    queued(here)
    lane.take(System.CAP, now=clocks.real)
    assert clocks.drain() == 0
    clocks.tick(timedelta(seconds=30))
    assert clocks.drain() == 1


def test_a_silent_system_costs_no_attempt_and_opens_its_breaker(here: Scene, clocks: Clocks, cap: Watched) -> None:
    rows = queued(here, 5)
    fault(Fault.OFF)
    for _ in range(3):
        clocks.drain()
        clocks.tick(6 * SECOND)
    assert Breaker.objects.get(system=System.CAP).opened is not None
    for row in rows:
        assert (state(row), row.attempts, row.reason) == (DeliveryState.WAITING, 0, "CAP did not answer")
    assert cap.batches == []


def silenced(here: Scene, clocks: Clocks, count: int) -> list[Delivery]:
    """Queue deliveries and let CAP be silent until its breaker is open."""
    rows = queued(here, count)
    fault(Fault.OFF)
    for _ in range(3):
        clocks.drain()
        clocks.tick(6 * SECOND)
    return rows


def test_an_open_breaker_leaves_the_system_alone_until_its_probe(here: Scene, clocks: Clocks, cap: Watched) -> None:
    silenced(here, clocks, 5)
    fault(Fault.NONE)
    assert clocks.drain() == 0
    assert cap.batches == []


def test_a_probe_is_one_and_its_answer_lets_all_others_follow_in_order(
    here: Scene, clocks: Clocks, cap: Watched
) -> None:
    rows = silenced(here, clocks, 6)
    last = behind(rows[0])
    fault(Fault.NONE)
    clocks.tick(15 * SECOND)
    assert clocks.drain() == 7
    assert cap.batches == [[rows[0].pk], [*(row.pk for row in rows[1:]), last.pk]]
    assert set(states()) == {DeliveryState.DELIVERED}
    assert Breaker.objects.get(system=System.CAP).opened is None


def test_an_unanswered_probe_sends_nothing_else(here: Scene, clocks: Clocks) -> None:
    silenced(here, clocks, 5)
    before = Breaker.objects.get(system=System.CAP).silences
    clocks.tick(15 * SECOND)
    assert clocks.drain() == 0
    assert Breaker.objects.get(system=System.CAP).silences == before + 1


def test_after_a_day_of_silence_everything_is_parked_although_the_breaker_is_open(here: Scene, clocks: Clocks) -> None:
    rows = silenced(here, clocks, 3)
    clocks.tick(24 * HOUR)
    clocks.drain()
    for row in rows:
        assert (state(row), row.reason) == (DeliveryState.PARKED, "CAP did not take it for 24 hours")
        assert row.attempts == 0


def test_a_rejected_record_is_parked_at_once_and_the_next_of_its_student_goes_on(here: Scene, clocks: Clocks) -> None:
    (first,) = queued(here)
    fault(Fault.REJECT)
    clocks.drain()
    assert state(first) == DeliveryState.PARKED
    second = behind(first)
    fault(Fault.NONE)
    clocks.drain()
    assert (state(first), state(second)) == (DeliveryState.PARKED, DeliveryState.DELIVERED)


@pytest.mark.parametrize("seed", range(4))
def test_lost_messages_and_replies_are_sent_again_until_each_arrived_once(
    here: Scene, clocks: Clocks, cap: Watched, seed: int
) -> None:
    for place, row in enumerate(queued(here, 20)):
        Delivery.objects.filter(pk=row.pk).update(id=10_000_000 + place)  # what is struck depends on it
    fault(Fault.LOSE, rate=30, seed=seed)
    for _ in range(40):
        clocks.drain()
        clocks.tick(60 * SECOND)
    assert set(states()) == {DeliveryState.DELIVERED}
    assert len(cap.arrived) > len(set(cap.arrived)) == CapNotice.objects.count() == 20


def test_what_is_always_lost_is_parked_after_eight(here: Scene, clocks: Clocks) -> None:
    (row,) = queued(here)
    fault(Fault.LOSE, rate=100)
    for _ in range(12):
        clocks.drain()
        clocks.tick(HOUR)
    assert (state(row), row.attempts) == (DeliveryState.PARKED, 8)


def test_a_message_taken_twice_has_one_effect(here: Scene, clocks: Clocks, cap: Watched) -> None:
    queued(here, 3)
    fault(Fault.DUPLICATE)
    assert clocks.drain() == 3
    assert len(cap.arrived) == 6
    assert CapNotice.objects.count() == 3


def test_a_poisoned_delivery_is_parked_after_eight_and_its_neighbors_arrive_at_once(
    here: Scene, clocks: Clocks, cap: Watched
) -> None:
    rows = queued(here, 6)
    poison = rows[2]
    cap.broken = lambda one: ZeroDivisionError("name of a student") if one == poison.pk else None
    clocks.drain()
    assert [state(row) for row in rows if row != poison] == [DeliveryState.DELIVERED] * 5
    assert (state(poison), poison.attempts, poison.alone) == (DeliveryState.WAITING, 1, True)
    assert poison.reason == "CAP failed on it (ZeroDivisionError)"
    for _ in range(12):
        clocks.tick(HOUR)
        clocks.drain()
    assert (state(poison), poison.attempts) == (DeliveryState.PARKED, 8)
    assert cap.arrived.count(poison.pk) == 1 + 8


def test_a_broken_batch_keeps_the_order_of_a_students_deliveries(here: Scene, clocks: Clocks, cap: Watched) -> None:
    rows = queued(here, 3)
    after = behind(rows[0])
    cap.broken = lambda one: ZeroDivisionError() if one == rows[1].pk else None
    clocks.drain()
    order = [batch[0] for batch in cap.batches if len(batch) == 1]
    assert order.index(rows[0].pk) < order.index(after.pk)


def test_trouble_of_our_own_database_is_nobodys_failure(here: Scene, clocks: Clocks, cap: Watched) -> None:
    (row,) = queued(here)
    cap.broken = lambda _: OperationalError("connection lost")
    with pytest.raises(OperationalError):
        clocks.drain()
    assert (state(row), row.attempts) == (DeliveryState.SENDING, 0)
    assert Breaker.objects.get(system=System.CAP).drainer is None
    cap.broken = lambda _: None
    clocks.tick(30 * SECOND)
    assert clocks.drain() == 1
    assert state(row) == DeliveryState.DELIVERED


def test_a_delivery_that_takes_too_long_has_failed_and_the_lane_is_free(
    here: Scene, clocks: Clocks, cap: Watched
) -> None:
    (row,) = queued(here)
    cap.broken = lambda _: SoftTimeLimitExceeded()
    with pytest.raises(SoftTimeLimitExceeded):
        clocks.drain()
    assert (state(row), row.attempts, row.reason) == (DeliveryState.WAITING, 1, "CAP took too long over it")
    assert Breaker.objects.get(system=System.CAP).drainer is None


def test_what_a_dead_worker_left_is_sent_again_when_its_lease_has_run_out(
    here: Scene, clocks: Clocks, cap: Watched
) -> None:
    rows = queued(here, 3)
    cap.broken = lambda _: OperationalError("killed")
    with pytest.raises(OperationalError):
        clocks.drain()
    cap.broken = lambda _: None
    assert clocks.drain() == 0
    clocks.tick(30 * SECOND)
    assert clocks.drain() == 3
    assert [state(row) for row in rows] == [DeliveryState.DELIVERED] * 3
    assert [len(batch) for batch in cap.batches] == [3, 1, 1, 1]
