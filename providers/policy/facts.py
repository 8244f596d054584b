"""What the rules look at: plain values, loaded by somebody else.

``caseloads.facts`` is the only bridge from rows to these.  Nothing here knows a student's name or number, so no words
of the policy can give one away.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from providers.kinds import Affiliation, Language, Role, Service, Setting


@dataclass(frozen=True, slots=True)
class ProviderFacts:
    """Who calls: who employs them (R6, R8, R9, R13) and what they do (R1)."""

    affiliation: Affiliation
    role: Role


@dataclass(frozen=True, slots=True)
class SchoolYearFacts:
    """A school year's first and last day, both within it."""

    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class MandateFacts:
    """One line of an IEP: frequency a week, duration in minutes, group size (1 is individual).

    ``starts`` and ``ends`` are its first and last day.  ``governs`` says that its IEP is the one in force on the
    session's day (R10); ``assigned_to_caller``, that the caller was assigned to this very line on that day.
    """

    id: int
    service: Service
    language: Language
    setting: Setting
    frequency: int
    duration: int
    group_size: int
    starts: date
    ends: date | None
    governs: bool
    assigned_to_caller: bool = False


@dataclass(frozen=True, slots=True)
class FirstAttend:
    """A first session already recorded: its confirmation number and its day."""

    confirmation: str
    session_on: date


@dataclass(frozen=True, slots=True)
class StudentFacts:
    """What is known of the student and the service called for.

    ``transmittal_on`` is the day of the earliest transmittal of this student, service and language to the caller's
    agency, ``rsa_letter_on`` the day on which this provider's approval letter for them was processed in SEC (R8).
    ``first_attend`` is what this provider recorded before, for the same service, language and school year.
    """

    mandates: tuple[MandateFacts, ...]
    transmittal_on: date | None
    rsa_letter_on: date | None
    first_attend: FirstAttend | None
    assigned_to_caller: bool
    assigned_to_other: bool


@dataclass(frozen=True, slots=True)
class Waits:
    """After how many school days to look again, by what is waited for; settings, not rules."""

    transmittal: int = 2
    rsa_letter: int = 2
    mandate: int = 2
    access: int = 1
    hold: int = 10


@dataclass(frozen=True, slots=True)
class CallFacts:
    """A first-attend call as keyed, and everything that decides about it.

    ``student`` is ``None`` both for a number nobody has and for a student whom this provider may not serve.
    ``language`` is ``None`` where the caller named none.  ``rsa_hold`` is R13 on the session's day, and
    ``closed_days`` are the weekdays without students near it.
    """

    provider: ProviderFacts
    student: StudentFacts | None
    service: Service
    language: Language | None
    session_on: date
    today: date
    school_year: SchoolYearFacts
    rsa_hold: bool
    closed_days: frozenset[date]
    waits: Waits = field(default_factory=Waits)


@dataclass(frozen=True, slots=True)
class LightFacts:
    """What decides whether a provider may call for a student on the caseload today."""

    provider: ProviderFacts
    mandate_exists: bool
    transmittal_on: date | None
    rsa_letter_on: date | None
    rsa_hold: bool
    first_attend: FirstAttend | None
    today: date


@dataclass(frozen=True, slots=True)
class Switch:
    """From ``on_from`` on, a rule is on or off, until the next switch (R13)."""

    on_from: date
    on: bool


class RequestKind(StrEnum):
    """What a school asks ORCS to contract out (R14)."""

    VACANCY = "vacancy"
    EVALUATION = "evaluation"
