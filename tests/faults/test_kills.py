"""F1: whichever process is killed in the middle of whatever it does, no acknowledged call is lost or doubled."""

from __future__ import annotations

from collections import Counter
from statistics import quantiles

import pytest

from tests.faults.campaign import FULL, SEED, Campaign, note, size
from tests.faults.ledger import DELIVERED
from tests.faults.storm import Storm

pytestmark = pytest.mark.timeout(4 * 3600 if FULL else 600)

# How long after each kill the last delivery arrived that was in the queue at that moment.
RECOVERY = """
    SELECT extract(epoch FROM max(d.delivered) - k.at)::float
    FROM unnest(%s::timestamptz[]) AS k(at)
    JOIN caseloads_delivery d ON d.queued <= k.at AND d.delivered > k.at
    GROUP BY k.at
"""
SLOWEST = 45.0  # seconds, the promise for the ninety-ninth of a hundred


def test_kills_in_mid_flight_lose_and_double_no_acknowledged_call(campaign: Campaign) -> None:
    kills, calls = size(40, 300), size(500, 3000)
    storm = Storm(campaign, kills=kills, calls=calls, seed=SEED)
    acknowledged = storm.rage()
    assert len(set(acknowledged)) == calls
    assert not storm.broken
    assert len(storm.killed) == kills
    assert storm.caught >= kills // 10, f"Only {storm.caught} kills met a delivery under way"

    drained = campaign.ledger.await_drained(within=60)
    confirmations = campaign.confirmations(acknowledged)
    assert campaign.ledger.states(confirmations) == {DELIVERED: 3 * calls}
    campaign.assert_once_each(confirmations)

    victims = Counter(victim for _, victim in storm.killed)
    note(f"F1 {kills} kills {dict(victims)}, {storm.caught} of them with deliveries under way; {calls} calls")
    note(f"F1 0 lost, 0 double; {storm.resent} forms sent again; drained {drained:.1f} s after the last answer")
    recovery = sorted(one for (one,) in campaign.ledger.rows(RECOVERY, [at for at, _ in storm.killed]))
    parts = quantiles(recovery, n=100, method="inclusive")
    note(f"F1 recovery after a kill: p50 {parts[49]:.1f} s, p90 {parts[89]:.1f} s, p99 {parts[98]:.1f} s")
    assert parts[98] < SLOWEST
