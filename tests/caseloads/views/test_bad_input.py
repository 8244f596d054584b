"""The issue's list of bad input: each a clear message at its field, nothing lost, nothing half written."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest

from caseloads.models import Call, Delivery
from orcs_portal.shared.models import Touched
from providers.kinds import Affiliation, Service
from tests import build
from tests.caseloads.calls import Scene
from tests.caseloads.views.filling import NEW, check, errors, record, typed
from tests.caseloads.views.pages import main, records
from tests.caseloads.views.people import as_provider

LONG = "9" * 65_536
SECRET = re.compile(rb'(name="(?:csrfmiddlewaretoken|token)" value=")[^"]*')


def nothing_was_written() -> bool:
    """Return whether no row of a call, a delivery or a touched picture was left."""
    return not (Call.objects.exists() or Delivery.objects.exists() or Touched.objects.exists())


def corrected(here: Scene, sent: dict[str, Any]) -> tuple[str, str]:
    """Send both steps; return the one field to correct and its message, said alike by both."""
    client = as_provider(here.provider)
    said = []
    for send in (check, record):
        answer = send(client, sent)
        assert answer.status_code == 422
        assert nothing_was_written()
        form = answer.context["form"]
        for name in ("osis", "session_on"):
            assert form[name].value() == str(sent[name]), "what was typed is lost"
        text = main(answer)
        ((field, (message,)),) = errors(answer).items()
        assert "There is a problem" in text
        assert " ".join(message.split()) in text
        assert b"<title>Error: Record a first call" in answer.content
        said.append((field, message.replace("\N{NO-BREAK SPACE}", " ")))
    assert said[0] == said[1]
    return said[0]


def test_an_unknown_student_and_a_strangers_student_get_the_same_bytes(here: Scene) -> None:
    stranger = build.mandated(build.school(name="P.S. 901 The Other School")).student
    nobody = stranger.osis + 50_000_000
    client = as_provider(here.provider)
    answers = []
    for osis in (nobody, stranger.osis):
        answer = check(client, typed(osis))
        assert answer.status_code == 422
        content = SECRET.sub(rb"\1", answer.content).replace(str(osis).encode(), b"TYPED")
        answers.append((content, sorted((k, v) for k, v in answer.headers.items() if k != "Content-Security-Policy")))
    assert answers[0] == answers[1]
    assert records()[0][1:] == records()[1][1:]
    assert stranger.pk not in records()[1][1]


def test_the_words_say_what_was_searched_and_who_may_help(here: Scene) -> None:
    assert corrected(here, typed("999999999")) == (
        "osis",
        "No student found with this number. Among the students you may serve, none has this number.",
    )


def test_a_date_in_the_future(here: Scene) -> None:
    field, message = corrected(here, typed(here.osis, on=build.TODAY + timedelta(days=1)))
    assert field == "session_on"
    assert "The first session is in the future" in message
    assert "Nov 25, 2026" in message


def test_a_date_before_the_school_year(here: Scene) -> None:
    build.iep(build.student(here.school), starts=date(2026, 1, 5))
    mandate = build.mandate(build.iep(build.student(here.school), starts=date(2026, 1, 5)))
    field, message = corrected(here, typed(mandate.student.osis, on=date(2026, 9, 9)))
    assert field == "session_on"
    assert "The school year began on Sep 10, 2026" in message


def test_a_date_before_the_mandate(here: Scene) -> None:
    mandate = build.mandate(build.iep(build.student(here.school), starts=date(2026, 11, 2)))
    field, message = corrected(here, typed(mandate.student.osis, on=date(2026, 11, 1)))
    assert field == "session_on"
    assert "The mandate for speech-language begins on Nov 2, 2026; you typed Nov 1, 2026 (R10)." in message


def test_a_date_before_the_transmittal(here: Scene) -> None:
    agency = build.agency()
    provider = build.provider(Affiliation.AGENCY, of=agency, at=here.school)
    build.transmittal(here.mandate, build.contract(agency))
    scene = Scene(here.school, provider, here.mandate)
    field, message = corrected(scene, typed(here.osis, on=date(2026, 10, 31)))
    assert field == "session_on"
    assert "The first session is before the transmittal" in message
    assert "(R8)" in message


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("osis", "", "Enter the student's OSIS number"),
        ("osis", "12345", "Enter a student number of nine digits"),
        ("osis", "000000000", "Enter a student number of nine digits"),
        ("osis", "٩٠٠٠٠٠٠٠١", "Enter a student number of nine digits"),
        ("osis", "9' OR 1=1 --", "Enter a student number of nine digits"),
        ("osis", "\x00", "Enter a student number of nine digits"),
        ("osis", "9000\x0000001", "Enter a student number of nine digits"),
        ("osis", LONG, "Enter a student number of nine digits"),
        ("service", "", "Choose the service"),
        ("service", "0", "Choose the service from the list"),
        ("service", "\x00", "Choose the service from the list"),
        ("service", LONG, "Choose the service from the list"),
        ("service", "speech", "Choose the service from the list"),
        ("language", "99", "Choose the language from the list"),
        ("language", "\x00", "Choose the language from the list"),
        ("language", str(2**63), "Choose the language from the list"),
        ("session_on", "", "Enter the date of the first session"),
        ("session_on", "yesterday", "Enter the date as month, day and year, for example 11/23/2026"),
        ("session_on", "13/45/2026", "Enter the date as month, day and year, for example 11/23/2026"),
        ("session_on", "2/30/2026", "Enter the date as month, day and year, for example 11/23/2026"),
        ("session_on", "11/2026", "Enter the date as month, day and year, for example 11/23/2026"),
        ("session_on", "\x00", "Enter the date as month, day and year, for example 11/23/2026"),
        ("session_on", LONG, "Enter the date as month, day and year, for example 11/23/2026"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field(here: Scene, field: str, value: str, message: str) -> None:
    assert corrected(here, typed(str(here.osis)) | {field: value}) == (field, message)


@pytest.mark.parametrize("on", ["1/1/0001", "12/31/9999", "2/29/2024"])
def test_a_date_at_the_ends_of_time_is_corrected_like_any_other(here: Scene, on: str) -> None:
    assert corrected(here, typed(str(here.osis)) | {"session_on": on})[0] == "session_on"


@pytest.mark.parametrize(
    "on", ["11/23/2026", "11-23-2026", "11.23.2026", "11 23 2026", "2026-11-23", "Nov 23, 2026", "11/23/26", "Nov 23"]
)
def test_a_date_may_be_written_in_the_usual_ways(here: Scene, on: str) -> None:
    answer = check(as_provider(here.provider), typed(here.osis) | {"session_on": on})
    assert answer.context["checked"]["session_on"] == date(2026, 11, 23)


def test_an_empty_form_says_all_that_is_missing_at_once(here: Scene) -> None:
    answer = as_provider(here.provider).post(NEW, {"token": typed("1")["token"]})
    assert answer.status_code == 422
    assert list(errors(answer)) == ["osis", "service", "session_on"]
    assert nothing_was_written()


def test_markup_typed_into_a_field_stays_text(here: Scene) -> None:
    answer = check(as_provider(here.provider), typed('"><script>alert(1)</script>'))
    assert b"<script>alert" not in answer.content
    assert b"&lt;script&gt;" in answer.content


def test_unknown_fields_are_ignored_and_fields_sent_twice_count_once(here: Scene) -> None:
    sent = typed(here.osis, Service.SPEECH) | {"provider": 1, "outcome": 1, "confirmation": "12345678"}
    record(as_provider(here.provider), sent | {"osis": ["1", str(here.osis)]})
    call = Call.objects.get()
    assert call.provider == here.provider
    assert call.confirmation != "12345678"
