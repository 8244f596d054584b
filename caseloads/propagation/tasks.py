"""The work that Celery carries: arguments are small integers, never a record."""

from __future__ import annotations

import logging

from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded
from celery.signals import worker_ready
from django.conf import settings
from django.db import DatabaseError, connection

from caseloads.kinds import System
from caseloads.propagation import deliver, moves, nightly, walker
from orcs_portal.shared import clock, heartbeat

log = logging.getLogger(__name__)


@shared_task(soft_time_limit=settings.DRAIN_SOFT_LIMIT, time_limit=settings.DRAIN_LIMIT)
def drain(system: int) -> None:
    """Send what is due to one system."""
    heartbeat.beat(now=clock.real_now())
    try:
        deliver.drain(System(system), real=clock.real_now, world=clock.world_now, seconds=settings.DRAIN_SECONDS)
    except SoftTimeLimitExceeded:
        log.warning("Draining %s was stopped: it took too long", System(system).label)


@shared_task(soft_time_limit=240, time_limit=300)
def walk() -> None:
    """Carry out what moves the clock, then everything that has fallen due on it, unless somebody else is at it."""
    heartbeat.beat(now=clock.real_now())
    while walker.take(now=clock.real_now()):
        try:
            for move in moves.waiting_moves():
                moves.carry_out(move, real=clock.real_now, world=clock.world_now, each=_keep)
            nightly.walk(until=clock.world_now(), each=_keep)
            clock.note_seen(real=clock.real_now())
        finally:
            walker.leave(now=clock.real_now())
        if not moves.waiting_moves():
            return


def _keep() -> None:
    heartbeat.beat(now=clock.real_now())
    walker.keep(now=clock.real_now())


@worker_ready.connect
def say_ready(**_sent: object) -> None:
    """Note that a worker is there as soon as it can take up tasks, without waiting for the first sweep."""
    try:
        heartbeat.beat(now=clock.real_now())
    except DatabaseError as error:
        log.warning("The heartbeat was not written: %s", type(error).__name__)
    finally:
        connection.close()  # the pool's processes have connections of their own
