"""One worker drains a system at a time, and a silent system is left alone until its next probe."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from caseloads.kinds import System
from caseloads.models import Breaker
from caseloads.propagation.backoff import probe_delay


def take(system: System, *, now: datetime) -> UUID | None:
    """Take the system's lane for one lease of real time; returns its token, or None while somebody else has it."""
    Breaker.objects.bulk_create([Breaker(system=system)], ignore_conflicts=True)
    token = uuid4()
    free = Q(drainer__isnull=True) | Q(drains_until__lte=now)
    taken = Breaker.objects.filter(free, system=system).update(drainer=token, drains_until=_until(now))
    return token if taken else None


def keep(system: System, token: UUID, *, now: datetime) -> bool:
    """Renew the lease; False when the lane was lost to somebody else."""
    return bool(Breaker.objects.filter(system=system, drainer=token).update(drains_until=_until(now)))


def leave(system: System, token: UUID) -> None:
    """Give the lane back."""
    Breaker.objects.filter(system=system, drainer=token).update(drainer=None, drains_until=None)


def may_send(system: System, *, now: datetime) -> int:
    """Return how many deliveries may be sent now: a batch, one as a probe, or none while the breaker is open."""
    breaker = Breaker.objects.get(system=system)
    if breaker.opened is None:
        return int(settings.DELIVERY_BATCH)
    return 1 if breaker.probe is not None and breaker.probe <= now else 0


def answered(system: System, *, now: datetime) -> None:
    """Close the breaker: the system answered; a row that says so already is written once a second at most."""
    stale = Q(silences__gt=0) | Q(answered__isnull=True) | Q(answered__lt=now - timedelta(seconds=1))
    Breaker.objects.filter(stale, system=system).update(silences=0, opened=None, probe=None, answered=now)


def silent(system: System, *, now: datetime) -> datetime:
    """Count that the system did not answer, open the breaker after enough, and return when to try again."""
    with transaction.atomic():
        breaker = Breaker.objects.select_for_update().get(system=system)
        breaker.silences += 1
        beyond = breaker.silences - settings.BREAKER_SILENCES
        if beyond >= 0:
            breaker.opened = breaker.opened or now
            breaker.probe = now + probe_delay(probes=beyond)
        breaker.save(update_fields=["silences", "opened", "probe"])
        return breaker.probe or now + timedelta(seconds=settings.DELIVERY_BACKOFF)


def _until(now: datetime) -> datetime:
    return now + timedelta(seconds=settings.DELIVERY_LEASE)
