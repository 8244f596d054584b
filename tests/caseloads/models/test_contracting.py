"""Assignments, vacancies, offers, transmittals and RSA letters: what the database refuses."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from django.db import connection

from caseloads.models import Assignment, Offer, RsaLetter, Transmittal, Vacancy
from providers.kinds import Affiliation, Language, Service
from providers.models import Agency, Contract, School
from tests import build
from tests.refusals import refused

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
UNDER_CONTRACT = "transmittal_under_contract"


def vacancy(at: School) -> Vacancy:
    """Report a speech vacancy."""
    return Vacancy.objects.create(
        school=at,
        service=Service.SPEECH,
        language=Language.ENGLISH,
        unserved_since=build.TODAY,
        logged_by=build.user(),
        logged=build.NOW,
    )


def close(row: Vacancy) -> None:
    """Close a vacancy as filled."""
    row.closing, row.closed, row.closed_by = Vacancy.Closing.FILLED, build.NOW, build.user()
    row.save()


def offer(of: Vacancy, to: Agency, answer: Offer.Answer | None = None) -> Offer:
    """Offer a vacancy to an agency, with its answer if there is one."""
    return Offer.objects.create(
        vacancy=of,
        agency=to,
        offered_by=build.user(),
        offered=build.NOW,
        answer=answer,
        answered=build.NOW if answer else None,
        answered_by=build.user() if answer else None,
    )


def test_an_assignment_is_open_once_and_again_after_it_ended() -> None:
    mandate, provider = build.mandated(build.school()), build.provider()
    build.assignment(provider, mandate)
    with refused("assignment_open_once"):
        build.assignment(provider, mandate, starts=build.TODAY)
    Assignment.objects.update(ends=build.TODAY - DAY)
    build.assignment(provider, mandate, starts=build.TODAY)
    build.assignment(build.provider(), mandate)
    assert mandate.assignments.filter(ends=None).count() == 2


def test_an_assignment_does_not_end_before_it_starts() -> None:
    mandate, provider = build.mandated(build.school()), build.provider()
    build.assignment(provider, mandate, starts=build.TODAY, ends=build.TODAY)
    with refused("assignment_ends_after_it_starts"):
        build.assignment(provider, mandate, starts=build.TODAY, ends=build.TODAY - DAY)


def test_a_vacancy_is_open_once_for_a_school_service_and_language() -> None:
    school = build.school()
    first = vacancy(school)
    with refused("vacancy_open_once"):
        vacancy(school)
    vacancy(build.school())
    close(first)
    assert vacancy(school).pk


@pytest.mark.parametrize(("closing", "author", "time"), list(product([True, False], repeat=3)))
def test_why_by_whom_and_when_a_vacancy_was_closed_come_together(closing: bool, author: bool, time: bool) -> None:
    row = vacancy(build.school())
    row.closing = Vacancy.Closing.WITHDRAWN if closing else None
    row.closed_by = build.user() if author else None
    row.closed = build.NOW if time else None
    if closing == author == time:
        row.save()
    else:
        with refused("vacancy_closed_whole"):
            row.save()


def test_a_vacancy_is_offered_once_to_an_agency() -> None:
    reported, agency = vacancy(build.school()), build.agency()
    offer(reported, agency)
    with refused("offer_once_to_an_agency"):
        offer(reported, agency)


def test_one_agency_accepts() -> None:
    reported = vacancy(build.school())
    offer(reported, build.agency(), Offer.Answer.DECLINED)
    offer(reported, build.agency(), Offer.Answer.DECLINED)
    offer(reported, build.agency(), Offer.Answer.ACCEPTED)
    with refused("offer_accepted_by_one_agency"):
        offer(reported, build.agency(), Offer.Answer.ACCEPTED)


@pytest.mark.parametrize(("answer", "author", "time"), list(product([True, False], repeat=3)))
def test_an_answer_its_author_and_its_time_come_together(answer: bool, author: bool, time: bool) -> None:
    row = offer(vacancy(build.school()), build.agency())
    row.answer = Offer.Answer.DECLINED if answer else None
    row.answered_by = build.user() if author else None
    row.answered = build.NOW if time else None
    if answer == author == time:
        row.save()
    else:
        with refused("offer_answered_whole"):
            row.save()


def test_orcs_enters_an_agencys_answer_only_where_there_is_one() -> None:
    row = offer(vacancy(build.school()), build.agency())
    row.for_agency = True
    with refused("offer_for_agency_only_answered"):
        row.save()
    row.answer, row.answered, row.answered_by = Offer.Answer.DECLINED, build.NOW, build.user()
    row.save()


def test_a_transmittal_goes_to_an_agency_under_contract() -> None:
    agency = build.agency()
    assert build.transmittal(build.mandated(build.school()), build.contract(agency)).agency == agency


@pytest.mark.parametrize("changed", ["agency", "service", "language"])
def test_a_transmittal_without_a_contract_for_it_is_refused(changed: str) -> None:
    """R8 and R12: neither another agency, nor a service or a language that the contract does not name."""
    agency = build.agency()
    contract = build.contract(agency)
    lie = {"agency": build.agency(), "service": Service.COUNSELING, "language": Language.SPANISH}
    whole = {"agency": agency, "service": Service.SPEECH, "language": Language.ENGLISH} | {changed: lie[changed]}
    student = build.student(build.school())
    with refused(UNDER_CONTRACT):
        Transmittal.objects.create(contract=contract, student=student, processed=build.NOW, **whole)


def test_a_contract_that_carries_a_transmittal_is_neither_changed_nor_removed_under_it() -> None:
    contract = build.contract(build.agency())
    build.transmittal(build.mandated(build.school()), contract)
    with refused(UNDER_CONTRACT):
        Contract.objects.update(language=Language.SPANISH)
    with refused(UNDER_CONTRACT), connection.cursor() as cursor:
        cursor.execute("DELETE FROM providers_contract")


def test_a_transmittal_is_sent_once_to_an_agency() -> None:
    contract, mandate = build.contract(build.agency()), build.mandated(build.school())
    build.transmittal(mandate, contract)
    with refused("transmittal_once_to_an_agency"):
        build.transmittal(mandate, contract)
    build.transmittal(mandate, build.contract(build.agency()))
    assert mandate.student.transmittals.count() == 2


@pytest.mark.parametrize("affiliation", [Affiliation.DOE, Affiliation.AGENCY])
def test_an_rsa_letter_is_for_an_rsa_provider(affiliation: Affiliation) -> None:
    other = build.provider(affiliation, of=build.agency() if affiliation == Affiliation.AGENCY else None)
    mandate = build.mandated(build.school())
    with refused("rsa_letter_affiliation_held"):
        build.rsa_letter(mandate, other)
    letter = build.rsa_letter(mandate, build.provider(Affiliation.RSA))
    letter.provider, letter.affiliation = other, affiliation
    with refused("rsa_letter_for_rsa_provider"):
        letter.save()


def test_an_rsa_provider_with_a_letter_stays_one() -> None:
    provider = build.provider(Affiliation.RSA)
    build.rsa_letter(build.mandated(build.school()), provider)
    provider.affiliation = Affiliation.DOE
    with refused("rsa_letter_affiliation_held"):
        provider.save()


def test_a_letter_is_written_once_for_a_provider() -> None:
    mandate, provider = build.mandated(build.school()), build.provider(Affiliation.RSA)
    build.rsa_letter(mandate, provider)
    with refused("rsa_letter_once_for_a_provider"):
        build.rsa_letter(mandate, provider, processed=build.NOW)
    build.rsa_letter(mandate, build.provider(Affiliation.RSA))
    assert RsaLetter.objects.filter(approved=date(2026, 9, 1)).count() == 2


def test_who_processed_a_letter_does_not_stand_without_the_time() -> None:
    letter = build.rsa_letter(build.mandated(build.school()), build.provider(Affiliation.RSA))
    letter.processed_by = build.user()
    with refused("rsa_letter_author_only_with_time"):
        letter.save()
    letter.processed = build.NOW
    letter.save()
