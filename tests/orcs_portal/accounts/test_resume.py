from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from django.core import signing
from django.http import HttpRequest, QueryDict
from django.test import Client, RequestFactory

from orcs_portal.accounts import resume, typist
from orcs_portal.accounts.models import User
from orcs_portal.accounts.resume import LIMIT, SALT, Kept, keep, page_of, unlock
from orcs_portal.accounts.typist import COOKIE

TYPED = {"osis": "204117733", "service": ["speech", "counseling"], "note": "Ünïcode & <b>more</b>"}
STUDENT = "204117733"


TYPIST = 7


def posted(data: dict[str, object] | None = None, path: str = "/form/7/?step=check", **headers: str) -> HttpRequest:
    """Return a form posted from a browser that user 7 was signed in to."""
    request = RequestFactory().post(path, TYPED if data is None else data, headers=headers)
    request.COOKIES[COOKIE] = signing.dumps([TYPIST], salt=typist.SALT)
    return request


def kept_of(request: HttpRequest) -> str:
    """Return the token for the page at the request's own address."""
    return keep(request, at=request.get_full_path())


def test_a_token_gives_back_what_was_typed_and_where() -> None:
    kept = unlock(kept_of(posted()))
    assert kept is not None
    assert (kept.path, kept.user) == ("/form/7/", TYPIST)
    assert dict(QueryDict(kept.body).lists()) == {
        "osis": [STUDENT],
        "service": ["speech", "counseling"],
        "note": [TYPED["note"]],
    }


def test_secrets_are_not_kept() -> None:
    kept = unlock(kept_of(posted({"csrfmiddlewaretoken": "abc", "password": "secret", "osis": STUDENT})))
    assert kept == Kept(path="/form/7/", body=f"osis={STUDENT}", user=TYPIST)


def test_nothing_typed_is_no_token() -> None:
    assert kept_of(posted({"csrfmiddlewaretoken": "abc"})) == ""


@pytest.mark.parametrize(("length", "is_kept"), [(LIMIT - 2, True), (LIMIT - 1, False)])
def test_more_than_any_form_holds_is_not_kept(length: int, is_kept: bool) -> None:
    assert bool(kept_of(posted({"a": "x" * length}))) is is_kept


def test_a_token_is_compressed() -> None:
    assert len(kept_of(posted({"note": "word " * 2000}))) < 1000


def flipped(token: str) -> str:
    """Return the token with its last sign changed."""
    return token[:-1] + ("a" if token[-1] != "a" else "b")


@pytest.mark.parametrize("change", [flipped, lambda token: token[1:], lambda _: "", lambda _: "x:y:z"])
def test_an_altered_token_gives_nothing(change: Callable[[str], str]) -> None:
    assert unlock(change(kept_of(posted()))) is None


def test_a_token_of_another_purpose_gives_nothing() -> None:
    assert unlock(signing.dumps({"path": "/form/", "body": "a=1", "user": 7}, salt=f"{SALT}.other")) is None


def test_a_token_that_does_not_say_who_typed_gives_nothing() -> None:
    assert unlock(signing.dumps({"path": "/form/", "body": "a=1"}, salt=SALT)) is None


def test_a_form_is_not_kept_where_nobody_is_known_to_have_typed_it() -> None:
    request = posted()
    del request.COOKIES[COOKIE]
    assert kept_of(request) == ""


@pytest.mark.parametrize(("seconds", "is_good"), [(3600, True), (3601, False)])
def test_a_token_is_good_for_an_hour(monkeypatch: pytest.MonkeyPatch, seconds: int, is_good: bool) -> None:
    now = 1_800_000_000
    monkeypatch.setattr(time, "time", lambda: now)
    token = kept_of(posted())
    monkeypatch.setattr(time, "time", lambda: now + seconds)
    assert (unlock(token) is not None) is is_good


@pytest.mark.parametrize(
    ("referrer", "page"),
    [
        ("", "/button/?a=1"),
        ("http://testserver/form/7/", "/form/7/"),
        ("http://testserver/form/7/?step=check", "/form/7/?step=check"),
        ("http://elsewhere.example/form/7/", "/button/?a=1"),
        ("//testserver.example/form/", "/button/?a=1"),
        ("/form/", "/button/?a=1"),
        ("nonsense", "/button/?a=1"),
    ],
)
def test_a_form_stood_on_the_page_of_this_site_that_the_browser_names(referrer: str, page: str) -> None:
    headers = {"Referer": referrer} if referrer else {}
    assert page_of(posted({}, "/button/?a=1", **headers)) == page


def session_of(client: Client, kept: Kept) -> None:
    session = client.session
    resume.put(session, kept)
    session.save()


def test_what_was_typed_comes_back_once_and_on_its_own_page_only(client: Client, ida: User, pages: None) -> None:
    client.force_login(ida)
    session_of(client, Kept(path="/form/7/", body=f"osis={STUDENT}", user=ida.pk))
    assert client.get("/form/8/").json()["typed"] == {}
    assert client.get("/form/7/").json()["typed"] == {"osis": [STUDENT]}
    assert client.get("/form/7/").json()["typed"] == {}
    assert "resume" not in client.session
