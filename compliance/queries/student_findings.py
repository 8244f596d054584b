"""What does not agree about a student: open, only waiting, and what has settled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from caseloads.queries.moment import Moment
from compliance.kinds import Code, Owner, Severity, State
from compliance.mismatches.ages import Ages, ages
from compliance.models import Finding
from compliance.queries.scope import findings_of
from compliance.queries.student_scope import Part
from compliance.reconcile.catalogue import CATALOGUE
from orcs_portal.shared.clock import local_day
from providers.kinds import Language, Service
from providers.scope import Standing

MOST_SETTLED = 10
OPEN = (State.OPEN, State.SNOOZED, State.HANDED_OVER)


@dataclass(frozen=True, slots=True)
class Sorted:
    """A student's findings as rows, by how they stand; ``settled_more`` older ones are not shown."""

    open: list[dict[str, Any]]
    waiting: list[dict[str, Any]]
    settled: list[dict[str, Any]]
    settled_more: int = 0


NONE = Sorted([], [], [])


def findings_about(standing: Standing, student_id: int, part: Part, *, at: Moment) -> Sorted:
    """Return the findings about a student that somebody may see, the most pressing first; three queries.

    A provider sees none: what is theirs to do stands on their caseload.
    """
    if part.provider is not None:
        return NONE
    found = list(findings_of(standing).filter(student=student_id).select_related("provider"))
    days = ages({one.school_id for one in found}, at.today)
    settled = sorted((one for one in found if one.state in CLOSED), key=_closed, reverse=True)
    return Sorted(
        open=_rows(sorted((one for one in found if one.state in OPEN), key=_pressing), days),
        waiting=_rows(sorted((one for one in found if one.state == State.WAITING), key=_until), days),
        settled=_rows(settled[:MOST_SETTLED], days),
        settled_more=max(0, len(settled) - MOST_SETTLED),
    )


CLOSED = (State.RESOLVED, State.ACKNOWLEDGED)


def _pressing(one: Finding) -> tuple[Any, ...]:
    return (one.due is None, one.due, one.severity, one.code, one.pk)


def _until(one: Finding) -> tuple[Any, ...]:
    return (one.until, one.code, one.pk)


def _closed(one: Finding) -> tuple[Any, ...]:
    return (one.settled or one.handled or one.first_seen, one.pk)


def _rows(found: Iterable[Finding], days: Ages) -> list[dict[str, Any]]:
    return [_row(one, days) for one in found]


def _row(one: Finding, days: Ages) -> dict[str, Any]:
    entry = CATALOGUE[Code(one.code)]
    return {
        "url": reverse("mismatch", args=[one.pk]),
        "title": entry.title,
        "about": about(one),
        "severity": Severity(one.severity),
        "owner": str(Owner(one.owner).label),
        "handed_to": str(Owner(one.handed_to).label) if one.handed_to else "",
        "look_again": one.look_again,
        "state": State(one.state).slug,
        "over": _over(days.over(one.school_id, one.due)),
        "due": one.due,
        "age": days.age(one.school_id, local_day(one.since)),
        "since": one.since,
        "until": one.until,
        "settled": one.settled or one.handled,
        "came_back": one.regressed is not None,
    }


def _over(days: int) -> str:
    return f"{days} school day{'' if days == 1 else 's'} over" if days else ""


def about(one: Finding) -> str:
    """Return the service and language that a finding is about, and the provider where there is one."""
    parts = [str(Service(one.service).label)] if one.service else []
    parts += [str(Language(one.language).label)] if one.language else []
    parts += [one.provider.full_name] if one.provider else []
    return ", ".join(parts)
