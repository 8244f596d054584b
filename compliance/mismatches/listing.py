"""Lists of items: by cause with the first few of each, or one after another, as rows for a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from caseloads.models import Enrolment
from caseloads.queries.calls import grade_on
from compliance.kinds import Code, Condition, Handling, State
from compliance.mismatches.ages import Ages, ages
from compliance.mismatches.evidence import Evidence, Words
from compliance.mismatches.seen import mark_of
from compliance.mismatches.standing import is_open
from compliance.mismatches.tallies import Cause
from compliance.mismatches.wording import said_of, title_of
from compliance.models import Finding
from orcs_portal.shared.clock import local_day
from orcs_portal.shared.moment import Moment
from providers.models import Provider

PAGE = 25
SHOWN = 3
"""How many items of a cause the list by cause shows."""
CAUSES = 8
"""How many causes it shows on a page."""


RELATED = ("student", "provider", "school", "place", "agency", "call", "assigned_to")


@dataclass(frozen=True, slots=True)
class Group:
    """A cause with the first of its rows."""

    cause: Cause
    rows: list[dict[str, Any]]

    @property
    def more(self) -> int:
        """How many items are not shown here."""
        return self.cause.items - len(self.rows)


def dressed(rows: QuerySet[Finding]) -> QuerySet[Finding]:
    """Return items with everything that a row says of them; a fixed number of queries.

    Nothing is joined: to plan eight tables at once takes longer than to ask for a page's few rows of each.
    """
    enrolments = Prefetch("student__enrolments", Enrolment.objects.order_by("-starts"))
    return rows.prefetch_related(*RELATED, enrolments)


def first_of_each(
    parts: Sequence[QuerySet[Finding]], causes: Sequence[Cause], order: str, *, shown: int = SHOWN
) -> list[Finding]:
    """Return the first ``shown`` items of each cause, in the causes' order and within one in that of a column.

    ``parts`` share no row; the number of queries is fixed.
    """
    codes = [cause.code for cause in causes]
    if not codes:
        return []
    ids = [key for rows in parts for key in _first_ids(rows, codes, order)]
    found = list(dressed(Finding.objects.filter(pk__in=ids).order_by("pk")))
    return [one for code in codes for one in in_order([one for one in found if one.code == code], order)[:shown]]


def in_order(findings: Iterable[Finding], order: str) -> list[Finding]:
    """Return items by a column, upward or downward, empty cells last; the sort is stable."""
    name = order.removeprefix("-")
    filled = [one for one in findings if getattr(one, name) is not None]
    filled.sort(key=lambda one: getattr(one, name), reverse=order.startswith("-"))
    return filled + [one for one in findings if getattr(one, name) is None]


def _first_ids(rows: QuerySet[Finding], codes: Sequence[Code], order: str) -> list[int]:
    """Return the ids of the first rows of each code.

    What is worked through by the last day to act, by the end of a wait or by when it was first seen is long and has an
    index by cause, so each cause is looked up by itself; what changed is short and read once.
    """
    if order in {"due", "until", "-first_seen"}:
        each = [rows.filter(code=code).order_by(order, "pk").values_list("pk", flat=True)[:SHOWN] for code in codes]
        return list(each[0].union(*each[1:], all=True)) if each[1:] else list(each[0])
    nth = Window(RowNumber(), partition_by="code", order_by=order)
    numbered = rows.filter(code__in=codes).annotate(nth=nth).filter(nth__lte=SHOWN)
    return list(numbered.values_list("pk", flat=True))


def words_for(findings: Iterable[Finding], at: Moment) -> Words:
    """Return what turns these items' codes into words; one query, or none."""
    numbers = {number for one in findings for number in Evidence(one.evidence).provider_numbers()}
    known = Provider.objects.filter(number__in=numbers).values_list("number", "full_name") if numbers else ()
    return Words(at.world, dict(known))


def rows_of(findings: Sequence[Finding], lines: Mapping[int, Any], *, at: Moment) -> list[dict[str, Any]]:
    """Return items as rows of a list; ``lines`` are the small lines by the items' ids."""
    counted = ages({one.school_id for one in findings}, at.today)
    words = Words(at.world, {})
    return [_row(one, lines.get(one.pk), counted, words) for one in findings]


def _row(finding: Finding, line: Any, counted: Ages, words: Words) -> dict[str, Any]:  # noqa: ANN401 - a line, or none
    said = said_of(finding, words)
    return {
        "id": finding.pk,
        "mark": mark_of(finding),
        "url": reverse("mismatch", args=[finding.pk]),
        "code": finding.code,
        "title": title_of(finding),
        **who_of(finding),
        "headline": said.headline,
        "detail": said.detail,
        "line": line,
        "school": finding.school.dbn if finding.school else "",
        **when_of(finding, counted),
        "assigned_to": finding.assigned_to.full_name if finding.assigned_to else "",
    }


def who_of(finding: Finding) -> dict[str, Any]:
    """Return of whom an item is: a student, or else a provider; a number nobody here has is said as such."""
    student, provider = finding.student, finding.provider
    if student is not None:
        day = local_day(finding.opened or finding.first_seen)
        return {"name": student.full_name, "osis": student.osis, "about": grade_on(student.enrolments.all(), day)}
    if finding.osis is not None:
        return {"name": "No student of ours", "osis": finding.osis, "about": "known to CAP or SEC only"}
    if provider is not None:
        role = f"{provider.get_role_display()}, {provider.get_affiliation_display()}"
        return {"name": provider.full_name, "osis": None, "about": role}
    return {"name": f"Provider {finding.provider_number or ''}".strip(), "osis": None, "about": "not known here"}


def when_of(finding: Finding, counted: Ages) -> dict[str, Any]:
    """Return how old an item is, how late, and how it stands."""
    return {
        "age": counted.age(finding.school_id, local_day(finding.since)),
        "over": over_of(finding, counted),
        "due_today": is_open(finding) and finding.due == counted.today,
        "due": finding.due,
        "state": State(finding.state),
        "open": is_open(finding),
        "new": finding.opened is not None and local_day(finding.opened) == counted.today,
        "came_back": finding.regressed if is_open(finding) else None,
        "until": finding.until if finding.state == State.WAITING else None,
        "settled": finding.settled,
        "look_again": finding.look_again if finding.handling == Handling.HANDED_OVER else None,
        "look_now": _look_now(finding, counted.today),
        "handed_to": finding.get_handed_to_display() if finding.handed_to else "",
        "exempt": finding.condition == Condition.EXEMPT,
    }


def over_of(finding: Finding, counted: Ages) -> int:
    """Return by how many school days an open item is late."""
    return counted.over(finding.school_id, finding.due) if is_open(finding) else 0


def _look_now(finding: Finding, today: date) -> bool:
    return finding.state == State.HANDED_OVER and finding.look_again is not None and finding.look_again <= today
