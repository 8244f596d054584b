"""One page of a list: causes with the first of their items, or a cause's items one after another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from compliance.mismatches.listing import CAUSES, PAGE, Group, dressed, first_of_each, rows_of
from compliance.mismatches.narrowing import Narrowed
from compliance.mismatches.tallies import Cause, Tally, order_of
from compliance.mismatches.travel import travelled
from compliance.models import Finding
from compliance.queries.scope import findings_of
from orcs_portal.shared.moment import Moment
from orcs_portal.shared.pagination import by_columns
from providers.scope import Standing


@dataclass(frozen=True, slots=True)
class Listed:
    """What a page of a list shows: groups, or rows of one cause or of all; and whose rows these are."""

    groups: list[Group] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)
    cause: Cause | None = None
    pager: dict[str, Any] | None = None
    students: frozenset[int] = frozenset()


def page_of(standing: Standing, narrowed: Narrowed, counted: Tally, *, page: str, at: Moment) -> Listed:
    """Return one page of a list whose numbers are known; a fixed number of queries."""
    if narrowed.code is None and not narrowed.sort:
        return _by_cause(standing, narrowed, counted, page=page, at=at)
    return _one_by_one(standing, narrowed, counted, page=page, at=at)


def _by_cause(standing: Standing, narrowed: Narrowed, counted: Tally, *, page: str, at: Moment) -> Listed:
    first = _first_cause(page, len(counted.causes))
    causes = counted.causes[first : first + CAUSES]
    scope = findings_of(standing).filter(narrowed.filters())
    parts = narrowed.parts_of_view(user=standing.user, today=at.today, now=at.world)
    found = first_of_each([scope.filter(part) for part in parts], causes, order_of(narrowed)[0])
    rows = _rows(found, standing, at=at)
    groups = [Group(cause, [one for one in rows if one["code"] == cause.code]) for cause in causes]
    return Listed(groups, pager=_pager(first, len(causes), counted, narrowed.address), students=_students(found))


def _one_by_one(standing: Standing, narrowed: Narrowed, counted: Tally, *, page: str, at: Moment) -> Listed:
    view = narrowed.view(user=standing.user, today=at.today, now=at.world)
    rows = dressed(findings_of(standing).filter(narrowed.filters()).filter(view))
    found = by_columns(rows, order=order_of(narrowed), cursor=page, size=PAGE, total=counted.total)
    only = counted.causes[0] if narrowed.code is not None and counted.causes else None
    return Listed(
        rows=_rows(found.rows, standing, at=at),
        cause=only,
        pager=found.pager(narrowed.address),
        students=_students(found.rows),
    )


def _rows(found: Sequence[Finding], standing: Standing, *, at: Moment) -> list[dict[str, Any]]:
    lines = {key: one.line for key, one in travelled(found, standing, at=at).items()}
    return rows_of(found, lines, at=at)


def _students(found: Sequence[Finding]) -> frozenset[int]:
    return frozenset(one.student_id for one in found if one.student_id is not None)


def _first_cause(page: str, count: int) -> int:
    """Return which cause a page begins with; pages are few, so they are numbered by their first cause."""
    first = int(page) if page.isascii() and page.isdigit() and len(page) <= DIGITS else 0
    return first if first < count and first % CAUSES == 0 else 0


DIGITS = 3


def _pager(first: int, shown: int, counted: Tally, address: Callable[[str], str]) -> dict[str, Any] | None:
    """Return the pager of causes; none where all are shown."""
    total = len(counted.causes)
    if total <= CAUSES:
        return None
    last = first + shown
    return {
        "unit": "Cause",
        "first": first + 1,
        "last": last,
        "total": total,
        "previous_url": address(str(first - CAUSES) if first > CAUSES else "") if first else "",
        "previous_count": CAUSES,
        "next_url": address(str(last)) if last < total else "",
        "next_count": min(CAUSES, total - last),
    }


def all_of(standing: Standing, narrowed: Narrowed, *, at: Moment) -> tuple[list[int], set[int]]:
    """Return the ids of a whole list, by cause and in its order, and whose items these are; one query."""
    view = narrowed.view(user=standing.user, today=at.today, now=at.world)
    rows = findings_of(standing).filter(narrowed.filters()).filter(view)
    order = order_of(narrowed)
    found = list(rows.order_by(*([] if narrowed.sort else ["code"]), *order, "pk").values_list("pk", "student"))
    ids, students = zip(*found, strict=True) if found else ((), ())
    return list(ids), set(students) - {None}
