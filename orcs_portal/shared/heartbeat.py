"""A sign of life from the workers: one row with the real time at which any of them last took up a task."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from orcs_portal.shared.models import PeriodicRun

TASK = "heartbeat"
# The one row among the runs; ``started`` is the last beat.
ROW = datetime(1970, 1, 1, tzinfo=UTC)
PAUSE = timedelta(seconds=5)
"""However many tasks there are, the row is written no more often than this."""


def beat(*, now: datetime) -> None:
    """Note that a worker works at real time ``now``; one small statement, sometimes two, and no student in either."""
    last = last_beat()
    if last is None:
        PeriodicRun.objects.bulk_create([PeriodicRun(task=TASK, due=ROW, started=now)], ignore_conflicts=True)
    elif last <= now - PAUSE:
        PeriodicRun.objects.filter(task=TASK, due=ROW, started__lt=now).update(started=now)


def last_beat() -> datetime | None:
    """Return when a worker was last heard of, or None before the first time."""
    return PeriodicRun.objects.filter(task=TASK, due=ROW).values_list("started", flat=True).first()
