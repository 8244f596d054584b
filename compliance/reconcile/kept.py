"""What a comparison leaves behind for the pages of wide readers, who cannot wait until a whole city is counted."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from caseloads.contracting.lines import weigh
from compliance.reconcile.agreement import count_lines
from orcs_portal.shared.clock import local_day
from providers.queries.checked import check


def keep(*, at: datetime, students: Collection[int] | None = None, providers: Collection[int] | None = None) -> None:
    """Keep, as of world time ``at``, what every school's lines, every open vacancy and every place come to.

    With ``students`` and ``providers`` only what concerns them is counted anew.
    """
    count_lines(at=at, students=students)
    weigh(local_day(at), students)
    check(now=at, providers=providers)
