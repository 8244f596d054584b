"""The words on who may be assigned or registered, and on contracting out: what is so, why, who acts, what then."""

from __future__ import annotations

from datetime import date

from providers.kinds import Service
from providers.policy.facts import Waits
from providers.policy.verdict import Advice, Paper
from providers.policy.words import say_day, say_service


def other_service(service: Service) -> Advice:
    """Say that a provider's role does not give the service."""
    return Advice(
        rule="",
        code="other-service",
        headline=f"Does not give {say_service(service)}",
        reason=f"Somebody of this role does not give {say_service(service)}.",
        who_acts="Choose a provider of this service.",
        what_then="With nobody to choose, the school's designee reports a vacancy to ORCS (R15).",
        meanwhile="Nobody was assigned.",
    )


def paper_first(paper: Paper, service: Service, missing: int, waits: Waits) -> Advice:
    """Say that the transmittal, or the letter, comes before the assignment, and for how many students it lacks (R8)."""
    students = "1 student" if missing == 1 else f"{missing} students"
    if paper is Paper.TRANSMITTAL:
        return Advice(
            rule="R8",
            code="assign-before-transmittal",
            headline="Not yet: the agency has no transmittal",
            reason=f"An agency's provider starts only after ORCS has sent the agency the transmittal for"
            f" {say_service(service)} through SEC (R8). It is missing for {students}.",
            who_acts="ORCS sends the transmittal, once the agency has accepted the vacancy.",
            what_then="Then the provider can be assigned, and may call.",
            meanwhile="Assign a DOE provider, or see that the vacancy is logged.",
            look_again_school_days=waits.transmittal,
        )
    return Advice(
        rule="R8",
        code="assign-before-letter",
        headline="Not yet: the approval letter is not processed",
        reason=f"An independent provider starts only after ORCS has processed the approval letter for"
        f" {say_service(service)} in SEC (R8). It is missing for {students}.",
        who_acts="ORCS processes the letter, once every contracted agency has declined.",
        what_then="Then the provider can be assigned, and may call.",
        meanwhile="Assign a DOE provider, or see that the vacancy is logged.",
        look_again_school_days=waits.rsa_letter,
    )


def starts_before_paper(paper: Paper, since: date) -> Advice:
    """Say that an assignment would begin before the paper that opens the gate (R8)."""
    named = "transmittal" if paper is Paper.TRANSMITTAL else "approval letter"
    return Advice(
        rule="R8",
        code=f"starts-before-{'transmittal' if paper is Paper.TRANSMITTAL else 'letter'}",
        headline=f"Begins before the {named}",
        reason=f"The {named} is of {say_day(since)}, and what comes before it does not count (R8).",
        who_acts=f"Choose {say_day(since)} or a later day.",
        what_then="The provider may call after the first session from that day on.",
        meanwhile="Nobody was assigned.",
    )


def agencies_first() -> Advice:
    """Say that an RSA waits until every contracted agency has declined (R13)."""
    return Advice(
        rule="R13",
        code="agencies-first",
        headline="Not yet: contracted agencies come first",
        reason="An RSA starts only after every agency contracted for this service has declined the vacancy (R13).",
        who_acts="ORCS offers the vacancy to each agency that was not asked, and records each answer.",
        what_then="Once all have declined, the approval letter can be processed.",
        meanwhile="The letter stays as it is. Nothing was processed.",
    )


def through_the_designee() -> Advice:
    """Say who reports a school's vacancies (R15)."""
    return Advice(
        rule="R15",
        code="through-the-designee",
        headline="Vacancies go through the school's designee",
        reason="A school's vacancies reach ORCS through its related-services designee alone (R15).",
        who_acts="The school's designee logs the vacancy. ORCS may do so on the school's behalf.",
        what_then="ORCS offers it to contracted agencies, with the school's contact in copy (R12).",
        meanwhile="Tell the designee which students have nobody. Nothing was logged.",
    )


def agency_asks_first() -> Advice:
    """Say that an agency asks before its provider is registered in PETS (R9)."""
    return Advice(
        rule="R9",
        code="agency-asks-first",
        headline="Not yet: the agency has not asked",
        reason="The central office registers an agency's provider in PETS when the agency asks for it (R9).",
        who_acts="The agency asks the central office.",
        what_then="Then the provider is registered, and SESIS opens.",
        meanwhile="Nothing was registered.",
    )
