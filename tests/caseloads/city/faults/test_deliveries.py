"""Calls that did not arrive where they should have, to the minute."""

from __future__ import annotations

from datetime import date

import pytest

from caseloads.city.records import Called, Track
from caseloads.kinds import EntryState, Outcome, System
from caseloads.systems.cap.codes import CapStatus
from caseloads.systems.sec.codes import SecStatus
from tests.caseloads.city.faults.ages import hours, is_over
from tests.caseloads.city.worlds import DAY, Made, make

NO_CAP, NO_SEC, NO_CASELOAD = "CALL_NOT_IN_CAP", "CALL_NOT_IN_SEC", "CALL_NOT_ON_CASELOAD"
DAYS = [DAY, date(2026, 11, 16), date(2027, 6, 9)]


def the_call(made: Made) -> Called:
    """Return the student's one call."""
    (found,) = made.scene.pupil.calls
    assert found.told == made.subject.call
    assert found.outcome == Outcome.ACCEPTED
    return found


def tracks(made: Made) -> list[Track]:
    """Return the student's lines in CAP."""
    assert all(track.cap is not None for track in made.scene.pupil.tracks)
    return made.scene.pupil.tracks


def attended(made: Made) -> list[bool]:
    """Return which lines CAP has a first attend of."""
    return [track.cap is not None and track.cap.first_attend is not None for track in tracks(made)]


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize(
    ("what", "in_cap", "over"),
    [
        ("a call of the first weeks", [False], True),
        ("in one of two lines", [True, False], True),
        ("a call of the hours before CAP's last night", [False], True),
        ("a call since CAP's last night", [False], False),
        ("a call of which every system knows", [True], True),
    ],
)
def test_cap_has_a_call_after_its_night(what: str, in_cap: list[bool], over: bool, day: date) -> None:
    made = make(NO_CAP, what, day)
    assert attended(made) == in_cap
    assert is_over(made.scene.world, the_call(made).received, hour=2) is over


@pytest.mark.parametrize(
    ("code", "what", "system"),
    [
        (NO_CAP, "a call of the first weeks", System.CAP),
        (NO_CAP, "a call of the hours before CAP's last night", System.CAP),
        (NO_SEC, "a call that CAP has since days", System.SEC),
        (NO_CASELOAD, "a call of the first weeks", System.SESIS),
        (NO_CASELOAD, "a call of forty-eight hours ago to the minute", System.SESIS),
    ],
)
def test_the_system_never_had_what_it_does_not_show(code: str, what: str, system: System) -> None:
    made = [make(code, what, seed=seed) for seed in range(12)]
    assert all(the_call(one).lost == {system} for one in made)
    parked = [the_call(one).parked for one in made]
    assert {system} in parked
    assert set() in parked


def test_cap_shows_what_it_does_not_know_as_assigned() -> None:
    (track,) = tracks(make(NO_CAP, "a call of the first weeks"))
    assert track.cap is not None
    assert (track.cap.status, track.sec[-1].status) == (CapStatus.ASSIGNED, SecStatus.ASSIGNED)


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize(
    ("what", "least", "most"),
    [
        ("a call that CAP has since days", 96, 300),
        ("a call that CAP has for a day to the minute", 24, 24),
        ("a call that CAP has for a day less a minute", 23.9, 23.99),
        ("a call that CAP has since the last night", 15, 15),
    ],
)
def test_sec_has_a_day_more(what: str, least: float, most: float, day: date) -> None:
    made = make(NO_SEC, what, day)
    (track,) = tracks(made)
    assert track.cap is not None
    assert track.cap.first_attend == the_call(made).session_on
    assert track.sec[-1].first_attend is None
    assert least <= round(hours(made.scene.world, track.cap.since), 2) <= most
    shape = (track.cap.frequency, track.cap.duration, track.cap.group_size)
    assert (track.sec[-1].frequency, track.sec[-1].duration, track.sec[-1].group_size) == shape


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize(
    ("what", "least", "most"),
    [
        ("a call of the first weeks", 48, 10_000),
        ("a call of forty-eight hours ago to the minute", 48, 48),
        ("a call of a minute less than forty-eight hours ago", 47.9, 47.99),
    ],
)
def test_the_caseload_has_two_days(what: str, least: float, most: float, day: date) -> None:
    made = make(NO_CASELOAD, what, day)
    assert not made.scene.pupil.entries
    assert least <= round(hours(made.scene.world, the_call(made).received), 2) <= most
    assert attended(made) == [True]


def test_an_entry_may_have_ended_too_early() -> None:
    made = make(NO_CASELOAD, "an entry that has ended although the service goes on")
    assert [entry.state for entry in made.scene.pupil.entries] == [EntryState.ENDED]
    (assigned,) = made.scene.pupil.assigned
    assert assigned.ends is None
