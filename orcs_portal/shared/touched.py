"""Writing down whose picture may have changed; whoever drains the list is told at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.dispatch import Signal

from orcs_portal.shared.models import Touched

written = Signal()
"""Sent after rows were written by ``touch``, inside the transaction that wrote them."""


def touch(kind: Touched.Kind, subjects: Iterable[int] = (0,), *, now: datetime) -> None:
    """Write down that subjects of one kind were touched at world time ``now``; without any, the whole kind."""
    rows = [Touched(kind=kind, subject_id=one, at=now) for one in subjects]
    if rows:
        Touched.objects.bulk_create(rows)
        written.send(sender=Touched)
