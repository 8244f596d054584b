"""Call sheets: for each provider who has not called, the students, and what to key on the phone line (R1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from caseloads.queries.calls import grade_on
from compliance.kinds import Code, State
from compliance.mismatches.evidence import Evidence
from compliance.mismatches.listing import dressed
from compliance.mismatches.standing import unfinished
from compliance.models import Finding
from compliance.queries.scope import findings_of
from orcs_portal.shared.clock import local_day
from providers.scope import Standing

MOST = 500
"""How many calls one printing holds."""


@dataclass(slots=True)
class Sheet:
    """One provider's calls to make at one school."""

    provider: str
    number: int
    role: str
    school: str
    dbn: str
    agency: str
    calls: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sheets:
    """The sheets, how many calls they hold, and how many more there are; and whose calls these are."""

    sheets: list[Sheet]
    calls: int
    more: int
    students: frozenset[int]


def sheets_of(standing: Standing, *, school: str, today: date) -> Sheets:
    """Return the call sheets of what somebody may see, by provider, those that are late first.

    ``school`` is a DBN that narrows them, or "".  What is due and not late yet is on them too: it is one call.
    """
    rows = findings_of(standing).filter(unfinished() | Q(state=State.WAITING), code=Code.NO_FIRST_ATTEND)
    if school:
        rows = rows.filter(school__dbn=school)
    found = list(dressed(rows.order_by("provider__full_name", "school__dbn", "state", "due", "pk"))[:MOST])
    students = frozenset(one.student_id for one in found if one.student_id is not None)
    return Sheets(_by_provider(found, today), len(found), rows.count() - len(found), students)


def _by_provider(found: Iterable[Finding], today: date) -> list[Sheet]:
    sheets: dict[tuple[int | None, int | None], Sheet] = {}
    for one in found:
        key = (one.provider_number, one.school_id)
        if key not in sheets:
            sheets[key] = _sheet(one)
        sheets[key].calls.append(_call(one, today))
    return list(sheets.values())


def _sheet(one: Finding) -> Sheet:
    provider = one.provider
    return Sheet(
        provider.full_name if provider else f"Provider {one.provider_number}",
        one.provider_number or 0,
        provider.get_role_display() if provider else "",
        str(one.school or ""),
        one.school.dbn if one.school else "",
        str(provider.agency) if provider and provider.agency else "",
    )


def _call(one: Finding, today: date) -> dict[str, Any]:
    student = one.student
    return {
        "name": student.full_name if student else "",
        "osis": one.osis,
        "grade": grade_on(student.enrolments.all(), today) if student else "",
        "service": one.get_service_display(),
        "language": one.get_language_display(),
        "figures": Evidence(one.evidence).figures_somewhere(),
        "late": one.state != State.WAITING,
        "until": one.until,
        "since": local_day(one.since),
    }
