"""A student's IEPs: which governs, how each reached CAP, what it mandates and who serves it (R10, R11)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Prefetch

from caseloads.kinds import IepKind, IepStatus, Transfer
from caseloads.models import Assignment, Iep, Mandate
from compliance.queries.student_scope import Part
from orcs_portal.shared.clock import local_day


@dataclass(frozen=True, slots=True)
class Facts:
    """What a version's words rest on besides itself: the day, and whether consent is recorded (R11)."""

    today: date
    consented: bool


def versions_of(student_id: int, part: Part) -> list[Iep]:
    """Return a student's IEPs, newest version first, with their mandates and who was assigned; three queries."""
    assignments = Assignment.objects.select_related("provider__agency").order_by("-starts", "-id")
    mandates = Mandate.objects.filter(part.lines()).order_by("service", "language", "setting")
    prefetched = mandates.prefetch_related(Prefetch("assignments", assignments))
    rows = Iep.objects.filter(student=student_id).prefetch_related(Prefetch("mandates", prefetched))
    found = list(rows.order_by("-version"))
    return found if part.services is None else [one for one in found if one.mandates.all()]


def rows_of_versions(versions: Iterable[Iep], facts: Facts) -> list[dict[str, Any]]:
    """Return the versions as the page shows them; the one that governs today comes first."""
    rows = [_version(one, facts) for one in versions]
    return sorted(rows, key=lambda row: (not row["governs"], -row["version"]))


def _version(iep: Iep, facts: Facts) -> dict[str, Any]:
    first, last = _span(iep)
    return {
        "id": iep.pk,
        "version": iep.version,
        "kind": iep.get_kind_display(),
        "status": iep.get_status_display(),
        "is_final": iep.status == IepStatus.FINAL,
        "governs": first is not None and first <= facts.today and (last is None or facts.today <= last),
        "begins_later": first is not None and facts.today < first,
        "starts": iep.starts,
        "first_day": first,
        "last_day": last,
        "finalised": iep.finalised,
        "transfer": _transfer(iep, facts),
        "mandates": _mandates(iep.mandates.all(), facts.today),
    }


def _span(iep: Iep) -> tuple[date | None, date | None]:
    """Return the first and the last day on which a version governs; without a last one it has an open end.

    A range's own end is the day after.
    """
    governs: DateRange | None = iep.governs
    if governs is None or governs.isempty:
        return None, None
    return governs.lower, None if governs.upper is None else governs.upper - timedelta(days=1)


_TRANSFER = {
    Transfer.NEVER: ("wait", "clock", "Goes to CAP tonight"),
    Transfer.PENDING: ("wait", "clock", "On its way to CAP"),
    Transfer.SUCCESSFUL: ("ok", "check", "In CAP"),
    Transfer.ACTION_NEEDED: ("bad", "warn", "CAP refused it"),
    Transfer.KNOWN_ISSUE: ("bad", "warn", "Stuck on the way to CAP"),
}


def _transfer(iep: Iep, facts: Facts) -> dict[str, Any] | None:
    """Return how a final version's download to CAP stands; nothing for one that another replaced before its night."""
    if iep.status != IepStatus.FINAL:
        return None
    tone, icon, words = _TRANSFER[Transfer(iep.transfer)]
    if iep.transfer == Transfer.NEVER:
        if _span(iep)[1] is not None:
            return {"tone": "plain", "icon": "info", "words": "Never sent to CAP", "at": None}
        if iep.kind == IepKind.INITIAL and not facts.consented:
            return {"tone": "due", "icon": "warn", "words": "Held back: no consent", "at": None}
        if iep.finalised is not None and local_day(iep.finalised) < facts.today:
            return {"tone": "due", "icon": "warn", "words": "Not sent to CAP so far", "at": None}
    return {"tone": tone, "icon": icon, "words": words, "at": iep.transfer_at}


def _mandates(mandates: Iterable[Mandate], today: date) -> list[dict[str, Any]]:
    return [
        {
            "id": one.pk,
            "shape": one,
            "service": one.get_service_display(),
            "language": one.get_language_display(),
            "setting": one.get_setting_display(),
            "location": one.location,
            "months": one.months,
            "starts": one.starts,
            "ends": one.ends,
            **_served(one.assignments.all(), today),
        }
        for one in mandates
    ]


def _served(assignments: Iterable[Assignment], today: date) -> dict[str, Any]:
    """Return who serves a mandate now, will, and did; newest first."""
    sorts: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for one in assignments:
        sorts[_when(one, today)].append(
            {
                "name": one.provider.full_name,
                "note": str(one.provider.agency or one.provider.get_role_display()),
                "starts": one.starts,
                "ends": one.ends,
            }
        )
    return {"serving": sorts["now"], "coming": sorts["later"], "before": sorts["before"]}


def _when(one: Assignment, today: date) -> str:
    if today < one.starts:
        return "later"
    return "before" if one.ends is not None and one.ends < today else "now"
