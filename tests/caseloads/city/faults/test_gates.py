"""Contracting out that does not go on, to the day; and calls on either side of the gate (R8)."""

from __future__ import annotations

from datetime import date

import pytest

from caseloads.city.contracting import ACCEPTED, FILLED
from caseloads.city.records import Called
from caseloads.kinds import Origin, Outcome
from caseloads.systems.cap.codes import CapStatus
from providers.kinds import Affiliation
from tests.caseloads.city.faults.ages import age_of_moment
from tests.caseloads.city.worlds import DAY, Made, make

NO_TRANSMITTAL, NOT_STARTED, BEFORE = "NO_TRANSMITTAL", "AGENCY_NOT_STARTED", "CALL_BEFORE_GATE"
DAYS = [DAY, date(2026, 11, 12), date(2027, 6, 9)]


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize(
    ("what", "least", "most"),
    [
        ("no transmittal on the sixth day", 6, 6),
        ("no transmittal for weeks", 7, 19),
        ("no transmittal on the fifth day", 5, 5),
        ("the transmittal was sent since the last night", 7, 7),
    ],
)
def test_contracting_out_ages_in_school_days(what: str, least: int, most: int, day: date) -> None:
    made = make(NO_TRANSMITTAL, what, day)
    assert made.track.cap is not None
    assert made.track.cap.status == CapStatus.ACO
    assert least <= age_of_moment(made.scene.world, made.track.cap.since) <= most
    still_open = [one for one in made.scene.world.contracting.vacancies if one.closed is None]
    assert [made.line in one.lines for one in still_open] == [True]
    assert bool(made.scene.pupil.transmittals) is ("was sent" in what)


def test_a_transmittal_of_today_is_one() -> None:
    made = make(NO_TRANSMITTAL, "the transmittal was sent since the last night")
    (sent,) = made.scene.pupil.transmittals
    assert made.scene.times.last_at(1) < sent.processed < made.scene.times.at


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize(
    ("what", "least", "most"),
    [
        ("nobody assigned on the eleventh day", 11, 11),
        ("nobody assigned for weeks", 12, 29),
        ("nobody assigned on the tenth day", 10, 10),
    ],
)
def test_an_agency_has_school_days_to_start(what: str, least: int, most: int, day: date) -> None:
    made = make(NOT_STARTED, what, day)
    (sent,) = made.scene.pupil.transmittals
    assert least <= age_of_moment(made.scene.world, sent.processed) <= most
    assert not made.scene.pupil.assigned
    assert made.track.cap is not None
    assert made.track.cap.status == CapStatus.TRANSMITTED


def test_a_transmittal_follows_an_accepted_offer_under_a_contract() -> None:
    made = make(NOT_STARTED, "nobody assigned for weeks")
    (sent,) = made.scene.pupil.transmittals
    vacancy = sent.vacancy
    assert vacancy is not None
    assert (vacancy.closed, vacancy.closing) == (sent.processed, FILLED)
    (offer,) = vacancy.offers
    assert (offer.agency, offer.answer) == (sent.agency, ACCEPTED)
    assert offer.answered is not None
    assert vacancy.logged < offer.offered < offer.answered < sent.processed
    contracts = made.scene.world.contracting.contracted(made.scene.place, sent.service, sent.language)
    assert sent.contract in {one.id for one in contracts}


def test_somebody_of_the_doe_may_serve_instead() -> None:
    made = make(NOT_STARTED, "somebody of the DOE serves instead")
    (assigned,) = made.scene.pupil.assigned
    assert assigned.person.affiliation is Affiliation.DOE
    assert made.scene.pupil.transmittals


def the_call(made: Made) -> Called:
    """Return the call that the subject names."""
    (found,) = [one for one in made.scene.pupil.calls if one.told == made.subject.call]
    return found


def gate(made: Made) -> int | None:
    """Return when the student's transmittal was processed."""
    return min((one.processed for one in made.scene.pupil.transmittals), default=None)


def test_a_refused_call_stands_until_it_is_made_again() -> None:
    made = make(BEFORE, "refused, and not made again since the transmittal")
    call, opened = the_call(made), gate(made)
    assert (call.outcome, call.rule) == (Outcome.REFUSED, "R8")
    assert call.told.startswith("R")
    assert opened is not None
    assert call.received < opened
    assert len(made.scene.pupil.calls) == 1


def test_of_two_refused_calls_the_later_counts() -> None:
    made = make(BEFORE, "refused twice: the latest counts")
    first, second = made.scene.pupil.calls
    assert the_call(made) is second
    assert first.received < second.received
    assert {first.outcome, second.outcome} == {Outcome.REFUSED}
    assert gate(made) is None


def test_an_accepted_call_afterwards_settles_it() -> None:
    made = make(BEFORE, "refused, and made again since the transmittal")
    first, second = made.scene.pupil.calls
    opened = gate(made)
    assert opened is not None
    assert first.received < opened < second.received
    assert (the_call(made), second.outcome) == (first, Outcome.ACCEPTED)


@pytest.mark.parametrize(
    ("what", "before"),
    [
        ("in the city's log days before the transmittal", True),
        ("in the city's log without any transmittal", True),
        ("in the city's log the day after the transmittal", False),
    ],
)
def test_the_citys_log_takes_calls_on_either_side_of_the_gate(what: str, before: bool) -> None:
    made = make(BEFORE, what)
    call, opened = the_call(made), gate(made)
    assert (call.outcome, call.origin) == (Outcome.ACCEPTED, Origin.EXTRACT)
    assert call.person.affiliation is Affiliation.AGENCY
    assert (opened is None or call.received < opened) is before
    assert made.scene.pupil.entries
    (track,) = made.scene.pupil.tracks
    assert track.cap is not None
    assert track.cap.first_attend == call.session_on
