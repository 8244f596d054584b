"""Sending the e-mails that wait; the row is the queue.

A batch is claimed for some minutes, sent outside any transaction, and then marked.  A worker that dies in between
leaves mail that may have gone: it is sent again once the claim has run out.  A second copy of an offer does no harm,
one that never went does.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.core.mail import EmailMessage, get_connection
from django.db import transaction

from caseloads.models import Message
from caseloads.models.message import MessageState

BATCH = 50
CLAIM = timedelta(minutes=10)
PAUSE = timedelta(minutes=5)
TRIES = 8


def send_due(*, now: datetime) -> int:
    """Send the e-mails that are due at real time ``now`` and return how many went.

    One that does not go is tried again after 5, 10, 20 ... minutes, and given up after eight tries.
    """
    sent = 0
    for message in _claim(now):
        try:
            _send(message)
        except (SMTPException, OSError) as error:
            _failed(message, type(error).__name__, now=now)
        else:
            Message.objects.filter(pk=message.pk, state=MessageState.WAITING).update(
                state=MessageState.SENT, sent=now, due=None, reason=""
            )
            sent += 1
    return sent


def _claim(now: datetime) -> Sequence[Message]:
    """Return what is due, put off for as long as a batch may take, so that nobody else sends it meanwhile."""
    with transaction.atomic():
        due = Message.objects.filter(state=MessageState.WAITING, due__lte=now).order_by("due", "pk")
        claimed = list(due.select_for_update(skip_locked=True)[:BATCH])
        Message.objects.filter(pk__in=[one.pk for one in claimed]).update(due=now + CLAIM)
    return claimed


def _send(message: Message) -> None:
    with get_connection() as connection:
        EmailMessage(
            subject=message.subject, body=message.body, to=message.to, cc=message.copied, connection=connection
        ).send()


def _failed(message: Message, reason: str, *, now: datetime) -> None:
    """Put one off, twice as long each time, or give it up; the reason names no address."""
    tries = message.attempts + 1
    over = tries >= TRIES
    Message.objects.filter(pk=message.pk, state=MessageState.WAITING).update(
        attempts=tries,
        state=MessageState.GIVEN_UP if over else MessageState.WAITING,
        due=None if over else now + PAUSE * 2 ** (tries - 1),
        reason=f"The mail server did not take it: {reason}",
    )
