"""One student's page: whose it is, how much of it, and who looked at it before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from caseloads.kinds import IepStatus
from caseloads.models import Assignment, Enrolment, Vacancy
from compliance.kinds import Code
from orcs_portal.audit.models import Verb
from providers.kinds import Affiliation, Borough, Language, Service
from tests import build
from tests.caseloads.calls import Scene, accepted, delivery, refusal
from tests.caseloads.views.pages import main, records
from tests.caseloads.views.people import (
    Cast,
    account,
    as_administrator,
    as_agency,
    as_auditor,
    as_coordinator,
    as_head,
    as_nobody,
    as_orcs,
    as_provider,
)
from tests.compliance import build as findings
from tests.compliance.views.pupil import DAY, address, agency_of, entry, page


def test_the_page_opens_for_those_who_may_see_the_student_and_for_nobody_else(people: Cast) -> None:
    where, school = f"/students/{people.student}/", people.scene.school
    may = (people.owner, people.colleague, as_head(school), as_orcs(), as_orcs(Borough.BROOKLYN), as_auditor())
    may_not = (people.neighbor, people.stranger, as_orcs(Borough.QUEENS), as_auditor(Borough.BRONX))
    assert [client.get(where).status_code for client in may] == [200] * 6
    assert [client.get(where).status_code for client in may_not] == [404] * 4
    for client in (as_administrator(), as_nobody(), as_agency(build.agency())):
        assert client.get(where).status_code == 404


def test_a_student_who_does_not_exist_reads_like_a_strangers(people: Cast) -> None:
    theirs = people.stranger.get(f"/students/{people.student}/")
    nobodys = people.stranger.get("/students/999999/")
    assert (theirs.status_code, main(theirs)) == (nobodys.status_code, main(nobodys))


def test_an_assignment_that_is_over_or_to_come_opens_nothing(here: Scene) -> None:
    client = as_provider(here.provider)
    Assignment.objects.update(ends=build.TODAY - DAY)
    assert client.get(address(here.mandate)).status_code == 404
    Assignment.objects.update(starts=build.TODAY + DAY, ends=None)
    assert client.get(address(here.mandate)).status_code == 404


def test_the_present_school_has_the_page_and_the_former_one_has_not(here: Scene) -> None:
    new = build.school(name="P.S. 901 The New School")
    call = accepted(here.provider, here.mandate)
    Enrolment.objects.update(ends=build.TODAY - DAY)
    Enrolment.objects.create(student=here.mandate.student, school=new, grade="4", starts=build.TODAY)
    assert as_coordinator(here.school).get(address(here.mandate)).status_code == 404
    answer = as_coordinator(new).get(address(here.mandate))
    (row,) = answer.context["student"]["calls"]
    assert (row["number"], row["url"]) == (call.confirmation, "")
    assert f"At {here.school}" in main(answer)
    assert [one["now"] for one in answer.context["student"]["enrolments"]] == [True, False]


def test_whoever_has_left_has_a_page_citywide_alone(here: Scene) -> None:
    Enrolment.objects.update(ends=build.TODAY - DAY)
    assert as_coordinator(here.school).get(address(here.mandate)).status_code == 404
    answer = as_orcs().get(address(here.mandate))
    assert "Enrolled at no school today" in main(answer)


def test_the_title_names_nobody(people: Cast) -> None:
    content = " ".join(people.colleague.get(f"/students/{people.student}/").content.decode().split())
    assert "<title>One student - ORCS Portal</title>" in content


def test_a_look_leaves_a_record_and_so_the_next_one_sees_who_looked(people: Cast) -> None:
    where = f"/students/{people.student}/"
    people.colleague.get(where)
    people.colleague.get(where)
    people.owner.get(where)
    assert records()[0] == ("student", [people.student], "A student's page", Verb.SHOWN)
    answer = as_head(people.scene.school).get(where)
    looks = answer.context["student"]["looks"]
    assert [(one["purpose"], one["times"], one["changed"]) for one in looks] == [
        ("A student's page", 1, False),
        ("A student's page", 2, False),
    ]
    assert looks[0]["name"] == people.scene.provider.full_name
    assert "2 times that day" in main(answer)


def test_who_looked_is_the_staffs_to_know(people: Cast) -> None:
    people.colleague.get(f"/students/{people.student}/")
    for client in (people.owner, as_agency(agency_of(people.scene))):
        answer = client.get(f"/students/{people.student}/")
        assert answer.context["student"]["looks"] is None
        assert "Who looked" not in main(answer)
        assert answer.context["student"]["consent"] is None


def test_of_many_looks_the_last_days_are_shown(here: Scene) -> None:
    for _ in range(14):
        as_coordinator(here.school).get(address(here.mandate))
    assert len(page(here)["looks"]) == 12


def test_an_agency_sees_the_service_that_was_transmitted_and_nothing_else(here: Scene) -> None:
    agency = agency_of(here)
    build.mandate(here.mandate.iep, Service.COUNSELING)
    build.mandate(here.mandate.iep, Service.SPEECH, Language.SPANISH)
    older = build.iep(here.mandate.student, version=2, status=IepStatus.DRAFT)
    build.mandate(older, Service.VISION)
    helper = build.provider(Affiliation.AGENCY, at=here.school, of=agency)
    own = refusal(helper, student=here.mandate.student, language=Language.ENGLISH, school=here.school)
    accepted(here.provider, here.mandate)
    findings.on_line(Code.AGENCY_NOT_STARTED, here.mandate, agency=agency)
    findings.differing(here.mandate)
    answer = as_agency(agency).get(address(here.mandate))
    student = answer.context["student"]
    assert student["part"] == "agency"
    assert [row["service"] for one in student["versions"] for row in one["mandates"]] == ["Speech-language"]
    assert [row["number"] for row in student["calls"]] == [own.reference]
    assert [one["title"] for one in student["findings"].open] == ["Agency has assigned nobody"]
    assert [one["sort"] for one in student["papers"]] == ["transmittal"]
    assert "transmitted to your agency, and nothing else" in main(answer)
    for word in ("Counseling", "Spanish", "Vision"):
        assert word not in main(answer)


def test_a_provider_sees_the_whole_iep_and_only_their_own_calls_and_entries(here: Scene) -> None:
    other = build.provider(at=here.school)
    counseling = build.mandate(here.mandate.iep, Service.COUNSELING)
    build.assignment(other, counseling)
    mine, theirs = accepted(here.provider, here.mandate), accepted(other, counseling)
    for call, mandate in ((mine, here.mandate), (theirs, counseling)):
        entry(here, mandate, provider=call.provider, call=call)
    findings.differing(here.mandate)
    answer = as_provider(here.provider).get(address(here.mandate))
    student = answer.context["student"]
    assert student["part"] == "provider"
    assert [row["service"] for row in student["governing"]["mandates"]] == ["Speech-language", "Counseling"]
    assert other.full_name in main(answer)
    assert [row["number"] for row in student["calls"]] == [mine.confirmation]
    assert [row["provider_name"] for row in student["entries"]] == [here.provider.full_name]
    assert student["findings"].open == []
    assert "What does not agree" not in main(answer)


def everything(here: Scene, times: int) -> None:
    """Give the student so many of whatever the page shows."""
    user, agency = account(), build.agency()
    contract = build.contract(agency, Service.SETSS)
    for number in range(times):
        iep = build.iep(here.mandate.student, version=2 + number, status=IepStatus.DRAFT)
        service = list(Service)[3 + number]
        mandate = build.mandate(here.mandate.iep, service)
        build.mandate(iep)
        provider = build.provider(at=here.school)
        build.assignment(provider, mandate)
        call = accepted(provider, mandate)
        delivery(call)
        entry(here, mandate, provider=provider, call=call)
        findings.on_line(Code.NO_FIRST_ATTEND, mandate, provider=provider)
        findings.on_line(Code.SEC_WAITING, mandate, **findings.waiting())
        vacancy = Vacancy.objects.create(
            school=here.school,
            service=service,
            language=Language.ENGLISH,
            unserved_since=build.BEFORE,
            logged_by=user,
            logged=build.NOW,
        )
        vacancy.mandates.add(mandate)
        vacancy.offers.create(agency=agency, offered_by=user, offered=build.NOW)
    build.transmittal(build.mandate(here.mandate.iep, Service.SETSS), contract)


@pytest.mark.parametrize("times", [2, 5])
def test_the_page_costs_the_same_however_much_there_is(
    here: Scene, times: int, django_assert_num_queries: Callable[[int], Any]
) -> None:
    everything(here, times)
    coordinator, provider = as_coordinator(here.school), as_provider(here.provider)
    with django_assert_num_queries(32):
        coordinator.get(address(here.mandate))
    with django_assert_num_queries(21):
        provider.get(address(here.mandate))


def test_a_call_and_a_row_of_the_caseload_lead_to_the_student(people: Cast) -> None:
    link = f'href="/students/{people.student}/"'.encode()
    for client in (people.owner, people.colleague):
        assert link in client.get(f"/calls/{people.call.pk}/").content
    assert link in people.owner.get("/caseload/").content
    Assignment.objects.update(ends=build.TODAY - DAY)
    assert link not in people.owner.get(f"/calls/{people.call.pk}/").content
    assert link not in people.owner.get("/caseload/").content


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_page_is_only_looked_at(people: Cast, method: str) -> None:
    assert getattr(people.colleague, method)(f"/students/{people.student}/").status_code == 405


@pytest.mark.parametrize("number", ["0", "999999999999999999", "abc", "-1", "1.5"])
def test_an_id_that_is_none_answers_404(people: Cast, number: str) -> None:
    assert people.colleague.get(f"/students/{number}/").status_code == 404
