"""ORCS and the coordinator, on RSA letters and caseloads over the limit (R12, R13)."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Max

from caseloads.kinds import EntryState
from caseloads.models import Assignment, Entry, Mandate, RsaLetter
from caseloads.systems.sesis.corrections import end_entries
from compliance.mismatches.offices import CannotAnswer
from compliance.office.asked import Ask
from compliance.reconcile.settings import numbers
from providers.kinds import Service


def stop_under_hold(ask: Ask) -> str:
    """Let the coordinator end the independent provider's assignments as of yesterday."""
    letter = _letter(ask)
    yesterday = ask.today - timedelta(days=1)
    mandates = Mandate.objects.filter(student=letter.student_id, service=letter.service, language=letter.language)
    ever = Assignment.objects.filter(mandate__in=mandates, provider=letter.provider_id)
    if not ever.exists():
        last = mandates.filter(iep__governs__contains=ask.today).order_by("pk").first()
        if last is None:
            raise CannotAnswer("No IEP names this service any more")
        Assignment.objects.create(mandate=last, provider=letter.provider, starts=yesterday, ends=yesterday)
    running = ever.filter(ends=None) | ever.filter(ends__gte=ask.today)
    running.filter(starts__lte=yesterday).update(ends=yesterday)
    running.filter(starts__gt=yesterday).delete()
    return "The coordinator stopped the independent provider while the hold is on (R13)."


def take_back_letter(ask: Ask) -> str:
    """Let ORCS take an approval back that nobody uses."""
    RsaLetter.objects.filter(pk=_letter(ask).pk).update(processed=None, processed_by=None)
    return "ORCS took the approval back, since nobody uses it."


def lighten(ask: Ask) -> str:
    """Let the coordinator take whoever came last off a caseload that is over the limit."""
    row = ask.finding
    service = Service(row.service) if row.service else None
    limit = numbers().limits.get(service) if service else None
    if service is None or limit is None:
        raise CannotAnswer("There is no limit for this service")
    students = (
        Entry.objects.filter(provider=ask.provider, mandate__service=service)
        .exclude(state=EntryState.ENDED)
        .values("student", "mandate__language")
        .annotate(last=Max("since"))
        .order_by("-last", "-student")
    )
    over = list(students)[: max(len(students) - limit, 0)]
    for one in over:
        end_entries(
            student_id=one["student"],
            provider_id=ask.provider.pk,
            service=service,
            language=one["mandate__language"],
            now=ask.now,
        )
    return f"The coordinator moved {len(over)} of the students to other caseloads."


def _letter(ask: Ask) -> RsaLetter:
    if ask.finding.letter is None:
        raise CannotAnswer("The item names no letter")
    return ask.finding.letter
