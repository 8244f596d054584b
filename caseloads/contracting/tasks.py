"""The sending of mail, as Celery carries it: no argument, no record."""

from __future__ import annotations

from celery import shared_task

from caseloads.contracting.outgoing import send_due
from orcs_portal.shared import clock


@shared_task(soft_time_limit=120, time_limit=150)
def send_mail() -> None:
    """Send the e-mails that are due."""
    send_due(now=clock.real_now())
