"""The rules put together: what becomes of a call, and whether one may be made.

The order is the phone line's.  What needs no student comes first (R1, R13); then student, service and language (R10);
then what was recorded before; then the gate (R8); and the date last, because the line asks for it last.
"""

from __future__ import annotations

from collections.abc import Sequence

from orcs_portal.shared.schooldays import SchoolCalendar
from providers.kinds import Language
from providers.policy import call_words, correct_words
from providers.policy.facts import CallFacts, LightFacts, MandateFacts, StudentFacts
from providers.policy.rules import call_due, gate, lines_called, rsa_hold
from providers.policy.verdict import Answer, Flag, Gate, Light, Paper, Verdict
from providers.policy.words import say_day


def judge_call(facts: CallFacts) -> Verdict:
    """Return what becomes of a call, in words for the caller (R1, R8, R10, R13)."""
    if not call_due(facts.provider.role):
        return call_words.call_not_needed()
    if rsa_hold(facts.provider.affiliation, hold=facts.rsa_hold):
        return call_words.rsa_held(facts)
    if facts.student is None:
        return correct_words.student_not_found()
    return _judge_service(facts, facts.student)


def _judge_service(facts: CallFacts, student: StudentFacts) -> Verdict:
    """Find the lines the call is about, those that begin later included, and their one language."""
    first = student.first_attend
    lines = lines_called(student.mandates, facts.service, facts.language, facts.session_on)
    if not lines and first is not None and first.session_on == facts.session_on:
        # The same call once more, though the IEP has changed since: a number once given stays the answer.
        return call_words.repeated(facts, first, (), facts.language)
    if not lines:
        return _judge_unmandated(facts, student)
    languages = {line.language for line in lines}
    if len(languages) > 1:
        return correct_words.which_language(facts, languages)
    return _judge_line(facts, student, lines, languages.pop())


def _judge_unmandated(facts: CallFacts, student: StudentFacts) -> Verdict:
    """Ask for another language or a possible date before a call is kept without a mandate."""
    elsewhere = {line.language for line in lines_called(student.mandates, facts.service, None, facts.session_on)}
    if elsewhere:
        return correct_words.not_this_language(facts, elsewhere)
    return _impossible_date(facts) or call_words.no_mandate(facts)


def _judge_line(facts: CallFacts, student: StudentFacts, lines: Sequence[MandateFacts], language: Language) -> Verdict:
    if student.first_attend is not None:
        return call_words.repeated(facts, student.first_attend, lines, language)
    papers = gate(
        facts.provider.affiliation,
        transmittal_on=student.transmittal_on,
        rsa_letter_on=student.rsa_letter_on,
        today=facts.today,
    )
    if not papers.is_open:
        refuse = call_words.no_transmittal if papers.paper is Paper.TRANSMITTAL else call_words.no_letter
        return refuse(facts, lines, language)
    wrong_date = _impossible_date(facts) or _early_date(facts, lines, papers)
    return wrong_date or call_words.accepted(facts, _marked(lines), language, _flags(facts, student))


def _impossible_date(facts: CallFacts) -> Verdict | None:
    """Return what is wrong with a date outside the school year or still to come."""
    if facts.session_on > facts.today:
        return correct_words.in_the_future(facts)
    if facts.session_on < facts.school_year.first_day:
        return correct_words.before_school_year(facts)
    if facts.session_on > facts.school_year.last_day:
        return correct_words.after_school_year(facts)
    return None


def _early_date(facts: CallFacts, lines: Sequence[MandateFacts], papers: Gate) -> Verdict | None:
    """Return what is wrong with a date before the mandate (R10) or before the paper that opened the gate (R8)."""
    begins = min(line.starts for line in lines)
    if facts.session_on < begins:
        return correct_words.before_mandate(facts, begins, lines)
    if papers.since is not None and facts.session_on < papers.since:
        return correct_words.before_paper(facts, papers.paper, papers.since, lines)
    return None


def _marked(lines: Sequence[MandateFacts]) -> Sequence[MandateFacts]:
    """Return the lines a first attend marks: the caller's own, or all of them if none is the caller's."""
    return [line for line in lines if line.assigned_to_caller] or lines


def _flags(facts: CallFacts, student: StudentFacts) -> tuple[Flag, ...]:
    """Return what the coordinator should look at: a day without school, and another provider's student."""
    year = facts.school_year
    calendar = SchoolCalendar(facts.closed_days, year.first_day, year.last_day)
    holiday = not calendar.is_school_day(facts.session_on)
    other = student.assigned_to_other and not student.assigned_to_caller
    return (Flag.HOLIDAY,) * holiday + (Flag.OTHER_PROVIDER,) * other


def call_light(facts: LightFacts) -> Light:
    """Return whether this provider may call for a student today: now, not yet and why, or not needed.

    A session recorded before is said first, even under the hold: what is done is not taken back.
    """
    affiliation = facts.provider.affiliation
    if not call_due(facts.provider.role):
        return Light(Answer.NOT_NEEDED, "Nurses do not call (R1).", "R1")
    if facts.first_attend is not None:
        return Light(Answer.NOT_NEEDED, f"First session recorded: {say_day(facts.first_attend.session_on)}.")
    if rsa_hold(affiliation, hold=facts.rsa_hold):
        return Light(
            Answer.NOT_YET,
            "No RSA provider may serve in a school building now (R13). Wait for ORCS.",
            "R13",
            "Only ORCS lifts the hold.",
        )
    if not facts.mandate_exists:
        return Light(
            Answer.NOT_YET,
            "No IEP in force mandates this service (R10). Ask the coordinator.",
            "R10",
            "The school's coordinator.",
        )
    papers = gate(
        affiliation,
        transmittal_on=facts.transmittal_on,
        rsa_letter_on=facts.rsa_letter_on,
        today=facts.today,
    )
    return _gate_light(papers)


def _gate_light(papers: Gate) -> Light:
    if not papers.is_open and papers.paper is Paper.TRANSMITTAL:
        return Light(Answer.NOT_YET, "ORCS has not sent the transmittal (R8).", "R8", "ORCS sends the transmittal.")
    if not papers.is_open:
        return Light(
            Answer.NOT_YET, "ORCS has not processed your approval letter (R8).", "R8", "ORCS processes the letter."
        )
    if papers.since is None:
        return Light(Answer.NOW, "Call after the first session.")
    return Light(Answer.NOW, f"For a first session from {say_day(papers.since)} on.")
