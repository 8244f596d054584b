"""What must go alone goes outside the lane, one at a time, and nobody spins on what is not due."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from caseloads.kinds import DeliveryState, System
from caseloads.models import Breaker, Delivery
from caseloads.propagation import deliver, lane, moves, outbox
from caseloads.systems.registry import GATEWAYS
from tests import build
from tests.caseloads.calls import Scene, accepted, delivery, scene

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def here() -> Scene:
    """Return a scene whose systems are set up."""
    return scene()


def queued(here: Scene, **changes: Any) -> Delivery:
    """Return a delivery to CAP of a new student's call."""
    return delivery(accepted(here.provider, build.mandated(here.school)), **changes)


def behind(first: Delivery) -> Delivery:
    """Return a later delivery to CAP about the same student and service."""
    return delivery(accepted(build.provider(), first.student.mandates.get()))


def drain() -> int:
    """Drain CAP while the clocks stand still."""
    return deliver.drain(System.CAP, real=lambda: build.REAL, world=lambda: build.NOW)


def claim_alone() -> list[int]:
    """Claim what goes alone and return the ids."""
    batch = outbox.claim(System.CAP, limit=500, alone=True, now=build.REAL)
    return [] if batch is None else [one.delivery for one in batch.messages]


def test_of_those_that_go_alone_one_is_on_its_way_at_a_time(here: Scene) -> None:
    first, _ = queued(here, alone=True), queued(here, alone=True)
    assert claim_alone() == [first.pk]
    assert not outbox.is_due(System.CAP, alone=True, now=build.REAL)
    assert claim_alone() == []


def test_a_batch_does_not_wait_for_one_that_is_alone_on_its_way(here: Scene) -> None:
    queued(here, alone=True)
    claim_alone()
    queued(here)
    assert outbox.is_due(System.CAP, alone=False, now=build.REAL)
    assert drain() == 1


def test_those_that_never_failed_by_themselves_go_first(here: Scene) -> None:
    failing, innocent = queued(here, alone=True, attempts=1), queued(here, alone=True)
    assert claim_alone() == [innocent.pk]
    Delivery.objects.filter(pk=innocent.pk).delete()
    assert claim_alone() == [failing.pk]


def test_batches_keep_their_order_whatever_failed_before(here: Scene) -> None:
    failing, innocent = queued(here, attempts=1), queued(here)
    batch = outbox.claim(System.CAP, limit=500, alone=False, now=build.REAL)
    assert batch is not None
    assert [one.delivery for one in batch.messages] == [failing.pk, innocent.pk]


@pytest.mark.parametrize(("alone", "held"), [(False, True), (True, False)])
def test_the_lane_is_free_while_one_goes_alone(
    here: Scene, monkeypatch: pytest.MonkeyPatch, alone: bool, held: bool
) -> None:
    queued(here, alone=alone)
    seen: list[bool] = []
    take = GATEWAYS[System.CAP].take

    def watch(messages: object, *, now: datetime) -> object:
        seen.append(Breaker.objects.get(system=System.CAP).drainer is not None)
        return take(messages, now=now)  # type: ignore[arg-type] # passed through as it came

    monkeypatch.setattr(GATEWAYS[System.CAP], "take", watch)
    assert drain() == 1
    assert seen == [held]


def test_all_that_go_alone_are_sent_in_one_drain(here: Scene) -> None:
    rows = [queued(here, alone=True) for _ in range(5)]
    assert drain() == len(rows)
    assert set(Delivery.objects.values_list("state", flat=True)) == {DeliveryState.DELIVERED}


def test_a_drain_ends_at_once_where_all_that_waits_is_behind_an_earlier_one(here: Scene) -> None:
    first = queued(here, due=build.REAL + HOUR)
    behind(first)
    assert not outbox.is_due(System.CAP, alone=False, now=build.REAL)
    assert drain() == 0
    assert outbox.is_due(System.CAP, alone=False, now=build.REAL + HOUR)


def test_the_clock_does_not_wait_for_what_waits_behind_an_earlier_one(here: Scene) -> None:
    behind(queued(here, due=build.REAL + HOUR))
    clock = itertools.count()
    settled = moves.settle_outbox(
        real=lambda: build.REAL + timedelta(milliseconds=next(clock)), world=lambda: build.NOW, patience=60
    )
    assert settled
    assert next(clock) < 1000


def test_a_drain_does_nothing_while_somebody_else_has_the_lane(
    here: Scene, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    queued(here)
    lane.take(System.CAP, now=build.REAL)
    with django_assert_num_queries(2):
        assert drain() == 0


@pytest.mark.parametrize("name", ["orcs_portal.settings.base", "orcs_portal.settings.faults"])
def test_a_worker_that_hangs_is_ended_before_its_lease(name: str) -> None:
    times = import_module(name)
    assert times.DRAIN_SECONDS + times.SYSTEM_PATIENCE < times.DRAIN_SOFT_LIMIT
    assert times.DRAIN_SOFT_LIMIT < times.DRAIN_LIMIT < times.DELIVERY_LEASE
