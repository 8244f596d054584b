"""Undoing one's own last act."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from compliance.kinds import EventKind
from compliance.mismatches.picking import Done, Picked, change, take
from compliance.models import Finding, FindingEvent
from orcs_portal.accounts.models import User

WINDOW = timedelta(minutes=10)
"""For how long, of world time, an act can be undone."""


def undo(*, rows: QuerySet[Finding], act: UUID, by: User, now: datetime) -> Done:
    """Put the items of one's own act back to how they stood; what anybody changed since stays as it is.

    ``rows`` are those on which the person may act.
    """
    done = Done()
    events = FindingEvent.objects.filter(by=by, at__gte=now - WINDOW, at__lte=now, told__act=str(act))
    kept = {one.finding_id: one for one in events}
    marks = {key: str(one.told.get("after", "")) for key, one in kept.items()}

    def to(row: Finding) -> Mapping[str, Any]:
        return _read(kept[row.pk].told["before"])

    def told(row: Finding) -> Mapping[str, Any]:
        return {"undid": int(kept[row.pk].kind)}

    with transaction.atomic():
        taken = take(Picked(rows, marks), done, fits=lambda _row: True)
        change(taken, done, kind=EventKind.TAKEN_BACK, to=to, told=told, by=by, now=now)
    return done


def _read(before: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return columns as they were, from the event that kept them."""
    handled, look_again = before.get("handled"), before.get("look_again")
    return {
        **before,
        "handled": datetime.fromisoformat(handled) if handled else None,
        "look_again": date.fromisoformat(look_again) if look_again else None,
    }
