"""Reporting a vacancy by the two steps of its form, and who is led elsewhere (R12, R14, R15)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from caseloads.models import Redirected, Vacancy
from providers.models import Contact
from tests import build
from tests.caseloads.contracting.scene import SINCE, Bench, bench
from tests.caseloads.views.contracting import (
    CHANGE,
    LIST,
    NEW,
    RECORD,
    as_agent_of,
    as_designee_of,
    as_orcs_of,
    as_stranger_of_orcs,
    typed,
)
from tests.caseloads.views.pages import carried, main, records
from tests.caseloads.views.people import as_auditor, as_coordinator, as_designee, as_head, as_provider

DAY = timedelta(days=1)


@pytest.fixture
def here(db: None) -> Bench:
    return bench()


def names(here: Bench) -> list[str]:
    """Return the students' names."""
    return [line.student.full_name for line in here.lines]


def test_the_form_shows_the_students_of_what_was_chosen(here: Bench) -> None:
    me = as_designee_of(here)
    bare = main(me.get(NEW))
    assert "Choose school, service and language first" in bare
    assert f"Without a provider at {here.school.dbn} Speech-language, English 2 students" in bare
    assert not any(name in bare for name in names(here))
    shown = me.post(NEW, {"school": here.school.dbn, "service": "speech", "language": "english", "show": "1"})
    assert shown.status_code == 200
    assert all(name in main(shown) for name in names(here))
    assert "There is a problem" not in main(shown)
    assert shown.context["form"]["since"].value() == build.YEAR[0]
    assert records()[-1][:2] == ("vacancy-new", here.students)


def test_a_link_fills_in_service_and_language(here: Bench) -> None:
    answer = as_designee_of(here).get(NEW, {"school": here.school.dbn, "service": "speech", "language": "english"})
    assert all(name in main(answer) for name in names(here))


def test_in_two_steps_it_is_checked_and_logged(here: Bench) -> None:
    me = as_designee_of(here)
    checked = me.post(NEW, typed(here))
    said = main(checked)
    assert "Nothing has been sent yet." in said
    assert "2 students, 180 minutes a week" in said
    assert "Mon, Nov 9, 2026: 11 school days, 396 minutes" in said
    assert "Test Contact, related-services@school.example" in said
    assert not Vacancy.objects.exists()
    values = carried(checked, RECORD) | {"mandates": here.ids}
    done = me.post(RECORD, values, follow=True)
    row = Vacancy.objects.get()
    assert f"Logged as V-{row.pk}." in main(done)
    assert (row.logged_by, row.for_school, row.unserved_since) == (here.designee, False, SINCE)
    assert row.note == "The room is free Monday to Thursday."
    assert ("vacancy-record", here.students, "Logged a vacancy", 2) in records()


def test_orcs_logs_it_on_the_schools_behalf_by_its_dbn(here: Bench) -> None:
    me = as_orcs_of(here)
    checked = me.post(NEW, typed(here, school=here.school.dbn.lower()))
    assert "Logged by ORCS on the school's behalf (R15)" in main(checked)
    me.post(RECORD, typed(here))
    assert Vacancy.objects.get().for_school is True


@pytest.mark.parametrize(("field", "label"), [("school", "School"), ("note", "What should ORCS know")])
def test_an_answer_is_changed_without_losing_the_others(here: Bench, field: str, label: str) -> None:
    answer = as_designee_of(here).post(CHANGE, typed(here) | {"change": field})
    form = answer.context["form"]
    assert form.fields[field].widget.attrs["autofocus"] is True
    assert label in main(answer)
    assert [int(one) for one in form["mandates"].value()] == here.ids
    assert (form["since"].value(), form["note"].value()) == (typed(here)["since"], typed(here)["note"])


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"service": ""}, "service", "Choose the service that is vacant"),
        ({"service": "x\x00"}, "service", "Choose the service that is vacant from the list"),
        ({"language": ""}, "language", "Choose the language of service"),
        ({"mandates": []}, "mandates", "Tick at least one student without a provider"),
        ({"mandates": ["x"]}, "mandates", "One of these students waits no more"),
        ({"since": ""}, "since", "Enter since when nobody serves them"),
        ({"since": "11/31/2026"}, "since", "Enter the date as month, day and year"),
        ({"since": "11/25/2026"}, "since", "Unserved since must be a school day up to today, Nov 24"),
        ({"since": "11/22/2026"}, "since", "Unserved since must be a school day up to today, Nov 24"),
        ({"since": "08/03/2026"}, "since", "Unserved since must be a school day up to today, Nov 24"),
        ({"note": "a" * 401}, "note", "Write at most 400 signs"),
        ({"note": "\x00"}, "note", "Take out the signs that cannot be read"),
        ({"note": "Call about 900-012-087."}, "note", "Take out names and numbers of students"),
    ],
)
@pytest.mark.parametrize("step", [NEW, RECORD])
def test_what_is_missing_is_said_at_its_field_and_nothing_is_lost(
    here: Bench, changes: dict[str, Any], field: str, said: str, step: str
) -> None:
    answer = as_designee_of(here).post(step, typed(here, **changes))
    assert answer.status_code == 422
    form = answer.context["form"]
    assert form.errors[field][0].replace("\N{NO-BREAK SPACE}", " ").startswith(said)
    kept = typed(here, **changes)
    assert {name: form[name].value() for name in ("service", "since", "note")} == {
        name: kept[name] for name in ("service", "since", "note")
    }
    assert not Vacancy.objects.exists()


def test_a_note_that_names_one_of_the_students_does_not_go_out(here: Bench) -> None:
    student = here.lines[0].student
    for note in (f"{student.full_name} needs a quiet room.", f"Mrs. {student.last_name} asks."):
        answer = as_designee_of(here).post(NEW, typed(here, note=note))
        assert list(answer.context["form"].errors) == ["note"]
    assert as_designee_of(here).post(NEW, typed(here, note="Testing on Mondays.")).status_code == 200


def test_another_schools_student_is_not_ticked(here: Bench) -> None:
    stranger = build.mandated(build.school())
    answer = as_designee_of(here).post(RECORD, typed(here, mandates=[*here.ids, stranger.pk]))
    assert list(answer.context["form"].errors) == ["mandates"]


def test_another_school_is_not_among_ones_own(here: Bench) -> None:
    stranger = build.school(name="P.S. 901 The Other School")
    for client in (as_designee_of(here), as_stranger_of_orcs()):
        answer = client.post(RECORD, typed(here, school=stranger.dbn))
        assert answer.status_code == 422
        assert "school" in answer.context["form"].errors
        assert stranger.name not in main(answer)
    assert not Vacancy.objects.exists()


def test_a_coordinator_who_is_not_the_designee_is_told_who_is(here: Bench) -> None:
    for client in (as_coordinator(here.school), as_head(here.school)):
        answer = client.get(NEW)
        assert answer.status_code == 200
        said = main(answer)
        assert "Vacancies go through the school's designee" in said
        assert f"Designee of {here.school.dbn} {here.designee.full_name}" in said
        for step in (NEW, RECORD):
            refused = client.post(step, typed(here))
            assert refused.status_code == 403
            assert "Nothing was logged." in main(refused)
    assert not Vacancy.objects.exists()


def test_a_school_without_a_designee_is_led_to_orcs(here: Bench) -> None:
    here.designee.grants.all().delete()
    Contact.objects.create(
        borough=here.school.borough,
        full_name="Test Brooklyn",
        email="b@orcs.example",
        set_by=here.orcs,
        set_at=build.NOW,
    )
    said = main(as_coordinator(here.school).get(NEW))
    assert "Nobody at present." in said
    assert "Test Brooklyn, b@orcs.example" in said


def test_agencies_auditors_and_providers_log_nothing(here: Bench) -> None:
    for client in (as_agent_of(here), as_auditor(), as_provider(build.provider())):
        assert client.get(NEW).status_code == 404
        assert client.post(RECORD, typed(here)).status_code == 404
    assert "sign-in" in Client().get(NEW).headers["Location"]
    assert not Vacancy.objects.exists()


def test_an_evaluation_is_led_to_sesis_and_the_attempt_is_kept(here: Bench) -> None:
    me = as_designee_of(here)
    answer = me.post(NEW, typed(here, service="evaluation", language="spanish"), follow=True)
    said = main(answer)
    assert "Evaluations go through SESIS" in said
    assert "ORCS sees it there the next morning." in said
    assert f"Evaluation, Spanish, at {here.school}" in said
    assert "Nothing was sent to an agency." in said
    row = Redirected.objects.get()
    assert (row.school, row.asked_by, row.asked, row.for_school) == (here.school, here.designee, build.NOW, False)
    assert not Vacancy.objects.exists()
    assert me.get(f"{LIST}redirected/{row.pk}/").status_code == 200
    assert Redirected.objects.count() == 1


def test_a_strangers_redirected_attempt_is_not_there(here: Bench) -> None:
    as_designee_of(here).post(NEW, typed(here, service="evaluation"))
    url = f"{LIST}redirected/{Redirected.objects.get().pk}/"
    assert as_designee(build.school()).get(url).status_code == 404
    assert as_stranger_of_orcs().get(url).status_code == 404
    assert as_head(here.school).get(url).status_code == 200


def test_an_evaluation_sent_to_the_second_step_logs_nothing(here: Bench) -> None:
    answer = as_designee_of(here).post(RECORD, typed(here, service="evaluation"))
    assert answer.status_code == 422
    assert not Vacancy.objects.exists()


def test_the_same_vacancy_leads_to_the_open_one(here: Bench) -> None:
    row = here.log(lines=here.lines[:1])
    me = as_designee_of(here)
    for step in (NEW, RECORD):
        answer = me.post(step, typed(here, mandates=here.ids[1:]), follow=True)
        assert answer.request["PATH_INFO"] == f"{LIST}{row.pk}/students/"
        assert f"{row.number} is open already" in main(answer)
    assert f"Already open at {here.school.dbn} Speech-language, English {row.number}" in main(me.get(NEW))


def test_whoever_was_served_between_the_steps_drops_off_and_is_said(here: Bench) -> None:
    me = as_designee_of(here)
    build.assignment(build.provider(), here.lines[0])
    answer = me.post(RECORD, typed(here))
    assert answer.status_code == 422
    assert "One of these students waits no more" in main(answer)


def test_a_later_step_opened_as_an_address_leads_to_the_form(here: Bench) -> None:
    me = as_designee_of(here)
    assert [me.get(url).headers["Location"] for url in (CHANGE, RECORD)] == [NEW, NEW]


def test_without_a_contact_the_check_page_says_what_orcs_does_first(here: Bench) -> None:
    Contact.objects.all().delete()
    assert "ORCS names one before it offers the vacancy (R12)" in main(as_designee_of(here).post(NEW, typed(here)))


def test_a_session_that_ended_while_typing_loses_nothing(here: Bench) -> None:
    me = as_designee_of(here)
    me.logout()
    answer = me.post(NEW, typed(here))
    assert answer.status_code == 200
    assert "sign in" in answer.content.decode().lower()
    assert not Vacancy.objects.exists()
