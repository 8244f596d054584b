"""Lines of SEC's report for tests, beside the mandates that they stand for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from caseloads.models import Mandate
from caseloads.systems.sec.codes import SecStatus
from caseloads.systems.sec.models import SecLine
from caseloads.systems.sec.report import ReportLine, report
from tests import build

SHOWN = datetime(2026, 9, 11, 3, 0, tzinfo=build.NEW_YORK)


def sec_line(mandate: Mandate, **columns: Any) -> SecLine:
    """Insert the line that SEC shows of a mandate since September; ``columns`` say where it differs."""
    said = {name: getattr(mandate, name) for name in ("service", "language", "setting", *FIGURES)}
    known = {"osis": mandate.student.osis, "status": SecStatus.AWAITING, "from_at": SHOWN}
    return SecLine.objects.create(**said | known | columns)


FIGURES = ("frequency", "duration", "group_size")


def read(line: SecLine, at: datetime = build.NOW) -> ReportLine:
    """Return a line as the report reads it."""
    (found,) = (one for one in report([line.osis], at=at) if one.id == line.pk)
    return found
