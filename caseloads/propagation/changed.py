"""Whose picture a night changed, by what the systems say since its time."""

from __future__ import annotations

from datetime import datetime

from caseloads.systems.rows import fetch
from orcs_portal.shared.clock import local_day
from orcs_portal.shared.models import Touched
from orcs_portal.shared.touched import touch

MOST = 10_000
"""Of more students than this it is said that everything was touched."""

# Every statement of a night writes its time beside what it changes; an IEP that begins that day turns entries over
# without one.
CHANGED = """
    SELECT s.id FROM caseloads_student s
    WHERE s.osis IN (
        SELECT osis FROM caseloads_capmandate WHERE since = %(now)s
        UNION SELECT osis FROM caseloads_secline WHERE from_at = %(now)s OR until_at = %(now)s)
    UNION SELECT student_id FROM caseloads_entry WHERE since = %(now)s
    UNION SELECT student_id FROM caseloads_iep WHERE transfer_at = %(now)s OR lower(governs) = %(today)s
    LIMIT %(limit)s
"""


def touch_changed(*, now: datetime) -> None:
    """Write down whom the night of world time ``now`` changed; what also ages is compared with all in the morning."""
    rows = fetch(CHANGED, {"now": now, "today": local_day(now), "limit": MOST + 1})
    if len(rows) > MOST:
        touch(Touched.Kind.ALL, now=now)
    else:
        touch(Touched.Kind.STUDENT, [student for (student,) in rows], now=now)
