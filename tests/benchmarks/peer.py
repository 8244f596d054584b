"""The design this one is measured beside: a Celery task for each delivery, written with the ORM, at its best.

Early acknowledgement, prefetching, no results, one short transaction a task; it keeps no order, no lease and no fence,
which only makes it faster.
"""

from __future__ import annotations

import django

django.setup()

from django.db import transaction  # noqa: E402 - the apps must be ready first

from caseloads.kinds import DeliveryState, System  # noqa: E402 - as above
from caseloads.models import Delivery, Mandate  # noqa: E402 - as above
from caseloads.systems.contract import FirstAttend  # noqa: E402 - as above
from caseloads.systems.registry import GATEWAYS  # noqa: E402 - as above
from orcs_portal.celery import app  # noqa: E402 - as above
from orcs_portal.shared import clock  # noqa: E402 - as above

app.conf.update(task_acks_late=False, worker_prefetch_multiplier=64, beat_schedule={})
QUEUE = "peer"


@app.task(name="tests.benchmarks.peer.deliver", ignore_result=True)
def deliver(delivery_id: int) -> None:
    """Carry one delivery to its system."""
    with transaction.atomic():
        row = Delivery.objects.select_related("call__student", "call__provider").get(pk=delivery_id)
        if row.state == DeliveryState.DELIVERED:
            return
        taken = GATEWAYS[System(row.system)].take([_message(row)], now=clock.world_now())
        row.state = DeliveryState.DELIVERED
        row.delivered = clock.real_now()
        row.expected = taken[row.pk].expected
        row.save(update_fields=["state", "delivered", "expected"])


def _message(row: Delivery) -> FirstAttend:
    call = row.call
    if call.student is None or call.session_on is None or call.school_id is None or call.language is None:
        raise ValueError("Only an accepted call is delivered")
    settings = Mandate.objects.filter(pk__in=call.mandates).values_list("setting", flat=True)
    return FirstAttend(
        delivery=row.pk,
        call=call.pk,
        confirmation=call.confirmation or "",
        provider=call.provider_id,
        provider_number=call.provider.number,
        school=call.school_id,
        student=call.student.pk,
        osis=call.student.osis,
        service=call.service,
        language=call.language,
        settings=tuple(settings),
        mandates=tuple(call.mandates),
        session_on=call.session_on,
        accepted=call.received,
    )
