"""Closed lists of the caseloads room, as small integers with slugs."""

from __future__ import annotations

from providers.kinds import SluggedChoices


class System(SluggedChoices):
    """The three old systems that a call drops into (R2)."""

    CAP = 1, "CAP"
    SEC = 2, "SEC"
    SESIS = 3, "SESIS"


class Act(SluggedChoices):
    """What a delivery carries."""

    FIRST_ATTEND = 1, "First attend"


class Outcome(SluggedChoices):
    """What became of a call."""

    ACCEPTED = 1, "Accepted"
    REFUSED = 2, "Refused"
    UNLINKED = 3, "Unlinked"


class Origin(SluggedChoices):
    """Where a call was made."""

    FORM = 1, "On this page"
    COMMAND = 2, "By command"
    PHONE = 3, "By phone"
    EXTRACT = 4, "City's log"


class DeliveryState(SluggedChoices):
    """How far a delivery has come; *delivered* means taken, not yet shown."""

    WAITING = 1, "Waiting"
    SENDING = 2, "Sending"
    DELIVERED = 3, "Delivered"
    PARKED = 4, "Parked"
    AWAITED = 5, "Awaited"


UNDELIVERED = frozenset({DeliveryState.WAITING, DeliveryState.SENDING})


class IepKind(SluggedChoices):
    """Why an IEP was written; an initial one waits for consent (R11)."""

    INITIAL = 1, "Initial"
    ANNUAL = 2, "Annual review"
    REEVALUATION = 3, "Reevaluation"
    AMENDMENT = 4, "Amendment"


class IepStatus(SluggedChoices):
    """A final IEP binds and is never edited."""

    DRAFT = 1, "Draft"
    REVIEW = 2, "Review"
    FINAL = 3, "Final"


class Transfer(SluggedChoices):
    """How the download of a final IEP to CAP stands (R11)."""

    NEVER = 1, "Never attempted"
    PENDING = 2, "Pending"
    SUCCESSFUL = 3, "Successful"
    ACTION_NEEDED = 4, "Action needed"
    KNOWN_ISSUE = 5, "Known issue"


class EntryState(SluggedChoices):
    """A caseload entry is held for access, open, or ended (R3)."""

    HELD = 1, "Held"
    OPEN = 2, "Open"
    ENDED = 3, "Ended"


class Fault(SluggedChoices):
    """What a simulated system does wrong on purpose."""

    NONE = 1, "In order"
    OFF = 2, "Switched off"
    SLOW = 3, "Slow"
    REJECT = 4, "Rejects records"
    LOSE = 5, "Loses messages"
    DUPLICATE = 6, "Takes messages twice"


class FedBy(SluggedChoices):
    """Where what a system says comes from; never both."""

    SIMULATION = 1, "Simulation"
    EXTRACTS = 2, "Extracts"
