"""One vacancy, and what each reader may do about it: offered, answered, transmitted, closed (R8, R12, R13, R15)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from caseloads.kinds import Outcome
from caseloads.models import Call, Message, Offer, Transmittal, Vacancy
from providers.kinds import Affiliation, Borough
from providers.models import Contact
from tests import build
from tests.caseloads.contracting.scene import Bench, bench
from tests.caseloads.views.contracting import (
    as_agent_of,
    as_designee_of,
    as_orcs_of,
    as_stranger_of_orcs,
    page,
)
from tests.caseloads.views.filling import record
from tests.caseloads.views.filling import typed as call_typed
from tests.caseloads.views.pages import main, records
from tests.caseloads.views.people import (
    as_agency,
    as_auditor,
    as_designee,
    as_head,
    as_orcs,
    as_provider,
)

DAY = timedelta(days=1)


@pytest.fixture
def here(db: None) -> Bench:
    return bench()


def names(here: Bench) -> list[str]:
    return [line.student.full_name for line in here.lines]


def test_the_school_orcs_and_an_auditor_see_the_students_and_leave_a_record(here: Bench) -> None:
    vacancy = here.log(note="The room is free.")
    for client in (as_designee_of(here), as_head(here.school), as_orcs_of(here), as_orcs(), as_auditor()):
        said = main(client.get(page(vacancy)))
        assert all(name in said for name in names(here))
        assert "The room is free." in said
        assert records()[-1][:3] == ("vacancy", here.students, "A vacancy's students")


def test_strangers_do_not_find_it(here: Bench) -> None:
    vacancy = here.log()
    strangers = (
        as_designee(build.school()),
        as_stranger_of_orcs(),
        as_orcs(Borough.BRONX),
        as_agent_of(here),
        as_provider(build.provider(at=here.school)),
    )
    assert [client.get(page(vacancy)).status_code for client in strangers] == [404] * 5
    assert as_orcs_of(here).get(page(Vacancy(pk=999_999))).status_code == 404
    assert "sign-in" in Client().get(page(vacancy)).headers["Location"]


def test_an_agency_sees_its_own_offer_and_no_student_before_the_transmittal(here: Bench) -> None:
    vacancy = here.log()
    here.offer(vacancy)
    here.offer(vacancy, here.other)
    said = main(as_agent_of(here).get(page(vacancy)))
    assert not any(name in said for name in names(here))
    assert str(here.other) not in said
    assert "Who they are is seen once the transmittal is sent (R8)." in said
    assert "2 students wait, 180 minutes a week." in said
    assert records() == [("vacancy", [], "A vacancy's students", 1)]


def test_after_the_transmittal_the_agency_sees_its_students(here: Bench) -> None:
    vacancy = here.accepted()
    here.send(vacancy)
    said = main(as_agent_of(here).get(page(vacancy)))
    assert all(name in said for name in names(here))
    assert records()[-1][1] == here.students
    assert as_agency(here.other).get(page(vacancy)).status_code == 404


def test_a_student_who_left_the_school_is_counted_and_not_named(here: Bench) -> None:
    vacancy = here.log()
    here.lines[0].student.enrolments.update(ends=build.TODAY - DAY)
    said = main(as_designee_of(here).get(page(vacancy)))
    assert names(here)[0] not in said
    assert "1 student named when it was logged has no such mandate here any more." in said


def test_who_serves_each_is_said(here: Bench) -> None:
    vacancy = here.log()
    served = build.assignment(build.provider(name="Test Therapist"), here.lines[0])
    early = build.provider(Affiliation.AGENCY, of=here.agency, name="Test Early")
    build.assignment(early, here.lines[1])
    said = main(as_designee_of(here).get(page(vacancy)))
    assert "Served Test Therapist" in said
    assert "Test Early is assigned, but may not serve before the transmittal (R8)" in said
    assert served.pk


def test_orcs_offers_it_and_the_e_mail_is_kept_with_the_contact_in_copy(here: Bench) -> None:
    vacancy = here.log()
    client = as_orcs_of(here)
    done = client.post(page(vacancy, "offer/"), {"agency": here.agency.pk}, follow=True)
    said = main(done)
    assert f"Offered to {here.agency}." in said
    assert "In copy related-services@school.example" in said
    assert "Where it is Kept here only" in said
    assert f"Offered to {here.agency}." in main(as_designee_of(here).get(page(vacancy)))
    assert Message.objects.get().written_by == here.orcs


def test_only_orcs_offers_and_only_in_its_borough(here: Bench) -> None:
    vacancy = here.log()
    others = (as_designee_of(here), as_head(here.school), as_stranger_of_orcs(), as_auditor(), as_agent_of(here))
    for client in others:
        assert client.post(page(vacancy, "offer/"), {"agency": here.agency.pk}).status_code == 404
    assert not Offer.objects.exists()


@pytest.mark.parametrize("agency", ["", "0", "x", "\x00", "9" * 30])
def test_an_agency_that_is_none_is_not_there(here: Bench, agency: str) -> None:
    assert as_orcs_of(here).post(page(here.log(), "offer/"), {"agency": agency}).status_code == 404


def test_an_agency_without_a_contract_is_not_there(here: Bench) -> None:
    stranger = build.agency()
    assert as_orcs_of(here).post(page(here.log(), "offer/"), {"agency": stranger.pk}).status_code == 404


def test_without_the_schools_contact_the_page_says_what_comes_first(here: Bench) -> None:
    Contact.objects.all().delete()
    vacancy = here.log()
    answer = as_orcs_of(here).post(page(vacancy, "offer/"), {"agency": here.agency.pk})
    assert answer.status_code == 409
    assert "Nothing was done. The school has no related-services contact on record" in main(answer)
    assert "Name the contact" in main(answer)
    assert not Offer.objects.exists()


def test_a_double_click_offers_once_and_says_so(here: Bench) -> None:
    vacancy, client = here.log(), as_orcs_of(here)
    first = client.post(page(vacancy, "offer/"), {"agency": here.agency.pk})
    second = client.post(page(vacancy, "offer/"), {"agency": here.agency.pk})
    assert (first.status_code, second.status_code) == (302, 409)
    assert f"{here.agency} has been asked already" in main(second)


def answers(offer: Offer) -> str:
    return f"/vacancies/offers/{offer.pk}/answer/"


def test_the_agency_answers_its_offer(here: Bench) -> None:
    vacancy = here.log()
    asked = here.offer(vacancy)
    done = as_agent_of(here).post(answers(asked), {"answer": "accepted"}, follow=True)
    assert "You accepted" in main(done)
    asked.refresh_from_db()
    assert (asked.answer, asked.for_agency) == (1, False)
    assert "Transmittal to send" in main(as_designee_of(here).get(page(vacancy)))


def test_orcs_enters_an_answer_on_the_agencys_behalf(here: Bench) -> None:
    vacancy = here.log()
    asked = here.offer(vacancy)
    said = main(as_orcs_of(here).post(answers(asked), {"answer": "declined"}, follow=True))
    assert f"{here.agency} declined, entered by ORCS on its behalf." in said
    asked.refresh_from_db()
    assert (asked.answer, asked.for_agency, asked.answered_by) == (2, True, here.orcs)


def test_nobody_else_answers(here: Bench) -> None:
    asked = here.offer(here.log())
    others = (as_agency(here.other), as_designee_of(here), as_head(here.school), as_stranger_of_orcs(), as_auditor())
    for client in others:
        assert client.post(answers(asked), {"answer": "accepted"}).status_code == 404
    asked.refresh_from_db()
    assert asked.answer is None


@pytest.mark.parametrize("answer", ["", "maybe", "\x00"])
def test_an_answer_that_is_none_is_not_there(here: Bench, answer: str) -> None:
    assert as_agent_of(here).post(answers(here.offer(here.log())), {"answer": answer}).status_code == 404


def test_the_second_agency_to_accept_reads_that_another_has(here: Bench) -> None:
    vacancy = here.log()
    here.answer(here.offer(vacancy), accepted=True)
    second = Offer.objects.create(vacancy=vacancy, agency=here.other, offered_by=here.orcs, offered=build.NOW)
    answer = as_agency(here.other).post(answers(second), {"answer": "accepted"})
    assert answer.status_code == 409
    assert "Another agency has accepted this vacancy" in main(answer)


def test_orcs_sends_the_transmittal_and_the_refused_call_becomes_possible(here: Bench) -> None:
    """The whole story: vacancy, offer, answer, transmittal, and the provider's call that was refused before (R8)."""
    helper = build.provider(Affiliation.AGENCY, of=here.agency, at=here.school)
    provider = as_provider(helper)
    osis = f"{here.lines[0].student.osis:09}"
    as_designee_of(here).post("/vacancies/new/record/", _logged(here))
    vacancy = Vacancy.objects.get()
    assert record(provider, call_typed(osis)).status_code == 302
    assert Call.objects.get().rule == "R8"
    orcs = as_orcs_of(here)
    orcs.post(page(vacancy, "offer/"), {"agency": here.agency.pk})
    as_agent_of(here).post(answers(Offer.objects.get()), {"answer": "accepted"})
    assert "Send the transmittal for 2 students" in main(orcs.get(page(vacancy)))
    done = orcs.post(page(vacancy, "transmit/"), follow=True)
    assert "Transmittal processed for 2 students. The agency's providers may call from today on (R8)." in main(done)
    assert ("vacancy-transmit", here.students, "Processed a transmittal", 2) in records()
    assert record(provider, call_typed(osis)).status_code == 302
    assert Call.objects.filter(outcome=Outcome.ACCEPTED).count() == 1


def _logged(here: Bench) -> dict[str, object]:
    return {
        "school": here.school.dbn,
        "service": "speech",
        "language": "english",
        "mandates": here.ids,
        "since": "11/09/2026",
        "note": "",
    }


def test_only_orcs_sends_it_and_only_once_accepted(here: Bench) -> None:
    vacancy = here.log()
    early = as_orcs_of(here).post(page(vacancy, "transmit/"))
    assert early.status_code == 409
    assert "No agency has accepted this vacancy yet (R8)" in main(early)
    here.answer(here.offer(vacancy), accepted=True)
    for client in (as_designee_of(here), as_head(here.school), as_stranger_of_orcs(), as_agent_of(here), as_auditor()):
        assert client.post(page(vacancy, "transmit/")).status_code == 404
    assert not Transmittal.objects.exists()


@pytest.mark.parametrize("number", [2, 12])
def test_the_page_costs_the_same_whatever_its_length(number: int, db: None, django_assert_num_queries: object) -> None:
    here = bench(students=number)
    vacancy = here.accepted()
    here.send(vacancy)
    client = as_orcs_of(here)
    with django_assert_num_queries(29):  # type: ignore[operator] # pytest-django's fixture
        client.get(page(vacancy))
