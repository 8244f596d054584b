"""One student's page: whose it is, how much of it, and what it says of IEPs, mandates and who serves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from caseloads.kinds import EntryState, IepKind, IepStatus, Transfer
from caseloads.models import Assignment, Enrolment, Entry, Iep, Mandate, Vacancy
from caseloads.systems.sesis.documents import finalise
from compliance.kinds import Code
from orcs_portal.audit.models import Verb
from providers.kinds import Affiliation, Borough, Language, Route, Service
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

DAY = timedelta(days=1)


def address(mandate: Mandate) -> str:
    """Return the address of a mandate's student."""
    return f"/students/{mandate.student_id}/"


def page(here: Scene) -> dict[str, Any]:
    """Return the student's page as the school's coordinator gets it."""
    return dict(as_coordinator(here.school).get(address(here.mandate)).context["student"])


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
    for client in (people.owner, as_agency(_agency_of(people.scene))):
        answer = client.get(f"/students/{people.student}/")
        assert answer.context["student"]["looks"] is None
        assert "Who looked" not in main(answer)
        assert answer.context["student"]["consent"] is None


def _agency_of(here: Scene) -> Any:  # noqa: ANN401 - an agency
    agency = build.agency()
    build.transmittal(here.mandate, build.contract(agency))
    return agency


def test_of_many_looks_the_last_days_are_shown(here: Scene) -> None:
    for _ in range(14):
        as_coordinator(here.school).get(address(here.mandate))
    assert len(page(here)["looks"]) == 12


def test_an_agency_sees_the_service_that_was_transmitted_and_nothing_else(here: Scene) -> None:
    agency = _agency_of(here)
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
        _entry(here, mandate, provider=call.provider, call=call)
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


def _entry(here: Scene, mandate: Mandate, state: EntryState = EntryState.OPEN, **columns: Any) -> Entry:
    known = {"provider": here.provider, "school": here.school, "since": build.NOW, "student": mandate.student}
    held_for = Route.GALAXY if state is EntryState.HELD else None
    return Entry.objects.create(**{"mandate": mandate, "state": state, "held_for": held_for, **known} | columns)


def test_every_caseload_entry_says_how_it_stands(here: Scene) -> None:
    others = [build.provider(at=here.school) for _ in range(2)]
    _entry(here, here.mandate, call=accepted(here.provider, here.mandate))
    _entry(here, here.mandate, EntryState.HELD, provider=others[0])
    _entry(here, here.mandate, EntryState.ENDED, provider=others[1])
    rows = page(here)["entries"]
    assert [row["words"] for row in rows] == ["On the caseload", "Held", "Ended"]
    assert [row["held_for"] for row in rows] == ["", "Galaxy", ""]
    text = main(as_coordinator(here.school).get(address(here.mandate)))
    assert "Waits for Galaxy since today, 7:41 am" in text
    assert "Ended today, 7:41 am" in text


def test_the_version_that_governs_comes_first_and_each_says_when(here: Scene) -> None:
    student = here.mandate.student
    build.mandate(build.iep(student, version=2, status=IepStatus.DRAFT, starts=date(2027, 1, 4)))
    later = build.iep(student, version=3, status=IepStatus.DRAFT, starts=date(2026, 12, 1))
    build.mandate(later, frequency=1)
    finalise(iep_id=later.pk, by=None, now=build.NOW)
    Iep.objects.filter(version=1).update(kind=IepKind.REEVALUATION)
    versions = page(here)["versions"]
    assert [one["version"] for one in versions] == [1, 3, 2]
    assert [one["governs"] for one in versions] == [True, False, False]
    text = main(as_coordinator(here.school).get(address(here.mandate)))
    assert "IEP 1, reevaluation Governs since Sep 10, until Nov 30" in text
    assert "IEP 3, annual review Final, governs from Dec 1 on" in text
    assert "Draft, not agreed yet. Would begin Jan 4, 2027" in text
    assert "From Dec 1 on, IEP 3" in text


def test_a_version_that_is_over_says_what_it_gave_and_who_served(here: Scene) -> None:
    new = build.iep(here.mandate.student, version=2, status=IepStatus.DRAFT, starts=build.TODAY)
    build.mandate(new, frequency=1)
    finalise(iep_id=new.pk, by=None, now=build.NOW)
    text = main(as_coordinator(here.school).get(address(here.mandate)))
    assert "Governed Sep 10 to Nov 23" in text
    assert "What it gave Speech-language, 3 × 30 × 2, English" in text
    assert f"{here.provider.full_name}, Sep 1 to Nov 23" in text


@pytest.mark.parametrize(
    ("transfer", "kind", "finalised", "words"),
    [
        (Transfer.SUCCESSFUL, IepKind.ANNUAL, -30, "In CAP"),
        (Transfer.PENDING, IepKind.ANNUAL, -1, "On its way to CAP"),
        (Transfer.ACTION_NEEDED, IepKind.ANNUAL, -3, "CAP refused it"),
        (Transfer.KNOWN_ISSUE, IepKind.ANNUAL, -3, "Stuck on the way to CAP"),
        (Transfer.NEVER, IepKind.ANNUAL, 0, "Goes to CAP tonight"),
        (Transfer.NEVER, IepKind.ANNUAL, -1, "Not sent to CAP so far"),
        (Transfer.NEVER, IepKind.INITIAL, -1, "Held back: no consent"),
    ],
)
def test_how_the_iep_reached_cap_is_said_in_words(
    here: Scene, transfer: Transfer, kind: IepKind, finalised: int, words: str
) -> None:
    Iep.objects.update(transfer=transfer, kind=kind, finalised=build.NOW + finalised * DAY)
    assert page(here)["versions"][0]["transfer"]["words"] == words


def test_with_consent_a_first_iep_goes_on_and_one_that_was_replaced_never_went(here: Scene) -> None:
    Iep.objects.update(transfer=Transfer.NEVER, kind=IepKind.INITIAL, finalised=build.NOW)
    build.consent(here.mandate.student)
    assert page(here)["versions"][0]["transfer"]["words"] == "Goes to CAP tonight"
    Iep.objects.update(governs=DateRange(build.YEAR[0], build.TODAY))
    assert page(here)["versions"][0]["transfer"]["words"] == "Never sent to CAP"


def test_an_iep_of_no_day_at_all_never_governed(here: Scene) -> None:
    Iep.objects.update(governs=DateRange(empty=True))
    answer = as_coordinator(here.school).get(address(here.mandate))
    assert "Final, and never governed" in main(answer)
    assert "No final IEP governs today" in main(answer)


def test_a_mandate_says_who_serves_who_will_and_who_did(here: Scene) -> None:
    Assignment.objects.update(ends=date(2026, 10, 30))
    now, later = (build.provider(at=here.school, name=name) for name in ("Now Serving", "Later Serving"))
    build.assignment(now, here.mandate, starts=date(2026, 11, 2))
    build.assignment(later, here.mandate, starts=date(2026, 12, 1))
    text = main(as_coordinator(here.school).get(address(here.mandate)))
    assert "Now Serving Speech-language therapist, since Nov 2" in text
    assert "Later Serving Speech-language therapist, from Dec 1" in text
    assert f"Before: {here.provider.full_name}, Sep 1 to Oct 30" in text
    assert "3 × 30 × 2, English 3 times a week, 30 minutes, group of 2" in text


def test_a_mandate_that_nobody_serves_says_so(here: Scene) -> None:
    Assignment.objects.all().delete()
    assert "Nobody is assigned" in main(as_coordinator(here.school).get(address(here.mandate)))


def test_what_does_not_agree_stands_by_how_pressing_it_is(here: Scene) -> None:
    user = account("Dana Okonkwo")
    findings.differing(here.mandate)
    findings.on_line(
        Code.NO_FIRST_ATTEND, here.mandate, provider=here.provider, due=build.TODAY, **findings.handed_over(user)
    )
    findings.on_line(Code.SEC_WAITING, here.mandate, **findings.waiting())
    findings.on_document(Code.IEP_NOT_IN_CAP, here.mandate.iep, **findings.settled())
    findings.on_line(Code.AWAITING_PROVIDER, here.mandate, **findings.acknowledged(user))
    found = page(here)["findings"]
    assert [one["title"] for one in found.open] == ["Mandate in CAP differs from the IEP", "Provider has not called"]
    assert [one["over"] for one in found.open] == ["2 school days over", ""]
    assert [one["title"] for one in found.waiting] == ["SEC will follow CAP"]
    assert [one["state"] for one in found.settled] == ["acknowledged", "resolved"]
    text = main(as_coordinator(here.school).get(address(here.mandate)))
    assert "2 open, 1 waiting" in text
    assert "Handed over to CAP-authorized office, look again Fri, Nov 27" in text
    assert "Normal until Thu, Nov 26, 7:41 am. Nobody needs to act." in text
    assert "Acknowledged, today, 6:41 am" in text


def test_of_many_settled_items_the_last_ten_are_shown(here: Scene) -> None:
    for number in range(12):
        provider = build.provider(at=here.school)
        at = build.NOW - number * DAY
        findings.on_line(Code.NO_FIRST_ATTEND, here.mandate, provider=provider, **findings.settled(at))
    found = page(here)["findings"]
    assert (len(found.settled), found.settled_more) == (10, 2)
    assert "10 settled, the last of 12" in main(as_coordinator(here.school).get(address(here.mandate)))


def test_where_the_systems_agree_nobody_needs_to_act(here: Scene) -> None:
    assert "The systems agree about this student" in main(as_coordinator(here.school).get(address(here.mandate)))


def test_a_former_schools_items_are_not_the_present_ones_to_see(here: Scene) -> None:
    findings.differing(here.mandate, school=build.school())
    assert page(here)["findings"].open == []


def test_vacancies_transmittals_and_letters_stand_newest_first(here: Scene) -> None:
    agency, user = build.agency(), account("Dana Okonkwo")
    vacancy = Vacancy.objects.create(
        school=here.school,
        service=here.mandate.service,
        language=here.mandate.language,
        unserved_since=build.BEFORE,
        logged_by=user,
        logged=build.NOW - 9 * DAY,
    )
    vacancy.mandates.add(here.mandate)
    vacancy.offers.create(agency=agency, offered_by=user, offered=build.NOW - 8 * DAY)
    build.transmittal(here.mandate, build.contract(agency), processed=build.NOW - 2 * DAY)
    independent = build.provider(Affiliation.RSA, name="Ines Petrova")
    build.rsa_letter(here.mandate, independent)
    papers = page(here)["papers"]
    assert [one["sort"] for one in papers] == ["transmittal", "vacancy", "letter"]
    text = main(as_coordinator(here.school).get(address(here.mandate)))
    assert "Reported Sun, Nov 15, 7:41 am, Dana Okonkwo. Open" in text
    assert f"{agency}: no answer yet" in text
    assert f"Sent to {agency}, Sun, Nov 22, 7:41 am" in text
    assert "For Ines Petrova, approved Sep 1. ORCS has not processed it (R8)." in text


def test_a_provider_reads_of_the_papers_that_let_them_call(here: Scene) -> None:
    agency = _agency_of(here)
    build.transmittal(here.mandate, build.contract(build.agency("Another Agency")))
    helper = build.provider(Affiliation.AGENCY, at=here.school, of=agency)
    build.assignment(helper, here.mandate)
    (paper,) = as_provider(helper).get(address(here.mandate)).context["student"]["papers"]
    assert paper["to"] == str(agency)


def test_refused_and_unlinked_calls_stand_with_their_reason(here: Scene) -> None:
    said = {"headline": "ORCS has not sent the transmittal"}
    refusal(here.provider, student=here.mandate.student, language=1, school=here.school, said=said)
    text = main(as_coordinator(here.school).get(address(here.mandate)))
    assert "Refused ORCS has not sent the transmittal" in text


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
        _entry(here, mandate, provider=provider, call=call)
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


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_page_is_only_looked_at(people: Cast, method: str) -> None:
    assert getattr(people.colleague, method)(f"/students/{people.student}/").status_code == 405


@pytest.mark.parametrize("number", ["0", "999999999999999999", "abc", "-1", "1.5"])
def test_an_id_that_is_none_answers_404(people: Cast, number: str) -> None:
    assert people.colleague.get(f"/students/{number}/").status_code == 404
