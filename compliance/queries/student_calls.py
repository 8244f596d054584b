"""What was called for a student, and on whose caseload the student is (R2, R3)."""

from __future__ import annotations

from typing import Any

from caseloads.kinds import EntryState
from caseloads.models import Entry
from caseloads.queries.calls import calls_about, rows_of_calls
from caseloads.queries.moment import Moment
from caseloads.queries.scope import calls_for
from compliance.queries.student_scope import Part
from providers.kinds import Route
from providers.scope import Standing

MOST = 40


def call_rows(standing: Standing, student_id: int, part: Part, *, at: Moment) -> list[dict[str, Any]]:
    """Return the calls for a student, newest first, with their lines; only those one may open lead to their page.

    A call stays with the school it was made at; on the student's page the present school sees it too.
    """
    calls = calls_about(student_id, part.people(), most=MOST)
    mine = set(calls_for(standing).filter(student=student_id).values_list("pk", flat=True))
    rows = rows_of_calls(calls, at=at)
    return [{**row, "url": row["url"] if row["id"] in mine else ""} for row in rows]


_STATES = {
    EntryState.OPEN: ("ok", "check", "On the caseload"),
    EntryState.HELD: ("due", "warn", "Held"),
    EntryState.ENDED: ("plain", "info", "Ended"),
}


def entry_rows(student_id: int, part: Part) -> list[dict[str, Any]]:
    """Return a student's caseload entries, present ones first; one query."""
    rows = Entry.objects.filter(part.people(), student=student_id).select_related(
        "mandate", "provider", "school", "call"
    )
    return [_entry(one) for one in sorted(rows, key=_present_first)]


def _present_first(one: Entry) -> tuple[bool, float, int]:
    return (one.state == EntryState.ENDED, -one.since.timestamp(), one.pk)


def _entry(one: Entry) -> dict[str, Any]:
    tone, icon, words = _STATES[EntryState(one.state)]
    return {
        "provider_name": one.provider.full_name,
        "service": one.mandate.get_service_display(),
        "language": one.mandate.get_language_display(),
        "shape": one.mandate,
        "school": str(one.school),
        "since": one.since,
        "tone": tone,
        "icon": icon,
        "words": words,
        "held_for": str(Route(one.held_for).label) if one.held_for else "",
        "number": (one.call.confirmation or "") if one.call else "",
    }
