"""Where what a system says comes from: the simulation, which we send to, or extracts, which we only read."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from caseloads.kinds import DeliveryState, FedBy, System
from caseloads.models import Delivery, SystemSetting
from caseloads.propagation.bell import ring_on_commit
from caseloads.propagation.outbox import let_await
from orcs_portal.accounts.models import User


def simulated(system: System) -> bool:
    """Return whether the simulation speaks for a system; its nights and deliveries are for such a system alone."""
    return not SystemSetting.objects.filter(system=system, fed_by=FedBy.EXTRACTS).exists()


def promises_by_extract() -> dict[int, timedelta]:
    """Return the systems that are fed by extracts, each with the lag inside which a load should show an effect."""
    rows = SystemSetting.objects.filter(fed_by=FedBy.EXTRACTS).values_list("system", "lag_promise")
    return {system: timedelta(minutes=minutes) for system, minutes in rows}


def switch(*, system: System, fed_by: FedBy, by: User | None, now: datetime, world: datetime) -> None:
    """Have a system fed by extracts from now on, or by the simulation again, never by both.

    What still waits or is parked for a system that is fed by extracts is only awaited, with the date by which a load
    should show it.  What was awaited and has not shown is sent once the simulation feeds the system again.  What a
    worker is sending at this moment arrives as it would have.  ``now`` is real time, ``world`` the world's.
    """
    with transaction.atomic():
        SystemSetting.objects.update_or_create(
            system=system, defaults={"fed_by": fed_by, "changed_by": by, "changed": world}
        )
        if fed_by == FedBy.EXTRACTS:
            let_await(system, now=world)
        else:
            awaited = Delivery.objects.filter(system=system, state=DeliveryState.AWAITED)
            awaited.filter(shown__isnull=True, ended__isnull=True).update(
                state=DeliveryState.WAITING, expected=None, attempts=0, queued=now, due=now
            )
        ring_on_commit()
