from __future__ import annotations

import logging
import re

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.template import loader
from django.test import Client, RequestFactory
from django.urls import path
from pytest_django import Settings

from orcs_portal.shared import errors
from orcs_portal.shared.middleware import no_store

SITE = "http://testserver"


@transaction.non_atomic_requests
def fails(request: HttpRequest, how: str) -> HttpResponse:
    """Answer with one of the things that go wrong."""
    raise {
        "400": SuspiciousOperation("secret detail"),
        "403": PermissionDenied("secret detail"),
        "404": Http404("secret detail"),
        "500": RuntimeError("secret detail"),
    }[how]


@transaction.non_atomic_requests
def fine(request: HttpRequest) -> HttpResponse:
    """Answer something that a view wanted to be cached."""
    return HttpResponse("ok", headers={"Cache-Control": "max-age=600"})


def its_typists(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a stale form of the one who typed it."""
    return errors.csrf_failure(request, reason, hand_back=True)


urlpatterns = [
    path("", fine, name="home"),
    path("fails/<str:how>/", fails),
    path("form/", fine),
    path("sign-in/", fine, name="sign-in"),
    path("sign-out/", fine, name="sign-out"),
]
handler400 = "orcs_portal.shared.errors.bad_request"
handler403 = "orcs_portal.shared.errors.denied"
handler404 = "orcs_portal.shared.errors.not_found"
handler500 = "orcs_portal.shared.errors.broken"


@pytest.fixture
def client(settings: Settings) -> Client:
    """Return a client of the addresses above, without session or database below them."""
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = [
        "orcs_portal.shared.middleware.no_store",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
    ]
    settings.CSRF_FAILURE_VIEW = f"{__name__}.its_typists"
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


def heading(page: bytes) -> str:
    """Return the page's only first heading."""
    found = re.findall(r"<h1[^>]*>([^<]+)</h1>", page.decode())
    assert len(found) == 1
    return str(found[0])


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("400", "This request could not be read"),
        ("403", "This is not yours to do"),
        ("404", "There is nothing here"),
        ("500", "Something went wrong on our side"),
    ],
)
def test_what_goes_wrong_is_said_in_plain_words_and_without_the_database(client: Client, how: str, words: str) -> None:
    """The suite blocks the database for this test: a query would be an error."""
    answer = client.get(f"/fails/{how}/")
    assert answer.status_code == int(how)
    assert heading(answer.content) == words
    assert b"secret detail" not in answer.content
    assert b"(718) 935-2985" in answer.content
    assert answer.headers["Cache-Control"] == "no-store"


def test_an_address_that_leads_nowhere_has_the_same_page_as_a_strangers(client: Client) -> None:
    nowhere, strangers = client.get("/nowhere/"), client.get("/fails/404/")
    assert nowhere.status_code == strangers.status_code == 404
    assert nowhere.content == strangers.content


def test_an_unknown_host_is_answered_with_the_page_for_a_400(client: Client) -> None:
    answer = client.get("/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert heading(answer.content) == "This request could not be read"


def test_a_person_still_gets_an_answer_when_even_the_page_for_a_500_fails(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def missing(*args: object, **kwargs: object) -> str:
        raise ValueError("no manifest")

    monkeypatch.setattr(loader, "render_to_string", missing)
    with caplog.at_level(logging.ERROR, logger="orcs_portal.shared.errors"):
        answer = client.get("/fails/500/")
    assert answer.status_code == 500
    assert heading(answer.content) == "Something went wrong on our side"
    assert "could not be rendered" in caplog.text


def test_a_stale_form_of_our_own_is_handed_back_with_a_fresh_token(client: Client) -> None:
    sent = {"osis": "900012087", "note": '"><script>', "csrfmiddlewaretoken": "stale"}
    answer = client.post("/form/", sent, headers={"origin": SITE})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert '<input type="hidden" name="osis" value="900012087">' in page
    assert "<script>" not in page.replace('<script src="', "")
    assert 'value="stale"' not in page
    assert "nothing that you typed is lost" in page


def test_what_somebody_else_may_have_typed_is_not_handed_back(client: Client, settings: Settings) -> None:
    settings.CSRF_FAILURE_VIEW = "orcs_portal.shared.errors.csrf_failure"
    answer = client.post("/form/", {"osis": "900012087"}, headers={"origin": SITE})
    assert answer.status_code == 403
    assert b"900012087" not in answer.content
    assert b"Nothing was recorded." in answer.content


@pytest.mark.parametrize(
    "origin", [None, "null", "https://evil.example", "https://testserver", "http://testserver.example"]
)
def test_what_another_site_sent_is_neither_shown_nor_offered(client: Client, origin: str | None) -> None:
    headers = {"origin": origin} if origin else {}
    answer = client.post("/form/", {"osis": "900012087"}, headers=headers)
    assert answer.status_code == 403
    assert b"900012087" not in answer.content
    assert b"Send it again" not in answer.content


def test_a_form_with_a_password_is_never_handed_back(client: Client) -> None:
    answer = client.post("/form/", {"username": "ida", "new_password1": "a long one"}, headers={"origin": SITE})
    assert answer.status_code == 403
    assert b"a long one" not in answer.content
    assert b'value="ida"' not in answer.content


def test_a_field_with_several_values_keeps_them_all(client: Client) -> None:
    answer = client.post("/form/", {"mandate": ["1", "2"]}, headers={"origin": SITE})
    assert answer.content.count(b'name="mandate"') == 2


def test_every_answer_is_kept_out_of_caches_whatever_a_view_wished(client: Client) -> None:
    assert client.get("/").headers["Cache-Control"] == "no-store"
    request = RequestFactory().get("/")
    assert no_store(fine)(request).headers["Cache-Control"] == "no-store"


def test_a_page_has_its_frame_only_where_the_request_came_far_enough(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[HttpRequest | None] = []

    def render(template: str, context: dict[str, object], request: HttpRequest | None = None) -> str:
        seen.append(request)
        return template

    monkeypatch.setattr(loader, "render_to_string", render)
    early, late = RequestFactory().get("/"), RequestFactory().get("/")
    late.standing = object()  # type: ignore[attr-defined] # set by the middleware of providers
    for request in (early, late):
        errors.not_found(request, Http404())
    assert seen == [None, late]
