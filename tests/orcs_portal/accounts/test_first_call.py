"""The first-call form, when the session ends between opening it and sending it."""

from __future__ import annotations

import re
from html import unescape
from uuid import uuid4

import pytest
from django.test import Client

from caseloads.models import Call
from orcs_portal.accounts.models import User
from orcs_portal.shared import clock
from providers.kinds import Affiliation, Service
from providers.models.grant import Standing
from tests import build
from tests.caseloads.calls import Scene, scene
from tests.orcs_portal.accounts.conftest import lose_session

NEW = "/calls/new/"


@pytest.fixture
def here(db: None, monkeypatch: pytest.MonkeyPatch) -> Scene:
    monkeypatch.setattr(clock, "real_now", lambda: build.NOW)
    return scene()


@pytest.fixture
def therapist(here: Scene) -> User:
    user = build.user("therapist")
    build.grant(user, Standing.PROVIDER, provider=here.provider)
    return user


@pytest.fixture
def typing(client: Client, therapist: User) -> Client:
    """Return a browser in which the therapist's session ended while the form was open."""
    client.force_login(therapist)
    assert client.get(NEW).status_code == 200
    lose_session(client)
    return client


def filled(here: Scene) -> dict[str, str]:
    """Return the form as somebody filled it in."""
    return {
        "osis": str(here.osis),
        "service": str(Service.SPEECH.value),
        "session_on": "11/23/2026",
        "token": str(uuid4()),
    }


def sign_in_on(client: Client, page: str, username: str = "therapist") -> str:
    """Sign in on the page shown and return where that leads."""
    fields = re.findall(r'<input type="hidden" name="(next|resume)" value="([^"]*)">', page)
    kept = {name: unescape(value) for name, value in fields}
    answer = client.post("/sign-in/", {**kept, "username": username, "password": build.PASSWORD})
    assert answer.status_code == 302
    return answer.headers["Location"]


def value_of(page: str, name: str) -> str:
    """Return what stands in a text field of a page."""
    field = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
    assert field
    value = re.search(r'value="([^"]*)"', field[0])
    return value[1] if value else ""


@pytest.mark.parametrize("step", [NEW, "/calls/new/change/", "/calls/new/record/"])
def test_what_was_typed_is_there_again_and_nothing_is_recorded(typing: Client, here: Scene, step: str) -> None:
    page = typing.post(step, filled(here), headers={"Referer": f"http://testserver{step}"}).content.decode()
    assert "What you typed is kept" in page
    where = sign_in_on(typing, page)
    assert where == NEW
    again = typing.get(where).content.decode()
    assert value_of(again, "osis") == str(here.osis)
    assert value_of(again, "session_on") == "11/23/2026"
    assert re.search(rf'<option value="{Service.SPEECH.value}" selected>', again)
    assert not Call.objects.exists()


def test_sent_once_more_it_is_one_call(typing: Client, here: Scene) -> None:
    page = typing.post(f"{NEW}record/", filled(here)).content.decode()
    again = typing.get(sign_in_on(typing, page)).content.decode()
    typing.post(f"{NEW}record/", filled(here) | {"token": value_of(again, "token")})
    assert Call.objects.count() == 1


def test_it_is_there_once_and_a_form_opened_later_is_empty(typing: Client, here: Scene) -> None:
    page = typing.post(NEW, filled(here)).content.decode()
    typing.get(sign_in_on(typing, page))
    assert value_of(typing.get(NEW).content.decode(), "osis") == ""


@pytest.mark.parametrize("kind", [Standing.COORDINATOR, Standing.PROVIDER, Standing.ADMINISTRATOR])
def test_nobody_but_who_typed_it_is_shown_any_of_it(typing: Client, here: Scene, kind: Standing) -> None:
    at = build.school() if kind is Standing.COORDINATOR else None
    colleague = build.provider(Affiliation.AGENCY, of=build.agency()) if kind is Standing.PROVIDER else None
    build.grant(build.user("another"), kind, at=at, provider=colleague)
    page = typing.post(NEW, filled(here)).content.decode()
    assert sign_in_on(typing, page, "another") == "/"
    shown = typing.get("/", follow=True)
    assert shown.status_code == 200
    assert "You are signed in again" not in shown.content.decode()
    assert str(here.osis) not in shown.content.decode()
    assert str(here.osis) not in typing.get(NEW).content.decode()
