"""One worker drains a system at a time, and a silent system is left alone until its next probe."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from pytest_django import Settings

from caseloads.kinds import System
from caseloads.models import Breaker
from caseloads.propagation import lane
from tests import build
from tests.caseloads.propagation.queue import SECOND
from tests.threads import at_once

LEASE = timedelta(seconds=30)
NOW = build.REAL
CAP = System.CAP


@pytest.fixture(autouse=True)
def lane_rows(db: None) -> None:
    """Let lanes be taken."""


def breaker() -> Breaker:
    """Return CAP's lane and breaker as they stand."""
    return Breaker.objects.get(system=CAP)


def test_a_lane_that_is_taken_is_not_taken_again() -> None:
    token = lane.take(CAP, now=NOW)
    assert token is not None
    assert lane.take(CAP, now=NOW) is None
    assert (breaker().drainer, breaker().drains_until) == (token, NOW + LEASE)


def test_each_system_has_a_lane_of_its_own() -> None:
    assert all(lane.take(system, now=NOW) for system in System)


def test_a_lane_given_back_is_free() -> None:
    token = lane.take(CAP, now=NOW)
    assert token is not None
    lane.leave(CAP, token)
    assert (breaker().drainer, breaker().drains_until) == (None, None)
    assert lane.take(CAP, now=NOW) is not None


@pytest.mark.parametrize(("later", "free"), [(LEASE - SECOND, False), (LEASE, True)])
def test_a_lane_of_a_dead_worker_is_free_when_its_lease_has_run_out(later: timedelta, free: bool) -> None:
    lane.take(CAP, now=NOW)
    assert (lane.take(CAP, now=NOW + later) is not None) is free


def test_a_lane_that_is_kept_runs_on() -> None:
    token = lane.take(CAP, now=NOW)
    assert token is not None
    assert lane.keep(CAP, token, now=NOW + 20 * SECOND)
    assert lane.take(CAP, now=NOW + LEASE) is None
    assert lane.take(CAP, now=NOW + 20 * SECOND + LEASE) is not None


def test_whoever_lost_the_lane_neither_keeps_it_nor_gives_it_away() -> None:
    late = lane.take(CAP, now=NOW)
    current = lane.take(CAP, now=NOW + LEASE)
    assert late is not None
    assert not lane.keep(CAP, late, now=NOW + LEASE)
    lane.leave(CAP, late)
    lane.leave(CAP, uuid4())
    assert breaker().drainer == current


@pytest.mark.django_db(transaction=True)
def test_of_many_who_reach_for_a_lane_at_once_one_has_it() -> None:
    tokens = at_once([partial(lane.take, CAP, now=NOW)] * 24)
    assert len([token for token in tokens if token]) == 1


def test_while_the_system_answers_a_whole_batch_may_be_sent(settings: Settings) -> None:
    settings.DELIVERY_BATCH = 7
    lane.take(CAP, now=NOW)
    assert lane.may_send(CAP, now=NOW) == 7


def test_the_first_silences_only_make_us_wait(settings: Settings) -> None:
    settings.BREAKER_SILENCES = 3
    lane.take(CAP, now=NOW)
    for _ in range(2):
        assert lane.silent(CAP, now=NOW) == NOW + timedelta(seconds=settings.DELIVERY_BACKOFF)
        assert breaker().opened is None
        assert lane.may_send(CAP, now=NOW) > 1


def test_the_third_opens_the_breaker_until_its_probe(settings: Settings) -> None:
    settings.BREAKER_SILENCES = 3
    lane.take(CAP, now=NOW)
    probe = [lane.silent(CAP, now=NOW) for _ in range(3)][-1]
    assert (breaker().opened, breaker().probe, probe) == (NOW, NOW + 15 * SECOND, NOW + 15 * SECOND)
    assert lane.may_send(CAP, now=probe - SECOND) == 0
    assert lane.may_send(CAP, now=probe) == 1


def test_unanswered_probes_come_less_and_less_often_and_it_was_opened_once() -> None:
    lane.take(CAP, now=NOW)
    now, waits = NOW, []
    for _ in range(9):
        before, now = now, lane.silent(CAP, now=now)
        waits.append((now - before).total_seconds())
    assert waits == [5, 5, 15, 30, 60, 120, 240, 300, 300]
    assert breaker().opened == NOW + 10 * SECOND


def test_an_answer_closes_the_breaker_and_forgets_the_silences() -> None:
    lane.take(CAP, now=NOW)
    for _ in range(4):
        lane.silent(CAP, now=NOW)
    lane.answered(CAP, now=NOW + SECOND)
    row = breaker()
    assert (row.silences, row.opened, row.probe, row.answered) == (0, None, None, NOW + SECOND)
    lane.silent(CAP, now=NOW + 2 * SECOND)
    assert breaker().opened is None


def test_answers_close_together_are_not_all_written() -> None:
    lane.take(CAP, now=NOW)
    lane.answered(CAP, now=NOW)
    lane.answered(CAP, now=NOW + SECOND / 2)
    assert breaker().answered == NOW
    lane.answered(CAP, now=NOW + 2 * SECOND)
    assert breaker().answered == NOW + 2 * SECOND


def test_one_systems_silence_is_not_anothers() -> None:
    for system in System:
        lane.take(system, now=NOW)
    for _ in range(5):
        lane.silent(CAP, now=NOW)
    assert [lane.may_send(system, now=NOW) > 0 for system in System] == [False, True, True]
