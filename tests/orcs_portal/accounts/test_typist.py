"""Whose a form is after its session ended: the browser keeps who signed in to it, and nobody can rewrite that."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from orcs_portal.accounts.models import User
from orcs_portal.accounts.typist import COOKIE, MOST, SALT, nobody_else_typed, remember, seen_here, typist_of


def asked(cookie: str = "", *, user: int | None = None) -> HttpRequest:
    """Return a request with a cookie, by a signed-in user or by nobody."""
    request = RequestFactory().get("/")
    request.COOKIES[COOKIE] = cookie
    request.user = AnonymousUser() if user is None else User(pk=user)
    return request


def of(*users: int) -> str:
    return signing.dumps(list(users), salt=SALT)


def kept_by(request: HttpRequest) -> list[int]:
    """Return whom the browser keeps after an answer."""
    answer = HttpResponse()
    remember(request, answer)
    return seen_here(asked(answer.cookies[COOKIE].value)) if COOKIE in answer.cookies else seen_here(request)


@pytest.mark.parametrize(
    ("before", "me", "after"),
    [((), 3, [3]), ((3,), 3, [3]), ((3,), 5, [3, 5]), ((3, 5), 3, [5, 3]), ((5, 3), 3, [5, 3])],
)
def test_the_latest_to_sign_in_is_last_and_nobody_is_named_twice(
    before: tuple[int, ...], me: int, after: list[int]
) -> None:
    assert kept_by(asked(of(*before), user=me)) == after


def test_the_list_does_not_grow_without_end() -> None:
    kept = kept_by(asked(of(*range(MOST)), user=99))
    assert kept == [*range(1, MOST), 99]


def test_the_cookie_is_written_only_where_it_says_something_new() -> None:
    answer = HttpResponse()
    remember(asked(of(3), user=3), answer)
    assert COOKIE not in answer.cookies


@pytest.mark.parametrize(
    "cookie",
    ["", "3", "x:y:z", of(3)[:-1], signing.dumps([3], salt="another purpose")],
    ids=["empty", "plain", "shaped", "cut off", "signed for something else"],
)
def test_what_was_not_written_here_names_nobody(cookie: str) -> None:
    assert typist_of(asked(cookie)) is None
    assert not nobody_else_typed(asked(cookie, user=3))


def test_a_form_with_the_present_secret_is_the_latest_users() -> None:
    assert typist_of(asked(of(3, 5))) == 5


@pytest.mark.parametrize(
    ("seen", "user", "alone"),
    [((3,), 3, True), ((3,), None, True), ((3,), 5, False), ((5, 3), 3, False), ((3, 5), None, False)],
)
def test_an_older_form_is_its_readers_only_where_there_was_nobody_else(
    seen: tuple[int, ...], user: int | None, alone: bool
) -> None:
    assert nobody_else_typed(asked(of(*seen), user=user)) is alone


@pytest.mark.parametrize("secure", [True, False])
def test_scripts_and_other_sites_do_not_get_the_cookie_and_it_ends_with_the_browser(
    settings: Settings, secure: bool
) -> None:
    settings.SESSION_COOKIE_SECURE = secure
    answer = HttpResponse()
    remember(asked(user=3), answer)
    cookie = answer.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], bool(cookie["secure"])) == (True, "Lax", secure)
    assert (cookie["max-age"], cookie["expires"]) == ("", "")


@pytest.mark.usefixtures("pages")
def test_signing_in_leaves_the_mark_and_a_page_that_looks_by_itself_does_not(client: Client, ida: User) -> None:
    client.force_login(ida)
    client.get("/form/", headers={"HX-Request": "true"})
    assert COOKIE not in client.cookies
    client.get("/form/")
    assert seen_here(asked(client.cookies[COOKIE].value)) == [ida.pk]
