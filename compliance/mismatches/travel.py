"""Where the call of an item has got to: the small line of a row, and the medium one of an item's page (R2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from caseloads.kinds import Outcome
from caseloads.models import Call, Entry
from caseloads.queries.line import line_of
from caseloads.queries.scope import calls_for
from compliance.kinds import Subject
from compliance.models import Finding
from orcs_portal.shared.line import ORDER, CallLine, Stop
from orcs_portal.shared.moment import Moment
from providers.scope import Standing

NAMES = {"phone": "Phone", "ivr": "IVR", "cap": "CAP", "sec": "SEC", "sesis": "SESIS"}
NOT_CALLED = CallLine(
    tuple(Stop(key, NAMES.get(key, key.capitalize()), "none", "Not called") for key in ORDER),
    settled=True,
    said="No call so far",
)
"""The line where nobody has called."""


@dataclass(frozen=True, slots=True)
class Travelled:
    """An item's call, if somebody may see it, and how far it has come."""

    line: CallLine
    call: Call | None = None


def travelled(findings: Sequence[Finding], standing: Standing, *, at: Moment) -> dict[int, Travelled]:
    """Return, by item, where its call has got to; only items about a line or a call have one.  Three queries at most.

    A call that its reader may not see is none.
    """
    about = [one for one in findings if one.subject in {Subject.LINE, Subject.CALL}]
    calls = list(_calls_about(about, standing)) if about else []
    by_id = {row.pk: row for row in calls}
    by_line: dict[tuple[int | None, int], list[Call]] = {}
    for row in calls:
        by_line.setdefault((row.student_id, row.service), []).append(row)
    found = {}
    for one in about:
        candidates = by_line.get((one.student_id, one.service or 0), [])
        call = by_id.get(one.call_id or 0) if one.call_id else _of_the_line(one, candidates)
        found[one.pk] = Travelled(NOT_CALLED) if call is None else Travelled(_drawn(call, at), call)
    return found


def _calls_about(findings: Iterable[Finding], standing: Standing) -> QuerySet[Call]:
    calls = {one.call_id for one in findings if one.call_id}
    students = {one.student_id for one in findings if one.student_id and not one.call_id}
    rows = calls_for(standing).filter(Q(pk__in=calls) | Q(student__in=students))
    entries = Prefetch("entries", Entry.objects.select_related("provider"))
    return rows.select_related("provider").prefetch_related("deliveries", entries).order_by("-received", "-pk")


def _of_the_line(finding: Finding, calls: Sequence[Call]) -> Call | None:
    """Return the newest call of an item's line, an accepted one first, in its language and by its provider."""
    fitting = [
        call
        for call in calls
        if call.language in {finding.language, None}
        and (finding.provider_id is None or call.provider_id == finding.provider_id)
    ]
    return next((call for call in fitting if call.outcome == Outcome.ACCEPTED), next(iter(fitting), None))


def _drawn(call: Call, at: Moment) -> CallLine:
    return line_of(call, call.deliveries.all(), call.entries.all(), at=at)
