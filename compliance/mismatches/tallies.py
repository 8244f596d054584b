"""How many items there are: by tab, and by cause; each number is that of the list it leads to.

A city-wide user has tens of thousands of open items, so the chosen list alone is read through, from an index; what is
beside it is counted where it is rare.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from django.db.models import Count, Max, Min, QuerySet

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
    """Return the numbers of a list: ``rows`` are those somebody may see, not narrowed yet.

    The chosen list is counted by cause; its number is theirs, and the other tabs' are counted each by its own index.
    """
    within = rows.filter(narrowed.filters())
    order = order_of(narrowed)
    parts = narrowed.parts_of_view(user=user, today=at.today, now=at.world)
    is_open = not narrowed.changed and narrowed.tab in OPEN_TABS
    causes = _together([causes_of(within.filter(part), order, students=is_open) for part in parts])
    is_tab = narrowed.tab in TABS and not narrowed.changed
    chosen = {narrowed.tab: sum(one.items for one in causes)} if is_tab else {}
    open_ones = within.filter(narrowed.open_filters(at.today))
    tabs = {**numbers_of_open(open_ones, user=user, today=at.today, known=chosen), **chosen}
    for tab in TABS:
        if tab not in tabs:
            tabs[tab] = within.filter(tab_condition(tab, user=user, today=at.today, now=at.world)).count()
    waits = narrowed.tab == "waiting" and not narrowed.changed
    return Tally(tabs, first_come_first([replace(one, waits=waits) for one in causes], order))


def numbers_of_open(
    rows: QuerySet[Finding], *, user: int, today: date, known: Mapping[str, int] = MappingProxyType({})
) -> dict[str, int]:
    """Return the numbers of the tabs of what is open, among ``rows``; ``known`` are those that were counted already.

    Almost everything that is open has nobody, so what has somebody or waits is counted, and either of the two long
    lists is told from the other.
    """
    to_do = how.to_do_of_open(today)
    taken = rows.filter(how.unfinished(), assigned_to__isnull=False).count()
    later = rows.filter(how.waits_for_another(today), assigned_to__isnull=True).count()
    if "unassigned" in known:
        unassigned = known["unassigned"]
        opened = unassigned + taken + later
    else:
        opened = known["open"] if "open" in known else rows.filter(how.unfinished()).count()
        unassigned = opened - taken - later
    mine = known["mine"] if "mine" in known else rows.filter(how.unfinished(), to_do, assigned_to=user).count()
    handed = rows.filter(state=State.HANDED_OVER).count()
    return {"mine": mine, "unassigned": unassigned, "open": opened, "handed-over": handed}


def has_own(rows: QuerySet[Finding], *, user: int, at: Moment) -> bool:
    """Return whether anything is somebody's own to do now."""
    return rows.filter(tab_condition("mine", user=user, today=at.today, now=at.world)).exists()


def numbers_of(rows: QuerySet[Finding], code: Code) -> tuple[int, int]:
    """Return how many items of a code are open, and how many are only waiting."""
    of_it = rows.filter(code=code)
    return of_it.filter(how.unfinished()).count(), of_it.filter(state=State.WAITING).count()


def causes_of(rows: QuerySet[Finding], order: tuple[str, ...], *, students: bool = False) -> list[Cause]:
    """Return the causes of some items, with how many students they concern where that is asked; one query.

    Rows are counted as such and by no column that the index of what is open lacks.
    """
    first = Max(order[0].removeprefix("-")) if order[0].startswith("-") else Min(order[0])
    counts: dict[str, Any] = {"items": Count("code"), "first": first}
    if students:
        counts["students"] = Count("student", distinct=True)
    return _causes([dict(one) for one in rows.values("code").annotate(**counts).order_by()])


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
