"""Do the three systems agree?  How many lines each holds, and the lines behind every number, side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, QuerySet, Sum
from django.urls import reverse

from caseloads.models import Student
from caseloads.systems.cap.codes import CapStatus
from caseloads.systems.sec.codes import SecStatus
from compliance.kinds import Code
from compliance.models import LineCount
from compliance.reconcile import agreement
from orcs_portal.shared.moment import Moment
from orcs_portal.shared.say import notation
from providers.kinds import Language, Service, Setting
from providers.models import School
from providers.scope import Standing

Row = dict[str, Any]

VIEWS: dict[str, tuple[str, Callable[[Row], bool]]] = {
    "sesis": ("In SESIS", lambda row: row["sesis_id"] is not None),
    "cap": ("In CAP", lambda row: row["cap_id"] is not None),
    "sec": ("In SEC", lambda row: row["sec_id"] is not None),
    "explained": ("Not in all three, explained", lambda row: row["apart"] and row["finding_id"] is not None),
    "unexplained": ("Not in all three, unexplained", lambda row: row["apart"] and row["finding_id"] is None),
}
"""The numbers, each with the condition on the lines behind it."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many lines each system holds, how many are not in all three, and how many of those no item explains.

    ``as_of`` is when they were counted, in world time: for a whole city after the last comparison, else now.
    """

    sesis: int
    cap: int
    sec: int
    explained: int
    unexplained: int
    as_of: datetime

    @property
    def apart(self) -> int:
        """How many lines not all three hold."""
        return self.explained + self.unexplained

    def number(self, view: str) -> int:
        """Return the number of a view."""
        return int(getattr(self, view))


def wide(standing: Standing) -> bool:
    """Return whether somebody has more schools than can be counted while they wait."""
    return standing.citywide or bool(standing.boroughs)


def agreement_of(standing: Standing, *, at: Moment) -> Agreement | None:
    """Return the numbers of what somebody oversees; None for who oversees no school, or before the first count."""
    if wide(standing):
        return _counted(counts_of(standing))
    if not standing.active_schools:
        return None
    found = agreement.numbers(agreement.params(at=at.world, schools=standing.active_schools))
    sesis, cap, sec, apart, unexplained = (sum(one[place] for one in found.values()) for place in range(NUMBERS))
    return Agreement(sesis, cap, sec, apart - unexplained, unexplained, at.world)


NUMBERS = 5


def counts_of(standing: Standing) -> QuerySet[LineCount]:
    """Return the schools' numbers of the last comparison, for those that somebody oversees."""
    return LineCount.objects.filter(standing.schools_condition("school__"))


def _counted(rows: QuerySet[LineCount]) -> Agreement | None:
    names = ("sesis", "cap", "sec", "apart", "unexplained")
    found = rows.aggregate(**{name: Sum(name) for name in names}, last=Max("as_of"))
    if found["last"] is None:
        return None
    explained = found["apart"] - found["unexplained"]
    return Agreement(found["sesis"], found["cap"], found["sec"], explained, found["unexplained"], found["last"])


def by_school(standing: Standing, view: str) -> list[dict[str, Any]]:
    """Return the schools of a wide reader whose lines make up a number, with how many each has; they add up to it."""
    rows = counts_of(standing).select_related("school").order_by("school__dbn")
    shown = [{"school": one.school, "number": _number(one, view)} for one in rows]
    return [one for one in shown if one["number"]]


def _number(one: LineCount, view: str) -> int:
    return one.apart - one.unexplained if view == "explained" else int(getattr(one, view))


def school_of(standing: Standing, dbn: str) -> School | None:
    """Return a school by its DBN if somebody oversees it."""
    return School.objects.filter(standing.schools_condition(), dbn=dbn).first()


def lines_of(schools: Iterable[int], *, at: Moment) -> list[Row]:
    """Return all lines of some schools, as they are now."""
    return agreement.side_by_side(agreement.params(at=at.world, schools=list(schools)))


def behind(rows: Iterable[Row], view: str) -> list[Row]:
    """Return the lines behind a number."""
    return [row for row in rows if VIEWS[view][1](row)]


def lines_of_student(student: int, *, at: Moment) -> list[Row]:
    """Return all lines of one student who is enrolled, as they are now."""
    return agreement.side_by_side(agreement.params(at=at.world, student=student))


def shown(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Return lines as rows of a page; one query."""
    rows = list(rows)
    students = Student.objects.in_bulk({row["student_id"] for row in rows})
    return [_shown(row, students[row["student_id"]]) for row in rows]


def _shown(row: Row, student: Student) -> dict[str, Any]:
    service, language = Service(row["service"]).label, Language(row["language"]).label
    return {
        "name": student.full_name,
        "osis": student.osis,
        "student_url": reverse("student", args=[student.pk]),
        "line": f"{service}, {language}",
        "setting": Setting(row["setting"]).label,
        "sesis": _figures(row, "sesis"),
        "cap": _figures(row, "cap"),
        "cap_status": "" if row["cap_status"] is None else CapStatus(row["cap_status"]).label,
        "sec": _figures(row, "sec"),
        "sec_status": "" if row["sec_status"] is None else SecStatus(row["sec_status"]).label,
        "apart": row["apart"],
        "title": "" if row["code"] is None else str(Code(row["code"]).label),
        "url": "" if row["finding_id"] is None else reverse("mismatch", args=[row["finding_id"]]),
    }


def _figures(row: Row, system: str) -> str:
    if row[f"{system}_id"] is None:
        return ""
    return notation(row[f"{system}_frequency"], row[f"{system}_duration"], row[f"{system}_group_size"])
