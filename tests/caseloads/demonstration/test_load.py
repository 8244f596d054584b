"""The demonstration is loaded once, whole, and by whoever comes first."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.apps import apps

from caseloads.demonstration.days import START, at, on, weekdays
from caseloads.demonstration.load import load
from orcs_portal.shared import clock
from orcs_portal.shared.models import WorldClock


def counts() -> dict[str, int]:
    """Return how many rows each of our tables holds."""
    ours = [model for model in apps.get_models() if model._meta.app_label in {"caseloads", "providers", "accounts"}]
    return {model.__name__: model._default_manager.count() for model in ours}


def test_a_second_time_changes_nothing(borough: datetime) -> None:
    before, offset = counts(), WorldClock.objects.get().offset
    assert not load(real=borough + timedelta(days=3))
    assert counts() == before
    assert WorldClock.objects.get().offset == offset


def test_the_world_begins_on_a_tuesday_in_november_at_half_past_seven(borough: datetime) -> None:
    row = WorldClock.objects.get()
    assert row.seen == borough + row.offset == START
    assert (START.strftime("%a %b %d %Y %H:%M"), START.utcoffset()) == ("Tue Nov 24 2026 07:30", timedelta(hours=-5))


def test_the_world_goes_on_with_the_real_clock_and_stands_still_while_nothing_runs(borough: datetime) -> None:
    later = borough + timedelta(hours=2)
    clock.note_seen(real=borough + timedelta(minutes=20))
    assert clock.resume_world(real=later) == START + timedelta(minutes=20)
    assert later + WorldClock.objects.get().offset == START + timedelta(minutes=20)


def test_days_of_the_autumn_are_new_yorks() -> None:
    assert on(9, 10).isoformat() == "2026-09-10"
    assert at(10, 6, 8).isoformat() == "2026-10-06T08:00:00-04:00"
    assert at(11, 24, 7, 30) == START


def test_weekdays_leave_out_saturday_and_sunday() -> None:
    assert [day.day for day in weekdays(on(11, 25), on(11, 30))] == [25, 26, 27, 30]
    assert weekdays(on(11, 28), on(11, 29)) == []
