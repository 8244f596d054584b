"""The e-mails about an offer: to the agency, with the school's related-services contact in copy (R12).

They name no student, neither in the title nor in the body: an agency sees for whom in SEC, once the transmittal is
there.  Every one is kept as it was written; where mail is sent at all, it waits for its sender.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from caseloads.contracting.lines import OpenLine
from caseloads.contracting.mail_words import Told, offer_body, title, transmittal_body
from caseloads.contracting.refusal import CannotContract
from caseloads.models import Mandate, Message, Offer, Vacancy
from caseloads.models.message import MessageKind, MessageState
from orcs_portal.accounts.models import User
from orcs_portal.shared.say import in_words
from providers.models import Agency, Contact
from providers.queries.contacts import orcs_contact, school_contact

WORDS = {
    MessageKind.OFFER: ("Vacancy", offer_body),
    MessageKind.TRANSMITTAL: ("Transmittal sent for vacancy", transmittal_body),
}


def contact_of(vacancy: Vacancy) -> Contact:
    """Return the school's contact, who is copied; raises ``CannotContract`` where none is on record (R12)."""
    contact = school_contact(vacancy.school_id)
    if contact is None:
        words = "The school has no related-services contact on record, who must be copied (R12). Name one first"
        raise CannotContract(words)
    return contact


def address_of(agency: Agency) -> str:
    """Return an agency's address; raises ``CannotContract`` where it has none."""
    if not agency.email:
        raise CannotContract(f"{agency} has no e-mail address on record")
    return agency.email


def write(
    *, kind: MessageKind, offer: Offer, lines: Sequence[OpenLine], by: User, now: datetime, real: datetime
) -> Message:
    """Keep an e-mail about an offer, written at world time ``now`` and, where mail is sent, due at real time ``real``.

    Raises ``CannotContract`` where the agency or the school's contact has no address.
    """
    vacancy, (first, body) = offer.vacancy, WORDS[kind]
    told = Told(
        vacancy=vacancy,
        agency=offer.agency,
        contact=contact_of(vacancy),
        orcs=orcs_contact(vacancy.school.borough),
        students=len({line.student for line in lines}),
        minutes=sum(line.minutes for line in lines),
        mandates=_in_words(lines),
    )
    return Message.objects.create(
        kind=kind,
        offer=offer,
        to=[address_of(offer.agency)],
        copied=[told.contact.email],
        subject=title(told, first),
        body=body(told),
        written_by=by,
        written=now,
        state=MessageState.WAITING if settings.MAIL_IS_SENT else MessageState.KEPT,
        due=real if settings.MAIL_IS_SENT else None,
    )


def _in_words(lines: Sequence[OpenLine]) -> list[str]:
    """Return each line as it is mandated, whosoever it is."""
    rows = Mandate.objects.filter(pk__in=[line.mandate for line in lines]).order_by("setting", "frequency", "pk")
    return [in_words(row.frequency, row.duration, row.group_size) for row in rows]
