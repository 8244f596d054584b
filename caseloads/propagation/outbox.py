"""Claiming deliveries and recording how they went; the row is the queue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction

from caseloads.kinds import DeliveryState, System
from caseloads.propagation.backoff import delay
from caseloads.propagation.statements import (
    AWAIT,
    CLAIM,
    DELIVERED,
    DUE,
    FAILED,
    FREE,
    GIVE_UP,
    LAPSED,
    MESSAGES,
    PUT_BACK,
)
from caseloads.systems.contract import FirstAttend, NoReply, Refused, Reply, Taken
from caseloads.systems.rows import fetch, run


@dataclass(frozen=True, slots=True)
class Batch:
    """Deliveries claimed together: their fence, the messages in order, and the failures each had before."""

    system: System
    token: UUID
    messages: tuple[FirstAttend, ...]
    attempts: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Failure:
    """A delivery's own failure: how often it failed by now, when it is due again, or that it is parked, and why."""

    delivery: int
    attempts: int
    due: datetime
    park: bool
    reason: str


def failure(delivery: int, *, attempts: int, reason: str, now: datetime, permanent: bool = False) -> Failure:
    """Return what a failure leads to: parked if permanent or once too often, else due again after a backoff."""
    park = permanent or attempts >= settings.DELIVERY_ATTEMPTS
    return Failure(delivery, attempts, now + delay(attempts=max(attempts, 1), key=delivery), park, reason)


def claim(system: System, *, limit: int, alone: bool, now: datetime) -> Batch | None:
    """Claim up to ``limit`` due deliveries for one lease of real time; None when none is due.

    ``alone`` claims one of those that must not share a batch: rows whose worker died on them before.
    """
    token = uuid4()
    params = {
        "sending": DeliveryState.SENDING,
        "waiting": DeliveryState.WAITING,
        "system": system,
        "token": token,
        "until": now + timedelta(seconds=settings.DELIVERY_LEASE),
        "now": now,
        "alone": alone,
        "limit": 1 if alone else limit,
    }
    with transaction.atomic():
        if not fetch(CLAIM, params):
            return None
        rows = fetch(MESSAGES, [token])
    return Batch(system, token, tuple(_message(*row[:-1]) for row in rows), {row[0]: row[-1] for row in rows})


def is_due(system: System, *, alone: bool, now: datetime) -> bool:
    """Tell whether ``claim`` would find something; what waits behind an earlier delivery of its own is not due."""
    params = {"waiting": DeliveryState.WAITING, "system": system, "now": now, "alone": alone}
    ((due,),) = fetch(DUE, params)
    return bool(due)


def record(batch: Batch, replies: Mapping[int, Reply], *, now: datetime) -> None:
    """Write down what the system replied; rows that the fence has lost in the meantime stay as they are."""
    taken = {one: reply for one, reply in replies.items() if isinstance(reply, Taken)}
    failures = [
        failure(
            one,
            attempts=batch.attempts[one] + 1,
            reason=reply.reason,
            now=now,
            permanent=isinstance(reply, Refused),
        )
        for one, reply in replies.items()
        if isinstance(reply, Refused | NoReply)
    ]
    with transaction.atomic():
        if taken:
            columns = {"expected": [r.expected for r in taken.values()], "shown": [r.shown for r in taken.values()]}
            run(DELIVERED, {"now": now, "token": batch.token, "ids": list(taken), **columns})
        if failures:
            run(FAILED, {"now": now, "token": batch.token, **_columns(failures)})


def fail(batch: Batch, *, reason: str, now: datetime) -> None:
    """Count a failure of a batch of one; put a larger one back, to be sent one by one."""
    if len(batch.messages) == 1:
        one = batch.messages[0].delivery
        broken = failure(one, attempts=batch.attempts[one] + 1, reason=reason, now=now)
        run(FAILED, {"now": now, "token": batch.token, **_columns([broken])})
    else:
        put_back(batch, due=now, reason=reason, now=now, alone=True)


def put_back(batch: Batch, *, due: datetime, reason: str, now: datetime, alone: bool = False) -> None:
    """Let the batch wait until ``due`` without counting an attempt."""
    run(PUT_BACK, {"due": due, "alone": alone, "reason": reason, "now": now, "token": batch.token})


def free_lapsed(system: System, *, now: datetime) -> int:
    """Free what a dead worker left claimed, and return how many.

    Whatever was in a batch is next sent alone and counts nothing; what was alone already has failed once more, by its
    own doing as far as anybody can tell.
    """
    with transaction.atomic():
        lapsed = fetch(LAPSED, {"system": system, "now": now})
        if not lapsed:
            return 0
        own = "The worker died while sending it"
        freed = [
            failure(one, attempts=attempts + 1, reason=own, now=now)
            if alone
            else Failure(one, attempts, now, park=False, reason="A worker died while sending a batch")
            for one, attempts, alone in lapsed
        ]
        run(FREE, {"now": now, **_columns(freed)})
    return len(freed)


def give_up(system: System, *, now: datetime) -> int:
    """Park what has been waiting too long, and return how many."""
    hours: int = settings.DELIVERY_GIVE_UP_HOURS
    reason = f"{system.label} did not take it for {hours} hours"
    return run(GIVE_UP, {"system": system, "now": now, "before": now - timedelta(hours=hours), "reason": reason})


def let_await(system: System, *, now: datetime) -> int:
    """Let what waits or is parked for a system that is fed by extracts be awaited instead, and return how many.

    ``now`` is world time; nothing is done for a system that the simulation feeds.
    """
    return run(AWAIT, {"system": system, "now": now})


def _message(*columns: Any) -> FirstAttend:
    """Return the message of a row of ``MESSAGES``, whose columns are in the message's order."""
    plain: tuple[Any, ...] = tuple(tuple(one) if isinstance(one, list) else one for one in columns)
    return FirstAttend(*plain)


def _columns(failures: list[Failure]) -> dict[str, list[object]]:
    return {
        "ids": [f.delivery for f in failures],
        "attempts": [f.attempts for f in failures],
        "due": [f.due for f in failures],
        "park": [f.park for f in failures],
        "reason": [f.reason[:200] for f in failures],
    }
