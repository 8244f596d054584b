"""A wide reader's list of access looks at the places that a check has marked, and holds what the schools' lists do."""

from __future__ import annotations

from datetime import timedelta

import pytest

from compliance.reconcile.run import reconcile
from compliance.reconcile.touched import catch_up
from orcs_portal.shared.models import Touched
from providers.kinds import Affiliation
from providers.models import AccessGrant, AccessRequest, GalaxyListing, Placement, Provider, School
from providers.models.grant import Standing as Kind
from providers.queries.access import page_of, tab_counts, without_access, wrongly_listed
from providers.queries.access_rows import rows_of
from providers.queries.checked import check
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


def test_a_new_place_is_listed_and_after_a_check_what_is_wrong_alone(school: School) -> None:
    wrong, right = world(school)
    assert marked() == listed() == wrong | right
    assert {one for one in without_access(wide(), now=build.NOW) if not one.healed} == wrong
    check(now=build.NOW)
    assert marked() == listed() == listed(school.dbn) == wrong


def test_what_comes_into_order_says_so_until_the_next_check_and_what_falls_out_comes_with_it(school: School) -> None:
    wrong, right = world(school)
    healed, broken = place(school), min(right, key=lambda one: one.pk)
    check(now=build.NOW)
    assert listed() == wrong | {healed}
    in_galaxy(healed.provider, school)
    build.give_access(healed.provider, school)
    AccessGrant.objects.filter(provider=broken.provider).update(ended=build.NOW)
    standing = wide()
    found = [one for one in without_access(standing, now=build.NOW) if one.healed]
    (row,) = rows_of(found, {}, standing=standing, now=build.NOW)
    assert (row["healed"], row["owner"], row["acts"]) == (True, "Nobody", [])
    check(now=build.NOW, providers=[broken.provider_id])
    assert listed() == wrong | {healed, broken}
    check(now=build.NOW, providers=[healed.provider_id])
    assert listed() == listed(school.dbn) == wrong | {broken}


def test_the_tabs_of_a_wide_reader_count_their_rows(school: School) -> None:
    world(school)
    asked = place(school)
    AccessRequest.objects.create(
        provider=asked.provider,
        affiliation=asked.provider.affiliation,
        school=school,
        route=1,
        asked_by=build.user(),
        asked=build.NOW,
    )
    check(now=build.NOW)
    rows = without_access(wide(), now=build.NOW)
    counts = tab_counts(rows, now=build.NOW)
    assert counts == {"all": 5, "to-ask": 3, "asked": 1, "opening": 1}
    assert {tab: len(page_of(rows, tab, slice(0, 25))) for tab in counts} == counts


def test_a_line_of_galaxy_is_looked_at_while_it_names_somebody_from_outside(school: School) -> None:
    in_galaxy(build.provider(at=school), school)
    outsider = build.provider(Affiliation.RSA, at=school)
    wrong, changed = in_galaxy(outsider, school), in_galaxy(build.provider(), school)
    check(now=build.NOW)
    assert set(GalaxyListing.objects.filter(to_check=True)) == {wrong}
    assert list(wrongly_listed(wide(), build.TODAY)) == [wrong]
    Provider.objects.filter(pk=named(changed)).update(affiliation=Affiliation.RSA)
    check(now=build.NOW, providers=[named(changed)])
    assert set(wrongly_listed(wide(), build.TODAY)) == {wrong, changed}


def named(line: GalaxyListing) -> int:
    """Return the id of the provider that a line names."""
    return Provider.objects.get(number=line.provider_number).pk


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
