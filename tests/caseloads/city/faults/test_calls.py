"""Calls with something wrong about them, and such as only seem so."""

from __future__ import annotations

from datetime import date

import pytest

from caseloads.city.records import Called
from caseloads.kinds import Origin, Outcome
from tests.caseloads.city.worlds import DAY, Made, make

NO_MANDATE, TWICE, OLD = "CALL_NO_MANDATE", "DUPLICATE_CALL", "OLD_MANDATE_SERVED"
ELSEWHERE, OTHER = "WRONG_SCHOOL", "WRONG_PROVIDER"
SEEDS = [1, 2, 3]


def the_call(made: Made) -> Called:
    """Return the call that the subject names."""
    (found,) = [one for one in made.scene.pupil.calls if one.told == made.subject.call]
    return found


def assigned_on(made: Made, day: int) -> set[int]:
    """Return the numbers of who was assigned on a day."""
    return {one.person.number for one in made.scene.pupil.assigned if one.starts <= day <= (one.ends or day)}


def school_on(made: Made, day: int) -> str:
    """Return the school of the enrolment that covers a day."""
    (found,) = [one.school.dbn for one in made.scene.pupil.enrolled if one.starts <= day <= (one.ends or day)]
    return found


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("what", ["a service that no IEP names", "made twice: the latest counts"])
def test_a_call_about_no_mandate_is_unlinked(what: str, seed: int) -> None:
    made = make(NO_MANDATE, what, seed=seed)
    call = the_call(made)
    assert (call.outcome, call.rule, call.lines) == (Outcome.UNLINKED, "R10", [])
    named = {line.service for version in made.scene.pupil.versions for line in version.lines}
    assert call.service not in named
    mine = [one for one in made.scene.pupil.calls if one.person is call.person]
    assert max(mine, key=lambda one: one.received) is call


def test_an_unlinked_call_may_have_been_made_again() -> None:
    made = make(NO_MANDATE, "accepted since the IEP was put right")
    first, second = made.scene.pupil.calls
    assert (first.outcome, second.outcome) == (Outcome.UNLINKED, Outcome.ACCEPTED)
    assert first.received < second.received
    assert (first.person, first.service) == (second.person, second.service)
    assert the_call(made) is first


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("what", "origin"),
    [("our line's call, and one in the city's log", Origin.FORM), ("two calls in the city's log", Origin.EXTRACT)],
)
def test_the_second_of_two_calls_is_the_duplicate(what: str, origin: Origin, seed: int) -> None:
    made = make(TWICE, what, seed=seed)
    first, second = made.scene.pupil.calls
    assert the_call(made) is second
    assert (first.origin, second.origin) == (origin, Origin.EXTRACT)
    assert first.received < second.received
    assert (first.person, first.service, first.language, first.year) == (
        second.person,
        second.service,
        second.language,
        second.year,
    )


def test_two_people_make_no_duplicate() -> None:
    made = make(TWICE, "one call each of two people who served one after the other")
    first, second = made.scene.pupil.calls
    assert first.person is not second.person
    assert len(assigned_on(made, made.day)) == 1


def test_last_years_call_makes_no_duplicate() -> None:
    made = make(TWICE, "a call of the school year before")
    this, last = made.scene.pupil.calls
    assert last.year < this.year == made.scene.times.first
    assert the_call(made) is last


@pytest.mark.parametrize("day", [DAY, date(2027, 6, 9)])
@pytest.mark.parametrize(
    ("what", "superseded"),
    [
        ("served by the mandate before on the new one's first day", True),
        ("served by the mandate before on its last school day", False),
    ],
)
def test_a_mandate_is_superseded_from_the_new_ones_first_day(what: str, superseded: bool, day: date) -> None:
    made = make(OLD, what, day)
    old, new = made.scene.pupil.versions
    call = the_call(made)
    assert set(call.lines) <= set(old.lines)
    assert (call.session_on >= new.starts) is superseded
    assert old.until == new.starts
    assert assigned_on(made, made.scene.times.day_of(call.received)) == {call.person.number}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("what", "wrong"),
    [
        ("a call that names a school of the district where the student never was", True),
        ("a call that names today's school for a session before the student came", True),
        ("a call at the school of the session's day, before the student moved", False),
    ],
)
def test_the_school_of_the_sessions_day_counts(what: str, wrong: bool, seed: int) -> None:
    made = make(ELSEWHERE, what, seed=seed)
    call = the_call(made)
    assert (school_on(made, call.session_on) != call.school.dbn) is wrong
    assert school_on(made, made.day) == made.scene.place.dbn


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("what", "wrong"),
    [
        ("another person is assigned", True),
        ("both are assigned", False),
        ("nobody was assigned on that day", False),
        ("somebody else is assigned since", False),
    ],
)
def test_who_was_assigned_on_the_day_of_the_call_counts(what: str, wrong: bool, seed: int) -> None:
    made = make(OTHER, what, seed=seed)
    call = the_call(made)
    then = assigned_on(made, made.scene.times.day_of(call.received))
    assert (bool(then) and call.person.number not in then) is wrong
    assert call.other_provider is wrong
    assert call.outcome == Outcome.ACCEPTED


def test_who_called_is_on_the_caseload_whoever_is_assigned() -> None:
    made = make(OTHER, "another person is assigned")
    assert {entry.person for entry in made.scene.pupil.entries} == {one.person for one in made.scene.pupil.calls}
