from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from orcs_portal.accounts.models import User
from orcs_portal.shared import clock

START = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

pytestmark = pytest.mark.usefixtures("pages")


class Watch:
    """A clock that a test sets by hand."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    hand = Watch()
    monkeypatch.setattr(clock, "real_now", hand)
    return hand


@pytest.fixture
def signed_in(client: Client, ida: User, watch: Watch) -> Client:
    client.force_login(ida)
    client.get("/form/")
    return client


def seen(client: Client) -> datetime:
    return datetime.fromtimestamp(client.session["seen"], UTC)


def test_a_session_ends_thirty_minutes_after_the_last_page() -> None:
    assert timedelta(minutes=30).total_seconds() == settings.SESSION_COOKIE_AGE


@pytest.mark.parametrize(("seconds", "is_prolonged"), [(59, False), (60, True)])
def test_a_page_prolongs_the_session_at_most_once_a_minute(
    signed_in: Client,
    watch: Watch,
    seconds: int,
    is_prolonged: bool,
) -> None:
    watch.now = START + timedelta(seconds=seconds)
    signed_in.get("/form/")
    assert (seen(signed_in) == watch.now) is is_prolonged


def test_prolonging_moves_the_end_of_the_session_in_the_database(signed_in: Client, watch: Watch) -> None:
    soon = timezone.now() + timedelta(minutes=1)
    Session.objects.update(expire_date=soon)
    watch.now = START + timedelta(minutes=5)
    answer = signed_in.get("/form/")
    assert Session.objects.get().expire_date > soon + timedelta(minutes=28)
    assert "sessionid" in answer.cookies


def test_a_live_fragment_prolongs_nothing(signed_in: Client, watch: Watch) -> None:
    watch.now = START + timedelta(minutes=5)
    signed_in.get("/form/", headers={"HX-Request": "true"})
    assert seen(signed_in) == START


def test_nobody_gets_a_session_by_reading(client: Client, db: None, watch: Watch) -> None:
    client.get("/sign-in/")
    client.get("/form/")
    assert not Session.objects.exists()


def test_what_never_looks_at_the_session_leaves_it_alone(
    signed_in: Client, watch: Watch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    watch.now = START + timedelta(minutes=5)
    with django_assert_num_queries(0):
        signed_in.get("/healthz")
