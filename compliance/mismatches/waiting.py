"""What is said of an item while it only waits: what is on its way, and never that it failed."""

from __future__ import annotations

from collections.abc import Mapping

from compliance.kinds import Code
from compliance.reconcile.catalogue import CATALOGUE
from orcs_portal.shared.say import cap

ON_THE_WAY: Mapping[Code, tuple[str, str]] = {
    Code.CONSENT_MISSING: ("first IEP may wait for consent", "first IEPs may wait for consent"),
    Code.IEP_NOT_IN_CAP: ("final IEP waits for the night's download", "final IEPs wait for the night's download"),
    Code.IEP_PENDING: ("IEP is on its way to CAP", "IEPs are on their way to CAP"),
    Code.CAP_NOT_ON_IEP: ("ended mandate is leaving CAP", "ended mandates are leaving CAP"),
    Code.SEC_WAITING: ("line in SEC will follow CAP", "lines in SEC will follow CAP"),
    Code.AWAITING_PROVIDER: ("mandate is to be assigned", "mandates are to be assigned"),
    Code.NO_TRANSMITTAL: ("mandate waits for its transmittal", "mandates wait for their transmittals"),
    Code.AGENCY_NOT_STARTED: ("agency is to assign somebody", "agencies are to assign somebody"),
    Code.RSA_UNUSED: ("RSA letter is to be used", "RSA letters are to be used"),
    Code.NO_FIRST_ATTEND: ("first call is due, and not late", "first calls are due, and not late"),
    Code.CALL_NOT_IN_CAP: ("call is on its way to CAP", "calls are on their way to CAP"),
    Code.CALL_NOT_IN_SEC: ("call is on its way to SEC", "calls are on their way to SEC"),
    Code.CALL_NOT_ON_CASELOAD: ("call is on its way to the caseload", "calls are on their way to the caseload"),
    Code.NOT_IN_GALAXY: ("Galaxy entry is on its way to SESIS", "Galaxy entries are on their way to SESIS"),
}
"""After a count of one, and after others; what never waits is not here."""


def waiting_words(code: Code, count: int) -> str:
    """Return the words after a count of items that only wait."""
    one, many = ON_THE_WAY.get(code) or (CATALOGUE[code].one, CATALOGUE[code].many)
    return one if count == 1 else many


def waiting_title(code: Code, count: int) -> str:
    """Return the same as a title."""
    return cap(waiting_words(code, count))
