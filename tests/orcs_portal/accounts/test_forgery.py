"""Two tabs: signing in in one makes the secret in the other out of date."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from orcs_portal.accounts.models import User
from tests.orcs_portal.accounts.conftest import PASSWORD, lose_session
from tests.orcs_portal.accounts.test_guard import BACK, STUDENT, TYPED, hidden

OURS = {"Origin": "http://testserver"}
FOREIGN = {"Origin": "http://elsewhere.example"}

pytestmark = pytest.mark.usefixtures("pages")


def secret(page: str) -> str:
    """Return the form secret of a page."""
    field = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert field
    return field[1]


def open_sign_in(client: Client) -> dict[str, str]:
    """Post a form after its session ended and return the fields of the sign-in page that answers."""
    sign_in_elsewhere(client)
    lose_session(client)
    stale = secret(client.get("/sign-in/").content.decode())
    page = client.post("/form/7/", {**TYPED, "csrfmiddlewaretoken": stale}, headers=OURS).content.decode()
    return {**hidden(page), "csrfmiddlewaretoken": secret(page), "username": "ida", "password": PASSWORD}


def sign_in_elsewhere(client: Client, username: str = "ida") -> None:
    """Sign in in another tab of the same browser."""
    fresh = secret(client.get("/sign-in/").content.decode())
    fields = {"username": username, "password": PASSWORD, "csrfmiddlewaretoken": fresh}
    assert client.post("/sign-in/", fields, headers=OURS).status_code == 302


def rotate(client: Client) -> None:
    """Give the browser another secret without signing in."""
    del client.cookies["csrftoken"]
    client.get("/sign-in/")


def test_signing_in_twice_in_two_tabs_loses_nothing(strict_client: Client, ida: User) -> None:
    first_tab = open_sign_in(strict_client)
    sign_in_elsewhere(strict_client)
    answer = strict_client.post("/sign-in/", first_tab, headers=OURS)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/form/7/")
    assert strict_client.get("/form/7/").json()["typed"] == BACK


def test_a_stale_sign_in_page_without_typed_text_just_leads_on(strict_client: Client, ida: User) -> None:
    first_tab = open_sign_in(strict_client) | {"resume": ""}
    sign_in_elsewhere(strict_client)
    assert strict_client.post("/sign-in/", first_tab, headers=OURS).headers["Location"] == "/form/7/"
    assert strict_client.get("/form/7/").json()["typed"] == {}


def test_a_stale_sign_in_page_of_nobody_is_shown_again_with_everything_but_the_password(
    strict_client: Client, ida: User
) -> None:
    first_tab = open_sign_in(strict_client)
    rotate(strict_client)
    answer = strict_client.post("/sign-in/", first_tab, headers=OURS)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert (hidden(page)["resume"], hidden(page)["next"]) == (first_tab["resume"], "/form/7/")
    assert 'value="ida"' in page
    assert PASSWORD not in page
    again = first_tab | {"csrfmiddlewaretoken": secret(page)}
    assert strict_client.post("/sign-in/", again, headers=OURS).headers["Location"] == "/form/7/"


@pytest.mark.parametrize("headers", [FOREIGN, {}])
def test_a_form_that_this_site_did_not_send_is_refused(
    strict_client: Client, ida: User, headers: dict[str, str]
) -> None:
    first_tab = open_sign_in(strict_client)
    rotate(strict_client)
    answer = strict_client.post("/sign-in/", first_tab, headers=headers)
    assert answer.status_code == 403
    assert first_tab["resume"] not in answer.content.decode()


@pytest.mark.parametrize("then", ["https://elsewhere.example/", "//elsewhere.example/", ""])
def test_a_stale_sign_in_page_leads_nobody_to_another_site(strict_client: Client, ida: User, then: str) -> None:
    first_tab = open_sign_in(strict_client) | {"next": then}
    sign_in_elsewhere(strict_client)
    assert strict_client.post("/sign-in/", first_tab, headers=OURS).headers["Location"] == "/"


def test_a_stale_sign_in_page_gives_what_was_typed_to_nobody_else(strict_client: Client, ida: User, otto: User) -> None:
    first_tab = open_sign_in(strict_client)
    sign_in_elsewhere(strict_client, "otto")
    answer = strict_client.post("/sign-in/", first_tab, headers=OURS)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert strict_client.get("/form/7/").json()["typed"] == {}


def test_any_other_stale_form_gets_the_page_that_hands_it_back(strict_client: Client, ida: User) -> None:
    sign_in_elsewhere(strict_client)
    answer = strict_client.post("/form/7/", TYPED, headers=OURS)
    assert answer.status_code == 403
    assert STUDENT in answer.content.decode()


def test_a_stale_form_is_not_handed_to_whoever_signed_in_after_its_typist(
    strict_client: Client, ida: User, otto: User
) -> None:
    sign_in_elsewhere(strict_client)
    lose_session(strict_client)
    sign_in_elsewhere(strict_client, "otto")
    signed_in = strict_client.post("/form/7/", TYPED, headers=OURS)
    lose_session(strict_client)
    signed_out = strict_client.post("/form/7/", TYPED, headers=OURS)
    for answer in (signed_in, signed_out):
        assert answer.status_code == 403
        assert STUDENT not in answer.content.decode()
