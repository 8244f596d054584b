"""Who works at a school and is not in SESIS there, and who may do what about it (R6, R9)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, SmallIntegerField, Subquery, Value, When
from django_stubs_ext import WithAnnotations

from orcs_portal.shared.clock import local_day
from providers.kinds import Affiliation, Route
from providers.models import AccessGrant, AccessRequest, GalaxyListing, PetsListing, Placement, Provider, School
from providers.policy.rules import access_owner, may_be_added_to_galaxy, route_into_sesis
from providers.policy.verdict import AccessOwner
from providers.queries.running import running_on
from providers.scope import Standing

ROUTE = Case(
    *(When(provider__affiliation=one, then=Value(route_into_sesis(one).value)) for one in Affiliation),
    output_field=SmallIntegerField(),
)
"""The one way into SESIS of the provider that a row is about, as the policy says (R6, R9)."""


class Told(TypedDict):
    """What ``without_access`` adds to a place."""

    route: int
    opened: datetime | None
    added: datetime | None
    listed: bool
    eligible: bool
    asked: int | None
    opening: bool
    healed: bool


if TYPE_CHECKING:
    Place = WithAnnotations[Placement, Told]
else:
    Place = Placement  # the alias above exists for the type checker alone

OUTSIDERS = [one for one in Affiliation if not may_be_added_to_galaxy(one)]


def places_for(standing: Standing, on: date) -> QuerySet[Placement]:
    """Return who works where on a day, of one's schools or boroughs and of one's agency's people."""
    condition = standing.schools_condition("school__")
    if standing.agencies:
        condition |= Q(provider__agency__in=standing.agencies)
    return Placement.objects.filter(condition & running_on(on))


def places_to_ask_for(standing: Standing, on: date) -> QuerySet[Placement]:
    """Return the places of those for whom somebody may ask: of one's own schools."""
    own = standing.staff.schools_condition("school__")
    return Placement.objects.filter(own & running_on(on)).select_related("provider__agency", "school")


def places_to_add(standing: Standing, on: date) -> QuerySet[Placement]:
    """Return the places of those whom somebody may add to Galaxy, being that school's head (R6)."""
    own = standing.head.schools_condition("school__")
    return Placement.objects.filter(own & running_on(on)).select_related("provider__agency", "school")


def places_to_pass_on(standing: Standing, on: date) -> QuerySet[Placement]:
    """Return the places for which somebody asks the central office: one's agency's, or ORCS's for the others (R9)."""
    alone = [one for one in Affiliation if access_owner(one) is not AccessOwner.AGENCY]
    orcs = standing.orcs.schools_condition("school__") & Q(provider__affiliation__in=alone)
    rows = Placement.objects.filter(running_on(on) & (orcs | Q(provider__agency__in=standing.agencies)))
    return rows.select_related("provider__agency", "school")


def provider_by(number: int) -> Provider | None:
    """Return the provider of this number, whoever they work for; a number is on the phone line and no secret."""
    return Provider.objects.filter(number=number).select_related("agency").first()


def is_wide(standing: Standing) -> bool:
    """Return whether somebody has more schools than can be looked through while they wait."""
    return standing.citywide or bool(standing.boroughs)


def without_access(standing: Standing, *, now: datetime, dbn: str = "") -> QuerySet[Place]:
    """Return the places whose provider is not in SESIS there, or not on the list that leads into it.

    ``dbn`` narrows them to one school.  A wide reader's are those that the last check marked, and those that are new;
    one of them may be in order by now.
    """
    places = places_for(standing, local_day(now))
    if dbn:
        return lacking(places.filter(school__dbn=dbn), now=now)
    if is_wide(standing):
        return told(places.filter(to_check=True), now=now)
    return lacking(places, now=now)


IN_ORDER = Q(route=Route.GALAXY, added__isnull=False) | Q(route=Route.PETS, eligible=True)


def lacking(places: QuerySet[Placement], *, now: datetime) -> QuerySet[Place]:
    """Return those of the places at which something is wrong with the access, ``told``."""
    return told(places, now=now).filter(Q(opened=None) | Q(opened__gt=now) | ~IN_ORDER)


def told(places: QuerySet[Placement], *, now: datetime) -> QuerySet[Place]:
    """Return places with what is said of them.

    Each has ``opened`` (when access begins), ``added`` (to Galaxy), ``listed`` and ``eligible`` (in PETS), ``asked``
    (the open request's id), ``opening`` (everything is in order and it opens by itself) and ``healed`` (it is open).
    """
    galaxy = GalaxyListing.objects.filter(
        Q(ends=None) | Q(ends__gte=local_day(now)),
        provider_number=OuterRef("provider__number"),
        dbn=OuterRef("school__dbn"),
        added__lte=now,
    )
    pets = PetsListing.objects.filter(provider_number=OuterRef("provider__number"))
    return places.annotate(
        route=ROUTE,
        opened=Subquery(_grants().values("opened")[:1]),
        added=Subquery(galaxy.order_by("added").values("added")[:1]),
        listed=Exists(pets),
        eligible=Exists(pets.filter(active=True, eligible=True)),
        asked=Subquery(_requests().values("pk")[:1]),
    ).annotate(
        opening=Case(When(IN_ORDER & Q(opened__gt=now), then=True), default=False),
        healed=Case(When(IN_ORDER & Q(opened__lte=now), then=True), default=False),
    )


def _grants() -> QuerySet[AccessGrant]:
    return AccessGrant.objects.filter(provider=OuterRef("provider"), school=OuterRef("school"), ended=None)


def _requests() -> QuerySet[AccessRequest]:
    return AccessRequest.objects.filter(provider=OuterRef("provider"), school=OuterRef("school"), decided=None)


TABS = {
    "all": ("All", Q()),
    "to-ask": ("Nobody has asked", Q(opening=False, asked=None)),
    "asked": ("Asked for", Q(opening=False, asked__isnull=False)),
    "opening": ("Opens by itself", Q(opening=True)),
}
PAGE = 25


def marked_count(standing: Standing, *, now: datetime) -> int:
    """Return how many places a wide reader's list holds, from the index of what is marked alone; one query."""
    return places_for(standing, local_day(now)).filter(to_check=True).count()


def tab_counts(rows: QuerySet[Place], *, now: datetime, every: int | None = None) -> dict[str, int]:
    """Return how many rows each tab holds; three queries, or two where it is known how many there are of ``every``.

    Few places were asked for or open by themselves, so those are looked at, and the rest is told from the whole.
    """
    ahead = Exists(_grants().filter(opened__gt=now))
    every = rows.count() if every is None else every
    asked = rows.filter(Exists(_requests()), TABS["asked"][1]).count()
    opening = rows.filter(ahead, TABS["opening"][1]).count()
    return {"all": every, "to-ask": every - asked - opening, "asked": asked, "opening": opening}


def page_of(rows: QuerySet[Place], tab: str, which: slice) -> list[Place]:
    """Return a slice of a tab's rows, by school and name; what is said of them is looked up for these alone."""
    order = ("school__dbn", "provider__full_name", "pk")
    ids = list(rows.filter(TABS[tab][1]).order_by(*order).values_list("pk", flat=True)[which])
    shown = rows.filter(pk__in=ids).order_by(*order)
    return list(shown.select_related("provider__agency", "school"))


def requests_of(rows: Iterable[Place]) -> dict[int, AccessRequest]:
    """Return the open requests of these rows by id."""
    ids = [row.asked for row in rows if row.asked]
    return AccessRequest.objects.select_related("asked_by", "passed_on_by").in_bulk(ids)


def requests_to_register(standing: Standing) -> QuerySet[AccessRequest]:
    """Return the open requests for PETS that ORCS may carry out as the central office (R9)."""
    within = standing.orcs.schools_condition("school__")
    return AccessRequest.objects.filter(within, route=Route.PETS, decided=None).select_related("provider", "school")


def wrongly_listed(standing: Standing, on: date) -> QuerySet[GalaxyListing]:
    """Return the lines of one's schools' Galaxy that name somebody from outside the DOE (R9)."""
    rows = outsiders(GalaxyListing.objects.filter(Q(ends=None) | Q(ends__gte=on)))
    if is_wide(standing):
        rows = rows.filter(to_check=True)
    schools = School.objects.filter(standing.schools_condition()).values("dbn")
    return rows.filter(dbn__in=schools).order_by("dbn", "name", "pk")


def outsiders(rows: QuerySet[GalaxyListing]) -> QuerySet[GalaxyListing]:
    """Return those of the lines that name somebody whom the policy keeps out of Galaxy (R9).

    Whom each names is looked up: the lines are few, and there are tens of thousands of providers.
    """
    named = Provider.objects.filter(number=OuterRef("provider_number")).order_by().values("affiliation")[:1]
    return rows.alias(of=Subquery(named)).filter(of__in=OUTSIDERS)


def listings_to_remove(standing: Standing, on: date) -> QuerySet[GalaxyListing]:
    """Return those of them that somebody may take off, being that school's head (R6, R9)."""
    return wrongly_listed(standing, on).filter(dbn__in=galaxies_of(standing).values("dbn"))


def galaxies_of(standing: Standing) -> QuerySet[School]:
    """Return the schools whose Galaxy somebody changes: those whose head they are (R6)."""
    return School.objects.filter(standing.head.schools_condition())
