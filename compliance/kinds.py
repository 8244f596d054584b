"""Closed lists of the compliance room, as small integers with slugs; codes are printed by name."""

from __future__ import annotations

from typing import Self

from django.db import models

from providers.kinds import SluggedChoices


class Code(models.IntegerChoices):
    """What may be found; the name is what commands print and addresses take, such as ``IEP_NOT_IN_CAP``.

    Tens are hops, in their order.  Numbers are kept for ever; those that need encounters follow from 81 on.
    """

    CONSENT_MISSING = 1, "First IEP waits for consent"
    IEP_ACTION_NEEDED = 2, "CAP refused the IEP: the document needs a correction"
    IEP_KNOWN_ISSUE = 3, "IEP is stuck on the technical side"
    IEP_NOT_IN_CAP = 4, "Final IEP never reached CAP"
    IEP_PENDING = 5, "IEP is on its way to CAP"
    CAP_FIELD_DIFFERS = 11, "Mandate in CAP differs from the IEP"
    CAP_NOT_ON_IEP = 12, "Mandate in CAP is not on the IEP"
    SEC_STALE = 21, "SEC is behind CAP"
    SEC_WAITING = 22, "SEC will follow CAP"
    SEC_ONLY = 23, "SEC shows a line that CAP does not have"
    AWAITING_PROVIDER = 31, "Nobody is assigned"
    VACANCY_NOT_REPORTED = 32, "Nobody serves and no vacancy is logged"
    CASELOAD_ENDED = 33, "Ended student is still on a caseload"
    OVER_CASELOAD = 34, "Caseload is over the limit"
    NO_TRANSMITTAL = 41, "Contracting out without a transmittal"
    AGENCY_NOT_STARTED = 42, "Agency has assigned nobody"
    RSA_UNDER_HOLD = 43, "RSA provider is active while the hold is on"
    RSA_WITHOUT_AGENCIES = 44, "RSA began before every agency declined"
    RSA_UNUSED = 45, "RSA letter is not used"
    CALL_BEFORE_GATE = 46, "Call came before the transmittal or letter"
    NO_FIRST_ATTEND = 51, "Provider has not called"
    NURSE_EXEMPT = 52, "Nurse makes no call"
    CALL_NO_MANDATE = 53, "Call for a service that no IEP names"
    DUPLICATE_CALL = 54, "Second first attend of one provider"
    OLD_MANDATE_SERVED = 55, "Served under a superseded mandate"
    WRONG_SCHOOL = 56, "Call names another school"
    WRONG_PROVIDER = 57, "Somebody else was assigned"
    CALL_NOT_IN_CAP = 61, "Call never reached CAP"
    CALL_NOT_IN_SEC = 62, "Call never reached SEC"
    CALL_NOT_ON_CASELOAD = 63, "Call never reached the caseload"
    NOT_IN_GALAXY = 71, "DOE provider is not in the school's Galaxy"
    NOT_IN_PETS = 72, "Provider is not active and eligible in PETS"
    NON_DOE_IN_GALAXY = 73, "Non-DOE provider is on a Galaxy list"

    @classmethod
    def from_name(cls, name: str) -> Self:
        """Return the code of this name, whatever its case; raises ``ValueError`` naming what is allowed."""
        try:
            return cls[name.strip().upper().replace("-", "_")]
        except KeyError:
            raise ValueError(f"{name!r} is not one of: {', '.join(cls.names)}") from None


class Subject(SluggedChoices):
    """What a finding is about; fields that its subject lacks are empty."""

    LINE = 1, "Line"
    DOCUMENT = 2, "Document"
    PLACE = 3, "Provider at a school"
    LOAD = 4, "Provider and service"
    CALL = 5, "Call"
    LETTER = 6, "RSA letter"


class Hop(SluggedChoices):
    """The way of a mandate, in its order: the earliest broken hop is the finding, the rest its consequences."""

    DOCUMENT = 1, "Document"
    CAP = 2, "CAP"
    SEC = 3, "SEC"
    PROVIDER = 4, "Provider"
    GATE = 5, "Gate"
    CALL = 6, "Call"
    DELIVERY = 7, "Delivery"
    ACCESS = 8, "Access"


class Severity(SluggedChoices):
    """How much it matters, most first."""

    URGENT = 1, "Urgent"
    HIGH = 2, "High"
    NORMAL = 3, "Normal"
    LOW = 4, "Low"


class Owner(SluggedChoices):
    """Who acts."""

    NOBODY = 1, "Nobody"
    COORDINATOR = 2, "Coordinator"
    SCHOOL = 3, "School"
    PROVIDER = 4, "Provider"
    IEP_TEAM = 5, "IEP team"
    CAP_OFFICE = 6, "CAP-authorized office"
    HELP_DESK = 7, "SESIS Help Desk"
    ORCS = 8, "ORCS"
    AGENCY = 9, "Agency"


class Condition(SluggedChoices):
    """What the last comparison said of a finding; written by reconciliation alone."""

    WAITING = 1, "Waiting"
    OPEN = 2, "Open"
    EXEMPT = 3, "Exempt"
    CLOSED = 4, "Closed"


class Handling(SluggedChoices):
    """What people did with a finding; written by their acts alone, and set back when it comes back."""

    NONE = 1, "Untouched"
    SNOOZED = 2, "Snoozed"
    HANDED_OVER = 3, "Handed over"
    ACKNOWLEDGED = 4, "Acknowledged"


class State(SluggedChoices):
    """How a finding stands, from condition and handling together; the database derives it."""

    OPEN = 1, "Open"
    WAITING = 2, "Waiting"
    SNOOZED = 3, "Snoozed"
    HANDED_OVER = 4, "Handed over"
    RESOLVED = 5, "Settled by itself"
    ACKNOWLEDGED = 6, "Acknowledged"


UNFINISHED = (State.OPEN, State.SNOOZED, State.HANDED_OVER)
"""The states that count as open in the account, the tiles and the trend: also what was handed over."""


class EventKind(SluggedChoices):
    """An entry of a finding's timeline."""

    CAME_BACK = 1, "Came back"
    SETTLED = 2, "Settled by itself"
    ASSIGNED = 3, "Assigned"
    HANDED_OVER = 4, "Handed over"
    TAKEN_BACK = 5, "Taken back"
    COMMENTED = 6, "Commented"
    ACKNOWLEDGED = 7, "Acknowledged"
    SNOOZED = 8, "Snoozed"
    OFFICE_ANSWERED = 9, "Office answered"
