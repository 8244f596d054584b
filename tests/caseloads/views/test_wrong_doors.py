"""Providers who fill in no form: a nurse (R1), and an independent provider under the hold (R13)."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from caseloads.kinds import Outcome
from caseloads.models import Call, Delivery
from orcs_portal.shared import clock
from providers.kinds import Affiliation, Role
from providers.models import Provider
from providers.models.grant import Standing
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _world(settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined] # pytest-django's settings take any name
    build.school_year()
    build.systems()
    clock.set_world(to=build.NOW, real=clock.real_now())


def signed_in(provider: Provider) -> Client:
    """Return a client signed in as a provider."""
    user = build.user()
    build.grant(user, Standing.PROVIDER, provider=provider)
    client = Client()
    assert client.login(username=user.username, password=build.PASSWORD)
    return client


def test_a_nurse_sees_that_no_call_is_needed_and_nothing_is_kept() -> None:
    nurse = build.provider(role=Role.NURSE, at=build.school())
    page = signed_in(nurse).get("/calls/new/")
    assert page.status_code == 200
    assert b"Not needed: nurses do not call" in page.content
    assert b"Kept here" not in page.content
    assert not Call.objects.exists()


def test_an_independent_provider_sees_the_hold_and_nothing_is_kept() -> None:
    independent = build.provider(Affiliation.RSA, at=build.school())
    page = signed_in(independent).get("/calls/new/")
    assert page.status_code == 200
    assert b"Not now: no RSA providers in school buildings" in page.content
    assert b"Kept here" not in page.content
    assert not Call.objects.exists()


@pytest.mark.parametrize(
    ("affiliation", "role", "why"),
    [
        (Affiliation.DOE, Role.NURSE, "Why you need not call"),
        (Affiliation.RSA, Role.SPEECH_THERAPIST, "Why you may not call now"),
        (Affiliation.DOE, Role.PARAPROFESSIONAL, ""),
    ],
)
def test_the_caseload_offers_no_button_that_leads_to_a_closed_door(
    affiliation: Affiliation, role: Role, why: str
) -> None:
    page = signed_in(build.provider(affiliation, role, at=build.school())).get("/caseload/").content.decode()
    main = page[page.index("<main") :]
    assert ("Record a first call" in main) is not bool(why)
    assert why in main


@pytest.mark.parametrize(("affiliation", "role", "rule"), [(1, Role.NURSE, "R1"), (3, Role.SPEECH_THERAPIST, "R13")])
def test_a_form_sent_all_the_same_is_kept_refused_without_a_student(affiliation: int, role: Role, rule: str) -> None:
    school = build.school()
    provider = build.provider(Affiliation(affiliation), role, at=school)
    student = build.mandated(school).student
    client = signed_in(provider)
    typed = {"osis": str(student.osis), "service": "1", "session_on": "11/23/2026", "token": str(uuid4())}
    answer = client.post("/calls/new/", typed)
    call = Call.objects.get()
    assert answer.headers["Location"] == f"/calls/{call.pk}/"
    assert (call.outcome, call.rule, call.student) == (Outcome.REFUSED, rule, None)
    assert not Delivery.objects.exists()
    page = client.get(f"/calls/{call.pk}/")
    assert page.status_code == 200
    assert (call.reference or "")[1:5].encode() in page.content
