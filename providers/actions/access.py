"""Acts on access to SESIS: asked for, passed on, and given by the one door that fits (R6, R9).

At the wrong door nothing is done: the answer is where the right one is, and the attempt stays on record.  Times that
an act leaves on rows are the world's; the record of who acted goes by real time.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from orcs_portal.accounts.models import User
from orcs_portal.audit.record import record_access
from orcs_portal.shared.clock import local_day
from orcs_portal.shared.models import Touched
from providers.kinds import Affiliation, Route
from providers.models import AccessGrant, AccessRequest, GalaxyListing, PetsListing, Placement, Provider, School
from providers.policy import rules
from providers.policy.verdict import Advice
from providers.queries.checked import check


def ask(*, placement: Placement, route: Route, by: User, now: datetime, real: datetime) -> AccessRequest | Advice:
    """Ask that somebody be added to Galaxy or registered in PETS, once however often it is asked.

    Returns the open request, or the advice of R6 or R9 where the route is not theirs.
    """
    provider = placement.provider
    refused = _at_the_wrong_door(provider, route, by=by, real=real)
    if refused is not None:
        return refused
    with transaction.atomic():
        request, made = AccessRequest.objects.get_or_create(
            provider=provider,
            school_id=placement.school_id,
            decided=None,
            defaults={"affiliation": provider.affiliation, "route": route, "asked_by": by, "asked": now},
        )
        if made:
            _record(provider, "Asked for access to SESIS", by=by, real=real)
            _touch(provider, now=now)
    return request


def pass_on(*, placement: Placement, by: User, now: datetime, real: datetime) -> AccessRequest | Advice:
    """Ask the central office to register an agency's provider, or an independent one, in PETS (R9)."""
    with transaction.atomic():
        request = ask(placement=placement, route=Route.PETS, by=by, now=now, real=real)
        if isinstance(request, AccessRequest):
            open_still = AccessRequest.objects.filter(pk=request.pk, passed_on=None, decided=None)
            if open_still.update(passed_on=now, passed_on_by=by):
                _record(placement.provider, "Asked the central office for PETS", by=by, real=real)
            request.refresh_from_db()
    return request


def register(*, request: AccessRequest, by: User, now: datetime, real: datetime) -> AccessRequest | Advice:
    """Register a provider in PETS as the central office does, and open SESIS wherever they work (R9).

    An agency's provider is registered only once the agency has asked; an advice says so.
    """
    with transaction.atomic():
        request = AccessRequest.objects.select_for_update(of=("self",)).select_related("provider").get(pk=request.pk)
        provider = request.provider
        refused = _at_the_wrong_door(provider, Route.PETS, by=by, real=real) or rules.registration_refused(
            Affiliation(provider.affiliation), passed_on=request.passed_on is not None
        )
        if refused is not None or request.decided is not None:
            return refused or request
        _list_in_pets(provider, now=now)
        for school in {request.school_id, *_workplaces(provider, now)}:
            _open(provider, school, Route.PETS, at=now)
        others = AccessRequest.objects.filter(provider=provider, decided=None)
        others.update(granted=True, decided_by=by, decided=now)
        _record(provider, "Registered in PETS", by=by, real=real)
        _touch(provider, now=now)
        request.refresh_from_db()
    return request


def add_to_galaxy(
    *, provider: Provider, school: School, by: User, now: datetime, real: datetime
) -> AccessGrant | Advice:
    """Add DOE staff to a school's Galaxy; the role in SESIS follows within a day (R6).

    Whoever is added works there from then on.  Returns the grant, or the advice of R9 for anybody else.
    """
    refused = _at_the_wrong_door(provider, Route.GALAXY, by=by, real=real)
    if refused is not None:
        return refused
    with transaction.atomic():
        Provider.objects.select_for_update().get(pk=provider.pk)
        _list_in_galaxy(provider, school, now=now)
        Placement.objects.get_or_create(
            provider=provider, school=school, ends=None, defaults={"starts": local_day(now)}
        )
        granted = _open(provider, school.pk, Route.GALAXY, at=now + _galaxy_lag())
        asked = AccessRequest.objects.filter(provider=provider, school=school, decided=None)
        asked.update(granted=True, decided_by=by, decided=now)
        _record(provider, "Added to Galaxy", by=by, real=real)
        _touch(provider, now=now)
    return granted


def remove_from_galaxy(*, listing: GalaxyListing, by: User, now: datetime, real: datetime) -> None:
    """Take somebody off a school's Galaxy list, as of yesterday; twice is once (R9)."""
    with transaction.atomic():
        running = GalaxyListing.objects.filter(Q(ends=None) | Q(ends__gte=local_day(now)), pk=listing.pk)
        if running.update(ends=local_day(now) - timedelta(days=1)):
            for provider in Provider.objects.filter(number=listing.provider_number):
                _record(provider, "Removed from Galaxy", by=by, real=real)
                _touch(provider, now=now)


def _at_the_wrong_door(provider: Provider, route: Route, *, by: User, real: datetime) -> Advice | None:
    """Return where the right door is, with the attempt on record, or None at the right one (R6, R9)."""
    refused = rules.wrong_door(Affiliation(provider.affiliation), route)
    if refused is not None:
        _record(provider, f"Refused at the wrong door, {route.label} ({refused.rule})", by=by, real=real)
    return refused


def _galaxy_lag() -> timedelta:
    """Return how long the role in SESIS follows after Galaxy (R6)."""
    return timedelta(hours=settings.RECONCILE_NUMBERS["galaxy_hours"])


def _list_in_galaxy(provider: Provider, school: School, *, now: datetime) -> None:
    running = Q(ends=None) | Q(ends__gte=local_day(now))
    if not GalaxyListing.objects.filter(running, provider_number=provider.number, dbn=school.dbn).exists():
        GalaxyListing.objects.create(
            dbn=school.dbn,
            provider_number=provider.number,
            name=provider.full_name,
            title=provider.get_role_display(),
            added=now,
        )


def _list_in_pets(provider: Provider, *, now: datetime) -> None:
    """Have PETS show somebody active and eligible: what it says of them already is put right first."""
    said = PetsListing.objects.filter(provider_number=provider.number)
    if not said.update(active=True, eligible=True):
        PetsListing.objects.create(
            provider_number=provider.number,
            vendor=str(provider.agency or ""),
            name=provider.full_name,
            registered=now,
        )


def _workplaces(provider: Provider, now: datetime) -> list[int]:
    today = local_day(now)
    running = Q(starts__lte=today) & (Q(ends=None) | Q(ends__gte=today))
    return list(Placement.objects.filter(running, provider=provider).values_list("school", flat=True))


def _open(provider: Provider, school: int, route: Route, *, at: datetime) -> AccessGrant:
    """Return access at a school that is not ended: the one there is, or a new one that begins at a time."""
    granted, _ = AccessGrant.objects.get_or_create(
        provider=provider,
        school_id=school,
        ended=None,
        defaults={"affiliation": provider.affiliation, "route": route, "opened": at},
    )
    return granted


def _record(provider: Provider, purpose: str, *, by: User, real: datetime) -> None:
    record_access(
        by=by,
        now=real,
        students=(),
        what="access",
        purpose=purpose,
        verb="changed",
        kind="provider",
        object_id=provider.pk,
    )


def _touch(provider: Provider, *, now: datetime) -> None:
    """Say that a provider's picture has changed; what wide readers' lists look at is put right at once."""
    check(now=now, providers=[provider.pk])
    Touched.objects.create(kind=Touched.Kind.PROVIDER, subject_id=provider.pk, at=now)
