"""The door for workers and beat; the web process comes through it too, to ring the bell."""

from __future__ import annotations

import os

from celery import Celery
from django.conf import settings

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
    },
)
app.autodiscover_tasks(["caseloads.propagation"])
