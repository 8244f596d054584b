"""As whom a person uses the portal: what their grants of today add up to."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from orcs_portal.accounts.models import User
from providers.kinds import Borough
from providers.models import Grant, School
from providers.models.grant import Standing as Kind
from providers.scope import NOBODY, Standing, places, standing_of
from tests import build

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
TODAY = build.TODAY


@pytest.fixture
def who() -> User:
    return build.user()


def standing(who: User, *, on: date = TODAY, chosen: int | None = None) -> Standing:
    """Return as whom somebody uses the portal."""
    return standing_of(who.pk, on=on, chosen=chosen)


def seen(by: Standing) -> set[str]:
    """Return the schools that somebody oversees."""
    return set(School.objects.filter(by.schools_condition()).values_list("dbn", flat=True))


@pytest.fixture
def schools() -> dict[str, School]:
    return {dbn: build.school(dbn) for dbn in ("15K001", "15K002", "07X001", "75M001")}


def test_without_a_grant_somebody_is_nobody_in_particular(who: User, schools: dict[str, School]) -> None:
    nobody = standing(who)
    assert nobody == Standing(user=who.pk)
    assert not any([nobody.is_admin, nobody.is_provider, nobody.oversees, nobody.may_replay])
    assert seen(nobody) == seen(NOBODY) == set()


@pytest.mark.parametrize("kind", [Kind.COORDINATOR, Kind.HEAD])
def test_school_staff_oversee_their_school_and_may_replay(who: User, schools: dict[str, School], kind: Kind) -> None:
    build.grant(who, kind, at=schools["15K001"])
    own = standing(who)
    assert seen(own) == {"15K001"}
    assert own.oversees
    assert own.may_replay
    assert not own.is_admin
    assert own.labels == (kind.label,)


def test_two_schools_are_overseen_together_or_one_at_a_time(who: User, schools: dict[str, School]) -> None:
    for dbn in ("15K001", "07X001"):
        build.grant(who, Kind.COORDINATOR, at=schools[dbn])
    assert seen(standing(who)) == {"15K001", "07X001"}
    chosen = standing(who, chosen=schools["07X001"].pk)
    assert seen(chosen) == {"07X001"}
    assert {school.dbn for school in places(chosen)} == {"15K001", "07X001"}


@pytest.mark.parametrize("choice", ["another's", "nobody's"])
def test_a_school_that_is_not_granted_cannot_be_chosen(who: User, schools: dict[str, School], choice: str) -> None:
    """The choice comes from the session, and a grant may have ended since."""
    build.grant(who, Kind.COORDINATOR, at=schools["15K001"])
    own = standing(who, chosen=schools["15K002"].pk if choice == "another's" else 0)
    assert own.chosen is None
    assert seen(own) == {"15K001"}


def test_the_designee_is_known_for_the_school(who: User, schools: dict[str, School]) -> None:
    build.grant(who, Kind.COORDINATOR, at=schools["15K001"], designee=True)
    build.grant(who, Kind.COORDINATOR, at=schools["15K002"])
    assert standing(who).designee_of == {schools["15K001"].pk}


@pytest.mark.parametrize("kind", [Kind.ORCS, Kind.AUDITOR])
def test_a_borough_is_overseen_whole(who: User, schools: dict[str, School], kind: Kind) -> None:
    build.grant(who, kind, borough=Borough.BROOKLYN)
    own = standing(who)
    assert seen(own) == {"15K001", "15K002"}
    assert not own.citywide
    assert own.may_replay is (kind is Kind.ORCS)


@pytest.mark.parametrize("kind", [Kind.ORCS, Kind.AUDITOR])
def test_without_a_borough_the_city_is_overseen(who: User, schools: dict[str, School], kind: Kind) -> None:
    build.grant(who, kind)
    own = standing(who)
    assert own.citywide
    assert seen(own) == set(schools)


def test_a_borough_and_a_school_elsewhere_add_up(who: User, schools: dict[str, School]) -> None:
    build.grant(who, Kind.AUDITOR, borough=Borough.BRONX)
    build.grant(who, Kind.COORDINATOR, at=schools["15K001"])
    own = standing(who, chosen=schools["15K001"].pk)
    assert seen(own) == {"07X001", "15K001"}
    assert own.labels == ("Coordinator", "Auditor")


def test_a_provider_stands_for_one_provider_and_oversees_no_school(who: User, schools: dict[str, School]) -> None:
    provider = build.provider(at=schools["15K001"])
    build.grant(who, Kind.PROVIDER, provider=provider)
    own = standing(who)
    assert (own.provider, own.is_provider, own.oversees, own.may_replay) == (provider.pk, True, False, False)
    assert seen(own) == set()


def test_an_agencys_representative_stands_for_the_agency_and_no_school(who: User, schools: dict[str, School]) -> None:
    agency = build.agency()
    build.grant(who, Kind.AGENCY, agency=agency)
    own = standing(who)
    assert own.agencies == {agency.pk}
    assert (own.oversees, own.may_replay) == (True, False)
    assert seen(own) == set()


def test_an_administrator_opens_the_admin_and_sees_no_school(who: User, schools: dict[str, School]) -> None:
    build.grant(who, Kind.ADMINISTRATOR)
    own = standing(who)
    assert own.is_admin
    assert seen(own) == set()


@pytest.mark.parametrize(
    ("starts", "ends", "runs"),
    [
        (TODAY, None, True),
        (TODAY + DAY, None, False),
        (TODAY - DAY, TODAY, True),
        (TODAY - 2 * DAY, TODAY - DAY, False),
        (TODAY, TODAY, True),
    ],
)
def test_a_grant_counts_from_its_first_to_its_last_day(
    who: User, schools: dict[str, School], starts: date, ends: date | None, runs: bool
) -> None:
    build.grant(who, Kind.COORDINATOR, at=schools["15K001"], designee=True)
    Grant.objects.update(starts=starts, ends=ends)
    assert seen(standing(who)) == ({"15K001"} if runs else set())
    assert bool(standing(who).designee_of) is runs


def test_anothers_grants_count_for_nobody_else(who: User, schools: dict[str, School]) -> None:
    build.grant(build.user(), Kind.ORCS)
    assert seen(standing(who)) == set()


def test_a_standing_costs_one_query_however_many_grants_there_are(
    who: User, schools: dict[str, School], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for school in schools.values():
        build.grant(who, Kind.COORDINATOR, at=school)
    with django_assert_num_queries(1):
        standing(who)
    with django_assert_num_queries(0):
        assert places(NOBODY) == []
