"""Access to SESIS by the one route that fits, held by the database (R6, R9)."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product

import pytest
from django.db import connection

from providers.kinds import Affiliation, Route
from providers.models import AccessGrant, AccessRequest, Provider, School
from tests import build
from tests.refusals import refused

pytestmark = pytest.mark.django_db

GRANT_HELD = "providers_accessgrant_affiliation_held"
REQUEST_HELD = "providers_accessrequest_affiliation_held"
NON_DOE = [Affiliation.AGENCY, Affiliation.RSA]


def someone(affiliation: Affiliation) -> Provider:
    """Return a provider of this affiliation without any access."""
    return build.provider(affiliation, of=build.agency() if affiliation is Affiliation.AGENCY else None)


def grant(to: Provider, at: School, affiliation: Affiliation, route: Route) -> AccessGrant:
    """Grant access with whatever affiliation and route are claimed."""
    return AccessGrant.objects.create(provider=to, affiliation=affiliation, school=at, route=route, opened=build.NOW)


def request(for_: Provider, at: School, affiliation: Affiliation, route: Route) -> AccessRequest:
    """Ask for access with whatever affiliation and route are claimed."""
    return AccessRequest.objects.create(
        provider=for_, affiliation=affiliation, school=at, route=route, asked_by=build.user(), asked=build.REAL
    )


@pytest.mark.parametrize("affiliation", NON_DOE)
def test_a_non_doe_provider_gets_no_access_through_galaxy(affiliation: Affiliation) -> None:
    with refused("access_grant_by_the_right_route"):
        grant(someone(affiliation), build.school(), affiliation, Route.GALAXY)


@pytest.mark.parametrize("affiliation", NON_DOE)
def test_calling_a_non_doe_provider_doe_opens_galaxy_no_more(affiliation: Affiliation) -> None:
    with refused(GRANT_HELD):
        grant(someone(affiliation), build.school(), Affiliation.DOE, Route.GALAXY)


@pytest.mark.parametrize("affiliation", NON_DOE)
def test_a_non_doe_provider_cannot_be_asked_into_galaxy(affiliation: Affiliation) -> None:
    with refused("access_request_by_the_right_route"):
        request(someone(affiliation), build.school(), affiliation, Route.GALAXY)


@pytest.mark.parametrize("affiliation", NON_DOE)
def test_a_request_cannot_lie_about_the_affiliation_either(affiliation: Affiliation) -> None:
    with refused(REQUEST_HELD):
        request(someone(affiliation), build.school(), Affiliation.DOE, Route.GALAXY)


def test_doe_staff_do_not_go_through_pets() -> None:
    doe = someone(Affiliation.DOE)
    with refused("access_grant_by_the_right_route"):
        grant(doe, build.school(), Affiliation.DOE, Route.PETS)
    with refused(GRANT_HELD):
        grant(doe, build.school(), Affiliation.RSA, Route.PETS)
    with refused("access_request_by_the_right_route"):
        request(doe, build.school(), Affiliation.DOE, Route.PETS)


@pytest.mark.parametrize(
    ("affiliation", "route"),
    [(Affiliation.DOE, Route.GALAXY), (Affiliation.AGENCY, Route.PETS), (Affiliation.RSA, Route.PETS)],
)
def test_each_has_a_route_that_is_taken(affiliation: Affiliation, route: Route) -> None:
    provider, school = someone(affiliation), build.school()
    assert grant(provider, school, affiliation, route).pk
    assert request(provider, school, affiliation, route).pk


def test_a_galaxy_grant_is_not_turned_into_someone_elses_afterwards() -> None:
    """The back door: access is granted rightly, and then the provider, the route or the affiliation is changed."""
    access = grant(someone(Affiliation.DOE), build.school(), Affiliation.DOE, Route.GALAXY)
    with refused(GRANT_HELD):
        Provider.objects.filter(pk=access.provider_id).update(affiliation=Affiliation.RSA)
    with refused(GRANT_HELD):
        AccessGrant.objects.update(provider=someone(Affiliation.RSA))
    with refused("access_grant_by_the_right_route"):
        AccessGrant.objects.update(affiliation=Affiliation.RSA)


def test_sql_by_hand_is_refused_as_well() -> None:
    rsa, school = someone(Affiliation.RSA), build.school()
    insert = (
        "INSERT INTO providers_accessgrant (provider_id, school_id, affiliation, route, opened)"
        " VALUES (%s, %s, %s, %s, now())"
    )
    with refused(GRANT_HELD), connection.cursor() as cursor:
        cursor.execute(insert, [rsa.pk, school.pk, 1, 1])
    with refused("access_grant_by_the_right_route"), connection.cursor() as cursor:
        cursor.execute(insert, [rsa.pk, school.pk, 3, 1])
    with refused("access_grant_by_the_right_route"), connection.cursor() as cursor:
        cursor.execute(insert, [rsa.pk, school.pk, 3, 7])


def test_access_is_open_once_at_a_school_and_again_after_it_ended() -> None:
    school = build.school()
    provider = build.provider(at=school)
    with refused("access_grant_open_once"):
        build.give_access(provider, school)
    AccessGrant.objects.update(ended=datetime(2026, 10, 1, tzinfo=UTC))
    build.give_access(provider, school)
    assert AccessGrant.objects.filter(provider=provider, ended=None).count() == 1


def test_one_request_at_a_time_and_another_after_the_decision() -> None:
    provider, school = someone(Affiliation.DOE), build.school()
    first = request(provider, school, Affiliation.DOE, Route.GALAXY)
    with refused("access_request_open_once"):
        request(provider, school, Affiliation.DOE, Route.GALAXY)
    AccessRequest.objects.filter(pk=first.pk).update(granted=False, decided=build.REAL, decided_by=build.user())
    assert request(provider, school, Affiliation.DOE, Route.GALAXY).pk


@pytest.mark.parametrize(("decision", "author", "time"), list(product([True, False], repeat=3)))
def test_a_decision_its_author_and_its_time_come_together(decision: bool, author: bool, time: bool) -> None:
    asked = request(someone(Affiliation.DOE), build.school(), Affiliation.DOE, Route.GALAXY)
    asked.granted = True if decision else None
    asked.decided_by = build.user() if author else None
    asked.decided = build.REAL if time else None
    if decision == author == time:
        asked.save()
    else:
        with refused("access_request_decided_whole"):
            asked.save()


def test_a_request_is_passed_on_to_the_central_office_by_somebody_at_a_time() -> None:
    asked = request(someone(Affiliation.AGENCY), build.school(), Affiliation.AGENCY, Route.PETS)
    asked.passed_on_by = build.user()
    with refused("access_request_passed_on_only_with_time"):
        asked.save()
    asked.passed_on = build.NOW
    asked.save()
    asked.passed_on_by = None
    with refused("access_request_passed_on_for_pets"):
        asked.save()


def test_a_request_for_galaxy_is_passed_on_to_nobody() -> None:
    asked = request(someone(Affiliation.DOE), build.school(), Affiliation.DOE, Route.GALAXY)
    asked.passed_on, asked.passed_on_by = build.NOW, build.user()
    with refused("access_request_passed_on_for_pets"):
        asked.save()
