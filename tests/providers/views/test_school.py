"""The switch between the schools one has."""

from __future__ import annotations

import pytest
from django.test import Client

from orcs_portal.accounts.models import User
from providers.models import School
from providers.models.grant import Standing
from tests import build

pytestmark = pytest.mark.django_db
SWITCH = "/school/"


@pytest.fixture
def schools() -> tuple[School, School]:
    return build.school(name="P.S. 901 The First School"), build.school(name="P.S. 902 The Second School")


@pytest.fixture
def client(schools: tuple[School, School]) -> Client:
    """Return the browser of somebody who coordinates both schools."""
    user = User.objects.create_user("two-schools", full_name="Test Two Schools")
    for school in schools:
        build.grant(user, Standing.COORDINATOR, at=school)
    browser = Client()
    browser.force_login(user)
    return browser


def test_everything_is_narrowed_to_the_chosen_school_and_widened_again(
    client: Client, schools: tuple[School, School]
) -> None:
    client.post(SWITCH, {"school": schools[1].pk})
    assert client.get("/calls/").context["frame"]["place"] == str(schools[1])
    client.post(SWITCH, {"school": ""})
    assert client.get("/calls/").context["frame"]["place"] == "All 2 schools"


@pytest.mark.parametrize("asked", ["0", "-1", "x", "\x00", "1.0", "٣", str(2**63), "9" * 5000])
def test_nonsense_is_nothing_and_changes_nothing(client: Client, schools: tuple[School, School], asked: str) -> None:
    client.post(SWITCH, {"school": schools[0].pk})
    assert client.post(SWITCH, {"school": asked}).status_code == 404
    assert client.get("/calls/").context["frame"]["place"] == str(schools[0])


def test_a_strangers_school_answers_as_one_that_does_not_exist(client: Client) -> None:
    stranger = build.school(name="P.S. 903 Of Somebody Else")
    answers = [client.post(SWITCH, {"school": key}) for key in (stranger.pk, 999_999_999)]
    assert [one.status_code for one in answers] == [404, 404]
    assert stranger.name.encode() not in answers[0].content


def test_a_school_lost_since_narrows_to_nothing_of_it(client: Client, schools: tuple[School, School]) -> None:
    client.post(SWITCH, {"school": schools[1].pk})
    schools[1].grants.all().delete()
    assert client.get("/calls/").context["frame"]["place"] == str(schools[0])


@pytest.mark.parametrize("then", ["/calls/?tab=refused", "/caseload/"])
def test_it_goes_back_to_the_page_one_was_on(client: Client, schools: tuple[School, School], then: str) -> None:
    answer = client.post(SWITCH, {"school": schools[0].pk, "next": then})
    assert answer.headers["Location"] == then


@pytest.mark.parametrize(
    "then",
    ["", "https://evil.example/", "//evil.example", "\\\\evil.example", "javascript:alert(1)", "///x", "\x00//x"],
)
def test_it_goes_nowhere_else(client: Client, schools: tuple[School, School], then: str) -> None:
    answer = client.post(SWITCH, {"school": schools[0].pk, "next": then})
    assert answer.headers["Location"] == "/"


def test_a_line_break_in_the_way_back_sets_no_header(client: Client, schools: tuple[School, School]) -> None:
    answer = client.post(SWITCH, {"school": schools[0].pk, "next": "/calls/\r\nSet-Cookie: a=b"})
    assert "a" not in answer.cookies
    assert "\n" not in answer.headers["Location"]


def test_it_is_a_post_and_for_those_who_are_signed_in(client: Client) -> None:
    assert client.get(SWITCH).status_code == 405
    assert "sign in" in Client().post(SWITCH, {"school": "1"}).content.decode().lower()
