"""Whose own page somebody opens: the students one finds by name, and the one behind a call or a caseload's row.

School staff open whoever is enrolled at a school of theirs today, ORCS and auditors their boroughs or the city, a
provider the students assigned to them today, an agency those transmitted to it (R8).
"""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from caseloads.facts import running_on
from caseloads.models import Assignment, Enrolment, Student, Transmittal
from providers.scope import Standing

Way = QuerySet[Enrolment] | QuerySet[Assignment] | QuerySet[Transmittal]


def students_of(standing: Standing, on: date) -> QuerySet[Student]:
    """Return the students whom somebody may find and open."""
    if standing.citywide:
        # Also those who are enrolled nowhere today: they have left, and what is left of them is looked after citywide.
        return Student.objects.all()
    conditions = [Exists(rows) for rows in _ways(standing, on)]
    condition = Q(conditions[0]) if conditions else Q(pk__in=[])
    for one in conditions[1:]:
        condition |= Q(one)
    return Student.objects.filter(condition)


def _ways(standing: Standing, on: date) -> list[Way]:
    """Return the rows, each tied to an outer student, any one of which opens that student."""
    ways: list[Way] = []
    if standing.active_schools or standing.boroughs:
        ways.append(enrolled(standing, on).filter(student=OuterRef("pk")))
    if standing.provider is not None:
        assigned = Assignment.objects.filter(running_on(on), provider=standing.provider)
        ways.append(assigned.filter(mandate__student=OuterRef("pk")))
    if standing.agencies:
        ways.append(Transmittal.objects.filter(agency__in=standing.agencies, student=OuterRef("pk")))
    return ways


def enrolled(standing: Standing, on: date) -> QuerySet[Enrolment]:
    """Return the enrolments of a day at schools that somebody oversees."""
    return Enrolment.objects.filter(running_on(on) & standing.schools_condition("school__"))


def page_of(standing: Standing, student_id: int | None, *, on: date) -> str:
    """Return the address of a student's page, or "" where there is no student or somebody may not open it."""
    if student_id is None or not students_of(standing, on).filter(pk=student_id).exists():
        return ""
    return reverse("student", args=[student_id])
