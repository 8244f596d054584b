"""Who may be assigned to some lines, and what the policy says beside each (R8, R13): DOE staff first, then agencies."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Q

from caseloads.assigning import Processed, judge, load_of, processed_for
from caseloads.mandates import still_assigned
from caseloads.models import Enrolment, Mandate
from providers.kinds import Affiliation, Language, Role, Service
from providers.models import Placement, Provider
from providers.policy.assigning import gives, roles_giving, search_order
from providers.policy.verdict import Advice
from providers.queries.hold import rsa_hold
from providers.queries.running import running_on

MOST = 60
"""So many candidates are shown; whoever else there is, is assigned by provider id."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A provider, why they may not be assigned (None: they may), their students of the service, their languages."""

    provider: Provider
    refused: Advice | None
    students: int
    languages: frozenset[int]

    @property
    def order(self) -> tuple[int, bool, int, str]:
        """DOE staff first, then agencies, then RSA; those who may before those who may not; the least busy first."""
        provider = self.provider
        return (
            search_order(Affiliation(provider.affiliation)),
            self.refused is not None,
            self.students,
            provider.full_name,
        )


def candidates_for(lines: Sequence[Mandate], *, starts: date, today: date) -> list[Candidate]:
    """Return who works at the students' schools, or has their papers, and gives the service; a fixed number of queries.

    The lines are of one service and language.
    """
    papers = processed_for(lines)
    people = _people(lines, papers, today)
    ids = [one.pk for one in people]
    loads, spoken, hold = load_of(ids, lines[0].service, today), _languages(ids, today), rsa_hold(starts)
    found = [
        Candidate(
            one,
            judge(one, lines, papers, starts=starts, today=today, hold=hold),
            loads.get(one.pk, 0),
            frozenset(spoken.get(one.pk, ())),
        )
        for one in people
    ]
    return sorted(found, key=lambda one: one.order)[:MOST]


def provider_by(number: int) -> Provider | None:
    """Return the provider of this number, or None."""
    return Provider.objects.filter(number=number).select_related("agency").first()


def candidate_rows(candidates: Sequence[Candidate], lines: Sequence[Mandate]) -> list[dict[str, Any]]:
    """Return the candidates as the page shows them; no query."""
    limit = _limit(Service(lines[0].service))
    language = Language(lines[0].language)
    students = len({line.student_id for line in lines})
    return [_row(one, limit, language, students) for one in candidates]


def _row(one: Candidate, limit: int | None, language: Language, students: int) -> dict[str, Any]:
    provider, after = one.provider, one.students + students
    over = limit is not None and after > limit
    speaks = language == Language.ENGLISH or language in one.languages
    return {
        "id": provider.pk,
        "name": provider.full_name,
        "number": provider.number,
        "role": provider.get_role_display(),
        "works_for": str(provider.agency or provider.get_affiliation_display()),
        "refused": one.refused,
        "students": one.students,
        "limit": limit,
        "over": over,
        "languages": sorted(str(Language(key).label) for key in one.languages),
        "speaks": speaks,
        "language": language.label,
    }


def _limit(service: Service) -> int | None:
    limits: dict[str, int] = settings.RECONCILE_LIMITS
    return limits.get(service.slug)


def _people(lines: Sequence[Mandate], papers: Processed, today: date) -> list[Provider]:
    """Return who works at the students' schools, is of an agency that has their transmittals, or has their letter."""
    enrolled = Enrolment.objects.filter(running_on(today), student__in={line.student_id for line in lines})
    here = Placement.objects.filter(running_on(today), school__in=enrolled.values("school")).values("provider")
    agencies = {agency for _, agency in papers.transmittals}
    letters = {provider for _, provider in papers.letters}
    reachable = Q(pk__in=here) | Q(agency__in=agencies) | Q(pk__in=letters)
    giving = roles_giving(Service(lines[0].service))
    rows = Provider.objects.filter(reachable, role__in=giving).select_related("agency").order_by("full_name", "pk")
    return [one for one in rows if gives(Role(one.role), Service(lines[0].service))]


def _languages(providers: Collection[int], today: date) -> dict[int, set[int]]:
    """Return in which languages each provider serves; one query."""
    found: dict[int, set[int]] = {}
    rows = still_assigned(today).filter(provider__in=providers).values_list("provider", "mandate__language").distinct()
    for provider, language in rows:
        found.setdefault(provider, set()).add(language)
    return found
