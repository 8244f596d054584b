"""In a demonstration: letting the office to whom an item was handed over do what the fix says."""

from __future__ import annotations

from datetime import datetime

from compliance.kinds import EventKind, Handling
from compliance.mismatches.offices import CannotAnswer, office
from compliance.mismatches.picking import Picked
from compliance.models import FindingEvent
from orcs_portal.accounts.models import User


def answer(*, picked: Picked, by: User, now: datetime, real: datetime) -> str:
    """Let the office act on one item that was handed over, and return what it says it did; ``real`` is real time.

    Raises ``CannotAnswer`` with the reason where the item is not with an office any more, or the office cannot act.
    """
    ask = office()
    row = picked.chosen().first()
    if ask is None or row is None or row.handling != Handling.HANDED_OVER or not picked.was_seen_as(row):
        raise CannotAnswer("This item changed while you looked. Nothing was done")
    said = ask(finding=row, by=by, now=now, real=real)
    FindingEvent.objects.create(finding=row, kind=EventKind.OFFICE_ANSWERED, at=now, by=by, note=said)
    return said
