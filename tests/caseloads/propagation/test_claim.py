"""Claiming: in order, each row by one worker, and only its own fence may finish it."""

from __future__ import annotations

import threading
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection, transaction
from pytest_django import Settings

from caseloads.kinds import DeliveryState, System
from caseloads.models import Delivery
from caseloads.propagation import outbox
from caseloads.propagation.outbox import Batch
from caseloads.systems.contract import Taken
from providers.kinds import Service
from tests import build
from tests.caseloads.calls import Scene, accepted, delivery, scene
from tests.caseloads.propagation.queue import SECOND, behind, queued, state
from tests.threads import at_once

LEASE = timedelta(seconds=30)


@pytest.fixture
def here(db: None) -> Scene:
    return scene()


def claim(
    limit: int = 100, *, alone: bool = False, system: System = System.CAP, later: timedelta = 0 * SECOND
) -> Batch:
    """Claim what is due, of which there is some."""
    batch = outbox.claim(system, limit=limit, alone=alone, now=build.REAL + later)
    assert batch is not None
    return batch


def ids(batch: Batch) -> list[int]:
    """Return the deliveries of a batch, in order."""
    return [one.delivery for one in batch.messages]


def taken(batch: Batch) -> dict[int, Taken]:
    """Return the replies of a system that took everything."""
    return {one: Taken(build.NOW + timedelta(days=1)) for one in ids(batch)}


def test_nothing_is_claimed_where_nothing_is_due(here: Scene) -> None:
    assert outbox.claim(System.CAP, limit=10, alone=False, now=build.REAL) is None


def test_the_oldest_are_claimed_first_with_a_lease_and_a_fence(here: Scene) -> None:
    rows = queued(here, 3)
    batch = claim(2)
    assert ids(batch) == [rows[0].pk, rows[1].pk]
    assert [state(row) for row in rows] == [DeliveryState.SENDING, DeliveryState.SENDING, DeliveryState.WAITING]
    assert {(row.token, row.lease_until) for row in rows[:2]} == {(batch.token, build.REAL + LEASE)}


def test_no_more_are_claimed_where_the_planner_takes_the_outbox_for_empty(here: Scene) -> None:
    queued(here, 3)
    Delivery.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE caseloads_delivery")
    rows = queued(here, 3)
    assert ids(claim(2)) == [rows[0].pk, rows[1].pk]


def test_a_message_says_what_the_call_says(here: Scene) -> None:
    alone = build.mandate(here.mandate.iep, group_size=1)
    call = accepted(here.provider, here.mandate, mandates=[here.mandate.pk, alone.pk])
    row = delivery(call, attempts=3)
    batch = claim()
    (sent,) = batch.messages
    assert (sent.delivery, sent.call, sent.confirmation) == (row.pk, call.pk, call.confirmation)
    assert (sent.provider, sent.provider_number) == (here.provider.pk, here.provider.number)
    assert (sent.school, sent.student, sent.osis) == (here.school.pk, here.mandate.student_id, here.osis)
    assert (sent.service, sent.language, sent.settings) == (1, 1, (1, 2))
    assert sent.mandates == (here.mandate.pk, alone.pk)
    assert (sent.session_on, sent.accepted) == (build.TODAY, build.NOW)
    assert batch.attempts == {row.pk: 3}


@pytest.mark.parametrize(("due", "claimed"), [(0 * SECOND, True), (SECOND, False)])
def test_a_row_is_claimed_from_its_time_on(here: Scene, due: timedelta, claimed: bool) -> None:
    queued(here)
    Delivery.objects.update(due=build.REAL + due)
    assert (outbox.claim(System.CAP, limit=1, alone=False, now=build.REAL) is not None) is claimed


def test_a_system_is_sent_only_its_own(here: Scene) -> None:
    queued(here, system=System.SEC)
    assert outbox.claim(System.CAP, limit=1, alone=False, now=build.REAL) is None
    assert len(claim(system=System.SEC).messages) == 1


def test_of_a_student_and_service_one_is_on_its_way_at_a_time(here: Scene) -> None:
    (first,) = queued(here)
    second = behind(first)
    batch = claim()
    assert ids(batch) == [first.pk]
    assert outbox.claim(System.CAP, limit=10, alone=False, now=build.REAL) is None
    outbox.record(batch, taken(batch), now=build.REAL)
    assert ids(claim()) == [second.pk]


def test_another_service_or_student_does_not_wait(here: Scene) -> None:
    (first,) = queued(here)
    other = behind(first, service=Service.COUNSELING)
    (third,) = queued(here)
    assert ids(claim()) == [first.pk, other.pk, third.pk]


def test_one_that_waits_for_its_backoff_holds_its_successor_back(here: Scene) -> None:
    (first,) = queued(here)
    behind(first)
    Delivery.objects.filter(pk=first.pk).update(due=build.REAL + SECOND)
    assert outbox.claim(System.CAP, limit=10, alone=False, now=build.REAL) is None
    assert ids(claim(later=SECOND)) == [first.pk]


@pytest.mark.parametrize("end", [DeliveryState.PARKED, DeliveryState.AWAITED])
def test_what_is_parked_or_awaited_holds_nobody_back(here: Scene, end: DeliveryState) -> None:
    (first,) = queued(here)
    second = behind(first)
    Delivery.objects.filter(pk=first.pk).update(state=end, reason="Any")
    assert ids(claim()) == [second.pk]


def test_what_goes_alone_is_claimed_one_by_one(here: Scene) -> None:
    rows = queued(here, 3)
    Delivery.objects.filter(pk__in=[rows[0].pk, rows[1].pk]).update(alone=True)
    assert ids(claim()) == [rows[2].pk]
    assert ids(claim(alone=True)) == [rows[0].pk]


def test_what_was_taken_is_delivered_and_keeps_no_trace_of_trouble(here: Scene) -> None:
    (row,) = queued(here)
    Delivery.objects.update(reason="CAP did not answer", alone=True, failed=build.REAL)
    batch = claim(alone=True)
    shown = build.NOW - timedelta(hours=1)
    outbox.record(batch, {row.pk: Taken(build.NOW, shown)}, now=build.REAL + SECOND)
    assert state(row) == DeliveryState.DELIVERED
    assert (row.delivered, row.expected, row.shown) == (build.REAL + SECOND, build.NOW, shown)
    assert (row.token, row.lease_until, row.alone, row.reason) == (None, None, False, "")


def test_a_late_finisher_changes_nothing(here: Scene) -> None:
    """The fence: whoever lost its lease may still be sending, but the row is somebody else's now."""
    (row,) = queued(here)
    late = claim()
    outbox.free_lapsed(System.CAP, now=build.REAL + LEASE)
    current = claim(alone=True, later=LEASE)
    before = Delivery.objects.values().get()
    outbox.record(late, taken(late), now=build.REAL + LEASE)
    outbox.fail(late, reason="Late", now=build.REAL + LEASE)
    outbox.put_back(late, due=build.REAL, reason="Late", now=build.REAL + LEASE)
    assert Delivery.objects.values().get() == before
    outbox.record(current, taken(current), now=build.REAL + LEASE)
    assert state(row) == DeliveryState.DELIVERED
    outbox.record(late, taken(late), now=build.REAL + 2 * LEASE)
    row.refresh_from_db()
    assert row.delivered == build.REAL + LEASE


def test_a_lease_runs_its_whole_length(here: Scene) -> None:
    queued(here)
    claim()
    assert outbox.free_lapsed(System.CAP, now=build.REAL + LEASE - SECOND) == 0
    assert outbox.free_lapsed(System.SEC, now=build.REAL + LEASE) == 0
    assert outbox.free_lapsed(System.CAP, now=build.REAL + LEASE) == 1
    assert outbox.free_lapsed(System.CAP, now=build.REAL + LEASE) == 0


def test_after_a_worker_died_its_batch_goes_one_by_one_and_nobody_is_blamed(here: Scene) -> None:
    rows = queued(here, 3)
    claim()
    outbox.free_lapsed(System.CAP, now=build.REAL + LEASE)
    for row in rows:
        assert state(row) == DeliveryState.WAITING
        assert (row.alone, row.attempts, row.due) == (True, 0, build.REAL + LEASE)
        assert row.reason


def test_one_that_was_alone_when_its_worker_died_has_failed_itself(here: Scene) -> None:
    (row,) = queued(here)
    Delivery.objects.update(alone=True, attempts=2)
    claim(alone=True)
    outbox.free_lapsed(System.CAP, now=build.REAL + LEASE)
    assert state(row) == DeliveryState.WAITING
    assert (row.alone, row.attempts) == (True, 3)
    assert row.due > build.REAL + LEASE


def test_a_killer_of_workers_is_parked_after_eight(here: Scene, settings: Settings) -> None:
    (row,) = queued(here)
    now, deaths = build.REAL, 0
    while state(row) != DeliveryState.PARKED:
        row.refresh_from_db()
        now = max(now, row.due)
        assert outbox.claim(System.CAP, limit=1, alone=row.alone, now=now)
        now += LEASE
        outbox.free_lapsed(System.CAP, now=now)
        deaths += 1
    assert deaths == 1 + settings.DELIVERY_ATTEMPTS
    assert row.attempts == settings.DELIVERY_ATTEMPTS == 8
    assert "died" in row.reason


@pytest.mark.django_db(transaction=True)
def test_a_row_that_somebody_else_holds_is_passed_over_without_waiting() -> None:
    rows = queued(scene(), 3)
    holding, done = threading.Event(), threading.Event()

    def hold() -> None:
        try:
            with transaction.atomic():
                Delivery.objects.select_for_update().get(pk=rows[0].pk)
                holding.set()
                done.wait(20)
        finally:
            connection.close()

    other = threading.Thread(target=hold)
    other.start()
    try:
        assert holding.wait(20)
        assert ids(claim()) == [rows[1].pk, rows[2].pk]
    finally:
        done.set()
        other.join()
    assert ids(claim()) == [rows[0].pk]


@pytest.mark.django_db(transaction=True)
def test_many_claims_at_once_share_the_rows_out() -> None:
    rows = queued(scene(), 30)
    for row in rows[:10]:
        behind(row)
    batches = at_once([partial(outbox.claim, System.CAP, limit=5, alone=False, now=build.REAL)] * 12)
    claimed = [one for batch in batches if batch for one in ids(batch)]
    assert len(claimed) == len(set(claimed))
    rest = outbox.claim(System.CAP, limit=100, alone=False, now=build.REAL)
    claimed += ids(rest) if rest else []
    assert sorted(claimed) == [row.pk for row in rows]
    assert len({batch.token for batch in batches if batch}) == len([batch for batch in batches if batch])
