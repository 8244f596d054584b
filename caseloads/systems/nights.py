"""When the old systems work: their nights, in New York time."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from orcs_portal.shared.clock import at_local, local_day

DOWNLOAD = time(1, 0)
CAP_NIGHT = time(2, 0)
SEC_NIGHT = time(3, 0)
MORNING = time(6, 0)


def next_at(moment: datetime, clock: time) -> datetime:
    """Return the first moment strictly after ``moment`` at which New York's clocks show ``clock``."""
    today = at_local(local_day(moment), clock.hour, clock.minute)
    if today > moment:
        return today
    return at_local(local_day(moment) + timedelta(days=1), clock.hour, clock.minute)


def last_at(moment: datetime, clock: time) -> datetime:
    """Return the last moment up to ``moment`` at which New York's clocks showed ``clock``."""
    today = at_local(local_day(moment), clock.hour, clock.minute)
    if today <= moment:
        return today
    return at_local(local_day(moment) - timedelta(days=1), clock.hour, clock.minute)
