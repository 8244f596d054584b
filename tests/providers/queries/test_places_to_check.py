"""A wide reader's list of access looks at the places that a check has marked, and holds what the schools' lists do."""

from __future__ import annotations

from datetime import timedelta

import pytest

from compliance.reconcile.run import reconcile
from compliance.reconcile.touched import catch_up
from orcs_portal.shared.models import Touched
from providers.kinds import Affiliation
from providers.models import AccessGrant, Placement, School
from providers.models.grant import Standing as Kind
from providers.queries.access import check_places, without_access
from providers.scope import Standing, standing_of
from tests import build
from tests.providers.workplace import in_galaxy, in_pets, place

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def school() -> School:
    return build.school()


def wide() -> Standing:
    """Return the standing of ORCS for the city."""
    user = build.user()
    build.grant(user, Kind.ORCS)
    return standing_of(user.pk, on=build.TODAY)


def listed(dbn: str = "") -> set[Placement]:
    """Return the places on a wide reader's list, or on one school's."""
    return set(without_access(wide(), now=build.NOW, dbn=dbn))


def marked() -> set[Placement]:
    return set(Placement.objects.filter(to_check=True))


def world(school: School) -> tuple[set[Placement], set[Placement]]:
    """Return places without access for every reason, and places in order."""
    doe, pets = build.provider(at=school), build.provider(Affiliation.AGENCY, at=school, of=build.agency())
    in_galaxy(doe, school)
    in_pets(pets)
    opening = place(school)
    in_galaxy(opening.provider, school, added=build.NOW)
    build.give_access(opening.provider, school, opened=build.NOW + DAY)
    wrong = {place(school), place(school, Affiliation.RSA), opening, build.provider(at=school).placements.get()}
    return wrong, {doe.placements.get(), pets.placements.get()}


def test_a_new_place_is_looked_at_and_after_a_check_what_is_wrong_alone(school: School) -> None:
    wrong, right = world(school)
    assert marked() == wrong | right
    assert listed() == listed(school.dbn) == wrong
    check_places(now=build.NOW)
    assert marked() == wrong
    assert listed() == listed(school.dbn) == wrong


def test_what_comes_into_order_leaves_the_list_at_once_and_what_falls_out_with_the_next_check(school: School) -> None:
    wrong, right = world(school)
    check_places(now=build.NOW)
    healed, broken = place(school), min(right, key=lambda one: one.pk)
    assert listed() == wrong | {healed}
    in_galaxy(healed.provider, school)
    build.give_access(healed.provider, school)
    AccessGrant.objects.filter(provider=broken.provider).update(ended=build.NOW)
    assert listed() == wrong
    check_places(now=build.NOW, providers=[broken.provider_id])
    assert listed() == listed(school.dbn) == wrong | {broken}
    assert marked() == wrong | {broken, healed}


def test_a_comparison_checks_everybody_and_later_those_who_were_touched(school: School) -> None:
    build.school_year()
    build.systems()
    wrong, right = world(school)
    reconcile(as_of=build.NOW, now=build.REAL)
    assert marked() == wrong
    broken = min(right, key=lambda one: one.pk)
    AccessGrant.objects.filter(provider=broken.provider).update(ended=build.NOW)
    Touched.objects.create(kind=Touched.Kind.PROVIDER, subject_id=broken.provider_id, at=build.NOW)
    catch_up(as_of=build.NOW, now=build.REAL)
    assert listed() == listed(school.dbn) == wrong | {broken}
