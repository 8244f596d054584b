"""What the frame says of where one is, who one is, and which rooms one has."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from orcs_portal.accounts.models import User
from providers.kinds import Borough
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


def test_rooms_are_those_that_exist_for_one() -> None:
    assert rooms(frame((Standing.COORDINATOR, {"at": build.school()}))) == ["Calls"]
    assert rooms(frame((Standing.ADMINISTRATOR, {}), path="/calls/")) == ["Administration"]
    assert rooms(frame()) == []


def test_the_simulator_is_a_room_only_in_a_demonstration(settings: Settings) -> None:
    settings.DEMO = True
    assert rooms(frame((Standing.AUDITOR, {}))) == ["Calls", "Simulator"]
    assert rooms(frame()) == []


def test_the_room_one_is_in_is_marked() -> None:
    found = frame((Standing.AUDITOR, {}), path="/calls/parked/")
    assert [(room["label"], room["current"]) for room in found["rooms"]] == [("Calls", True)]


def test_who_one_is_stands_with_every_role_once() -> None:
    school = build.school()
    found = frame((Standing.COORDINATOR, {"at": school}), (Standing.HEAD, {"at": school}), (Standing.AUDITOR, {}))
    assert found["who"] == {"name": "Test Framed", "role": "Coordinator, Head of school, Auditor"}
    assert frame()["who"] == {"name": "Test Framed", "role": "No role at present"}


def test_somebody_signed_out_is_nobody_and_has_no_room() -> None:
    found = Client().get("/sign-in/").context["frame"]
    assert (found["who"], found["rooms"], found["place"], found["places"]) == (None, [], "", [])
    assert found["idle_minutes"] == 30
