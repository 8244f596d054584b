"""Calls that are due, to the day, and such as are not (R1, R8, R13)."""

from __future__ import annotations

from datetime import date

import pytest

from caseloads.city.records import Assigned
from caseloads.kinds import Origin, Outcome
from providers.kinds import Affiliation, Role
from tests.caseloads.city.faults.ages import age, age_of_moment
from tests.caseloads.city.worlds import DAY, Made, make

LATE = "NO_FIRST_ATTEND"
DAYS = [DAY, date(2026, 11, 12), date(2026, 11, 29), date(2027, 6, 9)]


def assigned(made: Made) -> Assigned:
    """Return the one running assignment of the subject's provider."""
    (found,) = [one for one in made.scene.pupil.assigned if one.person.number == made.subject.provider]
    assert found.ends is None
    return found


def due(made: Made) -> int:
    """Return for how many school days the call has been due: since the assignment, or the paper that it needs."""
    one = assigned(made)
    opened = [sent.processed for sent in made.scene.pupil.transmittals if sent.agency == one.person.agency]
    ages = [age(made.scene.world, max(one.starts, made.scene.times.first - 1))]
    return min(ages + [age_of_moment(made.scene.world, moment) for moment in opened])


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize(
    ("what", "least", "most"),
    [
        ("not called on the sixth day", 6, 6),
        ("not called for weeks", 7, 39),
        ("an agency's provider on the sixth day after the transmittal", 6, 6),
        ("not called on the fifth day", 5, 5),
        ("assigned for weeks, transmitted five days ago", 5, 5),
    ],
)
def test_a_call_is_due_since_assignment_or_gate(what: str, least: int, most: int, day: date) -> None:
    made = make(LATE, what, day)
    assert assigned(made).person.calls
    assert least <= due(made) <= most
    assert not made.scene.pupil.calls


def test_what_was_assigned_in_summer_is_due_since_school_began() -> None:
    made = make(LATE, "assigned in summer, and not called since school began", date(2026, 9, 17))
    assert assigned(made).starts == made.scene.times.staff
    assert due(made) == 6


def test_whose_gate_is_closed_has_no_call_to_make() -> None:
    made = make(LATE, "an agency's provider without a transmittal")
    assert assigned(made).person.affiliation is Affiliation.AGENCY
    assert not made.scene.pupil.transmittals
    assert due(made) > 5


def test_who_is_held_back_has_no_call_to_make() -> None:
    made = make(LATE, "an independent provider while the hold is on")
    assert assigned(made).person.affiliation is Affiliation.RSA
    assert made.scene.pupil.letters[0].processed is not None
    assert due(made) > 5


def test_a_call_in_the_citys_log_is_a_call() -> None:
    made = make(LATE, "called in the city's log")
    (call,) = made.scene.pupil.calls
    assert (call.origin, call.outcome) == (Origin.EXTRACT, Outcome.ACCEPTED)
    assert call.person.number == made.subject.provider


def test_a_nurse_is_on_the_caseload_by_assignment_alone() -> None:
    made = make("NURSE_EXEMPT", "a nurse, who makes no call")
    person = assigned(made).person
    assert (person.role, person.calls) == (Role.NURSE, False)
    assert not made.scene.pupil.calls
    (entry,) = made.scene.pupil.entries
    assert entry.call is None
