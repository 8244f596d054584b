"""SEC's report as it can be read: the lines that it showed at a moment, in its own words and with its own numbers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from caseloads.systems.sec.codes import SecStatus
from caseloads.systems.sec.models import SecLine


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One line of the report; ``since`` is the world time from which SEC has shown it so."""

    id: int
    osis: int
    service: int
    language: int
    setting: int
    frequency: int
    duration: int
    group_size: int
    status: SecStatus
    provider_number: int | None
    first_attend: date | None
    since: datetime

    @property
    def key(self) -> tuple[int, int, int]:
        """What the line is among those of its student: service, language and setting."""
        return (self.service, self.language, self.setting)


def report(osis: Collection[int], *, at: datetime) -> list[ReportLine]:
    """Return what SEC showed of these students at world time ``at``; one query, in no particular order."""
    shown = Q(from_at__lte=at) & (Q(until_at__isnull=True) | Q(until_at__gt=at))
    return [
        ReportLine(
            id=one.pk,
            osis=one.osis,
            service=one.service,
            language=one.language,
            setting=one.setting,
            frequency=one.frequency,
            duration=one.duration,
            group_size=one.group_size,
            status=SecStatus(one.status),
            provider_number=one.provider_number,
            first_attend=one.first_attend,
            since=one.from_at,
        )
        for one in SecLine.objects.filter(shown, osis__in=osis)
    ]
