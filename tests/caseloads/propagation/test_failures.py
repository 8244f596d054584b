"""Two kinds of failure, backoff, parking and giving up."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from caseloads.kinds import DeliveryState, System
from caseloads.models import Delivery
from caseloads.propagation import outbox
from caseloads.propagation.backoff import delay, probe_delay
from caseloads.propagation.outbox import Batch
from caseloads.systems.contract import NoReply, Refused, Reply, Taken
from tests import build
from tests.caseloads.calls import Scene, scene
from tests.caseloads.propagation.queue import SECOND, queued, state

DAY = timedelta(days=1)
attempts = st.integers(1, 60)
keys = st.integers(1, 10**12)


@given(attempts=attempts, key=keys)
def test_a_wait_doubles_from_five_seconds_up_to_an_hour_within_a_tenth(attempts: int, key: int) -> None:
    plain = min(5.0 * 2 ** (attempts - 1), 3600.0)
    assert 0.9 * plain <= delay(attempts=attempts, key=key).total_seconds() <= 1.1 * plain


@given(attempts=st.integers(1, 9), key=keys)
def test_each_wait_is_longer_than_the_one_before(attempts: int, key: int) -> None:
    assert delay(attempts=attempts, key=key) < delay(attempts=attempts + 1, key=key)


@given(attempts=attempts, key=keys)
def test_a_wait_can_be_repeated(attempts: int, key: int) -> None:
    assert delay(attempts=attempts, key=key) == delay(attempts=attempts, key=key)


def test_neighbors_do_not_all_come_back_at_once() -> None:
    waits = [delay(attempts=4, key=key).total_seconds() for key in range(200)]
    assert len({round(one, 3) for one in waits}) > 150
    assert max(waits) - min(waits) > 0.15 * 40


@given(probes=st.integers(0, 10**6))
def test_a_probe_waits_fifteen_seconds_doubling_up_to_five_minutes(probes: int) -> None:
    assert probe_delay(probes=probes).total_seconds() == min(15.0 * 2 ** min(probes, 20), 300.0)


@pytest.fixture
def here(db: None) -> Scene:
    return scene()


def claimed(row: Delivery) -> Batch:
    """Claim the one delivery there is, when it is due."""
    row.refresh_from_db()
    batch = outbox.claim(System.CAP, limit=1, alone=row.alone, now=row.due)
    assert batch is not None
    return batch


def answer(row: Delivery, reply: Reply) -> None:
    """Send a delivery once, with this reply."""
    batch = claimed(row)
    outbox.record(batch, {row.pk: reply}, now=row.due)
    row.refresh_from_db()


def test_no_reply_is_tried_again_after_a_backoff(here: Scene) -> None:
    (row,) = queued(here)
    answer(row, NoReply("CAP lost it"))
    assert state(row) == DeliveryState.WAITING
    assert (row.attempts, row.reason, row.failed) == (1, "CAP lost it", build.REAL)
    assert row.due == build.REAL + delay(attempts=1, key=row.pk)
    assert (row.alone, row.token) == (False, None)


def test_a_refusal_is_parked_at_once(here: Scene) -> None:
    (row,) = queued(here)
    answer(row, Refused("CAP rejected the record"))
    assert state(row) == DeliveryState.PARKED
    assert (row.attempts, row.reason, row.failed) == (1, "CAP rejected the record", build.REAL)


def test_after_eight_failures_of_its_own_a_delivery_is_parked(here: Scene, settings: Settings) -> None:
    (row,) = queued(here)
    waits = []
    for failures in range(1, 8):
        before = row.due
        answer(row, NoReply("CAP lost it"))
        assert (state(row), row.attempts) == (DeliveryState.WAITING, failures)
        waits.append((row.due - before).total_seconds())
    assert waits == sorted(waits)
    answer(row, NoReply("CAP lost it"))
    assert (state(row), row.attempts) == (DeliveryState.PARKED, settings.DELIVERY_ATTEMPTS)


def test_in_a_batch_each_has_its_own_reply(here: Scene) -> None:
    good, lost, bad, silent = queued(here, 4)
    batch = outbox.claim(System.CAP, limit=4, alone=False, now=build.REAL)
    assert batch is not None
    replies: dict[int, Reply] = {good.pk: Taken(build.NOW), lost.pk: NoReply("Lost"), bad.pk: Refused("Bad")}
    outbox.record(batch, replies, now=build.REAL)
    assert [state(row) for row in (good, lost, bad)] == [
        DeliveryState.DELIVERED,
        DeliveryState.WAITING,
        DeliveryState.PARKED,
    ]
    assert state(silent) == DeliveryState.SENDING, "without a word about it, its lease runs out"


def test_a_batch_that_breaks_blames_nobody_and_is_sent_one_by_one(here: Scene) -> None:
    rows = queued(here, 3)
    batch = outbox.claim(System.CAP, limit=3, alone=False, now=build.REAL)
    assert batch is not None
    outbox.fail(batch, reason="CAP failed on it", now=build.REAL)
    for row in rows:
        assert state(row) == DeliveryState.WAITING
        assert (row.alone, row.attempts, row.due, row.reason) == (True, 0, build.REAL, "CAP failed on it")


def test_one_that_breaks_by_itself_has_failed_once(here: Scene) -> None:
    (row,) = queued(here)
    outbox.fail(claimed(row), reason="CAP failed on it", now=build.REAL)
    assert state(row) == DeliveryState.WAITING
    assert (row.attempts, row.due) == (1, build.REAL + delay(attempts=1, key=row.pk))


def test_what_is_put_back_keeps_its_attempts(here: Scene) -> None:
    (row,) = queued(here)
    Delivery.objects.update(attempts=5)
    batch = claimed(row)
    outbox.put_back(batch, due=build.REAL + SECOND, reason="CAP did not answer", now=build.REAL)
    assert state(row) == DeliveryState.WAITING
    assert (row.attempts, row.alone, row.due) == (5, False, build.REAL + SECOND)


def test_a_very_long_reason_is_cut(here: Scene) -> None:
    (row,) = queued(here)
    answer(row, Refused("x" * 500))
    assert row.reason == "x" * 200


@pytest.mark.parametrize(("waited", "parked"), [(DAY - SECOND, False), (DAY, True)])
def test_after_a_day_in_the_queue_a_delivery_is_parked_with_the_reason(
    here: Scene, waited: timedelta, parked: bool
) -> None:
    (row,) = queued(here)
    assert outbox.give_up(System.CAP, now=build.REAL + waited) == int(parked)
    assert (state(row) == DeliveryState.PARKED) is parked
    assert row.reason == ("CAP did not take it for 24 hours" if parked else "")


def test_what_is_being_sent_or_goes_elsewhere_is_not_given_up(here: Scene) -> None:
    (row,) = queued(here)
    (other,) = queued(here, system=System.SEC)
    claimed(row)
    assert outbox.give_up(System.CAP, now=build.REAL + 2 * DAY) == 0
    assert (state(row), state(other)) == (DeliveryState.SENDING, DeliveryState.WAITING)
