"""How much of a student's page is somebody's to see.

Whose page one opens at all is ``caseloads.queries.pupils``; a page of one student starts from here, and a stranger's
id is not among the rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from caseloads.facts import running_on
from caseloads.models import Assignment, Transmittal
from caseloads.queries.pupils import enrolled
from providers.scope import Standing


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
    if standing.citywide or enrolled(standing, on).filter(student=student_id).exists():
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
    return enrolled(standing.staff, on).filter(student=student_id).exists()
