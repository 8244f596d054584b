"""Whom to write to: the latest contact of each school and borough, and who reports a school's vacancies (R12, R15)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from providers.kinds import Borough
from providers.models import Contact, Grant, School
from providers.queries.running import running_on
from providers.scope import Standing

PAGE = 25


def school_contact(school: int) -> Contact | None:
    """Return a school's related-services contact, or None where none is on record."""
    return Contact.objects.filter(school=school).order_by("-id").first()


def orcs_contact(borough: int) -> Contact | None:
    """Return ORCS's contact for a borough, or None where none is on record."""
    return Contact.objects.filter(borough=borough).order_by("-id").first()


def designees(school: int, on: date) -> list[str]:
    """Return the names of those who report a school's vacancies on a day (R15)."""
    grants = Grant.objects.filter(running_on(on), school=school, designee=True).order_by("user__full_name")
    return list(grants.values_list("user__full_name", flat=True))


def boroughs_of(standing: Standing) -> list[Borough]:
    """Return the boroughs whose contact somebody of ORCS may change."""
    return list(Borough) if standing.orcs_citywide else [Borough(one) for one in sorted(standing.orcs_boroughs)]


def schools_of(standing: Standing) -> QuerySet[School]:
    """Return the schools whose contact somebody of ORCS may change."""
    return School.objects.filter(standing.orcs.schools_condition())


def borough_rows(standing: Standing) -> list[dict[str, Any]]:
    """Return each borough with its contact."""
    boroughs = boroughs_of(standing)
    latest = Contact.objects.filter(borough__in=boroughs).order_by("borough", "-id").distinct("borough")
    found = {one.borough: one for one in latest.select_related("set_by")}
    return [{"borough": one, "contact": found.get(one)} for one in boroughs]


def schools_by(standing: Standing, search: str) -> QuerySet[School]:
    """Return those of them whose DBN begins with ``search``."""
    return schools_of(standing).filter(dbn__startswith=search).order_by("dbn")


def school_rows(schools: QuerySet[School], which: slice) -> list[dict[str, Any]]:
    """Return a slice of schools, each with its contact; two queries."""
    latest = Contact.objects.filter(school=OuterRef("pk")).order_by("-id").values("pk")[:1]
    rows = list(schools.annotate(contact=Subquery(latest))[which])
    found = Contact.objects.select_related("set_by").in_bulk([row.contact for row in rows if row.contact])
    return [{"school": row, "contact": found.get(row.contact)} for row in rows]
