"""SEC's report as it can be read: the lines that it showed at a moment, in its own words and with its own numbers."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q

from caseloads.systems.sec.codes import SecStatus
from caseloads.systems.sec.models import SecLine


class ReportLine(NamedTuple):
    """One line of the report; ``from_at`` is the world time from which SEC has shown it so."""

    id: int
    osis: int
    service: int
    language: int
    setting: int
    frequency: int
    duration: int
    group_size: int
    status: int
    provider_number: int | None
    first_attend: date | None
    from_at: datetime

    @property
    def key(self) -> tuple[int, int, int]:
        """What the line is among those of its student: service, language and setting."""
        return (self.service, self.language, self.setting)

    @property
    def word(self) -> SecStatus:
        """SEC's word for how it stands."""
        return SecStatus(self.status)


def report(osis: Collection[int], *, at: datetime) -> list[ReportLine]:
    """Return what SEC showed of these students at world time ``at``; one query, in no particular order."""
    shown = Q(from_at__lte=at) & (Q(until_at__isnull=True) | Q(until_at__gt=at))
    rows = SecLine.objects.filter(shown, osis__in=osis).values_list(*ReportLine._fields)
    return [ReportLine._make(row) for row in rows]
