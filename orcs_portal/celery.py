"""The door for workers and beat; the web process comes through it too, to ring the bell."""

from __future__ import annotations

import os
import signal
from typing import Any

from celery import Celery
from celery.signals import worker_process_init
from django.conf import settings

from orcs_portal.embedded.guard import die_with_parent
from orcs_portal.reconnect import Reconnect
from orcs_portal.settings import chosen

os.environ.setdefault("DJANGO_SETTINGS_MODULE", chosen())

SYSTEM_QUEUES = {1: "cap", 2: "sec", 3: "sesis"}

app = Celery("orcs_portal")
app.conf.update(
    **settings.CELERY,
    task_default_queue="world",
    beat_schedule={
        **{
            f"drain-{queue}": {
                "task": "caseloads.propagation.tasks.drain",
                "schedule": settings.SWEEP_EVERY,
                "args": [system],
                "options": {"queue": queue, "expires": 3 * settings.SWEEP_EVERY},
            }
            for system, queue in SYSTEM_QUEUES.items()
        },
        "walk": {
            "task": "caseloads.propagation.tasks.walk",
            "schedule": settings.SWEEP_EVERY,
            "options": {"queue": "world", "expires": 3 * settings.SWEEP_EVERY},
        },
        "catch-up": {
            "task": "compliance.reconcile.tasks.catch_up",
            "schedule": settings.SWEEP_EVERY,
            "options": {"queue": "world", "expires": 3 * settings.SWEEP_EVERY},
        },
        "send-mail": {
            "task": "caseloads.contracting.tasks.send_mail",
            "schedule": settings.MAIL_EVERY,
            "options": {"queue": "world", "expires": 3 * settings.MAIL_EVERY},
        },
    },
)
app.autodiscover_tasks(["caseloads.contracting", "caseloads.propagation", "compliance.reconcile"])
app.steps["consumer"].add(Reconnect)


@worker_process_init.connect
def end_with_the_worker(**_sent: Any) -> None:
    """Have the kernel end a pool process whose worker is gone; busy in a task it would not notice for long."""
    die_with_parent(signal.SIGKILL)
