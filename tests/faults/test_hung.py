"""F7: a system that hangs costs the other two nothing, and has what waits for it, in order, once it answers again."""

from __future__ import annotations

import itertools
import time
from datetime import datetime
from statistics import median

import pytest

from tests.faults.campaign import NO_FAULT, Campaign, note, size
from tests.faults.ledger import CAP, SEC, SESIS
from tests.faults.queue import queue
from tests.faults.stack import await_true

pytestmark = pytest.mark.timeout(1200)

CALLS = size(1000, 5000)
ROUNDS = 2
SLOW = 3
HUNG = 60  # seconds it would take: far beyond anybody's patience
PROMISED = 1.2  # times as long as with nothing wrong
NOISE = 1.0  # seconds by which a busy machine may delay a round

TAKEN = """
    SELECT extract(epoch FROM max(d.delivered) - min(d.queued))::float
    FROM caseloads_delivery d JOIN caseloads_call c ON c.id = d.call_id
    WHERE c.confirmation = ANY(%s) AND d.system = ANY(%s)
"""
BREAKER = "SELECT silences, opened IS NOT NULL, probe FROM caseloads_breaker WHERE system = %s"
IN_ORDER = """
    SELECT count(*) FROM (
        SELECT d.id < lag(d.id) OVER (PARTITION BY d.student_id ORDER BY n.received, d.id) AS late
        FROM caseloads_delivery d
        JOIN caseloads_secnotice n ON n.delivery = d.id
        JOIN caseloads_student s ON s.id = d.student_id
        WHERE s.osis = ANY(%s) AND d.system = 2
    ) one WHERE late
"""


def test_a_hung_system_costs_the_others_nothing_and_drains_in_order_afterwards(campaign: Campaign) -> None:
    normally, hung, every = [], [], []
    for number in range(1, ROUNDS + 1):
        every += (first := queue(campaign, CALLS))
        campaign.ledger.await_drained(within=120)
        normally.append(_seconds(campaign, first))

        campaign.ledger.set_fault(SEC, SLOW, slow=HUNG)
        every += (second := queue(campaign, CALLS))
        campaign.ledger.await_drained(CAP, SESIS, within=120)
        hung.append(_seconds(campaign, second))
        assert campaign.ledger.waiting(SEC) == CALLS
        probes = _await_probes(campaign, 3)
        campaign.ledger.set_fault(SEC, NO_FAULT)
        recovered = campaign.ledger.await_drained(SEC, within=120)
        note(
            f"F7 round {number} of {ROUNDS}: {probes} while SEC hung with {CALLS} waiting; "
            f"drained {recovered:.1f} s after it answered again"
        )
        assert campaign.ledger.rows(BREAKER, SEC) == [(0, False, None)]

    ratio = median(hung) / median(normally)
    note(
        f"F7 CAP and SESIS: {CALLS} calls in {median(hung):.2f} s, normally {median(normally):.2f} s: {ratio:.2f} times"
    )
    assert median(hung) < PROMISED * median(normally) + NOISE
    campaign.assert_once_each(every)


def test_calls_of_one_student_and_service_arrive_in_their_order_after_a_hang(campaign: Campaign) -> None:
    students = campaign.students(10)
    campaign.ledger.set_fault(SEC, SLOW, slow=HUNG)
    made = [one for caller in campaign.callers[:6] for one in campaign.call(students, by=caller)]
    campaign.ledger.await_drained(CAP, SESIS, within=60)
    _await_probes(campaign, 1)
    campaign.ledger.set_fault(SEC, NO_FAULT)
    campaign.ledger.await_drained(SEC, within=60)
    assert len(campaign.ledger.deliveries(made, SEC)) == len(made)
    received = "SELECT count(DISTINCT n.received) FROM caseloads_secnotice n WHERE n.osis = %s"
    assert {campaign.ledger.value(received, one) for one in students} == {6}
    assert campaign.ledger.value(IN_ORDER, students) == 0


def _seconds(campaign: Campaign, calls: list[str]) -> float:
    """Return how long CAP and SESIS took for calls queued together."""
    return float(campaign.ledger.value(TAKEN, calls, [CAP, SESIS]))


def _await_probes(campaign: Campaign, count: int) -> str:
    """Wait until the breaker is open and has probed in vain, and tell how often and at which intervals."""
    seen: list[tuple[int, datetime]] = []

    def probed() -> bool:
        silences, opened, probe = campaign.ledger.rows(BREAKER, SEC)[0]
        if opened and (not seen or seen[-1][0] != silences):
            seen.append((silences, probe))
        return len(seen) > count

    began = time.monotonic()
    await_true("the breaker opened and probed", probed, within=60)
    assert all(later > earlier for (_, earlier), (_, later) in itertools.pairwise(seen))
    assert seen[-1][0] <= 3 + (time.monotonic() - began) / 0.5 + 3, "It was not left alone between probes"
    return f"breaker open, {seen[-1][0]} sendings unanswered"
