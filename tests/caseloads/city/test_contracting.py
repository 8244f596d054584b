"""Vacancies, offers, transmittals and letters of the city."""

from __future__ import annotations

import pytest

from caseloads.city.case import Case
from caseloads.city.contracting import DECLINED, FILLED, WITHDRAWN, Contracted
from caseloads.city.lives import CONTRACTING, TRANSMITTED, Lives
from caseloads.city.records import Unit
from caseloads.city.times import MINUTES
from caseloads.city.unserved import approve, be_transmitted, be_vacant
from caseloads.systems.cap.codes import CapStatus
from providers.kinds import Borough, Language, Service
from tests.caseloads.city.worlds import AGENCIES, place, world

SPEECH, ENGLISH = Service.SPEECH.value, Language.ENGLISH.value


def started(language: Language = Language.ENGLISH) -> tuple[Case, Lives, Unit]:
    """Return a student in the making, with speech that nobody serves."""
    city = world()
    case = Case(city, place(city))
    unit = case.unit(case.settled(), Service.SPEECH, language=language, settings=(1,))
    return case, Lives(case), unit


def test_a_contract_runs_between_its_days() -> None:
    contract = Contracted(1, 1, 100, 200)
    assert [contract.runs(day) for day in (99, 100, 200, 201)] == [False, True, True, False]
    assert Contracted(1, 1, 100).runs(9999)


def test_agencies_are_contracted_by_service_language_and_borough() -> None:
    city = world()
    contracting, at = city.contracting, place(city)
    english = contracting.contracted(at, SPEECH, ENGLISH)
    assert {one.agency for one in english} == {AGENCIES["CITYALDER"], AGENCIES["CITYELM"]}
    assert contracting.contracted(at, SPEECH, Language.ALBANIAN.value) == []
    at.borough = Borough.BRONX
    assert contracting.contracted(at, SPEECH, ENGLISH) == []


def test_only_agencies_of_the_city_are_sent_transmittals() -> None:
    city = world()
    key = (Borough.BROOKLYN, SPEECH, Language.ALBANIAN.value)
    city.contracting.contracts[key].append(Contracted(99, 99, 0, ours=False))
    assert city.contracting.of_ours(place(city), SPEECH, Language.ALBANIAN.value) is None
    assert [one.agency for one in city.contracting.contracted(place(city), SPEECH, Language.ALBANIAN.value)] == [99]


def test_a_school_has_one_open_vacancy_of_a_service_and_language() -> None:
    case, _lives, unit = started()
    other = case.unit(case.settled(), Service.SPEECH, language=Language.ENGLISH, settings=(2,))
    contracting = case.world.contracting
    first = contracting.vacant(case.place, unit.lines, logged=case.times.at - 500)
    second = contracting.vacant(case.place, other.lines, logged=case.times.at - 9000)
    assert first is second
    assert first.lines == [*unit.lines, *other.lines]
    assert first.logged == case.times.at - 9000
    assert first.since <= case.times.day_of(first.logged)


def test_where_another_vacancy_is_open_none_of_the_citys_may_be() -> None:
    case, _lives, unit = started()
    contracting = case.world.contracting
    assert contracting.may_be_vacant(case.place, unit.service, unit.language)
    contracting.taken.add((case.place.id, unit.service, unit.language))
    assert not contracting.may_be_vacant(case.place, unit.service, unit.language)


def test_what_is_vacant_is_contracted_out_since_a_night() -> None:
    case, lives, unit = started()
    (track,) = be_vacant(lives, unit, since=case.times.day - 5)
    (vacancy,) = case.world.contracting.vacancies
    assert track.cap is not None
    assert (track.cap.status, track.cap.since) == (CONTRACTING, case.times.on(case.times.day - 5, 1))
    assert vacancy.logged < track.cap.since
    assert vacancy.closed is None


def test_what_was_transmitted_today_is_in_cap_tomorrow() -> None:
    case, lives, unit = started()
    contract = case.world.contracting.of_ours(case.place, unit.service, unit.language)
    assert contract is not None
    (track,) = be_transmitted(lives, unit, contract, on=case.times.day)
    assert track.cap is not None
    assert track.cap.status == CONTRACTING
    assert case.pupil.transmittals[0].processed < case.times.at


def test_what_was_transmitted_before_is_in_cap() -> None:
    case, lives, unit = started()
    contract = case.world.contracting.of_ours(case.place, unit.service, unit.language)
    assert contract is not None
    (track,) = be_transmitted(lives, unit, contract, on=case.times.day - 4)
    assert track.cap is not None
    assert (track.cap.status, track.cap.since) == (TRANSMITTED, case.times.on(case.times.day - 3, 1))
    assert case.world.contracting.vacancies[0].closing == FILLED


def test_an_agency_gets_one_transmittal_for_a_service() -> None:
    case, _lives, unit = started()
    contract = Contracted(1, AGENCIES["CITYALDER"], 0)
    for _ in range(2):
        case.world.contracting.transmit(case.pupil, case.place, unit.lines, contract, processed=case.times.at - 100)
    assert len(case.pupil.transmittals) == len(case.world.contracting.vacancies) == 1


@pytest.mark.parametrize(("language", "asked"), [(Language.BENGALI, 2), (Language.ALBANIAN, 0)])
def test_a_letter_follows_when_every_agency_has_declined(language: Language, asked: int) -> None:
    case, lives, unit = started(language)
    person = case.world.staff.hire(case.somebody(unit, contracted=False).role, independent=True)
    letter = approve(lives, unit, person, on=case.times.day - 9)
    assert letter.processed is not None
    offers = letter.vacancy.offers if letter.vacancy is not None else []
    assert [offer.answer for offer in offers] == [DECLINED] * asked
    assert all((offer.answered or 0) < letter.processed for offer in offers)
    assert letter.vacancy is None or letter.vacancy.closing == WITHDRAWN
    assert case.pupil.letters == [letter]


def test_a_letter_may_come_without_asking() -> None:
    case, lives, unit = started(Language.BENGALI)
    person = case.world.staff.hire(case.somebody(unit, contracted=False).role, independent=True)
    assert approve(lives, unit, person, on=case.times.day - 9, declined=False).vacancy is None
    assert case.world.contracting.vacancies == []


def test_an_offer_is_answered_after_it_was_made() -> None:
    case, _lives, unit = started()
    contracting = case.world.contracting
    vacancy = contracting.over(case.place, unit.lines, logged=case.times.at - 9 * MINUTES, closed=case.times.at)
    contracting.declined(vacancy, [3, 4], at=case.times.at - MINUTES)
    assert [(offer.agency, offer.offered < (offer.answered or 0)) for offer in vacancy.offers] == [(3, True), (4, True)]


def test_the_cap_codes_are_caps_own() -> None:
    assert (CONTRACTING, TRANSMITTED) == (CapStatus.ACO, CapStatus.TRANSMITTED)
