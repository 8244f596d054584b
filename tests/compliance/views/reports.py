"""A school's report for tests of its page."""

from __future__ import annotations

from caseloads.systems.sec.codes import SecStatus
from compliance.kinds import Code
from tests import build
from tests.caseloads.calls import Scene
from tests.compliance import build as findings
from tests.compliance.reports.lines import sec_line

REPORT = "/reports/sec/"
PAGE = 50


def of(here: Scene, **query: str) -> dict[str, str]:
    """Return the query of the school's report."""
    return {"school": str(here.school.pk), **query}


def several(here: Scene) -> None:
    """Give the school a line of every verdict, and two mandates that the report does not show."""
    sec_line(here.mandate, status=SecStatus.RECEIVING, first_attend=build.TODAY, provider_number=here.provider.number)
    waits, stale, unexplained = (build.mandated(here.school) for _ in range(3))
    sec_line(waits, status=SecStatus.ASSIGNED)
    findings.on_line(Code.SEC_WAITING, waits, **findings.waiting())
    sec_line(stale, status=SecStatus.ASSIGNED)
    findings.on_line(Code.SEC_STALE, stale)
    sec_line(unexplained, frequency=5)
    for _ in range(2):
        build.mandated(here.school)


def many(here: Scene, count: int) -> None:
    """Give the school so many lines that agree."""
    for _ in range(count):
        sec_line(build.mandated(here.school))
