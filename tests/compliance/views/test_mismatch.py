"""One item's page: who sees it, what stands side by side, what to do, and what happened."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from pytest_django import Settings

from caseloads.kinds import System
from compliance.kinds import Code, EventKind
from compliance.mismatches import offices
from compliance.models import Finding
from providers.kinds import Affiliation, Borough
from tests import build
from tests.caseloads.calls import accepted, delivery
from tests.caseloads.views.pages import main, records
from tests.caseloads.views.people import as_agency, as_auditor, as_head, as_orcs, as_provider
from tests.compliance import build as rows
from tests.compliance.views.floor import Floor

DAY = timedelta(days=1)


@pytest.fixture
def item(floor: Floor) -> Finding:
    return rows.differing(build.mandated(floor.school), consequences=[Code.SEC_STALE])


def address(item: Finding) -> str:
    return f"/mismatches/{item.pk}/"


def said(floor: Floor, item: Finding) -> str:
    return main(floor.me.get(address(item))).replace("\xa0", " ")


def test_the_schools_staff_orcs_and_an_auditor_open_it_and_leave_a_record(floor: Floor, item: Finding) -> None:
    for client in (floor.me, as_head(floor.school), as_orcs(Borough.BROOKLYN), as_auditor()):
        assert client.get(address(item)).status_code == 200
    kept = records()
    assert {(what, tuple(students)) for what, students, _, _ in kept} == {("mismatch", (item.student_id,))}
    assert len(kept) == 4


def test_a_stranger_a_provider_and_another_borough_find_nothing(floor: Floor, item: Finding) -> None:
    provider = as_provider(build.provider(at=floor.school))
    for client in (floor.stranger, provider, as_orcs(Borough.QUEENS), as_agency(build.agency())):
        assert client.get(address(item)).status_code == 404
    assert floor.me.get("/mismatches/999999/").status_code == 404


def test_the_heading_quotes_both_systems_and_the_table_says_which_governs(floor: Floor, item: Finding) -> None:
    page = said(floor, item)
    assert "CAP says 2 × 30 × 2, the IEP says 3 × 30 × 2" in page
    assert "1 field differs, 0 waiting" in page
    table = {row.label: row for row in floor.me.get(address(item)).context["comparison"].rows}
    assert [cell.said for cell in table["Sessions a week"].cells] == ["Governs", "Differs", "Copied from CAP", ""]
    assert table["Sessions a week"].odd
    assert [cell.said for cell in table["Group size"].cells[:3]] == ["Governs", "Agrees", "Agrees"]
    assert table["Group size"].same


def test_the_page_says_what_to_do_who_can_what_meanwhile_and_what_follows(floor: Floor, item: Finding) -> None:
    page = said(floor, item)
    assert "Ask the CAP-authorized office to correct the fields that differ" in page
    assert "Who can CAP-authorized office" in page
    assert "Meanwhile Serve what the IEP says (R10)." in page
    assert "What follows from this" in page
    assert "SEC is behind CAP" in page


def test_an_auditor_and_an_agency_are_offered_no_act(floor: Floor) -> None:
    agency = build.agency()
    therapist = build.provider(Affiliation.AGENCY, of=agency, at=floor.school)
    row = rows.at_place(Code.NOT_IN_PETS, therapist, floor.school, agency=agency)
    for client in (as_auditor(), as_agency(agency)):
        page = client.get(address(row))
        assert page.status_code == 200
        assert b'action="/mismatches/' not in page.content
    assert b'action="/mismatches/' in floor.me.get(address(row)).content


def test_the_call_of_the_line_is_shown_with_its_way_and_leads_to_its_page(floor: Floor, item: Finding) -> None:
    mandate = item.student.mandates.get()  # type: ignore[union-attr] # it has one
    therapist = build.provider(at=floor.school)
    call = accepted(therapist, mandate)
    for system in System:
        delivery(call, system)
    page = floor.me.get(address(item))
    assert page.context["line"].at("ivr").mark == "done"
    assert page.context["call_url"] == f"/calls/{call.pk}/"
    assert "Where the call has got to" in main(page)


def test_where_nobody_called_the_line_says_so(floor: Floor, item: Finding) -> None:
    page = floor.me.get(address(item))
    assert page.context["line"].summary == "No call so far"
    assert page.context["call_url"] == ""


def test_what_is_about_a_whole_document_shows_every_line_of_the_student(floor: Floor) -> None:
    iep = build.iep(build.student(floor.school))
    build.mandate(iep, group_size=1)
    build.mandate(iep, group_size=3)
    page = floor.me.get(address(rows.on_document(Code.IEP_NOT_IN_CAP, iep)))
    assert len(page.context["lines"]) == 2
    assert main(page).count("Not there") == 4
    assert "Version 1, annual review" in main(page)


def test_other_items_of_the_student_are_named_and_those_of_others_are_not(floor: Floor, item: Finding) -> None:
    same = rows.on_call(
        Code.WRONG_PROVIDER,
        accepted(build.provider(at=floor.school), item.student.mandates.get()),  # type: ignore[union-attr] # as above
    )
    rows.differing(build.mandated(floor.school))
    others = floor.me.get(address(item)).context["others"]
    assert [one["url"] for one in others] == [address(same)]


def test_previous_and_next_lead_through_the_open_ones_of_the_cause(floor: Floor) -> None:
    made = [rows.differing(build.mandated(floor.school), due=rows.DUE + n * DAY) for n in range(3)]
    made.append(rows.differing(build.mandated(floor.school), due=None))
    places = [floor.me.get(address(one)).context["place"] for one in made]
    assert [(one.number, one.of) for one in places] == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert [one.before for one in places] == [None, made[0].pk, made[1].pk, made[2].pk]
    assert [one.after for one in places] == [made[1].pk, made[2].pk, made[3].pk, None]
    assert floor.me.get(address(rows.changed(made[0], **rows.settled()))).context["place"] is None


def test_the_timeline_says_what_people_and_systems_did_newest_first(floor: Floor, item: Finding) -> None:
    rows.event(item, EventKind.SETTLED, build.NOW - 4 * DAY)
    rows.event(item, EventKind.CAME_BACK, build.NOW - 3 * DAY)
    rows.event(item, EventKind.ASSIGNED, build.NOW - 2 * DAY, floor.user, to_user=floor.colleague.pk)
    told = {"to": 7, "ticket": "INC-7", "look_again": "2026-12-01"}
    rows.event(item, EventKind.HANDED_OVER, build.NOW - DAY, floor.colleague, note="They know", **told)
    page = said(floor, item)
    lines = [
        "Jo Petrossian handed this over to the SESIS Help Desk, ticket INC-7. Look again Dec 1. They know",
        "Dana Okonkwo gave this to Jo Petrossian.",
        "Came back: the systems differ again.",
        "Settled by itself: the systems agree.",
        "Found by comparing the systems.",
    ]
    places = [page.index(line) for line in lines]
    assert places == sorted(places)


def test_markup_in_a_note_is_shown_as_it_was_written(floor: Floor, item: Finding) -> None:
    rows.event(item, EventKind.COMMENTED, by=floor.user, note="<script>alert(1)</script>\n<b>two lines</b>")
    page = floor.me.get(address(item)).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>&lt;b&gt;two lines&lt;/b&gt;" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({}, "What to do"),
        (rows.waiting(), "Nobody needs to act now"),
        (rows.settled(), "This settled by itself"),
    ],
)
def test_the_panel_says_what_is_so_now(floor: Floor, columns: dict[str, Any], expected: str) -> None:
    assert expected in said(floor, rows.differing(build.mandated(floor.school), **columns))


def test_what_was_handed_over_says_by_whom_when_to_look_again_and_can_be_taken_back(floor: Floor) -> None:
    row = rows.differing(build.mandated(floor.school), **rows.handed_over(floor.colleague, ticket="INC-9"))
    page = said(floor, row)
    assert "Handed over to the CAP-authorized office Jo Petrossian, yesterday, 7:41 am. Ticket INC-9." in page
    assert "Take back" in page
    rows.changed(row, look_again=build.TODAY)
    assert "Look again today:" in said(floor, row)


def test_what_is_the_schools_own_is_not_handed_over(floor: Floor) -> None:
    row = rows.on_call(Code.WRONG_PROVIDER, accepted(build.provider(at=floor.school), build.mandated(floor.school)))
    page = said(floor, row)
    assert "there is nobody to hand it over to" in page
    assert "Leave it as it is" in page
    assert "Hand over to" not in page


@pytest.mark.parametrize(
    ("code", "label", "url"),
    [
        (Code.NO_FIRST_ATTEND, "Print call sheets", "/mismatches/call-sheets/?school=15K910"),
        (Code.VACANCY_NOT_REPORTED, "Assign or log a vacancy", "/assign/?school=15K910"),
    ],
)
def test_a_cause_with_a_page_of_its_own_leads_there(floor: Floor, code: Code, label: str, url: str) -> None:
    row = rows.on_line(code, build.mandated(floor.school), provider=build.provider(at=floor.school))
    assert floor.me.get(address(row)).context["door"] == {"label": label, "url": url}


def test_a_student_who_has_left_is_named_without_a_way_to_their_page(floor: Floor) -> None:
    mandate = build.mandated(floor.school)
    therapist = build.provider(at=floor.school)
    row = rows.on_line(Code.CASELOAD_ENDED, mandate, provider=therapist)
    mandate.entries.create(student=mandate.student, provider=therapist, school=floor.school, state=2, since=build.NOW)
    assert floor.me.get(address(row)).context["item"]["student_url"]
    mandate.student.enrolments.update(ends=build.TODAY - DAY)
    assert floor.me.get(address(row)).context["item"]["student_url"] == ""


def test_only_in_a_demonstration_and_once_it_is_handed_over_the_office_can_be_let_answer(
    floor: Floor, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_one = rows.differing(build.mandated(floor.school))
    row = rows.differing(build.mandated(floor.school), **rows.handed_over(floor.user))
    monkeypatch.setattr(offices, "_open", [lambda **_asked: "Done."])
    assert not floor.me.get(address(row)).context["may_answer"]
    settings.DEMO = True
    assert floor.me.get(address(row)).context["may_answer"]
    assert not floor.me.get(address(open_one)).context["may_answer"]
    assert not as_auditor().get(address(row)).context["may_answer"]
    monkeypatch.setattr(offices, "_open", [])
    assert not floor.me.get(address(row)).context["may_answer"]


def test_every_subject_has_a_page(floor: Floor) -> None:
    mandate = build.mandated(floor.school)
    therapist = build.provider(at=floor.school)
    independent = build.provider(Affiliation.RSA)
    letter = build.rsa_letter(mandate, independent, processed=build.NOW - 40 * DAY)
    made = [
        rows.on_line(Code.NO_TRANSMITTAL, mandate),
        rows.on_document(Code.CONSENT_MISSING, mandate.iep),
        rows.at_place(Code.NON_DOE_IN_GALAXY, independent, floor.school, evidence={"access": {"galaxy": "2026-11-02"}}),
        rows.found(
            Code.OVER_CASELOAD,
            school=floor.school,
            service=1,
            evidence={"counts": {"students": 70, "most": 65}},
            **rows.of_provider(therapist),
        ),
        rows.on_call(Code.CALL_NOT_IN_CAP, accepted(therapist, mandate)),
        rows.on_letter(Code.RSA_UNUSED, letter, evidence={"gate": {"letter": "2026-10-15T12:00:00+00:00"}}),
    ]
    for row in made:
        page = floor.me.get(address(row))
        assert page.status_code == 200
        assert "None" not in main(page).replace("None of", "")
    assert "70" in said(floor, made[3])
    assert "Letter processed Thu, Oct 15" in said(floor, made[5])


def test_an_item_whose_evidence_is_empty_still_has_a_page(floor: Floor) -> None:
    row = rows.differing(build.mandated(floor.school), evidence={})
    assert "Mandate in CAP differs from the IEP" in said(floor, row)
