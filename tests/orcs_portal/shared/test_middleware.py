"""An address opened in the wrong way gets a page of ours, with the frame of who asks."""

from __future__ import annotations

import pytest
from django.test import Client

from orcs_portal.accounts.models import User
from orcs_portal.shared import errors
from tests import build

PAGE = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
OF_A_BUTTON = ["/school/", "/sign-out/", "/simulator/advance/", "/calls/1/replay/cap/", "/calls/parked/1/replay/"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client: Client) -> Client:
    user: User = build.user()
    client.force_login(user)
    return client


@pytest.mark.parametrize("address", OF_A_BUTTON)
def test_the_address_of_a_button_opened_by_itself_says_so_in_words(signed_in: Client, address: str) -> None:
    answer = signed_in.get(address, headers=PAGE)
    assert answer.status_code == 405
    assert answer.headers["Allow"]
    text = answer.content.decode()
    assert "There is no page at this address" in text
    assert "Nothing was changed." in text
    assert "(718) 935-2985" in text
    assert 'aria-label="Main"' in text


def test_a_page_that_is_sent_to_says_so_too(signed_in: Client) -> None:
    assert b"There is no page at this address" in signed_in.post("/calls/", headers=PAGE).content


def test_nobody_gets_the_page_without_a_frame(client: Client) -> None:
    answer = client.get("/sign-out/", headers=PAGE)
    assert answer.status_code == 405
    assert b"There is no page at this address" in answer.content


def test_a_machine_gets_the_bare_status(client: Client) -> None:
    for address in ("/healthz", "/sign-out/"):
        answer = client.post(address) if address == "/healthz" else client.get(address, headers={"Accept": "*/*"})
        assert (answer.status_code, answer.content) == (405, b"")


@pytest.mark.parametrize(
    ("typed", "page"),
    [("/calls", "/calls/"), ("/caseload?tab=open", "/caseload/?tab=open"), ("/admin", "/admin/")],
)
def test_an_address_without_its_last_slash_leads_to_the_page(signed_in: Client, typed: str, page: str) -> None:
    for answer in (signed_in.get(typed), signed_in.head(typed)):
        assert (answer.status_code, answer.headers["Location"]) == (302, page)


@pytest.mark.parametrize("typed", ["/nowhere", "/calls/999999/", "/calls/x"])
def test_what_leads_nowhere_with_a_slash_as_well_is_not_there(signed_in: Client, typed: str) -> None:
    assert signed_in.get(typed).status_code == 404


def test_a_form_is_not_sent_on(signed_in: Client) -> None:
    assert signed_in.post("/calls/new", {"osis": "1"}).status_code == 404


def test_the_words_stand_without_a_frame_where_the_request_did_not_come_far(rf: object) -> None:
    request = rf.get("/")  # type: ignore[attr-defined] # pytest-django's factory
    assert errors.not_allowed(request).status_code == 405
