"""What Today shows of the list: where to start, what only waits, and the numbers beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Max, Min, Q, QuerySet, Sum

from caseloads.models import Vacancy
from compliance.kinds import Code, State
from compliance.mismatches import standing as how
from compliance.mismatches.ages import Ages
from compliance.mismatches.listing import dressed, who_of
from compliance.mismatches.narrowing import tab_condition
from compliance.mismatches.wording import heading_of, service_of
from compliance.models import Finding
from compliance.reconcile.catalogue import CATALOGUE, Entry
from orcs_portal.shared.clock import local_day
from orcs_portal.shared.moment import Moment
from providers.scope import Standing

STARTS = 4
"""With how many causes Today says to start."""


@dataclass(frozen=True, slots=True)
class Start:
    """A cause to start with: how many of its items, how old and how late the first is, and the item if it is one."""

    entry: Entry
    items: int
    age: int
    over: int
    due_today: bool
    new: int
    only: Finding | None = None

    @property
    def title(self) -> str:
        """What to start with, in words."""
        if self.only is not None and self.items == 1:
            return heading_of(self.only)
        return f"{self.items} {self.entry.counted(self.items)}"

    @property
    def about(self) -> str:
        """Of whom the one item is, or why the cause matters."""
        if self.only is None or self.items != 1:
            return self.entry.why
        named = [str(who_of(self.only)["name"]), service_of(self.only)]
        return ", ".join(one for one in named if one)


def starts(rows: QuerySet[Finding], tab: str, *, user: int, since: datetime, at: Moment, counted: Ages) -> list[Start]:
    """Return the causes of a tab to start with, the most overdue first; two queries."""
    of_tab = rows.filter(tab_condition(tab, user=user, today=at.today, now=at.world))
    grouped = of_tab.values("code").annotate(
        items=Count("code"), due=Min("due"), since=Min("opened"), new=Count("code", filter=how.new_of_open(since))
    )
    ranked = sorted(
        (one for one in grouped.order_by() if one["code"] in CATALOGUE),
        key=lambda one: (one["due"] is None, one["due"] or at.today, CATALOGUE[Code(one["code"])].severity),
    )[:STARTS]
    single = [one["code"] for one in ranked if one["items"] == 1]
    only = {one.code: one for one in dressed(of_tab.filter(code__in=single))} if single else {}
    return [
        Start(
            entry=CATALOGUE[Code(one["code"])],
            items=one["items"],
            age=counted.age(None, local_day(one["since"])),
            over=counted.over(None, one["due"]),
            due_today=one["due"] == at.today,
            new=one["new"],
            only=only.get(one["code"]),
        )
        for one in ranked
    ]


@dataclass(frozen=True, slots=True)
class Waits:
    """What only waits of one cause: how many, and by when at the latest it ends."""

    entry: Entry
    items: int
    until: datetime

    @property
    def title(self) -> str:
        """How many of what."""
        return f"{self.items} {self.entry.counted(self.items)}"


def waits(rows: QuerySet[Finding]) -> list[Waits]:
    """Return what only waits, by cause, what ends last first; one query."""
    grouped = rows.filter(state=State.WAITING).values("code").annotate(items=Count("code"), until=Max("until"))
    found = [Waits(CATALOGUE[Code(one["code"])], one["items"], one["until"]) for one in grouped.order_by()]
    return sorted(found, key=lambda one: (one.until, one.items), reverse=True)


@dataclass(frozen=True, slots=True)
class Numbers:
    """Calls that are due and late, and lines for which nobody may call yet (R8)."""

    calls_due: int
    calls_late: int
    gated: int


def numbers(rows: QuerySet[Finding]) -> Numbers:
    """Return the numbers of calls; one query."""
    standing = Q(state__in=[*how.UNFINISHED, State.WAITING])
    counted = rows.filter(standing, code__in=[Code.NO_FIRST_ATTEND, Code.NO_TRANSMITTAL]).aggregate(
        due=Count("code", filter=Q(code=Code.NO_FIRST_ATTEND)),
        late=Count("code", filter=Q(code=Code.NO_FIRST_ATTEND) & how.unfinished()),
        gated=Count("code", filter=Q(code=Code.NO_TRANSMITTAL)),
    )
    return Numbers(counted["due"], counted["late"], counted["gated"])


def vacancies(standing: Standing) -> dict[str, int]:
    """Return how many vacancies are open at somebody's schools, and the minutes a week that are unserved for them."""
    open_ones = Vacancy.objects.filter(standing.schools_condition("school__"), closed__isnull=True)
    unserved = open_ones.aggregate(
        number=Count("pk", distinct=True), minutes=Sum(F("mandates__frequency") * F("mandates__duration"))
    )
    return {"number": unserved["number"], "minutes": unserved["minutes"] or 0}
