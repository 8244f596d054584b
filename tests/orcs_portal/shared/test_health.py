from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic

import pytest
from django.db import connection
from django.db.backends.postgresql.base import DatabaseWrapper
from django.test import Client
from pytest_django import Settings

from orcs_portal.shared import clock, health, heartbeat

HEALTHZ, READYZ = "/healthz", "/readyz"


@pytest.fixture
def no_database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, db: None) -> None:
    """Let the checks look for a database where there is none."""
    gone = DatabaseWrapper({**connection.settings_dict, "HOST": str(tmp_path), "PORT": ""})
    monkeypatch.setattr(health, "connection", gone)


@pytest.fixture
def frozen_broker(settings: Settings) -> Iterator[None]:
    """Let the broker be one that takes connections and never answers, as a stopped process does."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.REDIS_URL = f"redis://127.0.0.1:{server.getsockname()[1]}/0"
        yield


def test_alive_is_said_without_the_database_or_a_session(client: Client) -> None:
    """This test has no database at all: the suite blocks it."""
    answer = client.get(HEALTHZ)
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert not answer.wsgi_request.session.accessed
    assert not answer.cookies


def test_alive_is_said_to_a_signed_in_browser_without_looking_who_it_is(client: Client) -> None:
    client.cookies["sessionid"] = "a-session-key-of-some-length-0123"
    assert client.get(HEALTHZ).status_code == 200


def test_ready_says_so_for_every_check(client: Client, db: None) -> None:
    heartbeat.beat(now=clock.real_now())
    answer = client.get(READYZ)
    assert answer.status_code == 200
    checks = answer.json()
    assert {name: check["state"] for name, check in checks.items()} == {
        "database": "ok",
        "migrations": "ok",
        "clock": "ok",
        "workers": "ok",
        "broker": "ok",
    }
    assert checks["migrations"]["pending"] == 0
    assert checks["clock"]["drift_seconds"] < health.DRIFT_SECONDS
    assert datetime.fromisoformat(checks["clock"]["world"]).utcoffset() is not None


def test_without_the_database_it_is_alive_but_not_ready(client: Client, no_database: None) -> None:
    answer = client.get(READYZ)
    assert answer.status_code == 503
    states = {name: check["state"] for name, check in answer.json().items()}
    failed = dict.fromkeys(("database", "migrations", "clock"), "failed")
    assert {name: states[name] for name in (*failed, "broker")} == {**failed, "broker": "ok"}
    assert client.get(HEALTHZ).status_code == 200


def test_no_detail_of_the_failure_goes_out(client: Client, no_database: None, tmp_path: Path) -> None:
    assert str(tmp_path) not in client.get(READYZ).content.decode()


def test_a_migration_that_was_not_applied_is_not_ready(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = health.known_migrations() | {("audit", "9999_not_yet")}
    monkeypatch.setattr(health, "known_migrations", lambda: known)
    answer = client.get(READYZ)
    assert answer.status_code == 503
    assert answer.json()["migrations"] == {"state": "failed", "pending": 1}


def test_a_database_that_is_ahead_is_ready_so_that_versions_can_roll(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = frozenset(sorted(health.known_migrations())[1:])
    monkeypatch.setattr(health, "known_migrations", lambda: known)
    assert client.get(READYZ).json()["migrations"] == {"state": "ok", "pending": 0}


@pytest.mark.parametrize(("seconds", "state"), [(4, "ok"), (6, "degraded"), (-6, "degraded")])
def test_a_clock_that_stands_apart_is_said_but_stops_nothing(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch, seconds: int, state: str
) -> None:
    monkeypatch.setattr(clock, "real_now", lambda: datetime.now(UTC) + timedelta(seconds=seconds))
    answer = client.get(READYZ)
    assert (answer.status_code, answer.json()["clock"]["state"]) == (200, state)


@pytest.mark.parametrize("url", ["redis://127.0.0.1:1/0", "unix:///nowhere/broker.sock"])
def test_without_the_broker_it_is_degraded_and_still_ready(
    client: Client, db: None, settings: Settings, url: str
) -> None:
    settings.REDIS_URL = url
    answer = client.get(READYZ)
    assert (answer.status_code, answer.json()["broker"]["state"]) == (200, "degraded")


def test_a_frozen_broker_holds_the_answer_for_less_than_a_second(client: Client, db: None, frozen_broker: None) -> None:
    client.get(HEALTHZ)
    started = monotonic()
    answer = client.get(READYZ)
    assert answer.json()["broker"]["state"] == "degraded"
    assert monotonic() - started < 1.0


def test_asking_the_broker_leaves_no_connection_and_no_thread(client: Client, db: None) -> None:
    threads = threading.active_count()
    client.get(READYZ)
    assert threading.active_count() == threads


@pytest.mark.parametrize("url", [HEALTHZ, READYZ])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_they_are_only_read(client: Client, url: str, method: str) -> None:
    assert getattr(client, method)(url).status_code == 405
