"""The workers' sign of life, and what ``/readyz`` makes of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from unittest import mock

import pytest
from celery.signals import worker_ready
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from caseloads.propagation import tasks
from orcs_portal.shared import clock, health, heartbeat
from orcs_portal.shared.models import PeriodicRun
from tests import build
from tests.threads import at_once

SECOND = timedelta(seconds=1)


def workers(client: Client) -> dict[str, object]:
    """Return what ``/readyz`` says of the workers; it is ready whatever that is."""
    answer = client.get("/readyz")
    assert answer.status_code == 200
    return dict(answer.json()["workers"])


@pytest.mark.django_db
def test_before_any_worker_it_is_degraded_and_still_ready(client: Client) -> None:
    said = workers(client)
    assert said["state"] == "degraded"
    assert said["why"] == "No worker has been heard of yet. Calls are kept until one works."


@pytest.mark.django_db
@pytest.mark.parametrize(("seconds", "state"), [(0, "ok"), (59, "ok"), (61, "degraded"), (3600, "degraded")])
def test_after_a_minute_of_silence_it_says_so(
    client: Client, monkeypatch: pytest.MonkeyPatch, seconds: int, state: str
) -> None:
    now = datetime.now(UTC)
    monkeypatch.setattr(clock, "real_now", lambda: now)
    heartbeat.beat(now=now - seconds * SECOND)
    said = workers(client)
    assert (said["state"], said["seconds"]) == (state, seconds)
    assert ("why" in said) is (state == "degraded")


@pytest.mark.django_db
def test_a_beat_moves_the_one_row_on_and_never_back() -> None:
    heartbeat.beat(now=build.REAL)
    for seconds, last in ((4, 0), (5, 5), (-30, 5), (9, 5), (20, 20)):
        heartbeat.beat(now=build.REAL + seconds * SECOND)
        assert heartbeat.last_beat() == build.REAL + last * SECOND
    assert PeriodicRun.objects.filter(task=heartbeat.TASK).count() == 1


@pytest.mark.django_db
def test_a_beat_soon_after_another_writes_nothing() -> None:
    heartbeat.beat(now=build.REAL)
    with CaptureQueriesContext(connection) as asked:
        heartbeat.beat(now=build.REAL + SECOND)
    assert [query["sql"].split()[0] for query in asked] == ["SELECT"]


@pytest.mark.django_db(transaction=True)
def test_workers_that_begin_together_make_one_row() -> None:
    at_once([partial(heartbeat.beat, now=build.REAL)] * 4)
    assert PeriodicRun.objects.filter(task=heartbeat.TASK).count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("task", [partial(tasks.drain.run, 1), tasks.walk.run])
def test_every_task_is_a_sign_of_life(task: partial[None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "real_now", lambda: build.REAL)
    task()
    assert heartbeat.last_beat() == build.REAL


@pytest.mark.django_db
def test_a_worker_says_that_it_is_ready_before_its_first_task(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "real_now", lambda: build.REAL)
    with mock.patch.object(tasks, "connection"):
        worker_ready.send(sender=None)
    assert heartbeat.last_beat() == build.REAL


def test_a_worker_starts_also_while_the_database_is_away(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(heartbeat, "last_beat", mock.Mock(side_effect=DatabaseError("away")))
    with mock.patch.object(tasks, "connection") as ours:
        tasks.say_ready()
    ours.close.assert_called_once_with()
    assert "The heartbeat was not written: DatabaseError" in caplog.text
    assert "away" not in caplog.text


def test_the_minute_is_many_sweeps_long(settings: Settings) -> None:
    assert health.QUIET_SECONDS >= 10 * settings.SWEEP_EVERY
