"""A second delivery, a lost reply and a swapped pair change nothing."""

from __future__ import annotations

import pytest

from tests.faults.campaign import NO_FAULT, SEED, Campaign, note
from tests.faults.ledger import CAP, DELIVERED, PARKED, SEC, SESIS

pytestmark = pytest.mark.timeout(300)

OFF, REJECT, LOSE, DUPLICATE = 2, 4, 5, 6
CALLS = 40


def test_with_nothing_wrong_each_call_has_one_effect_in_each_system(campaign: Campaign) -> None:
    made = campaign.call_anew(CALLS)
    assert len(set(made)) == CALLS
    campaign.assert_once_each(made)


def test_a_second_delivery_has_no_second_effect(campaign: Campaign) -> None:
    for system in (CAP, SEC, SESIS):
        campaign.ledger.set_fault(system, DUPLICATE)
    made = campaign.call_anew(CALLS)
    campaign.assert_once_each(made)


def test_deliveries_sent_again_after_their_effect_stands_have_no_second_one(campaign: Campaign) -> None:
    made = campaign.call_anew(CALLS)
    campaign.assert_once_each(made)
    sent = [one for system in (CAP, SEC, SESIS) for one in campaign.ledger.deliveries(made, system)]
    campaign.ledger.rows(
        "UPDATE caseloads_delivery SET state = 1, delivered = NULL, shown = NULL, due = now(), queued = now() "
        "WHERE id = ANY(%s)",
        sent,
    )
    campaign.assert_once_each(made)


def test_lost_messages_and_lost_replies_are_made_good(campaign: Campaign) -> None:
    for system in (CAP, SEC, SESIS):
        campaign.ledger.set_fault(system, LOSE, rate=30, seed=SEED)
    made = campaign.call_anew(CALLS)
    campaign.ledger.await_drained(within=60)
    tries = campaign.ledger.value(
        "SELECT sum(d.attempts) FROM caseloads_delivery d JOIN caseloads_call c ON c.id = d.call_id "
        "WHERE c.confirmation = ANY(%s)",
        made,
    )
    note(f"A third of all messages or replies lost: {tries} sent again for {CALLS} calls")
    assert tries > CALLS // 2
    assert campaign.ledger.states(made) == {DELIVERED: 3 * CALLS}
    campaign.assert_once_each(made)


def test_a_call_that_reaches_sec_before_cap_shows_there_once_cap_has_it(campaign: Campaign) -> None:
    campaign.ledger.set_fault(CAP, OFF)
    made = campaign.call_anew(CALLS)
    campaign.ledger.await_drained(SEC, SESIS, within=30)
    campaign.ledger.move_clock(days=3)
    wrong = campaign.ledger.not_once(made)
    assert set(wrong) == set(made)
    assert all(effects["SEC lines with the first attend"] == 0 for effects in wrong.values())
    campaign.ledger.set_fault(CAP, NO_FAULT)
    campaign.assert_once_each(made)


def test_a_swapped_pair_ends_as_the_pair_in_order(campaign: Campaign) -> None:
    """Let CAP have the second of two calls about a student first, and mark the mandate for the first session's call."""
    students = campaign.students(CALLS)
    campaign.ledger.set_fault(CAP, REJECT)
    first = campaign.call(students, by=campaign.callers[0])
    campaign.ledger.await_drained(within=30)
    assert campaign.ledger.states(first) == {PARKED: CALLS, DELIVERED: 2 * CALLS}
    campaign.ledger.set_fault(CAP, NO_FAULT)
    second = campaign.call(students, by=campaign.callers[1])
    campaign.ledger.await_drained(within=30)
    parked = campaign.ledger.deliveries(first, CAP)
    assert sorted(campaign.actor.ask("replay", parked)) == parked
    campaign.ledger.await_drained(within=30)
    assert campaign.ledger.states([*first, *second]) == {DELIVERED: 6 * CALLS}

    campaign.ledger.move_clock(days=3)
    marked = """
        SELECT n.marked, count(*) FROM caseloads_capnotice n WHERE n.delivery = ANY(%s) GROUP BY n.marked
    """
    assert campaign.ledger.rows(marked, parked) == [(1, CALLS)]
    assert campaign.ledger.rows(marked, campaign.ledger.deliveries(second, CAP)) == [(0, CALLS)]
    lines = "SELECT count(*) FROM caseloads_secline WHERE osis = ANY(%s) AND first_attend IS NOT NULL"
    assert campaign.ledger.value(lines, students) == CALLS
    entries = """
        SELECT count(*), count(DISTINCT (e.student_id, e.provider_id)) FROM caseloads_entry e
        JOIN caseloads_student s ON s.id = e.student_id WHERE s.osis = ANY(%s) AND e.state = 2
    """
    assert campaign.ledger.rows(entries, students) == [(2 * CALLS, 2 * CALLS)]
