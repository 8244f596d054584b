"""The verdicts on a call that end it: refused, kept unlinked, recorded before, accepted.

None names the student.  Each says what is so, why, who acts, what then, what meanwhile, and when to look again.
"""

from __future__ import annotations

from collections.abc import Sequence

from providers.kinds import Language
from providers.policy.facts import CallFacts, FirstAttend, MandateFacts
from providers.policy.verdict import Flag, Outcome, Verdict
from providers.policy.words import say_day, say_service

CALL_AGAIN = "Your caseload shows when you may call. Then call again."
DO_NOT_START = "Do not start the service. Nothing counts as late, and you need not call before that."


def ids(lines: Sequence[MandateFacts]) -> tuple[int, ...]:
    """Return the mandates' ids in ascending order."""
    return tuple(sorted(line.id for line in lines))


def call_not_needed() -> Verdict:
    """Tell a nurse that no call is needed (R1)."""
    return Verdict(
        outcome=Outcome.REFUSED,
        rule="R1",
        code="call-not-needed",
        headline="Not needed: nurses do not call",
        reason="School nurses are the one exception to the first call (R1). Nothing is due from you.",
        who_acts="Nobody needs to act.",
        what_then="A student assigned to you opens on your caseload without a call.",
        meanwhile="Go on serving by the mandate.",
    )


def rsa_held(facts: CallFacts) -> Verdict:
    """Tell an independent provider that the hold stops the call (R13)."""
    return Verdict(
        outcome=Outcome.REFUSED,
        rule="R13",
        code="rsa-hold",
        headline="Not now: no RSA providers in school buildings",
        reason=f"Contracts with agencies come first: on {say_day(facts.session_on)} the hold was on, and while it is on"
        " a call by an RSA provider does not count (R13).",
        who_acts="Only ORCS lifts the hold, from a date on.",
        what_then="Once it is lifted, call after your first session from that day on.",
        meanwhile="Do not serve in the school building. The call is kept as refused and went no further.",
        look_again_school_days=facts.waits.hold,
    )


def no_mandate(facts: CallFacts) -> Verdict:
    """Keep a call for a service that no mandate covers on that day; it waits for the coordinator (R10)."""
    service, day = say_service(facts.service), say_day(facts.session_on)
    return Verdict(
        outcome=Outcome.UNLINKED,
        rule="R10",
        code="no-mandate",
        field="service",
        headline="Kept, but not recorded: no mandate for this service",
        reason=f"No IEP in force on {day} mandates {service} for this student, and everyone serves by the latest"
        " agreed one (R10).",
        who_acts="The school's coordinator looks at the call.",
        what_then="If the IEP is put right in SESIS, call again. Only an accepted call gives a confirmation number.",
        meanwhile="Check that you chose the right service, and serve only what the IEP in force says.",
        look_again_school_days=facts.waits.mandate,
        language=facts.language,
    )


def no_transmittal(facts: CallFacts, lines: Sequence[MandateFacts], language: Language) -> Verdict:
    """Refuse an agency's call that comes before the transmittal (R8)."""
    reason = (
        "You work for an agency. A call counts only after ORCS has sent your agency the electronic transmittal for"
        f" {say_service(facts.service)} through SEC (R8). For this student that has not happened, so the call went no"
        " further."
    )
    return Verdict(
        outcome=Outcome.REFUSED,
        rule="R8",
        code="no-transmittal",
        headline="Not yet: your agency has no transmittal",
        reason=reason,
        who_acts="ORCS sends the transmittal.",
        what_then=CALL_AGAIN,
        meanwhile=DO_NOT_START,
        look_again_school_days=facts.waits.transmittal,
        lines=ids(lines),
        language=language,
    )


def no_letter(facts: CallFacts, lines: Sequence[MandateFacts], language: Language) -> Verdict:
    """Refuse an independent provider's call that comes before the letter is processed (R8)."""
    reason = (
        "You are an independent (RSA) provider. A call counts only after ORCS has processed your approval letter for"
        f" {say_service(facts.service)} in SEC (R8). For this student that has not happened, so the call went no"
        " further."
    )
    return Verdict(
        outcome=Outcome.REFUSED,
        rule="R8",
        code="no-letter",
        headline="Not yet: your approval letter is not processed",
        reason=reason,
        who_acts="ORCS processes the letter.",
        what_then=CALL_AGAIN,
        meanwhile=DO_NOT_START,
        look_again_school_days=facts.waits.rsa_letter,
        lines=ids(lines),
        language=language,
    )


def repeated(facts: CallFacts, first: FirstAttend, lines: Sequence[MandateFacts], language: Language | None) -> Verdict:
    """Answer a first session that this provider recorded before: the first number and the first date stand."""
    day = say_day(first.session_on)
    differs = first.session_on != facts.session_on
    typed = f" You typed {say_day(facts.session_on)}; nothing was changed." if differs else ""
    return Verdict(
        outcome=Outcome.REPEATED,
        rule="",
        code="already-recorded",
        headline="Recorded before: your first call stands",
        reason=f"You have recorded the first session of {say_service(facts.service)} on {day}. Its confirmation number"
        f" stays as it is.{typed}",
        who_acts="Nobody needs to act.",
        what_then="One first session is recorded for a student, service and language in a school year.",
        meanwhile="If the recorded date is wrong, tell the school's coordinator." if differs else "",
        lines=ids(lines),
        language=language,
        first=first,
    )


def accepted(facts: CallFacts, lines: Sequence[MandateFacts], language: Language, flags: tuple[Flag, ...]) -> Verdict:
    """Record the first session, with what the coordinator is asked to look at (R2, R10)."""
    marks = "".join(f" {flag.words}" for flag in flags)
    return Verdict(
        outcome=Outcome.ACCEPTED,
        rule="",
        code="accepted",
        headline="Call accepted",
        reason=f"The first session of {say_service(facts.service)} on {say_day(facts.session_on)} is recorded.{marks}",
        who_acts="Nobody needs to act.",
        what_then="The call goes to CAP, SEC and SESIS, and the student comes onto your SESIS caseload (R2).",
        meanwhile="Go on serving by the mandate.",
        flags=flags,
        lines=ids(lines),
        language=language,
    )
