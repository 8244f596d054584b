"""Which places and lines of Galaxy a wide reader's list of access looks at: those that the last check found wrong."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TypeVar

from django.db.models import QuerySet

from orcs_portal.shared.clock import local_day
from providers.models import GalaxyListing, Placement, Provider
from providers.queries.access import lacking, outsiders
from providers.queries.running import running_on

Marked = TypeVar("Marked", Placement, GalaxyListing)


def check(*, now: datetime, providers: Collection[int] | None = None) -> None:
    """Mark what is wrong with the access of some providers by id, or of everybody, and nothing else.

    It belongs after a comparison: what opens or closes access says that its provider was touched, and is compared.
    """
    places = Placement.objects.filter(running_on(local_day(now)))
    lines = GalaxyListing.objects.all()
    if providers is not None:
        places = places.filter(provider__in=list(providers))
        lines = lines.filter(provider_number__in=Provider.objects.filter(pk__in=list(providers)).values("number"))
    _mark(places, lacking(places, now=now))
    _mark(lines, outsiders(lines))


def _mark(rows: QuerySet[Marked], wrong: QuerySet[Marked]) -> None:
    """Mark those of the rows that are wrong; only what changes is written."""
    found = set(wrong.values_list("pk", flat=True))
    marked = set(rows.filter(to_check=True).values_list("pk", flat=True))
    rows.model._default_manager.filter(pk__in=found - marked).update(to_check=True)
    rows.model._default_manager.filter(pk__in=marked - found).update(to_check=False)
