"""The school, the IEP team and the help desk, on documents (R10, R11)."""

from __future__ import annotations

from caseloads.models import Consent
from caseloads.systems.sesis import corrections, documents
from compliance.mismatches.offices import CannotAnswer
from compliance.office.asked import Ask


def record_consent(ask: Ask) -> str:
    """Let the school record the parents' consent."""
    if ask.finding.student is None:
        raise CannotAnswer("No student of ours has this number")
    recorded = {"given": ask.today, "recorded": ask.now, "recorded_by": ask.by}
    Consent.objects.get_or_create(student=ask.finding.student, defaults=recorded)
    return "The school recorded the consent. The IEP goes to CAP in the next night."


def correct_document(ask: Ask) -> str:
    """Let the IEP team correct the document and make it final again."""
    try:
        corrections.amend(iep_id=_document(ask), by=ask.by, now=ask.now)
    except documents.CannotFinalise as error:
        raise CannotAnswer(str(error)) from None
    return "The IEP team corrected the document and made it final. It goes to CAP in the next night."


def queue_document(ask: Ask) -> str:
    """Let the technical team queue the document again."""
    corrections.queue_again(iep_id=_document(ask), now=ask.now)
    return "The document is queued again. It goes to CAP in the next night."


def _document(ask: Ask) -> int:
    if ask.finding.iep_id is None:
        raise CannotAnswer("The item names no document")
    return ask.finding.iep_id
