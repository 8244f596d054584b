"""What offices put right in SESIS, as its gateway lets them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from caseloads.kinds import EntryState, IepKind, IepStatus, Transfer
from caseloads.models.entry import Entry
from caseloads.models.iep import Iep
from caseloads.models.mandate import Mandate
from caseloads.systems.rows import fetch, run
from caseloads.systems.sesis.documents import finalise
from orcs_portal.accounts.models import User
from orcs_portal.shared.clock import local_day

FORGET = "DELETE FROM caseloads_sesisnotice WHERE delivery = %s"

# The line of the latest final IEP that a row of CAP is to say, by the key that SESIS has for it.
LINE = """
    SELECT m.frequency, m.duration, m.group_size, m.starts, m.ends
    FROM caseloads_mandate m JOIN caseloads_iep i ON i.id = m.iep_id AND upper_inf(i.governs)
    JOIN caseloads_student s ON s.id = m.student_id
    WHERE s.osis = %(osis)s AND (m.service, m.language, m.setting) = (%(service)s, %(language)s, %(setting)s)
"""


def queue_again(*, iep_id: int, now: datetime) -> None:
    """Queue a final IEP for the next night's download, which sees it from then on, as the technical team does (R11)."""
    queued = {"transfer": Transfer.PENDING, "transfer_at": now, "passed_over": False}
    Iep.objects.filter(pk=iep_id, status=IepStatus.FINAL).update(**queued)


def amend(*, iep_id: int, by: User | None, now: datetime) -> Iep:
    """Correct a final document the only way there is: as an amendment with the same mandates, made final (R10).

    It begins today, or the day after the one it corrects began.  Raises ``CannotFinalise``.
    """
    with transaction.atomic():
        old = Iep.objects.select_related("student").get(pk=iep_id)
        starts = max(local_day(now), old.starts + timedelta(days=1))
        versions = Iep.objects.filter(student=old.student_id).order_by("-version").values_list("version", flat=True)
        new = Iep.objects.create(student=old.student, version=versions[0] + 1, kind=IepKind.AMENDMENT, starts=starts)
        mandates = list(old.mandates.all())
        for one in mandates:
            one.pk, one.iep, one.starts = None, new, starts
            one.ends = one.ends if one.ends is None else max(one.ends, starts)
        Mandate.objects.bulk_create(mandates)
        return finalise(iep_id=new.pk, by=by, now=now)


def end_entries(*, student_id: int, provider_id: int, service: int, language: int, now: datetime) -> int:
    """End a provider's caseload entries of a student's service, and return how many."""
    return (
        Entry.objects.filter(
            student=student_id, provider=provider_id, mandate__service=service, mandate__language=language
        )
        .exclude(state=EntryState.ENDED)
        .update(state=EntryState.ENDED, held_for=None, since=now)
    )


def line_of(*, osis: int, service: int, language: int, setting: int) -> tuple[Any, ...] | None:
    """Return frequency, duration, group size, first and last day of a line on the latest IEP, or None."""
    key = {"osis": osis, "service": service, "language": language, "setting": setting}
    return next(iter(fetch(LINE, key)), None)


def forget(*, delivery: int) -> None:
    """Let SESIS know nothing of a message, so that it can be sent again."""
    run(FORGET, [delivery])
