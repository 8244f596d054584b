"""How many items there are: by tab, and by cause; each number is that of the list it leads to.

A city-wide user has tens of thousands of open items, so what is open is read once, from the index by cause alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet

from compliance.kinds import Code, State
from compliance.mismatches import standing as how
from compliance.mismatches.narrowing import OPEN_TABS, TABS, Narrowed, tab_condition
from compliance.mismatches.waiting import waiting_words
from compliance.models import Finding
from compliance.reconcile.catalogue import CATALOGUE, Entry
from orcs_portal.shared.moment import Moment

Counted = dict[str, Any]
"""A code, with what was counted of it."""

ORDERS: dict[str, tuple[str, ...]] = {
    "handed-over": ("look_again",),
    "waiting": ("until",),
    "acknowledged": ("-first_seen",),
    "settled": ("-settled",),
}
"""In what order each tab's items are worked through; the others by the last day to act."""


@dataclass(frozen=True, slots=True)
class Cause:
    """A reason that items share: how many there are, and the first of them to be worked on.

    ``students`` are counted of what is open alone.
    """

    code: Code
    items: int
    first: date | datetime | None
    students: int | None = None
    waits: bool = False

    @property
    def entry(self) -> Entry:
        """What the catalogue says of it."""
        return CATALOGUE[self.code]

    @property
    def title(self) -> str:
        """The words after the number."""
        return waiting_words(self.code, self.items) if self.waits else self.entry.counted(self.items)


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
    within = rows.filter(narrowed.filters())
    order = order_of(narrowed)
    is_open = not narrowed.changed and narrowed.tab in OPEN_TABS
    open_ones = within.filter(narrowed.open_filters(at.today))
    counted = _open_by_code(open_ones, user, at, narrowed.tab if is_open else "")
    tabs = {tab: sum(one[_column(tab)] for one in counted) for tab in OPEN_TABS}
    for tab in TABS:
        if tab not in tabs:
            tabs[tab] = within.filter(tab_condition(tab, user=user, today=at.today, now=at.world)).count()
    if is_open:
        return Tally(tabs, first_come_first(_causes(counted), order))
    parts = narrowed.parts_of_view(user=user, today=at.today, now=at.world)
    causes = _together([causes_of(within.filter(part), order) for part in parts])
    waits = narrowed.tab == "waiting" and not narrowed.changed
    return Tally(tabs, first_come_first([replace(one, waits=waits) for one in causes], order))


def has_own(rows: QuerySet[Finding], *, user: int, at: Moment) -> bool:
    """Return whether anything is somebody's own to do now."""
    return rows.filter(tab_condition("mine", user=user, today=at.today, now=at.world)).exists()


def numbers_of(rows: QuerySet[Finding], code: Code) -> tuple[int, int]:
    """Return how many items of a code are open, and how many are only waiting."""
    of_it = rows.filter(code=code)
    return of_it.filter(how.unfinished()).count(), of_it.filter(state=State.WAITING).count()


def _column(tab: str) -> str:
    return f"in_{tab.replace('-', '_')}"


def _open_by_code(rows: QuerySet[Finding], user: int, at: Moment, chosen: str) -> list[Counted]:
    """Return, by code, the numbers of what is open, and where one of its tabs is chosen what a cause says of that.

    Rows are counted as such and by no column that the index lacks.
    """
    to_do = how.to_do_of_open(at.today)
    conditions = {
        "mine": Q(assigned_to=user) & to_do,
        "unassigned": Q(assigned_to__isnull=True) & to_do,
        "open": None,
        "handed-over": Q(state=State.HANDED_OVER),
    }
    counts: dict[str, Any] = {_column(tab): Count("code", filter=conditions[tab]) for tab in OPEN_TABS}
    if chosen:
        only = conditions[chosen]
        counts["items"] = Count("code", filter=only)
        counts["students"] = Count("student", filter=only, distinct=True)
        counts["first"] = Min(ORDERS.get(chosen, ("due",))[0], filter=only)
    return [dict(one) for one in rows.filter(how.unfinished()).values("code").annotate(**counts).order_by()]


def causes_of(rows: QuerySet[Finding], order: tuple[str, ...]) -> list[Cause]:
    """Return the causes of some items; one query."""
    first = Max(order[0].removeprefix("-")) if order[0].startswith("-") else Min(order[0])
    return _causes([dict(one) for one in rows.values("code").annotate(items=Count("*"), first=first).order_by()])


def _causes(counted: list[Counted]) -> list[Cause]:
    return [
        Cause(Code(one["code"]), one["items"], one["first"], one.get("students")) for one in counted if one["items"]
    ]


def _together(parts: list[list[Cause]]) -> list[Cause]:
    """Return the causes of several parts, which share no item, as one."""
    whole: dict[Code, Cause] = {}
    for cause in (one for part in parts for one in part):
        known = whole.get(cause.code)
        whole[cause.code] = cause if known is None else _sum(known, cause)
    return list(whole.values())


def _sum(one: Cause, other: Cause) -> Cause:
    firsts = [cause.first for cause in (one, other) if cause.first is not None]
    return Cause(one.code, one.items + other.items, min(firsts, default=None))


def order_of(narrowed: Narrowed) -> tuple[str, ...]:
    """Return the columns that a list of one cause is sorted by; only what is open can be sorted otherwise."""
    if narrowed.changed:
        return CHANGED_ORDERS.get(narrowed.changed, ("due",))
    chosen = SORTED.get(narrowed.sort) if narrowed.tab in OPEN_TABS else None
    return chosen or ORDERS.get(narrowed.tab, ("due",))


CHANGED_ORDERS: dict[str, tuple[str, ...]] = {
    "new": ("-opened",),
    "came-back": ("-opened",),
    "settled": ("-settled",),
    "acknowledged": ("-handled",),
}
SORTED: dict[str, tuple[str, ...]] = {
    "newest": ("-opened",),
    "oldest": ("opened",),
    "name": ("student__last_name", "student__first_name"),
}


def first_come_first(causes: list[Cause], order: tuple[str, ...]) -> list[Cause]:
    """Return causes in the order in which they are worked through; where that is the same, what matters more first."""
    ranked = sorted(causes, key=lambda one: (one.entry.severity, -one.items, one.code))
    known = [one for one in ranked if one.first is not None]
    rest = [one for one in ranked if one.first is None]
    known.sort(key=lambda one: one.first, reverse=order[0].startswith("-"))  # type: ignore[arg-type, return-value] # all of one kind
    return known + rest
