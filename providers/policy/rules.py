"""The memo's deciding rules, one function each, pure and without a clock.

R1   who must call                      call_due
R6   how DOE staff get into SESIS       route_into_sesis, access_missing
R8   when a non-DOE call counts         gate
R9   how everyone else gets into SESIS  may_be_added_to_galaxy, wrong_door, registration_refused
R10  which mandates govern              governing, lines_called, language_called
R13  the hold on RSA providers          hold_on, rsa_hold, placement_held, may_start_rsa, rsa_refused
R14  what is not a vacancy              vacancy_or_evaluation
R15  who reports a vacancy              report_refused

``judging`` puts them together for a call and for the call light.  The README beside this file says the same in prose.
Every table names every affiliation or role there is, so that a new one cannot slip through a default.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from providers.kinds import Affiliation, Language, Role, Route, Service
from providers.policy import contract_words, words
from providers.policy.facts import MandateFacts, RequestKind, Switch, Waits
from providers.policy.verdict import AccessOwner, Advice, Gate, Paper

CALLS: Mapping[Role, bool] = MappingProxyType(
    {
        Role.SPEECH_THERAPIST: True,
        Role.OCCUPATIONAL_THERAPIST: True,
        Role.PHYSICAL_THERAPIST: True,
        Role.COUNSELOR: True,
        Role.HEARING_TEACHER: True,
        Role.VISION_TEACHER: True,
        Role.PARAPROFESSIONAL: True,
        Role.NURSE: False,
        Role.ENL_TEACHER: True,
        Role.SETSS_TEACHER: True,
        Role.AUDIOLOGIST: True,
        Role.SOCIAL_WORKER: True,
        Role.PSYCHOLOGIST: True,
        Role.MOBILITY_INSTRUCTOR: True,
        Role.INTERPRETER: True,
    }
)
"""R1: who calls after the first session.  One-to-one paraprofessionals and teachers do; nurses alone do not."""

ROUTES: Mapping[Affiliation, Route] = MappingProxyType(
    {Affiliation.DOE: Route.GALAXY, Affiliation.AGENCY: Route.PETS, Affiliation.RSA: Route.PETS}
)
"""R6 and R9: the one way into SESIS for each affiliation."""

ACCESS_OWNERS: Mapping[Affiliation, AccessOwner] = MappingProxyType(
    {
        Affiliation.DOE: AccessOwner.SCHOOL,
        Affiliation.AGENCY: AccessOwner.AGENCY,
        # The memo sends non-DOE providers to their agency; an independent one has none, so ORCS asks for them.
        Affiliation.RSA: AccessOwner.ORCS,
    }
)
"""R6 and R9: who must act when a provider has no access."""

PAPERS: Mapping[Affiliation, Paper] = MappingProxyType(
    {Affiliation.DOE: Paper.NONE, Affiliation.AGENCY: Paper.TRANSMITTAL, Affiliation.RSA: Paper.RSA_LETTER}
)
"""R8: what ORCS must have processed in SEC before a call counts."""

HELD: frozenset[Affiliation] = frozenset({Affiliation.RSA})
"""R13: who is kept out of school buildings while the hold is on."""


def call_due(role: Role) -> bool:
    """Return whether a provider of this role calls after the first session (R1)."""
    return CALLS[role]


def route_into_sesis(affiliation: Affiliation) -> Route:
    """Return the one way into SESIS: Galaxy for DOE staff (R6), PETS for everyone else (R9)."""
    return ROUTES[affiliation]


def access_owner(affiliation: Affiliation) -> AccessOwner:
    """Return who must act when a provider has no SESIS access (R6, R9)."""
    return ACCESS_OWNERS[affiliation]


def access_missing(affiliation: Affiliation, waits: Waits | None = None) -> Advice:
    """Return what to tell a provider whose caseload waits for SESIS access, with the next act (R6, R9)."""
    return words.access_missing(access_owner(affiliation), (waits or Waits()).access)


def may_be_added_to_galaxy(affiliation: Affiliation) -> bool:
    """Return whether a school may add this provider to its Galaxy: DOE staff only (R9)."""
    return route_into_sesis(affiliation) is Route.GALAXY


def wrong_door(affiliation: Affiliation, route: Route) -> Advice | None:
    """Return why this route is not open to the provider and which is, or ``None`` if it is theirs (R6, R9)."""
    if route is route_into_sesis(affiliation):
        return None
    return words.not_through_galaxy(access_owner(affiliation)) if route is Route.GALAXY else words.not_through_pets()


def registration_refused(affiliation: Affiliation, *, passed_on: bool) -> Advice | None:
    """Return why the central office does not register a provider in PETS yet: their agency has not asked (R9)."""
    waits_for_agency = access_owner(affiliation) is AccessOwner.AGENCY and not passed_on
    return contract_words.agency_asks_first() if waits_for_agency else None


def gate(affiliation: Affiliation, *, transmittal_on: date | None, rsa_letter_on: date | None, today: date) -> Gate:
    """Return whether this provider's call counts today, and since when (R8).

    An agency's provider needs the transmittal and an independent one the letter: neither paper opens the other's gate.
    One dated after ``today`` opens nothing yet.
    """
    paper = PAPERS[affiliation]
    processed = {Paper.NONE: None, Paper.TRANSMITTAL: transmittal_on, Paper.RSA_LETTER: rsa_letter_on}[paper]
    return Gate(paper, processed if processed is not None and processed <= today else None)


def governing(
    mandates: Iterable[MandateFacts], service: Service, language: Language | None, on: date
) -> tuple[MandateFacts, ...]:
    """Return the lines that govern a service on a day, in one language or, with ``None``, in any (R10).

    A line counts from its first to its last day, both included, and only while its IEP is the one in force.  There are
    two at most in a language: one individual and one in a group.
    """
    return tuple(
        line
        for line in mandates
        if line.governs
        and line.service is service
        and language in (None, line.language)
        and line.starts <= on
        and (line.ends is None or on <= line.ends)
    )


def upcoming(
    mandates: Iterable[MandateFacts], service: Service, language: Language | None, on: date
) -> tuple[MandateFacts, ...]:
    """Return the lines of a service that begin only after a day, in one language or, with ``None``, in any (R10)."""
    return tuple(
        line for line in mandates if line.service is service and language in (None, line.language) and on < line.starts
    )


def lines_called(
    mandates: Iterable[MandateFacts], service: Service, language: Language | None, on: date
) -> tuple[MandateFacts, ...]:
    """Return the lines a call is about: those that govern on the day or, without any, those that begin later (R10)."""
    mandates = tuple(mandates)
    return governing(mandates, service, language, on) or upcoming(mandates, service, language, on)


def language_called(
    mandates: Iterable[MandateFacts], service: Service, language: Language | None, on: date
) -> Language | None:
    """Return the one language the lines of a call are in: the named one, else the only one, else ``None`` (R10)."""
    found = {line.language for line in lines_called(mandates, service, language, on)}
    return found.pop() if len(found) == 1 else language


def hold_on(day: date, switches: Iterable[Switch]) -> bool:
    """Return whether no RSA provider may be in a school building on a day (R13).

    The last switch on or before the day decides; of two for one day, the later in order.  Before any, the hold is on.
    """
    in_order = sorted((switch for switch in switches if switch.on_from <= day), key=lambda switch: switch.on_from)
    return in_order[-1].on if in_order else True


def rsa_hold(affiliation: Affiliation, *, hold: bool) -> bool:
    """Return whether the hold, where it is on, stops this provider (R13)."""
    return hold and affiliation in HELD


def placement_held(affiliation: Affiliation, *, hold: bool, waits: Waits | None = None) -> Advice | None:
    """Return why this provider may not be placed in a school, or ``None`` if they may (R13)."""
    return words.placement_held((waits or Waits()).hold) if rsa_hold(affiliation, hold=hold) else None


def may_start_rsa(*, hold: bool, agencies_declined: bool) -> bool:
    """Return whether an RSA may be started: the hold lifted and every contracted agency having declined (R13)."""
    return not hold and agencies_declined


def rsa_refused(*, hold: bool, agencies_declined: bool, waits: Waits | None = None) -> Advice | None:
    """Return why an RSA may not be started, the hold said before the agencies, or ``None`` if it may (R13)."""
    if may_start_rsa(hold=hold, agencies_declined=agencies_declined):
        return None
    return words.placement_held((waits or Waits()).hold) if hold else contract_words.agencies_first()


def vacancy_or_evaluation(kind: RequestKind) -> Advice | None:
    """Return where an evaluation belongs, or ``None`` for a vacancy, which may be logged here (R14)."""
    return words.evaluation_through_sesis() if kind is RequestKind.EVALUATION else None


def report_refused(*, designee: bool, orcs: bool) -> Advice | None:
    """Return who reports a school's vacancies, or ``None`` for its designee and for ORCS on its behalf (R15)."""
    return None if designee or orcs else contract_words.through_the_designee()
