"""What a student's page says of IEPs, mandates, who serves, what does not agree, and what is contracted out."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from caseloads.kinds import EntryState, IepKind, IepStatus, Transfer
from caseloads.models import Assignment, Iep, Vacancy
from caseloads.systems.sesis.documents import finalise
from compliance.kinds import Code
from providers.kinds import Affiliation
from tests import build
from tests.caseloads.calls import Scene, accepted, refusal
from tests.caseloads.views.pages import main
from tests.caseloads.views.people import (
    account,
    as_coordinator,
    as_provider,
)
from tests.compliance import build as findings
from tests.compliance.views.pupil import DAY, address, agency_of, entry, page


def test_every_caseload_entry_says_how_it_stands(here: Scene) -> None:
    others = [build.provider(at=here.school) for _ in range(2)]
    entry(here, here.mandate, call=accepted(here.provider, here.mandate))
    entry(here, here.mandate, EntryState.HELD, provider=others[0])
    entry(here, here.mandate, EntryState.ENDED, provider=others[1])
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
    agency = agency_of(here)
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
