"""A student of the demonstration: IEP versions, each with its lines in the field's notation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from caseloads.demonstration.days import BEGIN, YEAR_STARTS
from caseloads.demonstration.staff import Who
from caseloads.kinds import IepKind
from orcs_portal.shared.clock import at_local
from providers.kinds import Language, Service, Setting

SPRING = at_local(date(2026, 5, 20), 15)


@dataclass(frozen=True, slots=True)
class Before:
    """Who was assigned before, until when, and the session they called about."""

    by: Who
    until: date
    called: date


@dataclass(frozen=True, slots=True)
class Line:
    """A mandate: the service in the field's notation, who is assigned, and the session they called about.

    ``since`` is the assignment's first day where it is not the mandate's.
    """

    service: Service
    notation: str
    by: Who | None = None
    called: date | None = None
    language: Language = Language.ENGLISH
    since: date | None = None
    before: Before | None = None

    @property
    def figures(self) -> tuple[int, int, int]:
        """Sessions a week, minutes and group size, read from ``3x30x2``."""
        frequency, duration, group_size = map(int, self.notation.split("x"))
        return frequency, duration, group_size

    @property
    def setting(self) -> Setting:
        """Individual where the group size is one."""
        return Setting.INDIVIDUAL if self.figures[2] == 1 else Setting.GROUP


@dataclass(frozen=True, slots=True)
class Version:
    """One IEP: what it mandates from which day on, and when it was made final; never, for a draft."""

    lines: tuple[Line, ...]
    starts: date = YEAR_STARTS
    finalised: datetime | None = SPRING
    kind: IepKind = IepKind.ANNUAL

    @property
    def is_past(self) -> bool:
        """Final before the demonstration's nights begin; what comes later is made final as time passes."""
        return self.finalised is not None and self.finalised < BEGIN


@dataclass(frozen=True, slots=True)
class Pupil:
    """A student; ``came`` names the school they came from and the last day there, ``consent`` its day."""

    osis: int
    first_name: str
    last_name: str
    grade: str
    versions: tuple[Version, ...]
    consent: date | None = None
    came: tuple[str, date] | None = None
