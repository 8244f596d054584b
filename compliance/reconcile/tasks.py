"""What Celery carries of the comparison: that something may have changed, without saying what."""

from __future__ import annotations

from celery import shared_task

from compliance.reconcile import touched
from orcs_portal.shared import clock


@shared_task(soft_time_limit=240, time_limit=300)
def catch_up() -> None:
    """Compare what was touched since, and what stopped waiting."""
    touched.catch_up(as_of=clock.world_now(), now=clock.real_now())
