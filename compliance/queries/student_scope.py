"""Whose student page somebody opens, and how much of it is theirs to see.

School staff see whoever is enrolled at a school of theirs today; ORCS and auditors their boroughs or the city; a
provider the students assigned to them today; an agency those transmitted to it (R8).  A page of one student starts from
one of these, and a stranger's id is not among the rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from caseloads.facts import running_on
from caseloads.models import Assignment, Enrolment, Student, Transmittal
from providers.scope import Standing


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


def _ways(standing: Standing, on: date) -> list[QuerySet[Enrolment] | QuerySet[Assignment] | QuerySet[Transmittal]]:
    """Return the rows, each tied to an outer student, any one of which opens that student."""
    ways: list[QuerySet[Enrolment] | QuerySet[Assignment] | QuerySet[Transmittal]] = []
    if standing.active_schools or standing.boroughs:
        ways.append(_enrolled(standing, on).filter(student=OuterRef("pk")))
    if standing.provider is not None:
        assigned = Assignment.objects.filter(running_on(on), provider=standing.provider)
        ways.append(assigned.filter(mandate__student=OuterRef("pk")))
    if standing.agencies:
        ways.append(Transmittal.objects.filter(agency__in=standing.agencies, student=OuterRef("pk")))
    return ways


def _enrolled(standing: Standing, on: date) -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(running_on(on) & standing.schools_condition("school__"))


@dataclass(frozen=True, slots=True)
class Part:
    """How much of a student's page is somebody's: all of it, a provider's own work, or an agency's services.

    ``services`` are the services and languages transmitted to ``agencies``; a provider sees every mandate, since
    everyone serves by the latest IEP (R10), but of calls and entries only their own.
    """

    whole: bool = False
    provider: int | None = None
    agencies: frozenset[int] = frozenset()
    services: frozenset[tuple[int, int]] | None = None

    def lines(self, service: str = "service", language: str = "language") -> Q:
        """Return the condition on rows with a service and a language."""
        if self.services is None:
            return Q(**{f"{service}__isnull": False})
        condition = Q(pk__in=[])
        for one, spoken in sorted(self.services):
            condition |= Q(**{service: one, language: spoken})
        return condition

    def people(self, provider: str = "provider") -> Q:
        """Return the condition on rows that a provider made or is given."""
        if self.whole:
            return Q(**{f"{provider}__isnull": False})
        if self.agencies:
            return Q(**{f"{provider}__agency__in": self.agencies})
        return Q(**{provider: self.provider})


def part_of(standing: Standing, student_id: int, *, on: date) -> Part | None:
    """Return how much of a student's page somebody may see, the most that any standing of theirs gives; else None."""
    if standing.citywide or _enrolled(standing, on).filter(student=student_id).exists():
        return Part(whole=True)
    if standing.provider is not None and _assigned(standing.provider, student_id, on):
        return Part(provider=standing.provider)
    sent = _sent(standing, student_id)
    return Part(agencies=frozenset(sent), services=frozenset().union(*sent.values())) if sent else None


def _assigned(provider: int, student_id: int, on: date) -> bool:
    rows = Assignment.objects.filter(running_on(on), provider=provider, mandate__student=student_id)
    return rows.exists()


def _sent(standing: Standing, student_id: int) -> Mapping[int, frozenset[tuple[int, int]]]:
    """Return the services and languages transmitted to each of somebody's agencies."""
    if not standing.agencies:
        return {}
    rows = Transmittal.objects.filter(agency__in=standing.agencies, student=student_id)
    sent: dict[int, frozenset[tuple[int, int]]] = {}
    for agency, service, language in rows.values_list("agency", "service", "language"):
        sent[agency] = sent.get(agency, frozenset()) | {(service, language)}
    return sent


def may_record_consent(standing: Standing, student_id: int, *, on: date) -> bool:
    """Return whether somebody records a student's consent: staff of the school where the student is enrolled (R11)."""
    return _enrolled(standing.staff, on).filter(student=student_id).exists()
