"""Notes for colleagues, and when somebody looked."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from compliance.kinds import EventKind
from compliance.models import Finding, FindingEvent, Look
from orcs_portal.accounts.models import User

SAME_LOOK = timedelta(minutes=30)
"""Within this time of the last look it is still the same one, so that a reload does not empty the account."""


def comment(*, finding: Finding, text: str, by: User, now: datetime) -> FindingEvent:
    """Keep a note in an item's timeline, as plain text; also of an item that has settled.

    The same words of the same person within ``SAME_NOTE`` are one note: a form may be sent twice.  Raises
    ``ValueError`` for a note without words.
    """
    said = text.strip()
    if not said:
        raise ValueError("A note needs words")
    with transaction.atomic():
        Finding.objects.select_for_update().get(pk=finding.pk)
        before = FindingEvent.objects.filter(finding=finding, kind=EventKind.COMMENTED, by=by, note=said)
        known = before.filter(at__gt=now - SAME_NOTE, at__lte=now).first()
        return known or FindingEvent.objects.create(finding=finding, kind=EventKind.COMMENTED, at=now, by=by, note=said)


SAME_NOTE = timedelta(minutes=1)


def note_look(*, by: User, now: datetime) -> Look:
    """Remember that somebody looks at Today, and return the look with the one before it.

    After ``SAME_LOOK`` without a look the one before is what the account goes by; the clock of a demonstration that was
    begun anew may read earlier than the last look, which then counts as none.
    """
    with transaction.atomic():
        Look.objects.get_or_create(user=by, defaults={"at": now})
        look = Look.objects.select_for_update().get(user=by)
        if now < look.at:
            look.before = None
        elif now - look.at >= SAME_LOOK:
            look.before = look.at
        look.at = now
        look.save(update_fields=["at", "before"])
    return look
