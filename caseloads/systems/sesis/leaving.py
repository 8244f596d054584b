"""Caseload entries of those whose assignment has ended: SESIS ends them the day after."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from caseloads.kinds import EntryState
from caseloads.systems.rows import run
from orcs_portal.shared.clock import local_day

LATELY = timedelta(days=31)

# What stood before the assignment ended goes with it, unless the same provider is still assigned to the student's
# service and language; what a later call has opened stays.
END_LEFT = """
    UPDATE caseloads_entry e SET state = %(ended)s, held_for = NULL, since = %(now)s
    FROM caseloads_assignment g
    JOIN caseloads_mandate was ON was.id = g.mandate_id
    JOIN caseloads_mandate line ON line.student_id = was.student_id
     AND (line.service, line.language) = (was.service, was.language)
    WHERE g.ends < %(today)s AND g.ends >= %(since)s
      AND (%(assignments)s::bigint[] IS NULL OR g.id = ANY(%(assignments)s))
      AND e.mandate_id = line.id AND e.provider_id = g.provider_id AND e.state <> %(ended)s
      AND (e.since AT TIME ZONE 'America/New_York')::date <= g.ends
      AND NOT EXISTS (
        SELECT 1 FROM caseloads_assignment a
        JOIN caseloads_mandate k ON k.id = a.mandate_id
        WHERE a.provider_id = g.provider_id AND (a.ends IS NULL OR a.ends >= %(today)s)
          AND (k.student_id, k.service, k.language) = (was.student_id, was.service, was.language))
"""


def end_left(*, now: datetime, assignments: Sequence[int] | None = None) -> int:
    """End the caseload entries of ended assignments of these ids, or (None) of every one that ended lately.

    ``now`` is world time; returns how many entries ended.  A night that was missed is made up for within a month.
    """
    today = local_day(now)
    params = {
        "now": now,
        "today": today,
        "since": today - LATELY if assignments is None else date.min,
        "ended": EntryState.ENDED,
        "assignments": None if assignments is None else list(assignments),
    }
    return run(END_LEFT, params)
