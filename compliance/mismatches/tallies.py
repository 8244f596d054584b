"""How many items there are: by tab, and by cause; each number is that of the list it leads to.

A city-wide user has tens of thousands of open items, so what is open is read once, from the index by cause alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet

from compliance.kinds import Code
from compliance.mismatches import standing as how
from compliance.mismatches.narrowing import TABS, Narrowed, tab_condition
from compliance.models import Finding
from compliance.reconcile.catalogue import CATALOGUE, Entry
from orcs_portal.shared.moment import Moment

Counted = dict[str, Any]
"""A code, with what was counted of it."""

OPEN_TABS = ("mine", "unassigned", "open", "handed-over")
"""The tabs that one reading of what is open answers."""

ORDERS: dict[str, tuple[str, ...]] = {
    "handed-over": ("look_again",),
    "waiting": ("until",),
    "acknowledged": ("-first_seen",),
    "settled": ("-settled",),
}
"""In what order each tab's items are worked through; the others by the last day to act."""


@dataclass(frozen=True, slots=True)
class Cause:
    """A reason that items share: how many items of how many students, and the first of them to be worked on."""

    code: Code
    items: int
    students: int
    first: date | datetime | None

    @property
    def entry(self) -> Entry:
        """What the catalogue says of it."""
        return CATALOGUE[self.code]

    @property
    def title(self) -> str:
        """The words after the number."""
        return self.entry.counted(self.items)


@dataclass(frozen=True, slots=True)
class Tally:
    """The number of rows behind each tab, and the causes of the chosen list."""

    tabs: dict[str, int]
    causes: list[Cause]

    @property
    def total(self) -> int:
        """How many items the chosen list holds."""
        return sum(cause.items for cause in self.causes)


def tally(rows: QuerySet[Finding], narrowed: Narrowed, *, user: int, at: Moment) -> Tally:
    """Return the numbers of a list: ``rows`` are those somebody may see, not narrowed yet."""
    within = rows.filter(narrowed.filters(at.today))
    view = narrowed.view(user=user, today=at.today, now=at.world)
    is_open = not narrowed.changed and narrowed.tab in OPEN_TABS
    conditions = {tab: tab_condition(tab, user=user, today=at.today, now=at.world) for tab in TABS}
    counted = _open_by_code(within, conditions, view if is_open else None)
    tabs = {tab: sum(one[_column(tab)] for one in counted) for tab in OPEN_TABS}
    for tab in TABS:
        if tab not in tabs:
            tabs[tab] = within.filter(conditions[tab]).count()
    causes = _causes(counted) if is_open else causes_of(within.filter(view), order_of(narrowed))
    return Tally(tabs, _first_come_first(causes, order_of(narrowed)))


def _column(tab: str) -> str:
    return f"in_{tab.replace('-', '_')}"


def _open_by_code(rows: QuerySet[Finding], conditions: dict[str, Q], view: Q | None) -> list[Counted]:
    """Return, by code, the numbers of what is open, and where asked for those of one view of it."""
    counts = {_column(tab): Count("pk", filter=conditions[tab]) for tab in OPEN_TABS}
    more = {} if view is None else {"items": Count("pk", filter=view), "first": Min("due", filter=view)}
    if view is not None:
        more["students"] = Count("student", filter=view, distinct=True)
    return [dict(one) for one in rows.filter(how.unfinished()).values("code").annotate(**counts, **more).order_by()]


def causes_of(rows: QuerySet[Finding], order: tuple[str, ...]) -> list[Cause]:
    """Return the causes of some items; one query."""
    first = Max(order[0].removeprefix("-")) if order[0].startswith("-") else Min(order[0])
    counts = {"items": Count("pk"), "students": Count("student", distinct=True), "first": first}
    return _causes([dict(one) for one in rows.values("code").annotate(**counts).order_by()])


def _causes(counted: list[Counted]) -> list[Cause]:
    return [Cause(Code(one["code"]), one["items"], one["students"], one["first"]) for one in counted if one["items"]]


def order_of(narrowed: Narrowed) -> tuple[str, ...]:
    """Return the columns that a list of one cause is sorted by; only what is open can be sorted otherwise."""
    if narrowed.changed:
        return ("due",)
    chosen = SORTED.get(narrowed.sort) if narrowed.tab in OPEN_TABS else None
    return chosen or ORDERS.get(narrowed.tab, ("due",))


SORTED: dict[str, tuple[str, ...]] = {
    "newest": ("-opened",),
    "oldest": ("opened",),
    "name": ("student__last_name", "student__first_name"),
}


def _first_come_first(causes: list[Cause], order: tuple[str, ...]) -> list[Cause]:
    """Return causes in the order in which they are worked through; where that is the same, what matters more first."""
    ranked = sorted(causes, key=lambda one: (one.entry.severity, -one.items, one.code))
    known = [one for one in ranked if one.first is not None]
    rest = [one for one in ranked if one.first is None]
    known.sort(key=lambda one: one.first, reverse=order[0].startswith("-"))  # type: ignore[arg-type, return-value] # all of one kind
    return known + rest
