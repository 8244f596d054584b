"""Acts on access to SESIS: each door for its own people, and the wrong one on record (R6, R9)."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from orcs_portal.accounts.models import User
from orcs_portal.audit.models import AccessRecord
from orcs_portal.shared.models import Touched
from providers.actions import access
from providers.kinds import Affiliation, Route
from providers.models import AccessGrant, AccessRequest, GalaxyListing, PetsListing, Placement, Provider, School
from providers.policy.verdict import Advice
from tests import build
from tests.providers.workplace import in_galaxy, in_pets, place, touched
from tests.threads import at_once

pytestmark = pytest.mark.django_db
NON_DOE = [Affiliation.AGENCY, Affiliation.RSA]
DAY = timedelta(days=1)


@pytest.fixture
def by() -> User:
    return build.user()


def records() -> list[tuple[str, str, int | None, list[int]]]:
    """Return purpose, kind, id and students of every access record."""
    return list(AccessRecord.objects.order_by("id").values_list("purpose", "kind", "object_id", "students"))


def add(who: Provider, at: School, by: User) -> AccessGrant | Advice:
    return access.add_to_galaxy(provider=who, school=at, by=by, now=build.NOW, real=build.REAL)


def ask(where: Placement, route: Route, by: User) -> AccessRequest | Advice:
    return access.ask(placement=where, route=route, by=by, now=build.NOW, real=build.REAL)


def pass_on(where: Placement, by: User) -> AccessRequest | Advice:
    return access.pass_on(placement=where, by=by, now=build.NOW, real=build.REAL)


def register(request: AccessRequest | Advice, by: User) -> AccessRequest | Advice:
    assert isinstance(request, AccessRequest)
    return access.register(request=request, by=by, now=build.NOW, real=build.REAL)


def test_added_to_galaxy_somebody_is_on_its_list_and_in_sesis_a_day_later(by: User) -> None:
    where = place(build.school())
    granted = add(where.provider, where.school, by)
    assert isinstance(granted, AccessGrant)
    assert (granted.route, granted.opened) == (Route.GALAXY, build.NOW + DAY)
    listing = GalaxyListing.objects.get()
    assert (listing.dbn, listing.provider_number, listing.added) == (
        where.school.dbn,
        where.provider.number,
        build.NOW,
    )
    assert touched() == [(Touched.Kind.PROVIDER, where.provider_id)]
    assert records() == [("Added to Galaxy", "provider", where.provider_id, [])]


def test_whoever_is_added_to_galaxy_works_there_from_that_day(by: User) -> None:
    stranger, school = build.provider(), build.school()
    add(stranger, school, by)
    assert Placement.objects.get(provider=stranger, school=school).starts == build.TODAY


def test_adding_answers_what_was_asked(by: User) -> None:
    where = place(build.school())
    asked = ask(where, Route.GALAXY, build.user())
    add(where.provider, where.school, by)
    assert isinstance(asked, AccessRequest)
    asked.refresh_from_db()
    assert (asked.granted, asked.decided_by, asked.decided) == (True, by, build.NOW)


def test_adding_twice_is_adding_once(by: User) -> None:
    where = place(build.school())
    first, second = add(where.provider, where.school, by), add(where.provider, where.school, by)
    assert first == second
    assert (GalaxyListing.objects.count(), AccessGrant.objects.count()) == (1, 1)


def test_somebody_listed_without_a_role_gets_the_role_and_no_second_line(by: User) -> None:
    where = place(build.school())
    in_galaxy(where.provider, where.school)
    assert isinstance(add(where.provider, where.school, by), AccessGrant)
    assert GalaxyListing.objects.count() == 1


@pytest.mark.parametrize("affiliation", NON_DOE)
def test_nobody_from_outside_the_doe_is_added_to_galaxy_and_the_attempt_is_on_record(
    affiliation: Affiliation, by: User
) -> None:
    where = place(build.school(), affiliation)
    refused = add(where.provider, where.school, by)
    assert isinstance(refused, Advice)
    assert refused.code == "galaxy-is-for-doe-staff"
    assert not AccessGrant.objects.exists()
    assert not GalaxyListing.objects.exists()
    assert records() == [("Refused at the wrong door, Galaxy (R9)", "provider", where.provider_id, [])]


@pytest.mark.parametrize(
    ("affiliation", "route", "code"),
    [
        (Affiliation.AGENCY, Route.GALAXY, "galaxy-is-for-doe-staff"),
        (Affiliation.RSA, Route.GALAXY, "galaxy-is-for-doe-staff"),
        (Affiliation.DOE, Route.PETS, "pets-is-for-non-doe-providers"),
    ],
)
def test_nobody_is_asked_for_at_the_wrong_door(affiliation: Affiliation, route: Route, code: str, by: User) -> None:
    where = place(build.school(), affiliation)
    refused = ask(where, route, by)
    assert isinstance(refused, Advice)
    assert refused.code == code
    assert not AccessRequest.objects.exists()
    assert records()[0][0].startswith(f"Refused at the wrong door, {route.label}")


@pytest.mark.parametrize(("affiliation", "route"), [(Affiliation.DOE, Route.GALAXY), (Affiliation.AGENCY, Route.PETS)])
def test_asked_twice_is_asked_once_and_the_first_stays(affiliation: Affiliation, route: Route, by: User) -> None:
    where = place(build.school(), affiliation)
    first, second = ask(where, route, by), ask(where, route, build.user())
    assert first == second
    assert AccessRequest.objects.get().asked_by == by
    assert touched() == [(Touched.Kind.PROVIDER, where.provider_id)]


def test_the_agency_passes_on_what_the_school_asked(by: User) -> None:
    where = place(build.school(), Affiliation.AGENCY)
    ask(where, Route.PETS, build.user())
    pass_on(where, by)
    request = AccessRequest.objects.get()
    assert (request.passed_on, request.passed_on_by) == (build.NOW, by)
    assert request.asked_by != by


def test_the_agency_may_be_the_first_to_ask(by: User) -> None:
    request = pass_on(place(build.school(), Affiliation.AGENCY), by)
    assert isinstance(request, AccessRequest)
    assert (request.asked_by, request.passed_on_by) == (by, by)


def test_passed_on_twice_keeps_the_first(by: User) -> None:
    where = place(build.school(), Affiliation.AGENCY)
    pass_on(where, by)
    pass_on(where, build.user())
    assert AccessRequest.objects.get().passed_on_by == by


def test_doe_staff_are_not_passed_on_to_pets(by: User) -> None:
    refused = pass_on(place(build.school()), by)
    assert isinstance(refused, Advice)
    assert refused.rule == "R6"
    assert not AccessRequest.objects.exists()


def test_registered_in_pets_somebody_is_listed_and_in_sesis_at_once_wherever_they_work(by: User) -> None:
    where = place(build.school(), Affiliation.AGENCY)
    elsewhere = build.school()
    Placement.objects.create(provider=where.provider, school=elsewhere, starts=build.BEFORE)
    request = register(pass_on(where, build.user()), by)
    assert isinstance(request, AccessRequest)
    assert (request.granted, request.decided_by, request.decided) == (True, by, build.NOW)
    listed = PetsListing.objects.get()
    assert (listed.provider_number, listed.active, listed.eligible) == (where.provider.number, True, True)
    assert listed.vendor == str(where.provider.agency)
    granted = AccessGrant.objects.order_by("school")
    assert [(one.school_id, one.route, one.opened) for one in granted] == [
        (school.pk, Route.PETS, build.NOW) for school in sorted([where.school, elsewhere], key=lambda one: one.pk)
    ]
    assert touched()[-1] == (Touched.Kind.PROVIDER, where.provider_id)


def test_what_pets_says_of_somebody_is_put_right_and_not_said_twice(by: User) -> None:
    where = place(build.school(), Affiliation.AGENCY)
    in_pets(where.provider, active=False)
    register(pass_on(where, build.user()), by)
    assert list(PetsListing.objects.values_list("active", "eligible")) == [(True, True)]


def test_an_agencys_provider_is_not_registered_before_the_agency_has_asked(by: User) -> None:
    refused = register(ask(place(build.school(), Affiliation.AGENCY), Route.PETS, build.user()), by)
    assert isinstance(refused, Advice)
    assert refused.code == "agency-asks-first"
    assert not PetsListing.objects.exists()


def test_an_independent_provider_has_no_agency_and_is_registered_by_orcs(by: User) -> None:
    request = register(ask(place(build.school(), Affiliation.RSA), Route.PETS, build.user()), by)
    assert isinstance(request, AccessRequest)
    assert request.granted is True


def test_registering_twice_changes_nothing_more(by: User) -> None:
    request = pass_on(place(build.school(), Affiliation.AGENCY), build.user())
    register(request, by)
    register(request, build.user())
    assert AccessRequest.objects.get().decided_by == by
    assert (PetsListing.objects.count(), AccessGrant.objects.count()) == (1, 1)


def test_doe_staff_with_a_request_are_not_registered_in_pets(by: User) -> None:
    refused = register(ask(place(build.school()), Route.GALAXY, build.user()), by)
    assert isinstance(refused, Advice)
    assert refused.rule == "R6"


def test_a_line_on_galaxys_list_ends_the_day_before(by: User) -> None:
    who, school = build.provider(Affiliation.AGENCY, of=build.agency()), build.school()
    listing = in_galaxy(who, school)
    for _ in range(2):
        access.remove_from_galaxy(listing=listing, by=by, now=build.NOW, real=build.REAL)
    listing.refresh_from_db()
    assert listing.ends == build.TODAY - DAY
    assert touched() == [(Touched.Kind.PROVIDER, who.pk)]
    assert records() == [("Removed from Galaxy", "provider", who.pk, [])]


def test_a_line_of_somebody_nobody_knows_ends_as_well(by: User) -> None:
    listing = GalaxyListing.objects.create(dbn="15K000", provider_number=999_999, added=build.NOW)
    access.remove_from_galaxy(listing=listing, by=by, now=build.NOW, real=build.REAL)
    assert GalaxyListing.objects.get().ends == build.TODAY - DAY
    assert records() == []


@pytest.mark.django_db(transaction=True)
def test_twelve_heads_at_once_add_somebody_once() -> None:
    where, by = place(build.school()), build.user()
    answers = at_once([partial(add, where.provider, where.school, by)] * 12)
    assert len({one.pk for one in answers if isinstance(one, AccessGrant)}) == 1
    assert (GalaxyListing.objects.count(), AccessGrant.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_twelve_who_ask_at_once_make_one_request() -> None:
    where, by = place(build.school(), Affiliation.AGENCY), build.user()
    at_once([partial(pass_on, where, by)] * 12)
    assert AccessRequest.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_twelve_registrations_at_once_are_one() -> None:
    where, by = place(build.school(), Affiliation.AGENCY), build.user()
    request = pass_on(where, by)
    at_once([partial(register, request, by)] * 12)
    assert (PetsListing.objects.count(), AccessGrant.objects.count()) == (1, 1)
