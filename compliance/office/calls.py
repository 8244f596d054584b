"""Providers and schools, on calls (R1, R8, R10)."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from caseloads import intake
from caseloads.facts import Asked
from caseloads.kinds import Origin, Outcome
from caseloads.models import Assignment, Call, Enrolment, Mandate, RsaLetter, Transmittal
from compliance.mismatches.offices import CannotAnswer
from compliance.office.asked import Ask
from orcs_portal.shared.clock import local_day
from providers.kinds import Language, Service
from providers.models import Contract
from providers.queries.running import running_on


def call_now(ask: Ask) -> str:
    """Let the provider call, as the call sheet says."""
    row = ask.finding
    call = row.call
    student = row.student or (call.student if call else None)
    service, language = (
        row.service or (call.service if call else None),
        row.language or (call.language if call else None),
    )
    if student is None or service is None:
        raise CannotAnswer("The item names no student and service to call for")
    asked = Asked(student.osis, Service(service), Language(language) if language else None, ask.today)
    made = _record(ask, asked)
    opened = ""
    if made.call is not None and made.call.rule == "R8" and made.call.language:
        opened = _open_gate(ask, made.call)
        made = _record(ask, asked)
    if made.call is None or made.call.outcome != Outcome.ACCEPTED:
        reason = made.verdict.headline if made.verdict else "The call was made already"
        raise CannotAnswer(f"The provider called, and the line answered: {reason}")
    return f"{opened}The provider called, number {made.call.confirmation}. CAP has it overnight, SEC a day later."


def _record(ask: Ask, asked: Asked) -> intake.Recorded:
    return intake.record(provider=ask.provider, asked=asked, origin=Origin.PHONE, now=ask.now, real=ask.real)


def _open_gate(ask: Ask, call: Call) -> str:
    """Let ORCS process what the caller's call waits for: the transmittal to the agency, or the letter (R8)."""
    line = {"student_id": call.student_id, "service": call.service, "language": call.language}
    letters = RsaLetter.objects.filter(provider=call.provider, processed=None, **line)
    if letters.update(processed=ask.now, processed_by=ask.by):
        return "ORCS processed the letter. "
    contract = Contract.objects.filter(
        running_on(ask.today), agency=call.provider.agency_id, service=call.service, language=call.language or 0
    ).first()
    if contract is None:
        raise CannotAnswer("The caller's agency has no contract for this, so there is nothing to transmit")
    Transmittal.objects.create(
        agency_id=contract.agency_id, contract=contract, processed=ask.now, processed_by=ask.by, **line
    )
    return "ORCS processed the transmittal. "


def _call(ask: Ask) -> Call:
    if ask.finding.call is None or ask.finding.call.student_id is None:
        raise CannotAnswer("The item names no call of a student of ours")
    return ask.finding.call


def _mandates(call: Call, on: date) -> QuerySet[Mandate]:
    """Return the mandates of a call's service that governed on a day (R10)."""
    governing = Mandate.objects.filter(student=call.student_id, service=call.service, iep__governs__contains=on)
    return governing.filter(language=call.language) if call.language else governing


def correct_school(ask: Ask) -> str:
    """Let the school have the log name the school at which the student was enrolled."""
    call = _call(ask)
    on = call.session_on or ask.today
    there = Enrolment.objects.filter(student=call.student_id, starts__lte=on).order_by("-starts").first()
    if there is None or (there.ends is not None and there.ends < on):
        raise CannotAnswer("The student was enrolled nowhere on the session's day")
    Call.objects.filter(pk=call.pk).update(school=there.school_id)
    return "The school had the call's school put right."


def correct_mandate(ask: Ask) -> str:
    """Let the provider have the call stand under the IEP that was in force on the session's day (R10)."""
    call = _call(ask)
    ids = sorted(_mandates(call, call.session_on or ask.today).values_list("pk", flat=True))
    if not ids:
        raise CannotAnswer("The IEP in force on the session's day does not name this service")
    Call.objects.filter(pk=call.pk).update(mandates=ids)
    return "The provider had the call put under the IEP in force on the session's day."


def assign_the_caller(ask: Ask) -> str:
    """Let the coordinator put down that the caller had taken over by the day of the call."""
    call = _call(ask)
    day = local_day(call.received)
    made = [
        Assignment.objects.get_or_create(mandate=one, provider=call.provider, ends=None, defaults={"starts": day})
        for one in _mandates(call, day)
    ]
    if not made:
        raise CannotAnswer("No IEP named this service on the day of the call")
    return "The coordinator put down that the caller had taken over by the day of the call."
