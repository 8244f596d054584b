"""What the frame says of where one is, who one is, and which rooms one has."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from orcs_portal.accounts.models import User
from providers.context import ROOMS
from providers.kinds import Affiliation, Borough, Role
from providers.models import PolicySwitch
from providers.models.grant import Standing
from tests import build

pytestmark = pytest.mark.django_db


def frame(*grants: tuple[Standing, dict[str, Any]], path: str = "/") -> dict[str, Any]:
    """Return the frame of a page for somebody with these grants."""
    user = User.objects.create_user(f"framed{next(build.numbers)}", full_name="Test Framed")
    for standing, scope in grants:
        build.grant(user, standing, **scope)
    client = Client()
    client.force_login(user)
    return dict(client.get(path, follow=True).context["frame"])


def rooms(found: dict[str, Any]) -> list[str]:
    """Return the labels of the rooms."""
    return [room["label"] for room in found["rooms"]]


def test_one_school_is_where_one_is_and_there_is_no_switch() -> None:
    school = build.school()
    found = frame((Standing.COORDINATOR, {"at": school}))
    assert (found["place"], found["places"]) == (str(school), [])


def test_two_schools_have_a_switch_that_begins_with_both() -> None:
    schools = [build.school(name="P.S. 901 First"), build.school(name="P.S. 902 Second")]
    found = frame(*((Standing.COORDINATOR, {"at": one}) for one in schools))
    assert found["place"] == "All 2 schools"
    assert [(one["value"], one["chosen"]) for one in found["places"]] == [
        ("", True),
        (schools[0].pk, False),
        (schools[1].pk, False),
    ]


@pytest.mark.parametrize("standing", [Standing.ORCS, Standing.AUDITOR])
def test_a_borough_is_named_and_the_city_is_all_schools(standing: Standing) -> None:
    assert frame((standing, {"borough": Borough.BROOKLYN}))["place"] == "Brooklyn"
    assert frame((standing, {}))["place"] == "All schools"
    two = ((standing, {"borough": Borough.QUEENS}), (standing, {"borough": Borough.BRONX}))
    assert frame(*two)["place"] == "Bronx, Queens"


def test_a_provider_is_among_their_own_students() -> None:
    build.school_year(build.BEFORE.replace(year=2020))
    provider = build.provider()
    found = frame((Standing.PROVIDER, {"provider": provider}))
    assert found["place"] == "Your own students"
    assert rooms(found) == ["My caseload", "Record a first call", "Calls"]
    assert found["finds"]


@pytest.mark.parametrize(
    ("affiliation", "role", "lifted", "calls"),
    [
        (Affiliation.DOE, Role.NURSE, True, False),
        (Affiliation.DOE, Role.PARAPROFESSIONAL, False, True),
        (Affiliation.AGENCY, Role.SPEECH_THERAPIST, False, True),
        (Affiliation.RSA, Role.SPEECH_THERAPIST, False, False),
        (Affiliation.RSA, Role.SPEECH_THERAPIST, True, True),
    ],
)
def test_only_who_can_record_a_call_is_offered_to(
    affiliation: Affiliation, role: Role, lifted: bool, calls: bool
) -> None:
    if lifted:
        PolicySwitch.objects.create(rule=PolicySwitch.Rule.RSA_HOLD, starts=build.BEFORE, on=False, set_at=build.NOW)
    provider = build.provider(affiliation, role, of=build.agency() if affiliation is Affiliation.AGENCY else None)
    offered = rooms(frame((Standing.PROVIDER, {"provider": provider}), path="/nowhere/"))
    assert offered == ["My caseload", *(["Record a first call"] if calls else []), "Calls"]


def test_every_room_has_an_address() -> None:
    assert all(reverse(room.name) for room in ROOMS)


SCHOOL = ["Today", "Mismatches", "Calls", "Vacancies", "SEC report", "Access"]


@pytest.mark.parametrize("standing", [Standing.COORDINATOR, Standing.HEAD])
def test_school_staff_have_the_schools_rooms(standing: Standing) -> None:
    assert rooms(frame((standing, {"at": build.school()}))) == SCHOOL


@pytest.mark.parametrize("standing", [Standing.ORCS, Standing.AUDITOR])
def test_boroughs_and_the_city_have_them_too(standing: Standing) -> None:
    assert rooms(frame((standing, {}))) == SCHOOL
    assert rooms(frame((standing, {"borough": Borough.QUEENS}))) == SCHOOL


def test_an_agency_has_its_calls_its_offers_and_its_registrations() -> None:
    assert rooms(frame((Standing.AGENCY, {"agency": build.agency()}))) == [
        "Today",
        "Mismatches",
        "Calls",
        "Vacancies",
        "Access",
    ]


def test_an_administrator_has_the_admin_alone_and_nobody_has_nothing() -> None:
    assert rooms(frame((Standing.ADMINISTRATOR, {}), path="/nowhere/")) == ["Administration"]
    assert rooms(frame()) == []


def test_who_is_both_has_each_room_once() -> None:
    school = build.school()
    both = ((Standing.COORDINATOR, {"at": school}), (Standing.PROVIDER, {"provider": build.provider(at=school)}))
    found = rooms(frame(*both, path="/nowhere/"))
    assert {"My caseload", "SEC report"} <= set(found)
    assert len(found) == len(set(found))


def test_the_simulator_is_a_room_only_in_a_demonstration(settings: Settings) -> None:
    settings.DEMO = True
    assert rooms(frame((Standing.AUDITOR, {}))) == [*SCHOOL, "Simulator"]
    assert rooms(frame()) == []


@pytest.mark.parametrize(
    ("path", "label"), [("/calls/parked/", "Calls"), ("/reports/sec/", "SEC report"), ("/access/", "Access")]
)
def test_the_room_one_is_in_is_marked(path: str, label: str) -> None:
    found = frame((Standing.AUDITOR, {}), path=path)
    assert [room["label"] for room in found["rooms"] if room["current"]] == [label]


def test_a_page_that_begins_alike_is_in_no_room_of_another() -> None:
    assert [room.label for room in ROOMS if room.holds("vacancy-new")] == ["Vacancies"]
    assert [room.label for room in ROOMS if room.holds("access-galaxy")] == ["Access"]
    assert [room.label for room in ROOMS if room.holds("search")] == []


@pytest.mark.parametrize(
    ("standing", "finds"),
    [(Standing.COORDINATOR, True), (Standing.AUDITOR, True), (Standing.ADMINISTRATOR, False)],
)
def test_whoever_sees_students_finds_them_from_every_page(standing: Standing, finds: bool) -> None:
    scope = {"at": build.school()} if standing is Standing.COORDINATOR else {}
    found = frame((standing, scope), path="/nowhere/")
    assert found["finds"] is finds


def test_who_one_is_stands_with_every_role_once() -> None:
    school = build.school()
    found = frame((Standing.COORDINATOR, {"at": school}), (Standing.HEAD, {"at": school}), (Standing.AUDITOR, {}))
    assert found["who"] == {"name": "Test Framed", "role": "Coordinator, Head of school, Auditor"}
    assert frame()["who"] == {"name": "Test Framed", "role": "No role at present"}


def test_somebody_signed_out_is_nobody_and_has_no_room() -> None:
    found = Client().get("/sign-in/").context["frame"]
    assert (found["who"], found["rooms"], found["place"], found["places"]) == (None, [], "", [])
    assert found["idle_minutes"] == 30
