"""Letters for independent providers: used under the hold, made out too early, or not used (R8, R13)."""

from __future__ import annotations

from datetime import date

import pytest

from caseloads.city.contracting import DECLINED
from caseloads.city.faults.scene import Scene
from caseloads.city.records import Letter
from caseloads.city.times import Unreachable
from caseloads.city.world import World
from caseloads.kinds import Outcome
from caseloads.systems.cap.codes import CapStatus
from providers.kinds import Affiliation
from tests.caseloads.city.worlds import DAY, Made, make, place, scenario, world

HELD, UNASKED, UNUSED = "RSA_UNDER_HOLD", "RSA_WITHOUT_AGENCIES", "RSA_UNUSED"


def letter(made: Made) -> Letter:
    """Return the student's letter, which is an independent provider's and the subject's."""
    (found,) = made.scene.pupil.letters
    assert found.person.affiliation is Affiliation.RSA
    assert found.person.number == made.subject.provider
    assert (found.service, found.language) == (made.subject.service, made.subject.language)
    return found


def own_calls(made: Made) -> int:
    """Return how many accepted calls the letter's provider has made."""
    mine = letter(made).person
    return sum(one.person is mine and one.outcome == Outcome.ACCEPTED for one in made.scene.pupil.calls)


def assigned_today(made: Made) -> set[int]:
    """Return the numbers of who is assigned today."""
    return {one.person.number for one in made.scene.pupil.assigned if one.starts <= made.day <= (one.ends or made.day)}


def unanswered(made: Made) -> int:
    """Return how many contracted agencies have not declined a vacancy that names the student."""
    found = letter(made)
    on = made.scene.times.day_of(found.processed or 0)
    contracts = made.scene.world.contracting.contracted(place(made.scene.world), found.service, found.language, on)
    offers = [offer for one in made.scene.world.contracting.vacancies for offer in one.offers]
    declined = {offer.agency for offer in offers if offer.answer == DECLINED}
    return len({one.agency for one in contracts} - declined)


def test_an_assigned_provider_is_active_under_the_hold() -> None:
    made = make(HELD, "assigned and active")
    assert assigned_today(made) == {made.subject.provider}
    assert own_calls(made) == 1
    assert unanswered(made) == 0


def test_so_is_one_who_was_never_assigned() -> None:
    made = make(HELD, "active, and never assigned")
    assert not made.scene.pupil.assigned
    assert own_calls(made) == 1


def test_one_who_was_stopped_is_not() -> None:
    made = make(HELD, "stopped: somebody of the DOE serves since")
    assert own_calls(made) == 1
    assert made.subject.provider not in assigned_today(made)
    assert len(assigned_today(made)) == 1


def test_nor_is_one_who_has_not_begun() -> None:
    made = make(HELD, "assigned, and has not begun")
    assert assigned_today(made) == {made.subject.provider}
    assert own_calls(made) == 0


def test_where_the_hold_is_lifted_nobody_is_under_it() -> None:
    city: World = world()
    city.hold = False
    with pytest.raises(Unreachable, match="lifted"):
        scenario(HELD, "assigned and active").make(Scene(city, place(city)))


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize(
    ("what", "left"),
    [
        ("no agency was asked", 2),
        ("an agency has not answered", 1),
        ("every agency has declined", 0),
        ("no agency is contracted for this", 0),
    ],
)
def test_every_contracted_agency_must_have_declined(what: str, left: int, seed: int) -> None:
    made = make(UNASKED, what, seed=seed)
    assert unanswered(made) == left
    assert own_calls(made) == 0
    (track,) = made.scene.pupil.tracks
    assert track.cap is not None
    assert track.cap.status == CapStatus.RSA_APPROVED


@pytest.mark.parametrize("day", [DAY, date(2026, 9, 15), date(2027, 6, 9)])
@pytest.mark.parametrize(
    ("what", "least", "most"),
    [
        ("processed twenty-nine days ago", 29, 29),
        ("processed weeks ago", 30, 68),
        ("processed twenty-eight days ago", 28, 28),
    ],
)
def test_a_letter_is_unused_after_twenty_eight_days(what: str, least: int, most: int, day: date) -> None:
    made = make(UNUSED, what, day)
    processed = letter(made).processed
    assert processed is not None
    assert least <= made.day - made.scene.times.day_of(processed) <= most
    assert not made.scene.pupil.calls
    assert unanswered(made) == 0


def test_a_letter_that_nobody_needs_is_not_unused() -> None:
    made = make(UNUSED, "somebody of the DOE serves instead")
    processed = letter(made).processed
    assert processed is not None
    assert made.day - made.scene.times.day_of(processed) > 28
    assert own_calls(made) == 0
    assert [one.outcome for one in made.scene.pupil.calls] == [Outcome.ACCEPTED]


def test_a_call_that_the_hold_refused_is_not_the_gates() -> None:
    made = make("CALL_BEFORE_GATE", "refused by the hold, and not by the gate")
    (call,) = made.scene.pupil.calls
    assert (call.outcome, call.rule) == (Outcome.REFUSED, "R13")
