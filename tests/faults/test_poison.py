"""F8: a delivery that raises, ends the process or hangs is parked after eight attempts, and nobody waits for it."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from statistics import quantiles

import pytest

from tests.faults.campaign import Campaign, note, size
from tests.faults.ledger import DELIVERED, PARKED, WAITING
from tests.faults.stack import await_true

pytestmark = pytest.mark.timeout(600)

HOW = ("raise", "exit", "hang")
SYSTEMS = ("cap", "sec", "sesis")
ATTEMPTS = 8
TURNS = size(1, 3)  # each system has each poison once in the long campaign
FEW = 10  # calls that share the poisoned one's batch
LEASE = 3.5  # seconds
SWEEP = 1.0  # seconds
# Those in its batch wait until the worker that died with them counts as dead, and once more behind it.
TOGETHER = 2 * (LEASE + SWEEP) + 6.0
APART = 1.0  # seconds within which nineteen of twenty arrive that never shared a batch with it

LATENCY = """
    SELECT extract(epoch FROM d.delivered - greatest(d.queued, %s))::float
    FROM caseloads_delivery d JOIN caseloads_call c ON c.id = d.call_id
    WHERE c.confirmation = ANY(%s) AND d.system = %s
"""


@pytest.mark.parametrize("turn", range(TURNS))
def test_poisoned_deliveries_are_parked_and_their_neighbours_arrive(campaign: Campaign, turn: int) -> None:
    stack, ledger = campaign.stack, campaign.ledger
    stack.end("worker")
    poisoned = campaign.call_anew(len(SYSTEMS))
    beside = campaign.call_anew(FEW)
    bad = _poison(campaign, poisoned, turn)
    stack.start("worker")
    await_true("the worker has its pool", stack.has_pool, within=30)
    began = datetime.now(UTC)
    found = "SELECT count(*) FROM caseloads_delivery WHERE id = ANY(%s) AND alone"
    await_true("every poison shows", lambda: ledger.value(found, list(bad)) == len(bad), within=15)
    meanwhile = _call_until_parked(campaign, list(bad))

    for one, (system, how) in bad.items():
        state, attempts, reason = ledger.rows(
            "SELECT state, attempts, reason FROM caseloads_delivery WHERE id = %s", one
        )[0]
        assert (state, attempts) == (PARKED, ATTEMPTS), f"{system} {how}"
        assert reason
    assert ledger.states(beside) == {DELIVERED: 3 * FEW}
    assert ledger.states(poisoned) == {DELIVERED: 3 * len(SYSTEMS) - len(bad), PARKED: len(bad)}
    _report(campaign, bad, began, beside, meanwhile)

    _replay(campaign, list(bad))
    campaign.assert_once_each([*poisoned, *beside, *meanwhile])


def _poison(campaign: Campaign, calls: list[str], turn: int) -> dict[int, tuple[str, str]]:
    """Poison one delivery of each system, each in another way, and return system and way by delivery."""
    bad = {}
    for number, (system, confirmation) in enumerate(zip(SYSTEMS, calls, strict=True)):
        (delivery,) = campaign.ledger.deliveries([confirmation], number + 1)
        how = HOW[(number + turn) % len(HOW)]
        campaign.poison(system, delivery, how)
        bad[delivery] = (system, how)
    return bad


def _call_until_parked(campaign: Campaign, bad: list[int]) -> list[str]:
    """Record a call every fifth of a second until all poisoned deliveries are parked, and return their numbers."""
    parked = "SELECT count(*) FROM caseloads_delivery WHERE id = ANY(%s) AND state = %s"
    made: list[str] = []
    end = time.monotonic() + 150
    while campaign.ledger.value(parked, bad, PARKED) < len(bad):
        assert time.monotonic() < end, campaign.ledger.rows(
            "SELECT system, state, attempts, reason FROM caseloads_delivery WHERE id = ANY(%s)", bad
        )
        made += campaign.call_anew(1)
        time.sleep(0.2)
    campaign.ledger.await_drained(within=10)
    return made


def _report(
    campaign: Campaign, bad: dict[int, tuple[str, str]], began: datetime, beside: list[str], meanwhile: list[str]
) -> None:
    """Note how long neighbours took to arrive in each system, and check that none waited longer than it must."""
    for number, (system, how) in enumerate(bad.values(), start=1):
        together = max(one for (one,) in campaign.ledger.rows(LATENCY, began, beside, number))
        times = [one for (one,) in campaign.ledger.rows(LATENCY, began, meanwhile, number)]
        median, late = quantiles(times, n=20, method="inclusive")[9::9]
        note(
            f"F8 {system} {how}: parked after {ATTEMPTS}; {len(times)} neighbours meanwhile, p50 {median:.2f} s, "
            f"p95 {late:.2f} s, slowest {max(times):.2f} s; slowest of its own batch {together:.1f} s"
        )
        assert late < APART, f"{system} {how}"
        assert together < TOGETHER, f"{system} {how}"


def _replay(campaign: Campaign, bad: list[int]) -> None:
    """Send the parked deliveries again once nothing is wrong with them any more."""
    campaign.recover()
    assert sorted(campaign.actor.ask("replay", bad)) == sorted(bad)
    waiting = campaign.ledger.rows("SELECT state FROM caseloads_delivery WHERE id = ANY(%s)", bad)
    assert {state for (state,) in waiting} <= {WAITING, 2, DELIVERED}
