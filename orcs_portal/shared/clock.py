"""Two clocks: the real one, and the world's, which a demonstration moves on.

Leases, backoff, breakers, sessions and the access record use the real clock.  Calls, lags, nights and ages use
the world clock: an offset kept in the database where ``DEMO`` is set, and simply the real time in production.
Only views, tasks and commands may read either; everything below takes ``now`` as a parameter.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import DateTimeField, ExpressionWrapper, F, Value
from django.utils import timezone

from orcs_portal.shared.models import WorldClock

NEW_YORK = ZoneInfo("America/New_York")


def real_now() -> datetime:
    """Return the real time, aware, in UTC."""
    return timezone.now()


def world_now() -> datetime:
    """Return the world's time, aware; one small query where ``DEMO`` is set, none in production."""
    now = real_now()
    if not settings.DEMO:
        return now
    offset = WorldClock.objects.filter(pk=1).values_list("offset", flat=True).first()
    return now + (offset or timedelta(0))


def world_today() -> date:
    """Return today's date in New York on the world clock."""
    return local_day(world_now())


def local_day(moment: datetime) -> date:
    """Return the New York date of an aware moment."""
    return moment.astimezone(NEW_YORK).date()


def at_local(day: date, hour: int, minute: int = 0) -> datetime:
    """Return the aware moment of a New York wall-clock time on a day."""
    return datetime.combine(day, time(hour, minute), tzinfo=NEW_YORK)


def set_world(*, to: datetime, real: datetime) -> None:
    """Set the world clock so that it reads ``to`` when the real clock reads ``real``."""
    WorldClock.objects.update_or_create(pk=1, defaults={"offset": to - real, "seen": to})


def move_world(*, by: timedelta, real: datetime) -> datetime:
    """Move the world clock on by a positive duration and return the new world time.

    Raises ``ValueError`` for a duration that is not positive: the world never goes back.
    """
    if by <= timedelta(0):
        raise ValueError("The clock only moves forward")
    row = WorldClock.objects.select_for_update().get(pk=1)
    row.offset += by
    row.seen = real + row.offset
    row.save(update_fields=["offset", "seen"])
    return row.seen


def note_seen(*, real: datetime) -> None:
    """Remember the world time just reached, so that a later start goes on from it."""
    reached = ExpressionWrapper(Value(real, DateTimeField()) + F("offset"), output_field=DateTimeField())
    WorldClock.objects.filter(pk=1).update(seen=reached)


def resume_world(*, real: datetime) -> datetime | None:
    """Let the world go on from where it was last seen; returns that time, or None without a world clock row."""
    row = WorldClock.objects.filter(pk=1).first()
    if row is None:
        return None
    set_world(to=row.seen, real=real)
    return row.seen
