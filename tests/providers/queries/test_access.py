"""Who lacks access to SESIS at a school, by every reason there is (R6, R9)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from providers.kinds import Affiliation, Borough
from providers.models import AccessGrant, Agency, Placement, School
from providers.models.grant import Standing as Kind
from providers.queries import access
from providers.queries.access_rows import rows_of
from providers.scope import Standing, standing_of
from tests import build
from tests.providers.workplace import in_galaxy, in_pets, place

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def school() -> School:
    return build.school()


def coordinator(at: School) -> Standing:
    """Return the standing of a school's coordinator."""
    user = build.user()
    build.grant(user, Kind.COORDINATOR, at=at)
    return standing_of(user.pk, on=build.TODAY)


def why(at: School) -> list[str]:
    """Return what the page says of each person without access at a school."""
    standing = coordinator(at)
    found = access.page_of(access.without_access(standing, now=build.NOW), "all", slice(0, 25))
    return [row["why"] for row in rows_of(found, access.requests_of(found), standing=standing, now=build.NOW)]


def test_doe_staff_with_a_role_and_a_line_in_galaxy_are_no_trouble(school: School) -> None:
    in_galaxy(build.provider(at=school), school)
    assert why(school) == []


def test_non_doe_staff_with_a_role_and_active_in_pets_are_no_trouble(school: School) -> None:
    in_pets(build.provider(Affiliation.AGENCY, at=school, of=build.agency()))
    assert why(school) == []


def test_doe_staff_without_a_line_in_galaxy_are_missing_with_or_without_a_role(school: School) -> None:
    place(school)
    build.provider(at=school)
    assert why(school) == ["Not on the school's Galaxy list"] * 2


def test_a_line_that_ended_or_at_another_school_or_yet_to_come_is_none(school: School) -> None:
    ended, elsewhere, ahead = (build.provider(at=school) for _ in range(3))
    listing = in_galaxy(ended, school)
    listing.ends = build.TODAY - DAY
    listing.save()
    in_galaxy(elsewhere, build.school())
    in_galaxy(ahead, school, added=build.NOW + DAY)
    assert why(school) == ["Not on the school's Galaxy list"] * 3
    listing.ends = build.TODAY
    listing.save()
    assert len(why(school)) == 2


def test_added_within_a_day_the_role_follows_by_itself(school: School) -> None:
    where = place(school)
    in_galaxy(where.provider, school, added=build.NOW)
    build.give_access(where.provider, school, opened=build.NOW + DAY)
    standing = coordinator(school)
    rows = access.without_access(standing, now=build.NOW)
    assert access.tab_counts(rows, now=build.NOW) == {"all": 1, "to-ask": 0, "asked": 0, "opening": 1}
    found = access.page_of(rows, "opening", slice(0, 25))
    (shown,) = rows_of(found, {}, standing=standing, now=build.NOW)
    assert (shown["opening"], shown["owner"], shown["acts"]) == (build.NOW + DAY, "Nobody", [])
    assert access.tab_counts(access.without_access(standing, now=build.NOW + DAY), now=build.NOW + DAY)["all"] == 0


def test_a_line_without_a_role_is_said(school: School) -> None:
    in_galaxy(place(school).provider, school)
    (said,) = why(school)
    assert said.startswith("On Galaxy's list since")


@pytest.mark.parametrize(
    ("active", "eligible"), [(False, True), (True, False), (False, False)], ids=["inactive", "not eligible", "neither"]
)
def test_pets_counts_only_the_active_and_eligible(school: School, active: bool, eligible: bool) -> None:
    who = build.provider(Affiliation.AGENCY, at=school, of=build.agency())
    assert why(school) == ["Not in PETS"]
    in_pets(who, active=active, eligible=eligible)
    assert why(school) == ["In PETS, but not active and eligible"]
    in_pets(who)
    assert why(school) == []


def test_registered_but_without_a_role_here_is_said(school: School) -> None:
    in_pets(place(school, Affiliation.AGENCY).provider)
    assert why(school) == ["Active in PETS, but SESIS is not open at this school"]


def test_access_that_ended_is_none(school: School) -> None:
    in_galaxy(build.provider(at=school), school)
    AccessGrant.objects.update(ended=build.NOW - DAY)
    assert len(why(school)) == 1


def test_who_works_there_no_more_is_nobodys_trouble(school: School) -> None:
    place(school)
    Placement.objects.update(ends=build.TODAY - DAY)
    assert why(school) == []


def test_somebody_on_galaxys_list_from_outside_the_doe_is_found_wherever_they_work(school: School) -> None:
    listings = [
        in_galaxy(build.provider(one, of=_agency(one)), school) for one in (Affiliation.AGENCY, Affiliation.RSA)
    ]
    in_galaxy(build.provider(), school)
    in_galaxy(build.provider(Affiliation.RSA), build.school())
    standing = coordinator(school)
    assert set(access.wrongly_listed(standing, build.TODAY)) == set(listings)
    listings[0].ends = build.TODAY - DAY
    listings[0].save()
    assert set(access.wrongly_listed(standing, build.TODAY)) == {listings[1]}
    assert not access.listings_to_remove(standing, build.TODAY).exists()


def test_orcs_sees_a_borough_and_acts_there_alone(school: School) -> None:
    user = build.user()
    build.grant(user, Kind.ORCS, borough=Borough.QUEENS)
    queens = standing_of(user.pk, on=build.TODAY)
    place(school, Affiliation.RSA)
    there = place(build.school("24Q902"), Affiliation.RSA)
    assert list(access.without_access(queens, now=build.NOW)) == [there]
    assert list(access.places_to_pass_on(queens, build.TODAY)) == [there]


def test_an_agencys_provider_is_passed_on_by_that_agency_alone(school: School) -> None:
    agency, user = build.agency(), build.user()
    where = place(school, Affiliation.AGENCY, of=agency)
    place(school, Affiliation.AGENCY)
    build.grant(user, Kind.AGENCY, agency=agency)
    standing = standing_of(user.pk, on=build.TODAY)
    assert list(access.places_to_pass_on(standing, build.TODAY)) == [where]
    assert list(access.without_access(standing, now=build.NOW)) == [where]
    assert not access.places_to_pass_on(coordinator(school), build.TODAY).exists()


def _agency(affiliation: Affiliation) -> Agency | None:
    return build.agency() if affiliation is Affiliation.AGENCY else None
