"""Draining a system's outbox."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from celery.exceptions import SoftTimeLimitExceeded
from django.db import InterfaceError, OperationalError

from caseloads.kinds import System
from caseloads.models import SystemSetting
from caseloads.propagation import lane, outbox
from caseloads.systems import faultpoints
from caseloads.systems.contract import Reply, Silent
from caseloads.systems.faults import send
from caseloads.systems.registry import GATEWAYS

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]


def drain(system: System, *, real: Clock, world: Clock, seconds: float = 15.0) -> int:
    """Send all that is due to a system, for at most ``seconds``, and return how many deliveries were taken up.

    Batches go while this worker has the system's lane, which nobody else then has.  What must go alone goes one by one
    outside of it: whatever such a delivery does to its worker, the lane is free and its neighbours go on.  After the
    lane is given back, it looks once more: what was committed in between rang a bell that found the lane taken.
    """
    total = 0
    end = real().timestamp() + seconds
    while real().timestamp() < end:
        token = lane.take(system, now=real())
        if token is None:
            return total
        try:
            total += _drain_lane(system, token, end=end, real=real, world=world)
        finally:
            lane.leave(system, token)
        sent = _send_some(system, alone=True, real=real, world=world)
        total += sent
        if not sent and not (lane.may_send(system, now=real()) and outbox.is_due(system, alone=False, now=real())):
            return total
    return total


def _drain_lane(system: System, token: UUID, *, end: float, real: Clock, world: Clock) -> int:
    outbox.free_lapsed(system, now=real())
    outbox.let_await(system, now=world())
    outbox.give_up(system, now=real())
    total = 0
    while real().timestamp() < end and lane.keep(system, token, now=real()):
        sent = _send_some(system, alone=False, real=real, world=world)
        if not sent:
            break
        total += sent
    return total


def _send_some(system: System, *, alone: bool, real: Clock, world: Clock) -> int:
    """Claim, send and record one batch; returns its size, 0 when nothing is due or the system must be left alone."""
    limit = lane.may_send(system, now=real())
    batch = outbox.claim(system, limit=limit, alone=alone, now=real()) if limit else None
    if batch is None:
        return 0
    faultpoints.reach("claimed", system)
    try:
        replies = _send(batch, world=world)
    except Silent as silence:
        outbox.put_back(batch, due=lane.silent(system, now=real()), reason=str(silence), now=real())
        return 0
    except (OperationalError, InterfaceError):
        # Our own database, not the message: the lease runs out and the batch is claimed again.
        raise
    except SoftTimeLimitExceeded:
        outbox.fail(batch, reason=f"{system.label} took too long over it", now=real())
        raise
    except Exception as error:  # noqa: BLE001 - whatever one message does to its system, the queue goes on
        log.warning("A batch of %s for %s broke: %s", len(batch.messages), system.label, type(error).__name__)
        outbox.fail(batch, reason=f"{system.label} failed on it ({type(error).__name__})", now=real())
        return len(batch.messages)
    faultpoints.reach("replied", system)
    outbox.record(batch, replies, now=real())
    lane.answered(system, now=real())
    faultpoints.reach("recorded", system)
    return len(batch.messages)


def _send(batch: outbox.Batch, *, world: Clock) -> dict[int, Reply]:
    """Put the batch through the system's gateway and its present fault, outside any transaction of ours."""
    system = batch.system
    knobs = SystemSetting.objects.filter(system=system).first() or SystemSetting(system=system)
    faultpoints.reach("sending", system)
    faultpoints.taste(system, (m.delivery for m in batch.messages))
    return send(GATEWAYS[system], knobs, batch.messages, now=world(), tries=batch.attempts)
