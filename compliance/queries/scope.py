"""Whose findings somebody may see, and on which they may act; every other question about findings starts here."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from compliance.kinds import Owner
from compliance.models import Finding
from orcs_portal.accounts.models import User
from providers.models import Grant
from providers.models.grant import SCHOOL_STANDINGS
from providers.scope import Standing


def findings_of(standing: Standing) -> QuerySet[Finding]:
    """Return the findings somebody may see.

    School staff see those of their schools, ORCS and an auditor those of their boroughs or, with the few that belong to
    no school of ours, of the city.  An agency sees what is its own to do.  Everybody else sees none.
    """
    if standing.citywide:
        return Finding.objects.all()
    condition = standing.schools_condition("school__")
    if standing.agencies:
        condition |= Q(agency__in=standing.agencies, owner=Owner.AGENCY)
    return Finding.objects.filter(condition)


def findings_to_act_on(standing: Standing) -> QuerySet[Finding]:
    """Return the findings on which somebody may act: what an auditor or an agency opens is looked at only."""
    return findings_of(standing.acting)


def may_act(standing: Standing) -> bool:
    """Return whether somebody acts on findings at all."""
    acting = standing.acting
    return acting.citywide or bool(acting.boroughs or acting.schools)


def schools_of(user: int, on: date) -> frozenset[int]:
    """Return the schools at which a person is coordinator or head on a day; nobody's account that was ended is."""
    rows = _staff_grants(on).filter(user=user, user__is_active=True)
    return frozenset(rows.filter(school__isnull=False).values_list("school", flat=True))


def staff_of(schools: Collection[int], on: date) -> list[User]:
    """Return the coordinators and heads who work at any of these schools on a day, by name."""
    at_these = _staff_grants(on).filter(school__in=schools)
    return list(User.objects.filter(pk__in=at_these.values("user"), is_active=True).order_by("full_name", "pk"))


def _staff_grants(on: date) -> QuerySet[Grant]:
    running = Q(starts__lte=on) & (Q(ends__isnull=True) | Q(ends__gte=on))
    return Grant.objects.filter(running, standing__in=SCHOOL_STANDINGS)
