"""The verdicts that ask a caller to correct what was keyed; nothing is recorded until it is.

Every one about a date names the bound and repeats the date that was typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from providers.kinds import Language
from providers.policy.facts import CallFacts, MandateFacts
from providers.policy.verdict import Outcome, Paper, Verdict
from providers.policy.words import say_day, say_list, say_service

NOTHING_YET = "Nothing is recorded yet."
CHECK_DATE = "Check the date of the first session."


def student_not_found() -> Verdict:
    """Answer a number nobody has and a student whom the caller may not serve in the very same words."""
    return Verdict(
        outcome=Outcome.CORRECT,
        rule="",
        code="student-not-found",
        field="osis",
        headline="No student found with this number",
        reason="Among the students you may serve, none has this number.",
        who_acts="Check the nine digits of the OSIS number.",
        what_then="If they are right, ask the coordinator of the student's school.",
        meanwhile=NOTHING_YET,
    )


def which_language(facts: CallFacts, languages: Iterable[Language]) -> Verdict:
    """Ask for the language of a service that is mandated in more than one (R10)."""
    mandated = say_list(language.label for language in languages)
    return _language(facts, "which-language", "Choose the language", f"is mandated in {mandated} (R10)")


def not_this_language(facts: CallFacts, languages: Iterable[Language]) -> Verdict:
    """Ask for another language than the one given, in which the service is not mandated (R10)."""
    mandated = say_list(language.label for language in languages)
    given = facts.language.label if facts.language else ""
    so = f"is mandated in {mandated}, not in {given} (R10)"
    return _language(facts, "language-not-mandated", "Choose a language that is mandated", so)


def _language(facts: CallFacts, code: str, headline: str, so: str) -> Verdict:
    service = say_service(facts.service)
    return Verdict(
        outcome=Outcome.CORRECT,
        rule="R10",
        code=code,
        field="language",
        headline=headline,
        reason=f"For this student {service} {so}.",
        who_acts="Choose the language of the mandate you serve.",
        what_then="If the mandate itself is wrong, tell the school's coordinator: the IEP is corrected in SESIS.",
        meanwhile=NOTHING_YET,
    )


def in_the_future(facts: CallFacts) -> Verdict:
    """Say that a session to come cannot be recorded."""
    so = f"Today is {say_day(facts.today)}; you typed {say_day(facts.session_on)}, which is still to come."
    then = "Call after the session has taken place."
    return _date(facts, "", "in-the-future", "The first session is in the future", so, then)


def before_school_year(facts: CallFacts) -> Verdict:
    """Say that the session lies before the school year."""
    so = f"The school year began on {say_day(facts.school_year.first_day)}; you typed {say_day(facts.session_on)}."
    then = "The first call is made anew each school year, after its first session."
    return _date(facts, "", "before-school-year", "The first session is before the school year", so, then)


def after_school_year(facts: CallFacts) -> Verdict:
    """Say that the session lies after the school year."""
    so = f"The school year ended on {say_day(facts.school_year.last_day)}; you typed {say_day(facts.session_on)}."
    then = "The first call is made anew each school year, after its first session."
    return _date(facts, "", "after-school-year", "The first session is after the school year", so, then)


def before_mandate(facts: CallFacts, begins: date, lines: Sequence[MandateFacts]) -> Verdict:
    """Say that the session lies before the mandate's first day (R10)."""
    service, typed = say_service(facts.service), say_day(facts.session_on)
    so = f"The mandate for {service} begins on {say_day(begins)}; you typed {typed} (R10)."
    then = f"If the date is right, the session came too early: call after the first one from {say_day(begins)} on."
    return _date(facts, "R10", "before-mandate", "The first session is before the mandate", so, then, lines)


def before_paper(facts: CallFacts, paper: Paper, since: date, lines: Sequence[MandateFacts]) -> Verdict:
    """Say that the session lies before the day of the transmittal or of the processed letter (R8)."""
    service, typed, day = say_service(facts.service), say_day(facts.session_on), say_day(since)
    then = f"If the date is right, that session does not count: call after the first one from {day} on."
    if paper is Paper.TRANSMITTAL:
        so = f"ORCS sent your agency the transmittal for {service} on {day}; you typed {typed} (R8)."
        return _date(facts, "R8", "before-transmittal", "The first session is before the transmittal", so, then, lines)
    so = f"ORCS processed your approval letter for {service} on {day}; you typed {typed} (R8)."
    return _date(facts, "R8", "before-letter", "The first session is before the approval letter", so, then, lines)


def _date(
    facts: CallFacts,
    rule: str,
    code: str,
    headline: str,
    so: str,
    then: str,
    lines: Sequence[MandateFacts] = (),
) -> Verdict:
    return Verdict(
        outcome=Outcome.CORRECT,
        rule=rule,
        code=code,
        field="session_on",
        headline=headline,
        reason=so,
        who_acts=CHECK_DATE,
        what_then=then,
        meanwhile=NOTHING_YET,
        lines=tuple(sorted(line.id for line in lines)),
        language=lines[0].language if lines else facts.language,
    )
