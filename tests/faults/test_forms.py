"""F5 and F6: many forms at the same moment make one call, whether they are one form or many."""

from __future__ import annotations

import pytest

from tests.faults.campaign import Campaign, note
from tests.faults.visitor import send_at_once

pytestmark = pytest.mark.timeout(300)

AT_ONCE = 50


def test_one_form_sent_fifty_times_at_once_makes_one_call_with_equal_answers(campaign: Campaign) -> None:
    visitor = campaign.visitor(campaign.callers[1])
    (osis, other) = campaign.students(2)
    form = visitor.form(osis)
    assert visitor.check(form).status == 200

    answers = send_at_once([(visitor, form)] * AT_ONCE)
    assert {(one.status, one.location, one.text) for one in answers} == {(302, f"/calls/{answers[0].call}/", "")}
    slowest = max(one.seconds for one in answers)
    note(f"F5 one form {AT_ONCE} times at once: one call, equal answers, slowest {slowest:.2f} s")

    before = campaign.ledger.value("SELECT count(*) FROM caseloads_call")
    again = send_at_once([(visitor, form | {"osis": str(other)})] * AT_ONCE)
    assert {one.status for one in again} == {409}
    assert campaign.ledger.value("SELECT count(*) FROM caseloads_call") == before
    campaign.assert_once_each(campaign.confirmations([answers[0].call]))
    assert _calls_for(campaign, other) == 0


def test_one_form_sent_at_once_with_two_contents_makes_the_call_that_came_first(campaign: Campaign) -> None:
    visitor = campaign.visitor(campaign.callers[1])
    (osis, other) = campaign.students(2)
    form = visitor.form(osis)
    answers = send_at_once([(visitor, form), (visitor, form | {"osis": str(other)})] * (AT_ONCE // 2))
    recorded = {one.call for one in answers if one.status == 302}
    assert {one.status for one in answers} == {302, 409}
    assert len(recorded) == 1
    assert _calls_for(campaign, osis) + _calls_for(campaign, other) == 1
    campaign.assert_once_each(campaign.confirmations(recorded))


def test_fifty_calls_each_by_two_providers_at_once_are_one_first_attend_each(campaign: Campaign) -> None:
    first, second = (campaign.visitor(one) for one in campaign.callers[2:4])
    (osis,) = campaign.students(1)
    forms = [(visitor, visitor.form(osis)) for _ in range(AT_ONCE) for visitor in (first, second)]
    deadlocks = campaign.stack.log("postgres").count("deadlock")

    answers = send_at_once(forms)
    assert {one.status for one in answers} == {302}
    assert {one.call for one in answers[::2]}.isdisjoint({one.call for one in answers[1::2]})
    recorded = {one.call for one in answers}
    assert len(recorded) == 2
    assert campaign.stack.log("postgres").count("deadlock") == deadlocks
    times = sorted(one.seconds for one in answers)
    note(f"F6 {len(forms)} forms at once by two providers: two calls; half within {times[len(times) // 2]:.2f} s")
    campaign.ledger.await_drained(within=60)
    campaign.ledger.move_clock(days=3)
    _assert_both_called(campaign, osis)


def _calls_for(campaign: Campaign, osis: int) -> int:
    sql = "SELECT count(*) FROM caseloads_call c JOIN caseloads_student s ON s.id = c.student_id WHERE s.osis = %s"
    return int(campaign.ledger.value(sql, osis))


def _assert_both_called(campaign: Campaign, osis: int) -> None:
    """Check that each system heard of both calls, and that the one mandate was attended first once."""
    notices = """
        SELECT (SELECT count(*) FROM caseloads_capnotice WHERE osis = %(osis)s),
            (SELECT sum(marked) FROM caseloads_capnotice WHERE osis = %(osis)s),
            (SELECT count(*) FROM caseloads_capmandate WHERE osis = %(osis)s AND first_attend IS NOT NULL),
            (SELECT count(*) FROM caseloads_secnotice WHERE osis = %(osis)s),
            (SELECT count(*) FROM caseloads_secline WHERE osis = %(osis)s AND first_attend IS NOT NULL),
            (SELECT count(*) FROM caseloads_entry e JOIN caseloads_student s ON s.id = e.student_id
             WHERE s.osis = %(osis)s AND e.state = 2)
    """
    assert campaign.ledger.rows(notices, osis=osis) == [(2, 1, 1, 2, 1, 2)]
