from __future__ import annotations

from datetime import datetime

import pytest
from django.conf import settings as portal
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from caseloads.demonstration.signins import PASSWORD as PRINTED
from caseloads.demonstration.signins import SIGN_INS
from orcs_portal.accounts.hashers import PortalArgon2Hasher
from orcs_portal.accounts.models import User
from tests.orcs_portal.accounts.conftest import PASSWORD

SIGN_IN = "/sign-in/"
NOT_RIGHT = "The user name or the password is not right, or the account is closed."


def sign_in(client: Client, password: str = PASSWORD, username: str = "ida", **more: str) -> tuple[int, str, str]:
    """Return status, where to, and text of the answer to a try at signing in."""
    answer = client.post(SIGN_IN, {"username": username, "password": password, **more})
    return answer.status_code, answer.headers.get("Location", ""), answer.content.decode()


def test_the_sign_in_page_has_the_help_desk_and_no_query_for_anybody(client: Client, db: None) -> None:
    answer = client.get(SIGN_IN)
    assert answer.status_code == 200
    assert portal.HELP_DESK_NUMBER in answer.content.decode()


@pytest.mark.parametrize("username", ["ida", "IDA"])
def test_the_right_password_leads_to_the_first_page(client: Client, ida: User, username: str) -> None:
    status, where, _ = sign_in(client, username=username)
    assert (status, where) == (302, reverse("home"))
    assert client.session["_auth_user_id"] == str(ida.pk)


def test_signing_in_changes_the_session_key(client: Client, ida: User) -> None:
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    before = session.session_key
    sign_in(client)
    assert client.session.session_key != before


@pytest.mark.parametrize(("username", "password"), [("ida", "wrong"), ("nobody", PASSWORD), ("closed", PASSWORD)])
def test_every_failure_gets_the_same_words(client: Client, ida: User, username: str, password: str) -> None:
    User.objects.create_user("closed", PASSWORD, full_name="Closed Account", is_active=False)
    status, _, text = sign_in(client, password, username)
    assert status == 200
    assert NOT_RIGHT in text
    assert portal.HELP_DESK_NUMBER in text
    assert "_auth_user_id" not in client.session


def test_an_unknown_name_costs_a_hash_as_well(client: Client, ida: User, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed: list[str] = []
    whole = PortalArgon2Hasher.encode

    def encode(self: PortalArgon2Hasher, password: str, salt: str) -> str:
        hashed.append(password)
        return whole(self, password, salt)

    monkeypatch.setattr(PortalArgon2Hasher, "encode", encode)
    sign_in(client, username="nobody")
    assert hashed == [PASSWORD]


def test_a_password_kept_by_another_hasher_is_not_accepted(client: Client, ida: User) -> None:
    weak = PBKDF2PasswordHasher()
    User.objects.filter(pk=ida.pk).update(password=weak.encode(PASSWORD, "salt" * 4, iterations=1))
    assert sign_in(client)[0] == 200


def test_an_empty_form_says_what_to_enter(client: Client, db: None) -> None:
    _, _, text = sign_in(client, "", "")
    assert "Enter your user name" in text
    assert "Enter your password" in text


def test_a_name_with_a_zero_byte_is_refused_in_words(client: Client, ida: User) -> None:
    assert sign_in(client, username="ida\x00")[0] == 200
    assert "_auth_user_id" not in client.session


def test_the_password_is_never_shown_again(client: Client, ida: User) -> None:
    assert "a wrong secret" not in sign_in(client, "a wrong secret")[2]


@pytest.mark.parametrize("then", ["/form/", "/form/7/?step=check"])
def test_after_signing_in_one_is_where_one_wanted_to_be(client: Client, ida: User, pages: None, then: str) -> None:
    assert sign_in(client, next=then)[1] == then


@pytest.mark.parametrize(
    "then",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "///elsewhere.example/",
        "/\\elsewhere.example/",
        "\\\\elsewhere.example/",
        "http:elsewhere.example",
        "javascript:alert(1)",
        "https://testserver@elsewhere.example/",
        " https://elsewhere.example/",
    ],
)
def test_nobody_is_led_to_another_site(client: Client, ida: User, then: str) -> None:
    assert sign_in(client, next=then)[1] == reverse("home")
    assert client.get(SIGN_IN, {"next": then}).headers["Location"] == reverse("home")


def test_who_is_signed_in_already_is_led_on(client: Client, ida: User, pages: None) -> None:
    client.force_login(ida)
    assert client.get(SIGN_IN, {"next": "/form/"}).headers["Location"] == "/form/"


def test_a_closed_account_is_out_at_once(client: Client, ida: User, pages: None) -> None:
    client.force_login(ida)
    assert client.get("/form/").status_code == 200
    User.objects.filter(pk=ida.pk).update(is_active=False)
    assert client.get("/form/").status_code == 302


def test_a_changed_password_ends_the_sessions_of_the_old_one(client: Client, ida: User, pages: None) -> None:
    client.force_login(ida)
    ida.set_password("another long enough phrase")
    ida.save()
    assert client.get("/form/").status_code == 302


def test_signing_out_ends_the_session_and_says_so(client: Client, ida: User, pages: None) -> None:
    client.force_login(ida)
    key = client.session.session_key
    answer = client.post("/sign-out/", follow=True)
    assert answer.redirect_chain == [("/signed-out/", 302)]
    assert "You are signed out" in answer.content.decode()
    client.cookies["sessionid"] = str(key)
    assert client.get("/form/").status_code == 302


def test_a_link_cannot_sign_anybody_out(client: Client, ida: User) -> None:
    client.force_login(ida)
    assert client.get("/sign-out/").status_code == 405
    assert client.session["_auth_user_id"] == str(ida.pk)


def test_nobody_is_told_to_be_signed_out_who_is_not(client: Client, ida: User) -> None:
    client.force_login(ida)
    assert client.get("/signed-out/").headers["Location"] == reverse("home")


def test_signing_in_keeps_when_it_happened_for_every_pages_foot(client: Client, ida: User) -> None:
    before = timezone.now()
    sign_in(client)
    assert before <= datetime.fromisoformat(client.session["signed_in_at"]) <= timezone.now()


def test_a_demonstration_names_its_people_on_the_sign_in_page(client: Client, db: None, settings: Settings) -> None:
    settings.DEMO = True
    page = client.get(SIGN_IN).content.decode()
    assert [f"<code>{one.username}</code>" in page for one in SIGN_INS] == [True] * len(SIGN_INS)
    assert PRINTED not in page


def test_nobody_is_named_outside_a_demonstration(client: Client, db: None) -> None:
    assert "agencyprovider" not in client.get(SIGN_IN).content.decode()


def test_the_people_named_are_those_the_demonstration_loads() -> None:
    assert [(one.role, one.username) for one in SIGN_INS] == portal.DEMO_SIGN_INS
