"""Recording the parents' consent to a first IEP, which does not reach CAP before (R11)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from caseloads.kinds import IepKind, Transfer
from caseloads.models import Consent, Iep
from caseloads.systems.sesis.documents import to_download
from orcs_portal.audit.models import Verb
from orcs_portal.shared.models import Touched
from providers.kinds import Borough
from tests import build
from tests.caseloads.calls import Scene
from tests.caseloads.views.pages import main, records
from tests.caseloads.views.people import as_auditor, as_coordinator, as_head, as_orcs, as_provider

DAY = timedelta(days=1)


@pytest.fixture
def first(here: Scene) -> Scene:
    """Return a scene whose student has a first IEP that waits for consent."""
    Iep.objects.update(kind=IepKind.INITIAL, transfer=Transfer.NEVER, finalised=build.NOW - 2 * DAY)
    return here


def where(here: Scene) -> str:
    """Return the address of the student's page."""
    return f"/students/{here.mandate.student_id}/"


def send(client: Client, here: Scene, given: str = "11/20/2026") -> Any:  # noqa: ANN401 - the client's own answer
    """Send the form."""
    return client.post(f"{where(here)}consent/", {"given": given})


def test_the_schools_staff_are_asked_for_it_and_others_told_who_is(first: Scene) -> None:
    for client in (as_coordinator(first.school), as_head(first.school)):
        answer = client.get(where(first))
        assert "Record the parents' consent" in main(answer)
        assert f'action="{where(first)}consent/"'.encode() in answer.content
    for client in (as_orcs(), as_auditor()):
        answer = client.get(where(first))
        assert b"consent/" not in answer.content
        assert "The student's school records it" in main(answer)


def test_it_is_recorded_with_who_and_when_and_the_next_night_takes_the_iep_along(first: Scene) -> None:
    client = as_coordinator(first.school)
    assert to_download(now=build.NOW) == []
    answer = send(client, first)
    assert answer.headers["Location"] == where(first)
    row = Consent.objects.get()
    assert (row.given, row.recorded) == (date(2026, 11, 20), build.NOW)
    assert row.recorded_by is not None
    assert [one.student for one in to_download(now=build.NOW + DAY)] == [first.mandate.student_id]
    touched = Touched.objects.get(kind=Touched.Kind.STUDENT)
    assert (touched.subject_id, touched.at) == (first.mandate.student_id, build.NOW)
    assert records()[0] == ("student-consent", [first.mandate.student_id], "Recorded a consent", Verb.CHANGED)
    page = client.get(where(first))
    assert "Consent is recorded. The first IEP goes to CAP in the next night." in main(page)
    assert "Given Fri, Nov 20, 2026" in main(page)
    assert row.recorded_by.full_name in main(page)
    assert "Record the parents' consent" not in main(page)


def test_what_is_said_afterwards_names_nobody(first: Scene) -> None:
    client = as_coordinator(first.school)
    send(client, first)
    stored = str(client.session.get("_messages", ""))
    assert "Consent is recorded" in stored
    assert first.mandate.student.last_name not in stored


def test_the_first_record_stands_and_nothing_ends_it(first: Scene) -> None:
    client = as_coordinator(first.school)
    send(client, first)
    answer = client.post(f"{where(first)}consent/", {"given": "11/23/2026"}, follow=True)
    assert "Consent was recorded already. Nothing was changed." in main(answer)
    assert Consent.objects.get().given == date(2026, 11, 20)
    assert Touched.objects.filter(kind=Touched.Kind.STUDENT).count() == 1
    assert [record[0] for record in records()].count("student-consent") == 1
    assert client.delete(f"{where(first)}consent/").status_code == 405


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Enter the day on which the parents consented"),
        ("13/45/2026", "Enter the date as month, day and year"),
        ("yesterday", "Enter the date as month, day and year"),
        ("\x00", "Enter the date as month, day and year"),
        ("11/25/2026", "Enter a day up to today"),
        ("09/09/2025", "Check the year: a consent before Sep 10, 2025"),
        ("11/20/0026", "Check the year"),
    ],
)
def test_a_day_that_cannot_be_meant_is_corrected_at_its_field(first: Scene, typed: str, said: str) -> None:
    answer = send(as_coordinator(first.school), first, typed)
    assert answer.status_code == 422
    assert main(answer).count(said) == 2
    assert b"<title>Error: One student" in b" ".join(answer.content.split())
    assert not Consent.objects.exists()
    assert not Touched.objects.exists()


@pytest.mark.parametrize("typed", ["11/24/2026", "09/10/2025", "2026-11-20", "Nov 20, 2026"])
def test_today_a_year_before_and_other_ways_of_writing_are_taken(first: Scene, typed: str) -> None:
    assert send(as_coordinator(first.school), first, typed).status_code == 302


def test_others_may_not_record_it(first: Scene) -> None:
    stranger = as_coordinator(build.school())
    for client in (as_orcs(), as_orcs(Borough.BROOKLYN), as_auditor(), as_provider(first.provider), stranger):
        assert send(client, first).status_code == 404
    assert not Consent.objects.exists()


def test_without_a_first_iep_there_is_nothing_to_consent_to(here: Scene) -> None:
    client = as_coordinator(here.school)
    assert send(client, here).status_code == 404
    assert "Not asked for: no first IEP" in main(client.get(where(here)))
    assert not Consent.objects.exists()


def test_consent_that_came_with_the_records_has_no_author(first: Scene) -> None:
    build.consent(first.mandate.student)
    text = main(as_coordinator(first.school).get(where(first)))
    assert "Recorded Today, 7:41 am" in text
    assert "Record the parents' consent" not in text
