"""What Today shows of the list: where to start, what only waits, and the numbers beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from caseloads.contracting.lines import waiting_in
from caseloads.queries.vacancy_scope import vacancies_for
from compliance.kinds import UNFINISHED, Code, State
from compliance.mismatches import standing as how
from compliance.mismatches.ages import Ages, ages
from compliance.mismatches.listing import first_of_each, when_of, who_of
from compliance.mismatches.narrowing import tab_condition
from compliance.mismatches.tallies import Cause, causes_of, first_come_first
from compliance.mismatches.waiting import waiting_words
from compliance.mismatches.wording import heading_of, service_of
from compliance.models import Finding
from compliance.reconcile.catalogue import CATALOGUE, Entry
from orcs_portal.shared.moment import Moment
from providers.scope import Standing

STARTS = 4
"""With how many causes Today says to start."""


@dataclass(frozen=True, slots=True)
class Start:
    """A cause to start with: how many of its items, how many of them are new, and the first, with its age and delay."""

    entry: Entry
    items: int
    new: int
    first: Finding
    age: int
    over: int
    due_today: bool

    @property
    def title(self) -> str:
        """What to start with, in words."""
        return heading_of(self.first) if self.items == 1 else f"{self.items} {self.entry.counted(self.items)}"

    @property
    def about(self) -> str:
        """Of whom the one item is, or why the cause matters."""
        if self.items > 1:
            return self.entry.why
        named = [str(who_of(self.first)["name"]), service_of(self.first)]
        return ", ".join(one for one in named if one)


def starts(rows: QuerySet[Finding], tab: str, *, user: int, since: datetime, at: Moment) -> list[Start]:
    """Return the causes of a tab to start with, the most overdue first; a fixed number of queries."""
    of_tab = rows.filter(tab_condition(tab, user=user, today=at.today, now=at.world))
    ranked = first_come_first(causes_of(of_tab, ("due",)), ("due",))[:STARTS]
    shown = of_tab.filter(how.new_since(since), code__in=[one.code for one in ranked])
    new = dict(shown.values_list("code").annotate(Count("code")).order_by())
    firsts = {one.code: one for one in first_of_each([of_tab], ranked, "due", shown=1)}
    counted = ages({one.school_id for one in firsts.values()}, at.today)
    return [_start(one, new.get(one.code, 0), firsts[one.code], counted) for one in ranked if one.code in firsts]


def _start(cause: Cause, new: int, first: Finding, counted: Ages) -> Start:
    when = when_of(first, counted)
    return Start(cause.entry, cause.items, new, first, when["age"], when["over"], when["due_today"])


@dataclass(frozen=True, slots=True)
class Waits:
    """What only waits of one cause: how many, and by when at the latest it ends."""

    entry: Entry
    items: int
    until: datetime

    @property
    def title(self) -> str:
        """How many of what."""
        return f"{self.items} {waiting_words(self.entry.code, self.items)}"


def waits(rows: QuerySet[Finding]) -> list[Waits]:
    """Return what only waits, by cause, what ends last first; two queries.

    The rows are counted through; the last of each cause is looked up.
    """
    waiting = rows.filter(state=State.WAITING)
    items = dict(waiting.values_list("code").annotate(Count("code")).order_by())
    if not items:
        return []
    each = [waiting.filter(code=code).order_by("-until").values_list("code", "until")[:1] for code in items]
    ends = each[0].union(*each[1:], all=True) if each[1:] else each[0]
    found = [Waits(CATALOGUE[Code(code)], items[code], last) for code, last in ends if last is not None]
    return sorted(found, key=lambda one: (one.until, one.items), reverse=True)


@dataclass(frozen=True, slots=True)
class Numbers:
    """Calls that are due and late, and lines for which nobody may call yet (R8)."""

    calls_due: int
    calls_late: int
    gated: int


def numbers(rows: QuerySet[Finding]) -> Numbers:
    """Return the numbers of calls; one query."""
    standing = Q(state__in=[*UNFINISHED, State.WAITING])
    counted = rows.filter(standing, code__in=[Code.NO_FIRST_ATTEND, Code.NO_TRANSMITTAL]).aggregate(
        due=Count("code", filter=Q(code=Code.NO_FIRST_ATTEND)),
        late=Count("code", filter=Q(code=Code.NO_FIRST_ATTEND) & how.unfinished()),
        gated=Count("code", filter=Q(code=Code.NO_TRANSMITTAL)),
    )
    return Numbers(counted["due"], counted["late"], counted["gated"])


def vacancies(standing: Standing, *, today: date) -> tuple[int, int | None]:
    """Return how many vacancies are open at somebody's schools, and the minutes a week that reach nobody for them.

    A borough's or the city's minutes are not added up.
    """
    rows = vacancies_for(standing).filter(closed=None)
    if standing.citywide or standing.boroughs:
        return rows.count(), None
    ids = list(rows.values_list("pk", flat=True))
    return len(ids), sum(one.minutes for one in waiting_in(ids, today).values())
