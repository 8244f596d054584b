"""Who may be assigned to a mandate.

R8   a paper comes before the assignment   assignment_refused
R13  nobody is placed under the hold       assignment_refused

Which role gives which service is the field's common knowledge and no rule of the memo.  Both tables name every role
or affiliation there is, so that a new one cannot slip through a default.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from providers.kinds import Affiliation, Role, Service
from providers.policy import contract_words
from providers.policy.facts import ProviderFacts, Waits
from providers.policy.rules import gate, placement_held
from providers.policy.verdict import Advice

GIVES: Mapping[Role, frozenset[Service]] = MappingProxyType(
    {
        Role.SPEECH_THERAPIST: frozenset({Service.SPEECH, Service.ASSISTIVE_TECHNOLOGY}),
        Role.OCCUPATIONAL_THERAPIST: frozenset({Service.OCCUPATIONAL_THERAPY, Service.ASSISTIVE_TECHNOLOGY}),
        Role.PHYSICAL_THERAPIST: frozenset({Service.PHYSICAL_THERAPY}),
        Role.COUNSELOR: frozenset({Service.COUNSELING}),
        Role.HEARING_TEACHER: frozenset({Service.HEARING}),
        Role.VISION_TEACHER: frozenset({Service.VISION}),
        Role.PARAPROFESSIONAL: frozenset(
            {Service.HEALTH_PARA, Service.BEHAVIOR_PARA, Service.TOILETING, Service.TRANSPORTATION}
        ),
        Role.NURSE: frozenset({Service.NURSE}),
        Role.ENL_TEACHER: frozenset({Service.ENL}),
        Role.SETSS_TEACHER: frozenset({Service.SETSS}),
        Role.AUDIOLOGIST: frozenset({Service.AUDIOLOGY}),
        Role.SOCIAL_WORKER: frozenset({Service.SOCIAL_WORK, Service.COUNSELING, Service.PARENT_TRAINING}),
        Role.PSYCHOLOGIST: frozenset({Service.PSYCHOLOGICAL, Service.COUNSELING}),
        Role.MOBILITY_INSTRUCTOR: frozenset({Service.ORIENTATION_MOBILITY}),
        Role.INTERPRETER: frozenset({Service.INTERPRETING}),
    }
)
"""What somebody of each role gives."""

SEARCH_ORDER: Mapping[Affiliation, int] = MappingProxyType(
    {Affiliation.DOE: 1, Affiliation.AGENCY: 2, Affiliation.RSA: 3}
)
"""In which order a provider is looked for: DOE staff, then a contracted agency, then an RSA."""


@dataclass(frozen=True, slots=True)
class Papers:
    """What ORCS processed for one student's service: the transmittal to the agency, the provider's own letter."""

    transmittal_on: date | None = None
    rsa_letter_on: date | None = None


@dataclass(frozen=True, slots=True)
class AssignFacts:
    """A provider to be assigned to a service of one or more students from a day on; ``papers`` has one for each.

    ``hold`` is R13 on the day on which the assignment starts.
    """

    provider: ProviderFacts
    service: Service
    papers: tuple[Papers, ...]
    starts: date
    today: date
    hold: bool
    waits: Waits = field(default_factory=Waits)


def gives(role: Role, service: Service) -> bool:
    """Return whether somebody of this role gives the service."""
    return service in GIVES[role]


def roles_giving(service: Service) -> frozenset[Role]:
    """Return the roles that give a service."""
    return frozenset(role for role, services in GIVES.items() if service in services)


def search_order(affiliation: Affiliation) -> int:
    """Return which place an affiliation has in the search for a provider, 1 first."""
    return SEARCH_ORDER[affiliation]


def assignment_refused(facts: AssignFacts) -> Advice | None:
    """Return why a provider may not be assigned, or ``None`` if they may (R8, R13)."""
    if not gives(facts.provider.role, facts.service):
        return contract_words.other_service(facts.service)
    return placement_held(facts.provider.affiliation, hold=facts.hold, waits=facts.waits) or _gate_shut(facts)


def _gate_shut(facts: AssignFacts) -> Advice | None:
    """Return what the gate of R8 says: a paper that is missing, or one of a later day."""
    gates = [
        gate(
            facts.provider.affiliation,
            transmittal_on=one.transmittal_on,
            rsa_letter_on=one.rsa_letter_on,
            today=facts.today,
        )
        for one in facts.papers
    ]
    shut = [one for one in gates if not one.is_open]
    if shut:
        return contract_words.paper_first(shut[0].paper, facts.service, len(shut), facts.waits)
    latest = max((one.since for one in gates if one.since is not None), default=None)
    if latest is not None and facts.starts < latest:
        return contract_words.starts_before_paper(gates[0].paper, latest)
    return None
