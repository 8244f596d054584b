"""Whose calls, students and deliveries somebody may see; every other query here starts from one of these."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from caseloads.models import Call, Delivery, Entry
from providers.scope import Standing


def calls_condition(standing: Standing, prefix: str = "") -> Q:
    """Return the condition on calls: one's own, those of one's schools or boroughs, those of one's agency's people."""
    condition = standing.schools_condition(f"{prefix}school__")
    if standing.provider is not None:
        condition |= Q(**{f"{prefix}provider": standing.provider})
    if standing.agencies:
        condition |= Q(**{f"{prefix}provider__agency__in": standing.agencies})
    return condition


def calls_for(standing: Standing) -> QuerySet[Call]:
    """Return the calls somebody may see."""
    return Call.objects.filter(calls_condition(standing))


def deliveries_for(standing: Standing) -> QuerySet[Delivery]:
    """Return the deliveries of the calls somebody may see."""
    return Delivery.objects.filter(calls_condition(standing, "call__"))


def entries_for(standing: Standing) -> QuerySet[Entry]:
    """Return the entries on one's own caseload."""
    return Entry.objects.filter(provider=standing.provider) if standing.provider is not None else Entry.objects.none()
