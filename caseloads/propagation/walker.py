"""One worker walks the world at a time; the others go on delivering instead of standing at its locks.

Two walkers do no harm, since nights are single and rows are locked, but every ring wakes one: without this, all of a
worker's processes waited for one slow night, and nothing was delivered meanwhile.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db.models import Q

from orcs_portal.shared.models import PeriodicRun

TASK = "walker"
# The walker's one row among the runs: ``started`` begins the lease, ``done`` gives it back.
ROW = datetime(1970, 1, 1, tzinfo=UTC)


def take(*, now: datetime) -> bool:
    """Become the walker for one lease of real time; False while somebody else is."""
    long_ago = now - timedelta(seconds=settings.DELIVERY_LEASE)
    row = PeriodicRun(task=TASK, due=ROW, started=long_ago, done=long_ago)
    PeriodicRun.objects.bulk_create([row], ignore_conflicts=True)
    free = Q(done__isnull=False) | Q(started__lte=long_ago)
    return bool(PeriodicRun.objects.filter(free, task=TASK, due=ROW).update(started=now, done=None))


def keep(*, now: datetime) -> None:
    """Begin the lease anew."""
    PeriodicRun.objects.filter(task=TASK, due=ROW, done=None).update(started=now)


def leave(*, now: datetime) -> None:
    """Give the lease back."""
    PeriodicRun.objects.filter(task=TASK, due=ROW).update(done=now)
