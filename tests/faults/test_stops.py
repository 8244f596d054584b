"""F2: a process that stops between claiming a delivery and recording its reply loses and doubles nothing."""

from __future__ import annotations

import pytest

from tests.faults.campaign import Campaign, note
from tests.faults.stack import await_true

POINTS = ("claimed", "sending", "taking", "taken", "replied", "recorded")
SYSTEMS = ("cap", "sec", "sesis")

pytestmark = pytest.mark.timeout(300)


@pytest.mark.parametrize("point", POINTS)
def test_a_stop_at_one_point_in_all_three_systems_converges(campaign: Campaign, point: str) -> None:
    for system in SYSTEMS:
        campaign.mark(f"{point}.{system}")
    made = campaign.call_anew(12)
    await_true("every process stopped where it was told to", lambda: not campaign.marks(), within=30)
    took = campaign.ledger.await_drained(within=45)
    note(f"F2 stopped when {point}: 3 of 3 stops, drained {took:.1f} s later")
    assert campaign.stack.log("worker").count("signal 9") >= len(SYSTEMS)
    campaign.assert_once_each(made)


def test_stops_one_after_another_at_every_point_converge(campaign: Campaign) -> None:
    for point in POINTS:
        for system in SYSTEMS:
            campaign.mark(f"{point}.{system}")
    made = campaign.call_anew(12)
    await_true("every process stopped where it was told to", lambda: not campaign.marks(), within=60)
    took = campaign.ledger.await_drained(within=45)
    note(f"F2 stopped at every point in turn: 18 of 18 stops, drained {took:.1f} s later")
    campaign.assert_once_each(made)
