"""Writing down what CAP and SEC say, and what all worlds of a load share."""

from __future__ import annotations

from caseloads.models import CapMandate, SecLine
from providers.models import CalendarDay, PolicySwitch, SchoolYear
from tests.compliance.reader.world import Pupil, Times


def load_systems(pupil: Pupil) -> None:
    """Write down what CAP and SEC say of a student."""
    for row in pupil.cap:
        CapMandate.objects.create(
            osis=pupil.osis,
            service=row.service,
            language=row.language,
            setting=row.setting,
            frequency=row.frequency,
            duration=row.duration,
            group_size=row.group_size,
            starts=row.starts,
            ends=row.ends,
            status=row.status,
            provider_number=row.provider,
            first_attend=row.first_attend,
            since=row.since,
        )
    for shown in pupil.sec:
        SecLine.objects.create(
            osis=pupil.osis,
            service=shown.service,
            language=shown.language,
            setting=shown.setting,
            frequency=shown.frequency,
            duration=shown.duration,
            group_size=shown.group_size,
            status=shown.status,
            provider_number=shown.provider,
            first_attend=shown.first_attend,
            from_at=shown.from_at,
            until_at=shown.until_at,
        )


def load_calendar(times: Times) -> None:
    """Write down the calendar and the hold."""
    SchoolYear.objects.create(starts=times.year[0], ends=times.year[1])
    kinds = ((times.holidays, CalendarDay.Kind.HOLIDAY), (times.staff_only, CalendarDay.Kind.STAFF_ONLY))
    for days, kind in kinds:
        CalendarDay.objects.bulk_create(CalendarDay(date=day, kind=kind, label="Synthetic") for day in sorted(days))
    PolicySwitch.objects.create(
        rule=PolicySwitch.Rule.RSA_HOLD,
        starts=times.hold_since,
        on=times.hold,
        reason="Synthetic",
        set_at=times.at,
    )
