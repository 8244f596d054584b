"""A session that ends while somebody types: nothing is lost, nothing is sent, nothing gets out."""

from __future__ import annotations

import logging
import re
from html import unescape

import pytest
from django.contrib.messages import get_messages
from django.contrib.sessions.models import Session
from django.test import Client

from orcs_portal.accounts.models import User
from orcs_portal.accounts.resume import AGAIN, ANOTHER
from orcs_portal.accounts.resume import BACK as BACK_NOW
from tests.orcs_portal.accounts.conftest import PASSWORD, lose_session

STUDENT = "204117733"
TYPED = {"osis": STUDENT, "service": ["speech", "counseling"]}
BACK = {"osis": [STUDENT], "service": ["speech", "counseling"]}

pytestmark = pytest.mark.usefixtures("pages")


def hidden(page: str) -> dict[str, str]:
    """Return the hidden fields of a page's sign-in form."""
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page)
    return {name: unescape(value) for name, value in fields}


def sign_in_from(client: Client, page: str, password: str = PASSWORD, username: str = "ida") -> str:
    """Sign in on the page that was shown and return where that leads."""
    known = hidden(page)
    fields = {"next": known["next"], "resume": known.get("resume", "")}
    answer = client.post("/sign-in/", {"username": username, "password": password, **fields})
    return answer.headers.get("Location", "")


def test_a_signed_in_user_comes_through(client: Client, ida: User) -> None:
    client.force_login(ida)
    assert client.post("/form/", TYPED).json() == {"method": "POST", "typed": BACK}


def test_a_page_asked_for_by_nobody_leads_to_sign_in_and_back(client: Client, ida: User) -> None:
    answer = client.get("/form/7/?step=check")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/?next=/form/7/%3Fstep%3Dcheck")
    page = client.get(answer.headers["Location"]).content.decode()
    assert sign_in_from(client, page) == "/form/7/?step=check"


def test_a_form_posted_without_a_session_gets_the_sign_in_page_at_once(client: Client, ida: User) -> None:
    answer = client.post("/form/7/", TYPED)
    assert answer.status_code == 200
    assert answer.templates[0].name == "accounts/sign_in.html"
    assert hidden(answer.content.decode())["next"] == "/form/7/"


def test_what_was_typed_comes_back_after_signing_in_and_is_not_sent_by_itself(timed_out: Client) -> None:
    page = timed_out.post("/form/7/", TYPED).content.decode()
    where = sign_in_from(timed_out, page)
    assert where == "/form/7/"
    assert timed_out.get(where).json() == {"method": "GET", "typed": BACK}
    assert timed_out.get(where).json()["typed"] == {}


def test_two_sentences_say_that_nothing_was_sent_and_that_it_is_back(timed_out: Client) -> None:
    page = timed_out.post("/form/7/", TYPED).content.decode()
    answer = timed_out.get(sign_in_from(timed_out, page))
    assert [str(said) for said in get_messages(answer.wsgi_request)] == [AGAIN, BACK_NOW]


def test_a_page_without_a_form_of_its_own_does_not_claim_that_anything_is_back(timed_out: Client) -> None:
    page = timed_out.post("/button/", {"row": "3"}).content.decode()
    answer = timed_out.get(sign_in_from(timed_out, page))
    assert [str(said) for said in get_messages(answer.wsgi_request)] == [AGAIN]


def test_a_wrong_password_in_between_loses_nothing(timed_out: Client) -> None:
    page = timed_out.post("/form/7/", TYPED).content.decode()
    again = timed_out.post("/sign-in/", {**hidden(page), "username": "ida", "password": "wrong"}).content.decode()
    assert hidden(again)["resume"] == hidden(page)["resume"]
    assert timed_out.get(sign_in_from(timed_out, again)).json()["typed"] == BACK


def test_no_other_page_gets_what_was_typed(timed_out: Client) -> None:
    page = timed_out.post("/form/7/", TYPED).content.decode()
    where = sign_in_from(timed_out, page)
    assert timed_out.get("/form/8/").json()["typed"] == {}
    assert timed_out.get(where).json()["typed"] == BACK


def test_nobody_else_gets_what_was_typed_nor_the_page_it_was_typed_on(timed_out: Client, otto: User) -> None:
    page = timed_out.post("/form/7/", TYPED).content.decode()
    assert sign_in_from(timed_out, page, username="otto") == "/"
    answer = timed_out.get("/form/7/")
    assert answer.json()["typed"] == {}
    assert [str(said) for said in get_messages(answer.wsgi_request)] == [ANOTHER]
    assert "resume" not in timed_out.session


def test_what_was_typed_under_an_unknown_hand_is_not_kept(client: Client, ida: User) -> None:
    page = client.post("/form/7/", TYPED).content.decode()
    assert "resume" not in hidden(page)
    assert STUDENT not in page
    assert "What you sent just now was not done" in page
    assert client.get(sign_in_from(client, page)).json()["typed"] == {}


def test_what_is_typed_after_another_one_took_over_the_browser_belongs_to_that_one(
    timed_out: Client, otto: User
) -> None:
    timed_out.force_login(otto)
    timed_out.get("/form/")
    lose_session(timed_out)
    page = timed_out.post("/form/7/", TYPED).content.decode()
    assert sign_in_from(timed_out, page, username="ida") == "/"
    assert timed_out.get("/form/7/").json()["typed"] == {}


def test_what_is_typed_after_signing_out_in_another_window_is_not_lost(client: Client, ida: User) -> None:
    client.force_login(ida)
    client.get("/form/")
    client.post("/sign-out/")
    page = client.post("/form/7/", TYPED).content.decode()
    assert client.get(sign_in_from(client, page)).json()["typed"] == BACK


def test_a_form_with_a_button_only_leads_back_to_the_page_it_stood_on(client: Client, ida: User) -> None:
    page = client.post("/button/", {}, headers={"Referer": "http://testserver/form/7/"}).content.decode()
    assert "resume" not in hidden(page)
    assert sign_in_from(client, page) == "/form/7/"


def test_a_step_that_cannot_be_opened_by_itself_leads_back_to_its_form(timed_out: Client) -> None:
    from_itself = {"Referer": "http://testserver/form/step/"}
    page = timed_out.post("/form/step/", TYPED, headers=from_itself).content.decode()
    assert sign_in_from(timed_out, page) == "/form/"
    assert timed_out.get("/form/").json()["typed"] == BACK


def test_a_step_is_answered_for_who_is_signed_in(client: Client, ida: User) -> None:
    client.force_login(ida)
    assert client.post("/form/step/", TYPED).content == b"taken"


def test_a_forged_token_is_as_good_as_none(client: Client, ida: User) -> None:
    fields = {"username": "ida", "password": PASSWORD, "next": "/form/", "resume": "made:up:token"}
    assert client.post("/sign-in/", fields).headers["Location"] == "/form/"
    assert client.get("/form/").json()["typed"] == {}


def test_what_was_typed_is_in_no_address_no_log_and_no_session_of_a_stranger(
    timed_out: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    Session.objects.all().delete()
    answer = timed_out.post("/form/7/", TYPED)
    assert not Session.objects.exists()
    where = sign_in_from(timed_out, answer.content.decode())
    timed_out.get(where)
    assert STUDENT not in where
    assert STUDENT not in str(answer.headers)
    assert STUDENT not in "".join(
        record.getMessage() for record in caplog.records if record.name != "django.db.backends"
    )


def test_a_live_fragment_makes_the_browser_go_to_sign_in_and_back_to_its_page(client: Client, ida: User) -> None:
    live = {"HX-Request": "true", "HX-Current-URL": "http://testserver/form/7/?step=check"}
    answer = client.get("/form/", headers=live)
    assert answer.status_code == 200
    assert answer.content == b""
    assert answer.headers["HX-Redirect"] == "/sign-in/?next=%2Fform%2F7%2F%3Fstep%3Dcheck&expired=1"
    page = client.get(answer.headers["HX-Redirect"]).content.decode()
    assert "You were signed out" in page
    assert sign_in_from(client, page) == "/form/7/?step=check"


def test_a_form_sent_by_script_gets_the_whole_sign_in_page_in_place_of_the_old_one(timed_out: Client) -> None:
    answer = timed_out.post("/form/7/", TYPED, headers={"HX-Request": "true"})
    assert (answer.headers["HX-Retarget"], answer.headers["HX-Reswap"]) == ("body", "innerHTML")
    assert timed_out.get(sign_in_from(timed_out, answer.content.decode())).json()["typed"] == BACK


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "head"])
def test_no_other_method_gets_past_the_lock(client: Client, db: None, method: str) -> None:
    assert getattr(client, method)("/button/").status_code == 302


def test_a_first_visit_does_not_claim_that_one_was_signed_out(client: Client, db: None) -> None:
    assert "You were signed out" not in client.get("/sign-in/?next=/form/").content.decode()
