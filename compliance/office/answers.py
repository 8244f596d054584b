"""Which office does what, by code."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from compliance.kinds import Code
from compliance.mismatches.offices import CannotAnswer
from compliance.models import Finding
from compliance.office import access, calls, documents, letters, serving, systems
from compliance.office.asked import Answer, Ask
from orcs_portal.accounts.models import User
from orcs_portal.shared.models import Touched

ANSWERS: Mapping[Code, Answer] = {
    Code.CONSENT_MISSING: documents.record_consent,
    Code.IEP_ACTION_NEEDED: documents.correct_document,
    Code.IEP_KNOWN_ISSUE: documents.queue_document,
    Code.IEP_NOT_IN_CAP: documents.queue_document,
    Code.CAP_FIELD_DIFFERS: systems.correct_cap,
    Code.CAP_NOT_ON_IEP: systems.close_in_cap,
    Code.SEC_STALE: systems.catch_up,
    Code.SEC_ONLY: systems.catch_up,
    Code.AWAITING_PROVIDER: serving.assign_somebody,
    Code.VACANCY_NOT_REPORTED: serving.log_vacancy,
    Code.CASELOAD_ENDED: systems.end_on_caseload,
    Code.OVER_CASELOAD: letters.lighten,
    Code.NO_TRANSMITTAL: serving.send_transmittal,
    Code.AGENCY_NOT_STARTED: serving.assign_agency_provider,
    Code.RSA_UNDER_HOLD: letters.stop_under_hold,
    Code.RSA_WITHOUT_AGENCIES: serving.ask_agencies,
    Code.RSA_UNUSED: letters.take_back_letter,
    Code.CALL_BEFORE_GATE: calls.call_now,
    Code.NO_FIRST_ATTEND: calls.call_now,
    Code.OLD_MANDATE_SERVED: calls.correct_mandate,
    Code.WRONG_SCHOOL: calls.correct_school,
    Code.WRONG_PROVIDER: calls.assign_the_caller,
    Code.CALL_NOT_IN_CAP: systems.send_to_cap,
    Code.CALL_NOT_IN_SEC: systems.send_to_sec,
    Code.CALL_NOT_ON_CASELOAD: systems.send_to_caseload,
    Code.NOT_IN_GALAXY: access.add_to_galaxy,
    Code.NOT_IN_PETS: access.register_in_pets,
    Code.NON_DOE_IN_GALAXY: access.remove_from_galaxy,
}
"""What is open and not here is for people alone: an unlinked call and a second one are looked at and acknowledged."""


def answer(*, finding: Finding, by: User, now: datetime, real: datetime) -> str:
    """Let the office whom the code names do what the fix says, and return what it did (demonstrations only).

    ``now`` is world time, ``real`` real time.  What it touched is compared anew.  Raises ``CannotAnswer``.
    """
    act = ANSWERS.get(Code(finding.code))
    if act is None:
        raise CannotAnswer("No office settles this. Look at it, and acknowledge it")
    with transaction.atomic():
        said = act(Ask(finding=finding, by=by, now=now, real=real))
        touched = [(Touched.Kind.STUDENT, finding.student_id), (Touched.Kind.PROVIDER, finding.provider_id)]
        Touched.objects.bulk_create(Touched(kind=kind, subject_id=one, at=now) for kind, one in touched if one)
    return said
