"""Moving the demonstration's clock on: once, whoever tries, and never before what is due was sent."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from functools import partial

import pytest

from caseloads.kinds import DeliveryState, Fault, System
from caseloads.models import ClockMove, Delivery, Entry, SystemSetting
from caseloads.propagation import lane, nightly
from caseloads.propagation.moves import await_done, carry_out, settle_outbox, waiting_moves
from orcs_portal.shared import clock
from orcs_portal.shared.models import PeriodicRun, WorldClock
from tests import build
from tests.caseloads.calls import accepted, delivery
from tests.caseloads.propagation.queue import behind, queued
from tests.caseloads.propagation.world import DAY, HOUR, begun
from tests.threads import at_once

DAY_MINUTES = 24 * 60


def real() -> datetime:
    """Return a real time that stands still."""
    return build.REAL


def world() -> datetime:
    """Return the world's time, which only moves when it is moved."""
    return build.REAL + WorldClock.objects.get().offset


def asked_for(minutes: int = DAY_MINUTES) -> ClockMove:
    """Ask for a move."""
    return ClockMove.objects.create(minutes=minutes, asked=build.REAL)


def carried_out(move: ClockMove) -> int | None:
    """Carry a move out, waiting for nobody."""
    return carry_out(move.pk, real=real, world=world, patience=1.0)


@pytest.fixture
def demo(db: None) -> None:
    clock.set_world(to=build.NOW, real=build.REAL)


def test_a_move_sets_the_clock_on_and_does_what_fell_due(demo: None) -> None:
    here = begun()
    delivery(accepted(here.provider, here.mandate), System.SESIS)
    move = asked_for()
    assert carried_out(move) == 4, "SESIS at work and three nights"
    move.refresh_from_db()
    assert (move.reached, move.done) == (build.NOW + DAY, build.REAL)
    assert world() == build.NOW + DAY
    assert Entry.objects.count() == 1
    assert waiting_moves() == []


def test_what_is_due_is_sent_before_the_clock_moves(demo: None) -> None:
    """Else a call made at noon would reach CAP after the night that the move went over."""
    here = begun()
    for system in System:
        delivery(accepted(here.provider, here.mandate, school_year=build.YEAR[0] + system * DAY), system)
    carried_out(asked_for())
    assert not Delivery.objects.exclude(state=DeliveryState.DELIVERED).exists()
    assert Delivery.objects.get(system=System.CAP).shown == build.NOW.replace(hour=2, minute=0) + DAY


def test_a_move_that_is_done_is_not_done_again(demo: None) -> None:
    begun()
    move = asked_for()
    carried_out(move)
    assert carried_out(move) is None
    assert world() == build.NOW + DAY


def test_a_move_whose_worker_died_after_the_clock_went_on_is_only_walked(demo: None) -> None:
    begun()
    move = asked_for()
    ClockMove.objects.filter(pk=move.pk).update(reached=build.NOW + DAY)
    clock.set_world(to=build.NOW + DAY, real=build.REAL)
    assert waiting_moves() == [move.pk]
    assert carried_out(move) == 3
    assert world() == build.NOW + DAY
    assert waiting_moves() == []


def test_moves_wait_in_the_order_in_which_they_were_asked_for(demo: None) -> None:
    begun()
    first, second = asked_for(60), asked_for(30)
    assert waiting_moves() == [first.pk, second.pk]
    for move in (first, second):
        carried_out(move)
    second.refresh_from_db()
    assert second.reached == build.NOW + timedelta(minutes=90)


@pytest.mark.django_db(transaction=True)
def test_many_who_carry_out_one_move_move_the_clock_once() -> None:
    clock.set_world(to=build.NOW, real=build.REAL)
    begun()
    move = asked_for()
    at_once([partial(carried_out, move)] * 4)
    assert world() == build.NOW + DAY
    nights = [night.task for night in nightly.NIGHTS]
    assert PeriodicRun.objects.filter(task__in=nights, due__gt=build.NOW).count() == 3
    move.refresh_from_db()
    assert move.done is not None


def test_an_empty_outbox_is_settled_at_once(demo: None) -> None:
    begun()
    assert settle_outbox(real=real, world=world, patience=1.0)


@pytest.mark.parametrize("held", ["silent", "backoff", "behind"])
def test_what_is_not_due_does_not_hold_the_clock_up(demo: None, held: str) -> None:
    (row,) = queued(begun())
    if held == "silent":
        SystemSetting.objects.filter(system=System.CAP).update(fault=Fault.OFF)
    else:
        Delivery.objects.filter(pk=row.pk).update(due=build.REAL + HOUR)
    if held == "behind":
        behind(row)
    assert settle_outbox(real=real, world=world, patience=1.0)


def test_what_another_worker_is_sending_is_waited_for(demo: None, monkeypatch: pytest.MonkeyPatch) -> None:
    (row,) = queued(begun())
    token = lane.take(System.CAP, now=build.REAL)
    waited: list[float] = []

    def sleep(seconds: float) -> None:
        waited.append(seconds)
        assert token is not None
        lane.leave(System.CAP, token)

    monkeypatch.setattr(time, "sleep", sleep)
    assert settle_outbox(real=real, world=world, patience=1.0)
    row.refresh_from_db()
    assert (len(waited), row.state) == (1, DeliveryState.DELIVERED)


def test_whoever_asked_waits_until_the_move_is_done(demo: None, monkeypatch: pytest.MonkeyPatch) -> None:
    move, looks = asked_for(), []

    def sleep(seconds: float) -> None:
        looks.append(seconds)
        ClockMove.objects.filter(pk=move.pk).update(done=build.REAL)

    monkeypatch.setattr(time, "sleep", sleep)
    assert await_done(move.pk, patience=10.0)
    assert len(looks) == 1


def test_whoever_asked_does_not_wait_forever(demo: None) -> None:
    assert not await_done(asked_for().pk, patience=0.01)
