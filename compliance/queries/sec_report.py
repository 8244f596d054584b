"""SEC's report as its page shows it: of which school, narrowed to what, and every number with the rows behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from caseloads.models import Mandate
from caseloads.queries.moment import Moment
from caseloads.systems.sec.codes import SecStatus
from caseloads.systems.sec.report import ReportLine
from compliance.models import Run
from compliance.reports.sec import Report, Row, sec_report
from compliance.reports.verdicts import AGREES, DIFFERS, WAITING
from orcs_portal.shared.say import notation
from providers.kinds import Language, Service, Setting
from providers.models import School
from providers.scope import Standing

__all__ = ["Report", "School"]

PAGE = 50
MISSING = "missing"
TABS = (("", "All lines"), (AGREES, "Agree"), (WAITING, "Waiting"), (DIFFERS, "Differ"), (MISSING, "Not on the report"))
STATUSES = {one.name.lower(): one for one in reversed(SecStatus)}


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page is narrowed to: a tab, and a word of SEC's; unknown ones narrow nothing."""

    tab: str = ""
    status: str = ""

    def holds(self, row: Row) -> bool:
        """Return whether a row is on the narrowed page."""
        return on_tab(row, self.tab) and has_status(row, self.status)


def shown(tab: str, status: str) -> Shown:
    """Return what an address asks for."""
    return Shown(tab if tab in dict(TABS) else "", status if status in STATUSES else "")


def on_tab(row: Row, tab: str) -> bool:
    """Return whether a row belongs to a tab; only its own one holds what the report does not show."""
    if tab == MISSING or row.is_missing:
        return tab == MISSING and row.is_missing
    return tab in {"", row.verdict.kind}


def has_status(row: Row, status: str) -> bool:
    """Return whether SEC says this of a row; what is not on the report has no word of SEC's."""
    return not status or (row.pair.line is not None and row.pair.line.status == STATUSES[status])


def schools_of(standing: Standing) -> list[School]:
    """Return the schools to choose from for somebody who has them one by one; none for those with whole boroughs."""
    if standing.citywide or standing.boroughs:
        return []
    return list(School.objects.filter(pk__in=standing.active_schools))


def reads_reports(standing: Standing) -> bool:
    """Return whether somebody has a school whose report they read."""
    return standing.citywide or bool(standing.boroughs or standing.active_schools)


def school_of(standing: Standing, school_id: int | None) -> School | None:
    """Return a school whose report somebody may read, or None."""
    if school_id is None:
        return None
    return School.objects.filter(standing.schools_condition(), pk=school_id).first()


def school_of_dbn(standing: Standing, dbn: str) -> School | None:
    """Return a school by its DBN, or None for none of one's own."""
    return School.objects.filter(standing.schools_condition(), dbn=dbn.strip().upper()).first()


def report_of(school: School, day: date, *, at: Moment) -> Report:
    """Return what SEC showed of a school on a day."""
    return sec_report(school.pk, day, at=at)


def compared() -> datetime | None:
    """Return as of when everything was last compared; None before the first time."""
    return Run.objects.filter(full=True).order_by("-as_of").values_list("as_of", flat=True).first()


def counts(rows: Iterable[Row], status: str) -> dict[str, int]:
    """Return how many rows each tab holds, within a word of SEC's; of what is missing SEC says nothing."""
    known = list(rows)
    return {
        key: sum(on_tab(row, key) and (key == MISSING or has_status(row, status)) for row in known) for key, _ in TABS
    }


def by_status(rows: Iterable[Row]) -> dict[str, int]:
    """Return how many lines SEC has in each of its words."""
    said = Counter(row.pair.line.status for row in rows if row.pair.line is not None)
    return {slug: said[status] for slug, status in STATUSES.items()}


@dataclass(frozen=True, slots=True)
class Cut:
    """One page of the rows: from which one on, and where the pages before and after begin."""

    rows: Sequence[Row]
    first: int
    total: int
    previous: str
    next: str


def cut(rows: Sequence[Row], cursor: str) -> Cut:
    """Return the page that begins with the row named by a cursor; the first page where that row is no more."""
    start = next((at for at, row in enumerate(rows) if row.key == cursor), 0)
    before, after = max(0, start - PAGE), start + PAGE
    return Cut(
        rows[start:after],
        start,
        len(rows),
        previous=rows[before].key if start else "",
        next=rows[after].key if after < len(rows) else "",
    )


def rows_of(rows: Iterable[Row], providers: Mapping[int, str]) -> list[dict[str, Any]]:
    """Return rows as the page shows them."""
    return [_row(one, providers) for one in rows]


def _row(row: Row, providers: Mapping[int, str]) -> dict[str, Any]:
    student, line, mandate = row.enrolment.student, row.pair.line, row.pair.mandate
    shape = line or mandate
    return {
        "url": reverse("student", args=[student.pk]),
        "student_name": student.full_name,
        "osis": student.osis,
        "grade": row.enrolment.grade,
        "shape": shape,
        **_line(shape),
        "sec": None if line is None else _said(line, providers),
        "verdict": row.verdict,
        "item_url": reverse("mismatch", args=[row.verdict.item]) if row.verdict.item else "",
        "iep": _iep(row, mandate),
    }


def _line(shape: ReportLine | Mandate | None) -> dict[str, str]:
    if shape is None:
        return {}
    return {
        "service": str(Service(shape.service).label),
        "language": str(Language(shape.language).label),
        "setting": str(Setting(shape.setting).label),
    }


def _said(line: ReportLine, providers: Mapping[int, str]) -> dict[str, Any]:
    """Return what SEC says of a line, in its own words; a provider whom we do not know keeps the number."""
    number = line.provider_number
    name = "" if number is None else providers.get(number, f"Provider {number}, not known here")
    return {
        "status": str(line.word.label),
        "provider": name,
        "first_attend": line.first_attend,
        "since": line.from_at,
    }


def _iep(row: Row, mandate: Mandate | None) -> str:
    """Return what the IEP says where a line is not that; "" where the two agree or the line is not there at all."""
    if row.is_missing or (mandate is not None and not row.pair.differs):
        return ""
    if mandate is None:
        return "The IEP does not name it"
    language = f", {mandate.get_language_display()}" if "language" in row.pair.differs else ""
    return f"The IEP says {notation(mandate.frequency, mandate.duration, mandate.group_size)}{language}"
