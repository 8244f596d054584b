"""Which dated rows cover a day."""

from __future__ import annotations

from datetime import date

from django.db.models import Q


def running_on(on: date, prefix: str = "") -> Q:
    """Return the condition that a row with ``starts`` and ``ends``, reached by ``prefix``, covers a day."""
    begun = Q(**{f"{prefix}starts__lte": on})
    return begun & (Q(**{f"{prefix}ends__isnull": True}) | Q(**{f"{prefix}ends__gte": on}))
