"""Moving the demonstration's clock on: first what is on its way arrives, then the world walks."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from caseloads.kinds import DeliveryState, System
from caseloads.models import ClockMove, Delivery
from caseloads.propagation import deliver, lane, outbox
from caseloads.propagation.nightly import walk
from orcs_portal.shared import clock

Clock = Callable[[], datetime]

ARRIVALS: list[Callable[..., object]] = []
"""What other rooms do when the clock has arrived, called with world time ``now`` and real time ``real``."""


def carry_out(
    move_id: int, *, real: Clock, world: Clock, patience: float = 15.0, each: Callable[[], object] = bool
) -> int | None:
    """Carry out a move that was asked for, and return how many events fell due; None when somebody else did.

    The clock is moved and ``reached`` written in one transaction, so that a worker that dies in between never moves it
    twice; whoever takes it up again only walks.  ``each`` is called before every event.
    """
    settle_outbox(real=real, world=world, patience=patience)
    with transaction.atomic():
        move = ClockMove.objects.select_for_update(skip_locked=True).filter(pk=move_id, done__isnull=True).first()
        if move is None:
            return None
        before = world()
        if move.reached is None:
            move.reached = clock.move_world(by=timedelta(minutes=move.minutes), real=real())
            move.save(update_fields=["reached"])
    events = walk(until=move.reached, after=min(before, move.reached), each=each)
    for arrive in ARRIVALS:
        arrive(now=move.reached, real=real())
    ClockMove.objects.filter(pk=move_id).update(done=real())
    return events


def settle_outbox(*, real: Clock, world: Clock, patience: float) -> bool:
    """Send what is due now, waiting for other workers up to ``patience`` seconds; False when some is still on its way.

    What waits for a silent system or for its backoff is not due, and does not hold the clock up.
    """
    end = real().timestamp() + patience
    while real().timestamp() < end:
        for system in System:
            deliver.drain(system, real=real, world=world, seconds=max(end - real().timestamp(), 0.1))
        if not _under_way(now=real()):
            return True
        time.sleep(0.1)
    return False


def _under_way(*, now: datetime) -> bool:
    if Delivery.objects.filter(state=DeliveryState.SENDING).exists():
        return True
    open_ones = [system for system in System if lane.may_send(system, now=now)]
    return any(outbox.is_due(system, alone=alone, now=now) for system in open_ones for alone in (False, True))


def await_done(move_id: int, *, patience: float = 300.0) -> bool:
    """Wait until somebody else has carried a move out; False when they have not within ``patience`` seconds."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if ClockMove.objects.filter(pk=move_id, done__isnull=False).exists():
            return True
        time.sleep(0.1)
    return False


def waiting_moves() -> list[int]:
    """Return the ids of moves that nobody has finished, oldest first."""
    return list(ClockMove.objects.filter(done__isnull=True).order_by("id").values_list("id", flat=True))
