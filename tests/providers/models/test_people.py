"""Schools, agencies, contracts, providers and placements: what the database refuses."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db.models import ProtectedError

from providers.kinds import Affiliation, Borough, Language, Role, Service
from providers.models import Agency, CalendarDay, Contract, Placement, Provider, School, SchoolYear
from tests import build
from tests.refusals import refused

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 24)


@pytest.mark.parametrize("dbn", ["15K321", "01M015", "32K999", "07X001", "75Q811", "31R000"])
def test_a_dbn_is_district_borough_letter_and_number(dbn: str) -> None:
    school = build.school(dbn)
    assert Borough(school.borough).letter == dbn[2]


@pytest.mark.parametrize(
    "dbn",
    ["", "15K32", "1K321", "15k321", "15B321", "K15321", "15K32a", "15-321", "15K3 1", " 5K321", "15K32\n"],
)
def test_nothing_else_is_a_dbn(dbn: str) -> None:
    with refused("school_dbn_has_its_shape"):
        School.objects.create(dbn=dbn, name="Nowhere", borough=Borough.BROOKLYN)


@pytest.mark.parametrize("letter", "MXKQR")
@pytest.mark.parametrize("borough", Borough)
def test_a_school_stands_in_the_borough_of_its_dbn(letter: str, borough: Borough) -> None:
    dbn = f"15{letter}321"
    if borough.letter == letter:
        assert School.objects.create(dbn=dbn, name="Here", borough=borough).pk
        return
    with refused("school_stands_in_its_dbns_borough"):
        School.objects.create(dbn=dbn, name="Elsewhere", borough=borough)


def test_two_schools_never_share_a_dbn() -> None:
    build.school("15K321")
    with refused("providers_school_dbn_key"):
        build.school("15K321")


@pytest.mark.parametrize("number", [100_000, 999_999_999])
def test_the_shortest_and_the_longest_provider_number_are_taken(number: int) -> None:
    row = build.provider()
    Provider.objects.filter(pk=row.pk).update(number=number)
    assert Provider.objects.get().number == number


@pytest.mark.parametrize("number", [-100_000, 0, 99_999, 1_000_000_000])
def test_a_provider_number_has_six_to_nine_digits(number: int) -> None:
    with refused("provider_number_has_its_length"):
        Provider.objects.create(
            number=number, full_name="Nemo", affiliation=Affiliation.DOE, role=Role.SPEECH_THERAPIST
        )


def test_two_providers_never_share_a_number() -> None:
    one, other = build.provider(), build.provider()
    with refused("providers_provider_number_key"):
        Provider.objects.filter(pk=other.pk).update(number=one.number)


@pytest.mark.parametrize("affiliation", [Affiliation.DOE, Affiliation.RSA])
def test_only_an_agencys_provider_has_an_agency(affiliation: Affiliation) -> None:
    with refused("provider_agency_iff_affiliation"):
        build.provider(affiliation, of=build.agency())


def test_an_agencys_provider_never_lacks_one() -> None:
    with refused("provider_agency_iff_affiliation"):
        build.provider(Affiliation.AGENCY)
    row = build.provider(Affiliation.AGENCY, of=build.agency())
    with refused("provider_agency_iff_affiliation"):
        Provider.objects.filter(pk=row.pk).update(agency=None)


def test_a_placement_is_open_once_and_again_after_it_ended() -> None:
    school = build.school()
    provider = build.provider(at=school)
    with refused("placement_open_once"):
        Placement.objects.create(provider=provider, school=school, starts=DAY)
    Placement.objects.update(ends=DAY - timedelta(days=1))
    Placement.objects.create(provider=provider, school=school, starts=DAY)
    assert provider.placements.count() == 2


def test_nothing_ends_before_it_starts() -> None:
    school, agency = build.school(), build.agency()
    before = DAY - timedelta(days=1)
    with refused("placement_ends_after_it_starts"):
        Placement.objects.create(provider=build.provider(), school=school, starts=DAY, ends=before)
    build.contract(agency, starts=DAY)
    with refused("contract_ends_after_it_starts"):
        Contract.objects.update(ends=before)
    with refused("school_year_ends_after_it_starts"):
        SchoolYear.objects.create(starts=DAY, ends=before)


def test_what_lasts_a_single_day_is_taken() -> None:
    school = build.school()
    assert Placement.objects.create(provider=build.provider(), school=school, starts=DAY, ends=DAY).pk
    assert SchoolYear.objects.create(starts=DAY, ends=DAY).pk


def test_a_contract_is_written_once_for_a_service_language_borough_and_start() -> None:
    agency = build.agency()
    build.contract(agency)
    with refused("contract_once"):
        build.contract(agency)
    build.contract(agency, language=Language.SPANISH)
    build.contract(agency, service=Service.COUNSELING)
    build.contract(agency, starts=DAY)
    Contract.objects.create(
        agency=agency, service=Service.SPEECH, language=Language.ENGLISH, borough=Borough.QUEENS, starts=build.BEFORE
    )
    assert agency.contracts.count() == 5


def test_agencies_are_told_apart_by_code() -> None:
    first = build.agency()
    with refused("providers_agency_code_key"):
        Agency.objects.create(code=first.code, name="Another")


def test_a_school_year_begins_once() -> None:
    build.school_year()
    with refused("providers_schoolyear_starts_key"):
        SchoolYear.objects.create(starts=build.YEAR[0], ends=build.YEAR[1])
    assert str(SchoolYear.objects.get()) == "2026-27"


def test_a_day_is_marked_once_for_every_school_and_once_for_one() -> None:
    school = build.school()
    CalendarDay.objects.create(date=DAY, kind=CalendarDay.Kind.HOLIDAY)
    with refused("calendar_day_once"):
        CalendarDay.objects.create(date=DAY, kind=CalendarDay.Kind.CLOSED)
    CalendarDay.objects.create(date=DAY, kind=CalendarDay.Kind.STAFF_ONLY, school=school)
    with refused("calendar_day_once"):
        CalendarDay.objects.create(date=DAY, kind=CalendarDay.Kind.CLOSED, school=school)
    assert CalendarDay.objects.count() == 2


def test_what_others_rest_on_cannot_be_removed() -> None:
    school = build.school()
    provider = build.provider(at=school)
    with pytest.raises(ProtectedError):
        school.delete()
    with pytest.raises(ProtectedError):
        provider.delete()
