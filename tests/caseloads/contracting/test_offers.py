"""Offering a vacancy to contracted agencies, with the school's contact in copy, and their answers (R12)."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import transaction

from caseloads.contracting import offers, vacancies
from caseloads.contracting.offers import contracts_for
from caseloads.contracting.refusal import CannotContract
from caseloads.models import Message, Offer, Vacancy
from caseloads.models.message import MessageKind, MessageState
from orcs_portal.shared.models import Touched
from providers.kinds import Borough, Language, Service
from providers.models import Agency, Contact, Contract
from tests import build
from tests.caseloads.contracting.scene import Bench, agency, bench, touched
from tests.threads import at_once

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_an_offer_is_an_e_mail_to_the_agency_with_the_schools_contact_in_copy(here: Bench) -> None:
    vacancy = here.log(note="The room is free Monday to Thursday.")
    asked = here.offer(vacancy)
    assert (asked.agency, asked.offered, asked.offered_by, asked.answer) == (here.agency, build.NOW, here.orcs, None)
    message = Message.objects.get()
    assert (message.kind, message.offer, message.state) == (MessageKind.OFFER, asked, MessageState.KEPT)
    assert (message.to, message.copied) == ([here.agency.email], ["related-services@school.example"])
    assert message.subject == f"Vacancy V-{vacancy.pk}: Speech-language, English, {here.school.dbn}"
    assert "2 students, 180 minutes a week:" in message.body
    assert "- 3 times a week, 30 minutes, group of 2" in message.body
    assert "From the school: The room is free Monday to Thursday." in message.body
    assert "Unserved since: Nov 9, 2026" in message.body


def test_no_e_mail_names_a_student(here: Bench) -> None:
    vacancy = here.log()
    here.answer(here.offer(vacancy), accepted=True)
    here.send(vacancy)
    for message in Message.objects.all():
        for line in here.lines:
            for word in (line.student.first_name, line.student.last_name, str(line.student.osis)):
                assert word not in message.subject + message.body


def test_an_offer_touches_the_students_and_the_agency(here: Bench) -> None:
    vacancy = here.log()
    Touched.objects.all().delete()
    here.offer(vacancy)
    assert touched() == set(here.students)
    assert touched(Touched.Kind.AGENCY) == {here.agency.pk}


def test_without_the_schools_contact_nothing_is_offered(here: Bench) -> None:
    """R12: the school's contact is copied, or nothing goes out."""
    Contact.objects.all().delete()
    vacancy = here.log()
    with pytest.raises(CannotContract, match="no related-services contact on record"), transaction.atomic():
        here.offer(vacancy)
    assert not Offer.objects.exists()


def test_the_orcs_contact_of_the_borough_is_named_where_there_is_one(here: Bench) -> None:
    Contact.objects.create(
        borough=Borough.BROOKLYN, full_name="Test Brooklyn", email="b@orcs.example", set_by=here.orcs, set_at=build.NOW
    )
    here.offer(here.log())
    assert "ORCS contact: Test Brooklyn, b@orcs.example" in Message.objects.get().body


def test_an_agency_without_an_address_cannot_be_asked(here: Bench) -> None:
    silent = agency("Test Silent", email=False)
    build.contract(silent)
    with pytest.raises(CannotContract, match="no e-mail address"), transaction.atomic():
        here.offer(here.log(), silent)
    assert not Offer.objects.exists()


def under(what: str) -> Contract:
    """Return a contract that differs from what is needed in one thing."""
    row = build.contract(agency("Test Stranger"))
    changes: dict[str, dict[str, Any]] = {
        "service": {"service": Service.COUNSELING},
        "language": {"language": Language.SPANISH},
        "borough": {"borough": Borough.QUEENS},
        "over": {"ends": build.TODAY - DAY},
        "to come": {"starts": build.TODAY + DAY},
    }
    Contract.objects.filter(pk=row.pk).update(**changes[what])
    return row


@pytest.mark.parametrize("what", ["service", "language", "borough", "over", "to come"])
def test_an_agency_without_a_contract_for_it_is_not_asked(here: Bench, what: str) -> None:
    stranger = under(what).agency
    with pytest.raises(CannotContract, match="has no contract for Speech-language, English in this borough"):
        here.offer(here.log(), stranger)


def test_contracts_run_to_their_last_day(here: Bench) -> None:
    Contract.objects.update(starts=build.TODAY, ends=build.TODAY)
    assert set(contracts_for(here.log(), build.TODAY)) == {here.agency.pk, here.other.pk}


def test_an_agency_is_asked_once(here: Bench) -> None:
    vacancy = here.log()
    here.offer(vacancy)
    with pytest.raises(CannotContract, match="has been asked already"):
        here.offer(vacancy)
    here.offer(vacancy, here.other)
    assert Offer.objects.count() == 2


def test_once_an_agency_has_accepted_nobody_else_is_asked(here: Bench) -> None:
    vacancy = here.accepted()
    with pytest.raises(CannotContract, match="An agency has accepted this vacancy already"):
        here.offer(vacancy, here.other)


def test_a_closed_vacancy_and_one_in_which_nobody_waits_are_not_offered(here: Bench) -> None:
    vacancy = here.log()
    for line in here.lines:
        build.assignment(build.provider(), line)
    with pytest.raises(CannotContract, match="Nobody waits"):
        here.offer(vacancy)
    vacancies.close(vacancy=vacancy, closing=Vacancy.Closing.FILLED, by=here.orcs, now=build.NOW)
    with pytest.raises(CannotContract, match="has been closed"):
        here.offer(vacancy)


def test_an_answer_has_its_author_and_its_time_and_says_on_whose_behalf(here: Bench) -> None:
    vacancy, agent = here.log(), build.user()
    first, second = here.offer(vacancy), here.offer(vacancy, here.other)
    here.answer(first, accepted=False, by=agent)
    here.answer(second, accepted=True, by=here.orcs, for_agency=True)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.answer, first.answered_by, first.answered, first.for_agency) == (2, agent, build.NOW, False)
    assert (second.answer, second.answered_by, second.for_agency) == (1, here.orcs, True)


def test_the_second_who_accepts_is_told_that_another_has(here: Bench) -> None:
    vacancy = here.log()
    first, second = here.offer(vacancy), here.offer(vacancy, here.other)
    here.answer(first, accepted=True)
    with pytest.raises(CannotContract, match="Another agency has accepted"):
        here.answer(second, accepted=True)
    here.answer(second, accepted=False)
    assert list(vacancy.offers.order_by("pk").values_list("answer", flat=True)) == [1, 2]


def test_what_was_accepted_may_be_declined_until_the_transmittal_is_sent(here: Bench) -> None:
    vacancy = here.log()
    asked = here.offer(vacancy)
    here.answer(asked, accepted=True)
    here.answer(asked, accepted=False)
    here.answer(asked, accepted=True)
    here.send(vacancy)
    with pytest.raises(CannotContract, match="the answer stands"):
        here.answer(asked, accepted=False)


def test_the_same_answer_again_changes_nothing(here: Bench) -> None:
    asked = here.offer(here.log())
    agent = build.user()
    here.answer(asked, accepted=True, by=agent)
    here.answer(asked, accepted=True, by=build.user())
    asked.refresh_from_db()
    assert asked.answered_by == agent


def test_an_answer_to_a_closed_vacancy_comes_too_late(here: Bench) -> None:
    vacancy = here.log()
    asked = here.offer(vacancy)
    vacancies.close(vacancy=vacancy, closing=Vacancy.Closing.WITHDRAWN, by=here.designee, now=build.NOW)
    with pytest.raises(CannotContract, match="has been closed"):
        here.answer(asked, accepted=True)


@pytest.mark.django_db(transaction=True)
def test_of_two_agencies_that_accept_at_once_one_is_told() -> None:
    here = bench()
    vacancy = here.log()
    asked = [here.offer(vacancy), here.offer(vacancy, here.other)]

    def attempt(one: Offer) -> str:
        try:
            offers.answer(offer=one, accepted=True, for_agency=False, by=here.orcs, now=build.NOW)
        except CannotContract:
            return "told"
        return "accepted"

    heard = at_once([partial(attempt, one) for one in asked for _ in range(1)])
    assert sorted(heard) == ["accepted", "told"]
    assert Offer.objects.filter(answer=1).count() == 1


@pytest.mark.django_db(transaction=True)
def test_twelve_offers_at_once_ask_an_agency_once_and_write_one_e_mail() -> None:
    here = bench()
    vacancy = here.log()

    def attempt(to: Agency) -> str:
        try:
            here.offer(vacancy, to)
        except CannotContract as refused:
            return str(refused)
        return "asked"

    heard = at_once([partial(attempt, here.agency)] * 12)
    assert sorted(heard) == [f"{here.agency} has been asked already"] * 11 + ["asked"]
    assert (Offer.objects.count(), Message.objects.count()) == (1, 1)
