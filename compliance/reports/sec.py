"""SEC's report of a school on a day, as SEC showed it, with our word on each line (R2, R11).

A school's report is at most a few thousand lines.  It is read whole, by a fixed number of queries, so that every number
on the page is the number of rows behind it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from caseloads.facts import running_on
from caseloads.kinds import IepStatus
from caseloads.models import Enrolment, Iep, Mandate
from caseloads.queries.caseload_rows import folded
from caseloads.queries.moment import Moment
from caseloads.systems.sec.report import ReportLine, report
from compliance.models import Finding
from compliance.reports.pairing import Pair, pairs
from compliance.reports.verdicts import CODES, Standing, Verdict, standings, verdict
from orcs_portal.shared.clock import at_local
from providers.models import Provider


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the report, or a mandate of an IEP that the report does not show, with the student and our verdict."""

    enrolment: Enrolment
    pair: Pair
    verdict: Verdict

    @property
    def is_missing(self) -> bool:
        """Whether an IEP gives it and the report does not show it."""
        return self.pair.line is None

    @property
    def key(self) -> str:
        """What a page of the report begins with: a row's own number, which says nothing of a student."""
        line, mandate = self.pair.line, self.pair.mandate
        return f"s{line.id}" if line is not None else f"m{mandate.pk if mandate else 0}"


@dataclass(frozen=True, slots=True)
class Report:
    """The rows in the order of names, as of a moment; ``providers`` are full names by number."""

    rows: list[Row]
    at: datetime
    providers: Mapping[int, str]


def moment_of(day: date, *, at: Moment) -> datetime:
    """Return the moment that a day's report is read at: its last one, or now for today."""
    end = at_local(day + timedelta(days=1), 0) - timedelta(microseconds=1)
    return min(end, at.world)


def sec_report(school_id: int, day: date, *, at: Moment) -> Report:
    """Return what SEC showed of the students enrolled at a school on a day; five queries."""
    shown_at = moment_of(day, at=at)
    enrolled = _enrolled(school_id, day)
    lines = _by_osis(report(sorted(one.student.osis for one in enrolled), at=shown_at))
    mandates = _mandates(enrolled, day, shown_at)
    stood = _standings(enrolled, shown_at, now=at.world)
    rows = [
        Row(one, pair, verdict(pair, stood[one.student_id]))
        for one in enrolled
        for pair in pairs(lines[one.student.osis], mandates[one.student_id])
    ]
    return Report(sorted(rows, key=_by_name), shown_at, _names(rows))


def _enrolled(school_id: int, day: date) -> list[Enrolment]:
    rows = Enrolment.objects.filter(running_on(day), school=school_id).select_related("student")
    return list(rows)


def _by_osis(lines: Iterable[ReportLine]) -> Mapping[int, list[ReportLine]]:
    found: dict[int, list[ReportLine]] = defaultdict(list)
    for one in lines:
        found[one.osis].append(one)
    return found


def _mandates(enrolled: Iterable[Enrolment], day: date, shown_at: datetime) -> Mapping[int, list[Mandate]]:
    """Return, by student, the mandates that run of the IEP that was the latest final one at a moment (R10)."""
    students = [one.student_id for one in enrolled]
    final = Iep.objects.filter(student__in=students, status=IepStatus.FINAL, finalised__lte=shown_at)
    latest = final.order_by("student_id", "-starts", "-version").distinct("student_id")
    running = Q(ends__isnull=True) | Q(ends__gte=day)
    found: dict[int, list[Mandate]] = defaultdict(list)
    for one in Mandate.objects.filter(running, iep__in=latest.values("pk")):
        found[one.student_id].append(one)
    return found


def _standings(enrolled: Iterable[Enrolment], shown_at: datetime, *, now: datetime) -> Mapping[int, list[Standing]]:
    """Return, by student, how the findings stood that can make a line wrong."""
    students = [one.student_id for one in enrolled]
    rows = Finding.objects.filter(student__in=students, code__in=sorted(CODES)).select_related("call")
    found: dict[int, list[Standing]] = defaultdict(list)
    for one in standings(list(rows), shown_at, now=now):
        if one.finding.student_id is not None:
            found[one.finding.student_id].append(one)
    return found


def _names(rows: Iterable[Row]) -> Mapping[int, str]:
    lines = [row.pair.line for row in rows if row.pair.line is not None]
    numbers = {one.provider_number for one in lines if one.provider_number is not None}
    known = Provider.objects.filter(number__in=numbers).values_list("number", "full_name")
    return dict(known)


def _by_name(row: Row) -> tuple[object, ...]:
    student, line = row.enrolment.student, row.pair.line or row.pair.mandate
    key = () if line is None else (line.service, line.language, line.setting)
    return (folded(student.last_name), folded(student.first_name), student.pk, key)
