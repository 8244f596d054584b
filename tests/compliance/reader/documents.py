"""Reading a student's latest IEP."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from caseloads.kinds import IepKind, Transfer
from tests.compliance.reader.days import business_days, day_of, night_after
from tests.compliance.reader.pupil import Case
from tests.compliance.reader.said import OPEN, WAITING, Said
from tests.compliance.reader.world import Document

PENDING_DAYS = 4
STUCK = {Transfer.ACTION_NEEDED: "IEP_ACTION_NEEDED", Transfer.KNOWN_ISSUE: "IEP_KNOWN_ISSUE"}


def read_document(case: Case) -> Said | None:
    """Return the one code of the latest IEP, or none."""
    document = case.latest
    if document is None or document.final is None or not case.enrolled:
        return None

    def said(code: str, condition: str) -> Said:
        return Said(code, condition, osis=case.pupil.osis, version=document.version)

    start = document.final
    if document.kind == IepKind.INITIAL:
        consent = case.pupil.consent
        if consent is None or consent > case.times.at:
            return said("CONSENT_MISSING", _by_night(case, start))
        start = max(start, consent)
    if document.transfer in STUCK:
        return said(STUCK[document.transfer], OPEN)
    if document.transfer == Transfer.NEVER:
        return said("IEP_NOT_IN_CAP", _by_night(case, start))
    return _sent(case, document, said)


def _by_night(case: Case, moment: datetime) -> str:
    return OPEN if case.times.at >= night_after(moment) else WAITING


def _sent(case: Case, document: Document, said: Callable[[str, str], Said]) -> Said | None:
    assert document.transfer_at is not None
    if document.transfer == Transfer.PENDING:
        over = business_days(day_of(document.transfer_at), case.times) > PENDING_DAYS
        return said("IEP_NOT_IN_CAP", OPEN) if over else said("IEP_PENDING", WAITING)
    _pairs, missing, _rows = case.pairs()
    return said("IEP_NOT_IN_CAP", _by_night(case, document.transfer_at)) if missing else None
