"""The list of vacancies: narrowed, counted, and sorted by age or by the minutes that reach nobody (R12)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, Exists, OuterRef, Prefetch, Q, QuerySet, Sum, When

from caseloads.contracting.lines import Waiting, waiting_in
from caseloads.models import Offer
from caseloads.queries.stages import Stage, StagedVacancy, overdue, stage_in_sql
from caseloads.queries.vacancy_scope import vacancies_for
from providers.kinds import Borough, Language, Service
from providers.scope import Standing

PAGE = 25
SORTS = {"age": "Longest unserved", "minutes": "Most minutes a week", "school": "School"}


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What a list is narrowed to and sorted by; ``tab`` is to-act, open or closed."""

    tab: str
    sort: str = "age"
    stage: Stage | None = None
    borough: Borough | None = None
    dbn: str = ""
    service: Service | None = None
    language: Language | None = None

    @property
    def condition(self) -> Q:
        """The condition on vacancies, apart from the tab's."""
        chosen = {
            "stage": self.stage,
            "school__borough": self.borough,
            "school__dbn": self.dbn,
            "service": self.service,
            "language": self.language,
        }
        return Q(**{name: value for name, value in chosen.items() if value})


def tabs_of(standing: Standing, cutoff: date | None) -> dict[str, Q]:
    """Return the tabs of a reader and what each holds: ORCS and agencies have acts of their own, schools have none."""
    still = Q(closed=None)
    mine = Q()
    if standing.is_orcs:
        late = overdue(cutoff) if cutoff else Q(pk=None)
        own = standing.orcs.schools_condition("school__")
        mine |= own & (Q(stage__in=[Stage.REPORTED, Stage.ACCEPTED]) | (Q(stage=Stage.OFFERED) & late))
    if standing.agencies:
        asked = Offer.objects.filter(vacancy=OuterRef("pk"), agency__in=standing.agencies, answer=None)
        mine |= Q(Exists(asked)) & ~Q(stage__in=[Stage.ACCEPTED, Stage.TRANSMITTED])
    acts = {"to-act": still & mine} if mine else {}
    return {**acts, "open": still, "closed": Q(closed__isnull=False)}


def rows_for(standing: Standing, narrowed: Narrowed) -> QuerySet[StagedVacancy]:
    """Return the vacancies somebody sees, with their ``stage``, narrowed but for the tab."""
    return staged_for(standing).filter(narrowed.condition)


def staged_for(standing: Standing) -> QuerySet[StagedVacancy]:
    """Return the vacancies somebody sees, with their ``stage``."""
    return vacancies_for(standing).annotate(stage=stage_in_sql())


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows each tab holds, how many open vacancies stand at each stage, and a tab's minutes as kept."""

    tabs: dict[str, int]
    stages: dict[Stage, int]
    minutes: dict[str, int]


def counts_of(rows: QuerySet[StagedVacancy], tabs: Mapping[str, Q]) -> Counts:
    """Return the numbers of a list; two queries: one reads what is open, the other counts what is closed."""
    mine = tabs.get("to-act", Q(pk__in=[]))
    marked = rows.filter(closed=None).annotate(to_act=Case(When(mine, then=True), default=False))
    counted = marked.values_list("stage", "to_act").annotate(Count("pk"), Sum("minutes")).order_by()
    stages = dict.fromkeys(Stage, 0)
    numbers, minutes = dict.fromkeys(tabs, 0), dict.fromkeys(tabs, 0)
    for stage, to_act, number, waiting in counted:
        stages[Stage(stage)] += number
        for tab in ("open", *(["to-act"] if to_act else [])):
            numbers[tab] += number
            minutes[tab] += waiting
    numbers["closed"] = rows.filter(closed__isnull=False).count()
    return Counts(numbers, stages, minutes)


@dataclass(frozen=True, slots=True)
class Listed:
    """The ids of a page's rows in their order, how much waits in each, and the minutes a week of the whole tab."""

    ids: list[int]
    waiting: Mapping[int, Waiting]
    minutes: int


LONG = 200
"""A list of more vacancies goes by the minutes that were kept of each; a shorter one is weighed while one waits."""

ORDERS = {
    "age": ("unserved_since", "pk"),
    "minutes": ("-minutes", "pk"),
    "school": ("school__dbn", "unserved_since", "pk"),
}


def listed(
    rows: QuerySet[StagedVacancy], tab: Q, *, sort: str, which: slice, total: int, kept: int, today: date
) -> Listed:
    """Return a slice of a tab's ``total`` rows in the order asked for; two queries.

    ``kept`` are the minutes a week that were kept of the whole tab.
    """
    ordered = rows.filter(tab).order_by(*ORDERS[sort]).values_list("pk", flat=True)
    if total > LONG:
        ids = list(ordered[which])
        return Listed(ids, waiting_in(ids, today), kept)
    ids = list(ordered)
    waiting = waiting_in(ids, today)
    if sort == "minutes":
        ids.sort(key=lambda one: (-waiting.get(one, Waiting()).minutes, one))
    return Listed(ids[which], waiting, sum(one.minutes for one in waiting.values()))


def all_of(rows: QuerySet[StagedVacancy], tab: Q, *, sort: str, today: date) -> list[int]:
    """Return the ids of a whole tab in the order asked for; two queries at most."""
    ids = list(rows.filter(tab).order_by(*ORDERS[sort]).values_list("pk", flat=True))
    if sort == "minutes" and len(ids) <= LONG:
        waiting = waiting_in(ids, today)
        ids.sort(key=lambda one: (-waiting.get(one, Waiting()).minutes, one))
    return ids


def page_of(rows: QuerySet[StagedVacancy], ids: list[int]) -> list[StagedVacancy]:
    """Return the vacancies of these ids in their order, with their offers; two queries."""
    offers = Prefetch("offers", Offer.objects.select_related("agency").order_by("offered", "pk"))
    found = {row.pk: row for row in rows.filter(pk__in=ids).prefetch_related(offers)}
    return [found[one] for one in ids if one in found]
