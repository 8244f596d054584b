"""Facts to start from: one agency, one independent and one DOE call that are accepted, to be changed by one fact each.

The day is Tuesday, November 24, 2026, two days before Thanksgiving.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from providers.kinds import Affiliation, Language, Role, Service, Setting
from providers.policy.facts import (
    CallFacts,
    FirstAttend,
    LightFacts,
    MandateFacts,
    ProviderFacts,
    SchoolYearFacts,
    StudentFacts,
)

TODAY = date(2026, 11, 24)
SESSION = date(2026, 11, 23)
YEAR = SchoolYearFacts(date(2026, 9, 10), date(2027, 6, 25))
BEGAN = date(2026, 10, 5)
PAPER = date(2026, 10, 19)
THANKSGIVING = frozenset({date(2026, 11, 26), date(2026, 11, 27)})
FIRST = FirstAttend("40712296", date(2026, 10, 20))

DOE = ProviderFacts(Affiliation.DOE, Role.SPEECH_THERAPIST)
AGENCY = ProviderFacts(Affiliation.AGENCY, Role.SPEECH_THERAPIST)
RSA = ProviderFacts(Affiliation.RSA, Role.SPEECH_THERAPIST)
NURSE = ProviderFacts(Affiliation.DOE, Role.NURSE)

LINE = MandateFacts(
    id=7,
    service=Service.SPEECH,
    language=Language.ENGLISH,
    setting=Setting.GROUP,
    frequency=2,
    duration=30,
    group_size=3,
    starts=BEGAN,
    ends=None,
    governs=True,
)
ALONE = replace(LINE, id=3, setting=Setting.INDIVIDUAL, frequency=1, group_size=1)
SPANISH = replace(LINE, id=9, language=Language.SPANISH)

STUDENT = StudentFacts(
    mandates=(LINE,),
    transmittal_on=None,
    rsa_letter_on=None,
    first_attend=None,
    assigned_to_caller=True,
    assigned_to_other=False,
)
SENT = replace(STUDENT, transmittal_on=PAPER)
PROCESSED = replace(STUDENT, rsa_letter_on=PAPER)

DOE_CALL = CallFacts(
    provider=DOE,
    student=STUDENT,
    service=Service.SPEECH,
    language=None,
    session_on=SESSION,
    today=TODAY,
    school_year=YEAR,
    rsa_hold=True,
    closed_days=THANKSGIVING,
)
AGENCY_CALL = replace(DOE_CALL, provider=AGENCY, student=SENT)
RSA_CALL = replace(DOE_CALL, provider=RSA, student=PROCESSED, rsa_hold=False)
CALLS = {"DOE": DOE_CALL, "agency": AGENCY_CALL, "RSA": RSA_CALL}

LIGHT = LightFacts(
    provider=DOE,
    mandate_exists=True,
    transmittal_on=None,
    rsa_letter_on=None,
    rsa_hold=True,
    first_attend=None,
    today=TODAY,
)


def plain(text: str) -> str:
    """Return words with ordinary blanks, as a test writes them."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def with_student(facts: CallFacts, **changes: Any) -> CallFacts:
    """Return the call with facts of its student changed; the call must have a student."""
    assert facts.student is not None
    return replace(facts, student=replace(facts.student, **changes))


def with_lines(facts: CallFacts, *lines: MandateFacts) -> CallFacts:
    """Return the call for a student with these lines."""
    return with_student(facts, mandates=lines)
