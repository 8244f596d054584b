"""Schools within somebody's scope."""

from __future__ import annotations

from django.db.models import QuerySet

from providers.models import School
from providers.scope import Standing


def schools_of_staff(standing: Standing) -> QuerySet[School]:
    """Return the schools on whose staff somebody is, narrowed to the chosen one."""
    return School.objects.filter(standing.staff.schools_condition()).order_by("dbn")
