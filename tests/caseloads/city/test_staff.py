"""People are found or taken on as lines come."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from caseloads.city.folk import Person, Place
from caseloads.city.staff import Staff
from caseloads.city.times import SchoolDays, instant
from orcs_portal.shared.clock import at_local
from providers.kinds import Affiliation, Borough, Language, Role, Route, Service
from providers.policy.verdict import Paper
from tests.caseloads.city.test_times import times


@pytest.fixture
def staff() -> Staff:
    """Give a city that has nobody yet."""
    return Staff(Random(1), times(), first_id=10, first_number=910_000_001)


def place(at: int = 1, dbn: str = "15K921") -> Place:
    """Return a school."""
    return Place(at, dbn, Borough.BROOKLYN, ("1",), SchoolDays([], times()), 1)


def serving(staff: Staff, at: Place, count: int, service: Service = Service.SPEECH, **how: int) -> list[Person]:
    """Return who serves so many students."""
    language = Language(how.pop("language", Language.ENGLISH))
    return [staff.serving(at, service, language, **how) for _ in range(count)]


def test_one_person_serves_until_the_caseload_is_full(staff: Staff) -> None:
    people = serving(staff, place(), 200)
    assert 3 < len(set(people)) < 7
    assert all(one.load <= one.limit <= 58 for one in people)
    assert people.count(people[0]) == people[0].limit


def test_every_school_has_its_own_people(staff: Staff) -> None:
    assert serving(staff, place(), 1) != serving(staff, place(2, "15K922"), 1)


@pytest.mark.parametrize(
    ("service", "how"),
    [
        (Service.HEARING, {}),
        (Service.SPEECH, {"language": Language.SPANISH}),
        (Service.SPEECH, {"agency": 5}),
    ],
)
def test_who_is_rare_serves_a_district(staff: Staff, service: Service, how: dict[str, int]) -> None:
    first, second = place(), place(2, "15K922")
    (one,) = serving(staff, first, 1, service, **how)
    (other,) = serving(staff, second, 1, service, **how)
    assert one is other
    assert set(one.posts) == {first.id, second.id}
    assert serving(staff, place(3, "20K923"), 1, service, **how) != [one]


def test_an_agencys_people_need_a_transmittal_and_are_in_pets(staff: Staff) -> None:
    (one,) = serving(staff, place(), 1, agency=5)
    assert (one.affiliation, one.agency, one.paper, one.route) == (
        Affiliation.AGENCY,
        5,
        Paper.TRANSMITTAL,
        Route.PETS,
    )
    assert [(line.active, line.eligible) for line in one.pets] == [(True, True)]
    assert one.posts[1].listed is None


def test_the_doe_is_listed_in_galaxy_a_day_before_sesis_opens(staff: Staff) -> None:
    (one,) = serving(staff, place(), 1)
    post = one.posts[1]
    assert (one.affiliation, one.paper, one.pets) == (Affiliation.DOE, Paper.NONE, [])
    assert post.listed is not None
    assert post.access == post.listed + 24 * 60
    assert instant(post.listed) == at_local(date(2026, 9, 1), 9)


def test_an_independent_provider_needs_a_letter(staff: Staff) -> None:
    one = staff.hire(Role.COUNSELOR, independent=True)
    assert (one.affiliation, one.paper, one.agency) == (Affiliation.RSA, Paper.RSA_LETTER, None)


def test_nurses_alone_make_no_call(staff: Staff) -> None:
    assert not serving(staff, place(), 1, Service.NURSE)[0].calls
    assert serving(staff, place(), 1, Service.HEALTH_PARA)[0].calls


def test_somebody_else_is_somebody_else(staff: Staff) -> None:
    (one,) = serving(staff, place(), 1)
    other = staff.another(place(), Service.SPEECH)
    assert other is not one
    assert serving(staff, place(), 1) == [one]


def test_ids_and_numbers_are_counted_up(staff: Staff) -> None:
    people = [staff.another(place(), Service.SPEECH) for _ in range(3)]
    assert [one.id for one in people] == [10, 11, 12]
    assert [one.number for one in people] == [910_000_001, 910_000_002, 910_000_003]
