"""Assigning a provider, singly and in a list, with the policy's word beside each candidate (R8, R13)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from caseloads.models import Assignment, Entry, Vacancy
from providers.kinds import Affiliation, Language, Role, Service
from providers.models import Provider
from providers.models.grant import Standing
from tests import build
from tests.caseloads.contracting.scene import Bench, bench
from tests.caseloads.views.contracting import as_agent_of, as_designee_of, as_orcs_of, as_stranger_of_orcs
from tests.caseloads.views.pages import main, records
from tests.caseloads.views.people import (
    as_auditor,
    as_coordinator,
    as_head,
    as_nobody,
    as_provider,
)

ASSIGN, CHOOSE, RECORD = "/assign/", "/assign/choose/", "/assign/record/"
DAY = timedelta(days=1)


@pytest.fixture
def here(db: None) -> Bench:
    return bench()


def typed(here: Bench, who: Provider | None = None, **changes: Any) -> dict[str, Any]:
    """Return the form's fields as sent."""
    whole = {"mandates": here.ids, "provider": who.pk if who else "", "number": "", "starts": "11/24/2026"}
    return whole | changes


def one(here: Bench) -> str:
    """Return the address of the first mandate's candidates."""
    return f"{ASSIGN}mandates/{here.ids[0]}/"


def names(here: Bench) -> list[str]:
    return [line.student.full_name for line in here.lines]


def test_the_schools_staff_see_who_has_nobody_and_leave_a_record(here: Bench) -> None:
    build.assignment(build.provider(), build.mandated(here.school))
    for client in (as_designee_of(here), as_coordinator(here.school), as_head(here.school)):
        answer = client.get(ASSIGN)
        said = main(answer)
        assert all(name in said for name in names(here))
        assert "2 × Speech-language, English" in said
        assert [tab["count"] for tab in answer.context["tabs"]] == [2, 1]
        assert records()[-1][:2] == ("assign", here.students)


def test_orcs_names_a_school_first(here: Bench) -> None:
    client = as_orcs_of(here)
    assert "Which school?" in main(client.get(ASSIGN))
    assert "No school of yours has the DBN 99X999." in main(client.get(ASSIGN, {"school": "99x999"}))
    assert all(name in main(client.get(ASSIGN, {"school": here.school.dbn})) for name in names(here))
    assert "Which school?" in main(as_stranger_of_orcs().get(ASSIGN, {"school": here.school.dbn}))


def test_strangers_see_nobody_and_others_have_no_such_page(here: Bench) -> None:
    answer = as_coordinator(build.school()).get(ASSIGN)
    assert not any(name in main(answer) for name in names(here))
    assert "Everybody has a provider" in main(answer)
    for client in (as_auditor(), as_agent_of(here), as_provider(build.provider()), as_nobody()):
        assert [client.get(url).status_code for url in (ASSIGN, CHOOSE, RECORD, one(here))] == [404] * 4
    assert "sign-in" in Client().get(ASSIGN).headers["Location"]


def test_the_list_says_what_is_on_its_way(here: Bench) -> None:
    vacancy = here.log(lines=here.lines[:1])
    build.transmittal(here.lines[1], here.agency.contracts.get())
    said = main(as_designee_of(here).get(ASSIGN))
    assert f"Vacancy {vacancy.number}" in said
    assert f"Transmitted {here.agency} names a provider" in said
    assert "school days since Sep 10" in said


def test_only_the_designee_is_offered_to_log_a_vacancy(here: Bench) -> None:
    assert "Log a vacancy" in main(as_designee_of(here).get(ASSIGN))
    assert "Log a vacancy" not in main(as_coordinator(here.school).get(ASSIGN))


def test_a_vacancy_is_offered_to_be_logged_at_the_designees_own_school_alone(here: Bench) -> None:
    other = build.school()
    build.mandated(other)
    build.grant(here.designee, Standing.COORDINATOR, at=other)
    answer = as_designee_of(here).get(ASSIGN)
    assert answer.context["reported"] == {here.school.dbn}
    assert sorted(group["dbn"] for group in answer.context["groups"]) == sorted([here.school.dbn, other.dbn])
    assert main(answer).count("Log a vacancy") == 1


def test_filters_narrow_the_list(here: Bench) -> None:
    build.mandated(here.school, Service.COUNSELING, Language.SPANISH)
    client = as_designee_of(here)
    assert [tab["count"] for tab in client.get(ASSIGN).context["tabs"]] == [3, 0]
    narrowed = client.get(ASSIGN, {"service": "counseling", "language": "spanish"})
    assert [tab["count"] for tab in narrowed.context["tabs"]] == [1, 0]
    assert [tab["count"] for tab in client.get(narrowed.context["chips"][0]["url"]).context["tabs"]] == [1, 0]
    assert [tab["count"] for tab in client.get(ASSIGN, {"service": "x"}).context["tabs"]] == [3, 0]


def test_ticked_students_are_assigned_in_two_steps(here: Bench) -> None:
    who = build.provider(at=here.school, name="Test Therapist")
    client = as_designee_of(here)
    chosen = client.post(CHOOSE, {"mandates": here.ids})
    said = main(chosen)
    assert all(name in said for name in names(here))
    assert "Test Therapist, Speech-language therapist, DOE 0 students of this service, limit 65." in said
    done = client.post(RECORD, typed(here, who), follow=True)
    assert "Test Therapist is assigned to 2 students from Nov 24 on." in main(done)
    assert [row.provider for row in Assignment.objects.all()] == [who, who]
    assert ("assign", here.students, "Assigned a provider", 2) in records()


def test_one_mandate_is_assigned_from_its_own_address(here: Bench) -> None:
    who = build.provider(at=here.school)
    client = as_designee_of(here)
    assert who.full_name in main(client.get(one(here)))
    client.post(RECORD, typed(here, who, mandates=here.ids[:1]))
    assert Assignment.objects.get().mandate == here.lines[0]


def test_a_strangers_mandate_is_not_there_nor_ticked(here: Bench) -> None:
    stranger = build.mandated(build.school())
    client = as_designee_of(here)
    assert client.get(f"{ASSIGN}mandates/{stranger.pk}/").status_code == 404
    assert client.get(f"{ASSIGN}mandates/999999/").status_code == 404
    assert as_stranger_of_orcs().get(one(here)).status_code == 404
    answer = client.post(CHOOSE, {"mandates": [stranger.pk]}, follow=True)
    assert stranger.student.full_name not in main(answer)
    assert "Tick at least one student who has nobody." in main(answer)
    client.post(RECORD, typed(here, build.provider(at=here.school), mandates=[stranger.pk]))
    assert not Assignment.objects.exists()


def candidates(answer: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - the client's own answer
    """Return each candidate and the code of what the policy says, empty for nothing."""
    rows = answer.context["candidates"]
    return [(row["name"], row["refused"].code if row["refused"] else "") for row in rows]


def test_doe_staff_come_first_then_agencies_then_independent_providers(here: Bench) -> None:
    build.provider(Affiliation.RSA, at=here.school, name="A Alone")
    build.provider(Affiliation.AGENCY, at=here.school, of=here.other, name="B Without")
    build.provider(Affiliation.AGENCY, of=here.agency, name="C With")
    build.provider(at=here.school, name="D Employed")
    build.provider(role=Role.COUNSELOR, at=here.school, name="E Other")
    build.provider(name="F Elsewhere")
    for line in here.lines:
        build.transmittal(line, here.agency.contracts.get())
    answer = as_designee_of(here).get(one(here))
    assert candidates(answer) == [
        ("D Employed", ""),
        ("C With", ""),
        ("B Without", "assign-before-transmittal"),
        ("A Alone", "rsa-hold"),
    ]
    said = main(answer)
    assert "Not yet: the agency has no transmittal" in said
    assert "Contracts with agencies come first; while the hold is on, no RSA provider is placed (R13)." in said


def test_load_limit_and_languages_stand_beside_each(here: Bench, settings: Settings) -> None:
    settings.RECONCILE_LIMITS = {"speech": 2}
    busy = build.provider(at=here.school, name="Test Busy")
    build.assignment(busy, build.mandated(here.school))
    build.assignment(busy, build.mandated(here.school, Service.SPEECH, Language.SPANISH))
    build.provider(at=here.school, name="Test Free")
    said = main(as_designee_of(here).get(one(here)))
    assert "2 students of this service, limit 2: Over the limit. Serves in English, Spanish." in said
    assert said.index("Test Free") < said.index("Test Busy")


def test_a_language_nobody_has_served_in_so_far_is_marked_and_decides_nothing(here: Bench) -> None:
    here.lines = [build.mandated(here.school, Service.SPEECH, Language.SPANISH)]
    who = build.provider(at=here.school)
    client = as_designee_of(here)
    assert "Not in this language so far" in main(client.get(one(here)))
    client.post(RECORD, typed(here, who))
    assert Assignment.objects.get().provider == who


@pytest.mark.parametrize(("affiliation", "code"), [(Affiliation.AGENCY, "R8"), (Affiliation.RSA, "R13")])
def test_whom_the_policy_refuses_is_refused_also_when_sent_by_hand(
    here: Bench, affiliation: Affiliation, code: str
) -> None:
    who = build.provider(affiliation, at=here.school, of=here.agency if affiliation is Affiliation.AGENCY else None)
    for fields in (typed(here, who), typed(here, number=f"{who.number}")):
        answer = as_designee_of(here).post(RECORD, fields)
        assert answer.status_code == 422
        assert f"({code})" in main(answer)
        assert answer.context["form"]["starts"].value() == "11/24/2026"
    assert not Assignment.objects.exists()


def test_somebody_from_elsewhere_is_assigned_by_provider_id(here: Bench) -> None:
    who = build.provider(name="Test Itinerant")
    done = as_designee_of(here).post(RECORD, typed(here, number=f"{who.number}"), follow=True)
    assert "Test Itinerant is assigned to 2 students" in main(done)


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({}, "provider", "Choose a provider"),
        ({"provider": "999999"}, "provider", "Choose a provider from the list"),
        ({"number": "12"}, "number", "Enter a provider id of six to nine digits"),
        ({"number": "\x00"}, "number", "Enter a provider id of six to nine digits"),
        ({"number": "999999"}, "number", "Nobody has this provider id"),
        ({"starts": ""}, "starts", "Enter the first day"),
        ({"starts": "11/31/2026"}, "starts", "Enter the date as month, day and year"),
        ({"starts": "09/01/2026"}, "starts", "The mandate begins on Sep 10"),
        ({"starts": "11/24/2027"}, "starts", "The first day must be Jan 23, 2027 or before"),
    ],
)
def test_what_cannot_be_assigned_is_said_at_its_field(
    here: Bench, changes: dict[str, str], field: str, said: str
) -> None:
    who = build.provider(at=here.school)
    fields = typed(here, who if field == "starts" else None, **changes)
    answer = as_designee_of(here).post(RECORD, fields)
    assert answer.status_code == 422
    assert answer.context["form"].errors[field][0].replace("\N{NO-BREAK SPACE}", " ").startswith(said)
    assert not Assignment.objects.exists()


def test_one_from_the_list_and_a_number_are_one_too_many(here: Bench) -> None:
    who = build.provider(at=here.school)
    answer = as_designee_of(here).post(RECORD, typed(here, who, number=f"{who.number}"))
    assert answer.context["form"].errors["number"] == ["Choose one from the list or enter a provider id, not both"]


def test_students_of_two_services_are_not_ticked_together(here: Bench) -> None:
    other = build.mandated(here.school, Service.COUNSELING)
    answer = as_designee_of(here).post(CHOOSE, {"mandates": [*here.ids, other.pk]}, follow=True)
    assert "one service and one language at a time" in main(answer)


def test_whoever_was_assigned_meanwhile_is_said_and_nobody_is_assigned(here: Bench) -> None:
    who = build.provider(at=here.school)
    build.assignment(build.provider(), here.lines[1])
    answer = as_designee_of(here).post(RECORD, typed(here, who))
    assert answer.status_code == 422
    assert "Somebody was assigned to one of these students meanwhile" in main(answer)
    assert Assignment.objects.count() == 1


def test_a_later_step_opened_as_an_address_leads_to_the_list(here: Bench) -> None:
    client = as_designee_of(here)
    assert [client.get(url).headers["Location"] for url in (CHOOSE, RECORD)] == [ASSIGN, ASSIGN]


def test_a_nurse_is_assigned_and_the_student_is_on_her_caseload_at_once(here: Bench) -> None:
    nurse = build.provider(role=Role.NURSE, at=here.school)
    here.lines = [build.mandated(here.school, Service.NURSE)]
    as_head(here.school).post(RECORD, typed(here, nurse))
    assert Entry.objects.get().provider == nurse
    assert here.lines[0].student.full_name in main(as_provider(nurse).get("/caseload/"))


def test_filling_a_vacancy_closes_it(here: Bench) -> None:
    here.log()
    as_designee_of(here).post(RECORD, typed(here, build.provider(at=here.school)))
    assert Vacancy.objects.get().closing == Vacancy.Closing.FILLED
