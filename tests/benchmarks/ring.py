"""Tells the workers what to do from a process of its own: ``ring`` rings the bell, ``peer`` sends a task a delivery."""

from __future__ import annotations

import sys

import django

django.setup()

from caseloads.kinds import DeliveryState  # noqa: E402 - the apps must be ready first
from caseloads.models import Delivery  # noqa: E402 - as above
from caseloads.propagation.bell import publish  # noqa: E402 - as above
from orcs_portal.celery import app  # noqa: E402 - as above


def peer() -> None:
    """Send one task for each waiting delivery, over one connection."""
    ids = list(Delivery.objects.filter(state=DeliveryState.WAITING).values_list("id", flat=True).order_by("id"))
    with app.producer_pool.acquire(block=True) as producer:
        for one in ids:
            app.send_task("tests.benchmarks.peer.deliver", args=[one], queue="peer", producer=producer)


if __name__ == "__main__":
    for line in sys.stdin:
        print({"ring": publish, "peer": peer}[line.strip()](), flush=True)
