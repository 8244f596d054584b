"""How long to wait before trying again."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings

from caseloads.systems.faults import draw


def delay(*, attempts: int, key: int) -> timedelta:
    """Return the wait after the given number of failures (1 or more): doubling, capped, spread by a fifth.

    ``key`` (the delivery's id) decides the spread, so that neighbours do not all come back at once.
    """
    base: float = settings.DELIVERY_BACKOFF
    most: float = settings.DELIVERY_BACKOFF_MOST
    seconds = min(base * 2 ** (attempts - 1), most)
    return timedelta(seconds=seconds * (0.9 + 0.2 * draw(attempts, "backoff", key)))


def probe_delay(*, probes: int) -> timedelta:
    """Return the wait before the next probe of a silent system, after ``probes`` unanswered ones."""
    base: float = settings.BREAKER_PROBE
    most: float = settings.BREAKER_PROBE_MOST
    return timedelta(seconds=min(base * 2 ** min(probes, 20), most))
