"""Walking through the world's time: in order, once, and to the same end however far each step goes."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import transaction

from caseloads.kinds import EntryState, System
from caseloads.models import CapMandate, Delivery, Entry, SecLine, SesisNotice
from caseloads.propagation import nightly
from caseloads.propagation.nightly import NIGHTS, begin, run_night, walk
from caseloads.systems.contract import Shown
from caseloads.systems.registry import GATEWAYS
from orcs_portal.shared.models import PeriodicRun
from tests import build
from tests.caseloads.calls import accepted, delivery, scene
from tests.caseloads.propagation.queue import Clocks
from tests.caseloads.propagation.world import DAY, HOUR, at, begun, busy, snapshot
from tests.threads import at_once

WEEK = build.NOW + 7 * DAY


@pytest.fixture
def week(db: None) -> None:
    busy()


def walked(*stops: datetime) -> dict[str, list[dict[str, Any]]]:
    """Return the world after walking from stop to stop, and take it back."""
    with transaction.atomic():
        before = build.NOW
        for stop in stops:
            walk(until=stop, after=before)
            before = stop
        after = snapshot()
        transaction.set_rollback(True)
    return after


def test_a_week_at_once_ends_where_seven_days_end(week: None) -> None:
    start = snapshot()
    at_a_stroke = walked(WEEK)
    assert at_a_stroke == walked(*(build.NOW + day * DAY for day in range(1, 8)))
    assert at_a_stroke != start == snapshot()


@pytest.mark.parametrize("seed", range(3))
def test_any_steps_end_where_a_week_at_once_ends(week: None, seed: int) -> None:
    rng = random.Random(seed)
    stops = sorted(build.NOW + timedelta(minutes=rng.randrange(7 * 24 * 60)) for _ in range(rng.randrange(2, 30)))
    assert walked(*stops, WEEK) == walked(WEEK)


def test_the_week_really_did_everything(week: None) -> None:
    """Guards the comparisons above: a world in which nothing happens is always the same."""
    walk(until=WEEK, after=build.NOW)
    assert set(Entry.objects.values_list("state", flat=True)) == {EntryState.OPEN, EntryState.HELD}
    opened_late = Entry.objects.filter(since=build.NOW + 3 * DAY + 7 * HOUR)
    assert opened_late.count() == 2
    assert CapMandate.objects.filter(first_attend=build.TODAY).exists()
    assert CapMandate.objects.filter(since=at(27, 1)).exists(), "the first IEP came down after its consent"
    assert SecLine.objects.exclude(first_attend=None).exists()
    assert Delivery.objects.exclude(shown=None).count() > 3


def test_walking_again_does_nothing(week: None) -> None:
    assert walk(until=WEEK, after=build.NOW) > 21
    before = snapshot()
    assert walk(until=WEEK, after=build.NOW) == 0
    assert walk(until=WEEK) == 0
    assert snapshot() == before


def test_walking_back_does_nothing(week: None) -> None:
    walk(until=WEEK, after=build.NOW)
    before = snapshot()
    assert walk(until=build.NOW) == 0
    assert snapshot() == before


@pytest.mark.django_db
def test_events_come_in_the_order_of_their_times(monkeypatch: pytest.MonkeyPatch) -> None:
    here = begun()
    late = build.provider(at=here.school, access=False)
    build.give_access(late, here.school, opened=build.NOW + DAY)
    for provider in (here.provider, late):
        delivery(accepted(provider, here.mandate), System.SESIS)
    Clocks().drain(System.SESIS)
    happened: list[datetime] = []
    for system in System:
        settle = GATEWAYS[system].settle
        watch = partial(_watch, happened, settle)
        monkeypatch.setattr(GATEWAYS[system], "settle", watch)
    walk(until=WEEK, after=build.NOW)
    assert happened == sorted(happened)
    assert build.NOW + DAY in happened
    assert len(happened) > 14


def _watch(happened: list[datetime], settle: Any, *, now: datetime) -> Any:  # noqa: ANN401 - a gateway's own method
    happened.append(now)
    return settle(now=now)


def test_each_night_comes_at_its_own_time_and_once(week: None) -> None:
    PeriodicRun.objects.all().delete()
    begin(now=build.NOW)
    walk(until=WEEK, after=build.NOW)
    for night, hour in zip(NIGHTS, (1, 2, 3), strict=True):
        runs = PeriodicRun.objects.filter(task=night.task, due__gt=build.NOW).order_by("due")
        days = [build.NOW.replace(hour=hour, minute=0) + day * DAY for day in range(1, 8)]
        assert list(runs.values_list("due", flat=True)) == days


@pytest.mark.django_db
def test_before_the_nights_have_begun_there_are_none() -> None:
    scene()
    assert walk(until=WEEK) == 0
    assert not PeriodicRun.objects.exists()


@pytest.mark.django_db
def test_beginning_counts_what_was_before_as_done_and_is_done_once() -> None:
    for _ in range(2):
        begin(now=at(24, 2))
    dues = list(PeriodicRun.objects.order_by("due").values_list("task", "due"))
    assert dues == [("sec-night", at(23, 3)), ("download", at(24, 1)), ("cap-night", at(24, 2))]


@pytest.mark.django_db
def test_a_night_that_somebody_did_is_not_done_again() -> None:
    assert run_night(NIGHTS[1], at=build.NOW)
    assert not run_night(NIGHTS[1], at=build.NOW)
    assert run_night(NIGHTS[2], at=build.NOW)


@pytest.mark.django_db
def test_a_night_that_breaks_is_not_counted_as_done(monkeypatch: pytest.MonkeyPatch) -> None:
    begun()

    def fail(*, now: datetime) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(GATEWAYS[System.CAP], "settle", fail)
    with pytest.raises(ZeroDivisionError):
        walk(until=build.NOW + DAY)
    monkeypatch.undo()
    assert walk(until=build.NOW + DAY) == 2, "CAP's night and SEC's; the download was done"


@pytest.mark.django_db
def test_access_that_began_opens_what_was_held_without_any_other_event() -> None:
    here = begun()
    provider = build.provider(at=here.school, access=False)
    delivery(accepted(provider, here.mandate), System.SESIS)
    Clocks().drain(System.SESIS)
    walk(until=build.NOW + 11 * HOUR)
    assert Entry.objects.get().state == EntryState.HELD
    build.give_access(provider, here.school, opened=build.NOW + 11 * HOUR)
    walk(until=build.NOW + 12 * HOUR)
    assert Entry.objects.get().state == EntryState.OPEN
    assert SesisNotice.objects.get().opened == build.NOW + 12 * HOUR
    assert Delivery.objects.get().shown == build.NOW + 12 * HOUR


@pytest.mark.django_db
def test_what_stands_is_written_on_a_delivery_once() -> None:
    here = begun()
    row = delivery(accepted(here.provider, here.mandate), System.CAP)
    Clocks().drain()
    walk(until=build.NOW + DAY)
    row.refresh_from_db()
    assert row.shown == at(25, 2)
    nightly._note([Shown(row.pk, at(26, 2))], now=at(26, 2))  # noqa: SLF001 - a system may tell the same again
    row.refresh_from_db()
    assert row.shown == at(25, 2)


@pytest.mark.django_db(transaction=True)
def test_walkers_at_the_same_moment_do_each_thing_once() -> None:
    busy()
    at_once([partial(walk, until=WEEK, after=build.NOW)] * 4)
    together = snapshot()
    walk(until=WEEK, after=build.NOW)
    assert snapshot() == together
    dues = PeriodicRun.objects.filter(due__gt=build.NOW).values_list("task", "due")
    assert len(dues) == len(set(dues)) == 21
    assert Entry.objects.count() == Entry.objects.values("mandate", "provider").distinct().count()
    assert SecLine.objects.filter(until_at=None).count() == CapMandate.objects.exclude(status=7).count()
    assert not SesisNotice.objects.filter(applied=None).exists()
