"""Which mandates govern on a day (R10), at which school, and which of them nobody serves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from caseloads.models import Assignment, Enrolment, Mandate
from providers.queries.running import running_on

DAY = timedelta(days=1)


def governing(on: date) -> QuerySet[Mandate]:
    """Return the lines that govern on a day: of the IEP in force, from their first to their last day (R10)."""
    return Mandate.objects.filter(running_on(on), iep__governs__contains=on)


def at_schools(rows: QuerySet[Mandate], schools: Q, on: date) -> QuerySet[Mandate]:
    """Return those of them whose student is enrolled on a day where ``schools`` (reached by ``school__``) holds."""
    enrolled = Enrolment.objects.filter(running_on(on) & schools, student=OuterRef("student"))
    return rows.filter(Exists(enrolled))


def unserved(rows: QuerySet[Mandate], on: date) -> QuerySet[Mandate]:
    """Return those of them to which nobody is assigned, now or later."""
    return rows.filter(~Exists(still_assigned(on).filter(mandate=OuterRef("pk"))))


def still_assigned(on: date) -> QuerySet[Assignment]:
    """Return the assignments that run on a day or begin later."""
    return Assignment.objects.filter(Q(ends=None) | Q(ends__gte=on))


def unserved_since(lines: Iterable[Mandate], on: date) -> dict[int, date]:
    """Return since when nobody serves each line: its beginning, or the day after its last provider's last."""
    lines = list(lines)
    over = Assignment.objects.filter(mandate__in=lines, ends__lt=on).values("mandate").annotate(last=Max("ends"))
    last = {row["mandate"]: row["last"] + DAY for row in over}
    return {line.pk: max(line.starts, last.get(line.pk, line.starts)) for line in lines}


def minutes_a_week(lines: Iterable[Mandate]) -> int:
    """Return how many minutes a week lines come to: sessions times minutes, whatever the group."""
    return sum(line.frequency * line.duration for line in lines)
