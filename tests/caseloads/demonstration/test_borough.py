"""The borough as it is loaded: schools, calendar, people and papers, each as the field has them."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

from django.contrib.auth.hashers import check_password
from django.db.models import F

from caseloads.demonstration.days import CALENDAR, START, TODAY, weekdays
from caseloads.demonstration.signins import PASSWORD, SIGN_INS
from caseloads.demonstration.staff import HARBOR_VIEW, MARSH_CREEK, SCHOOLS, WORKERS, Who
from caseloads.facts import closed_days, school_year
from caseloads.kinds import System
from caseloads.models import (
    Assignment,
    Consent,
    Enrolment,
    Iep,
    Offer,
    RsaLetter,
    Student,
    SystemSetting,
    Transmittal,
    Vacancy,
)
from orcs_portal.accounts.models import User
from orcs_portal.shared.clock import local_day
from orcs_portal.shared.schooldays import SchoolCalendar
from providers.kinds import Affiliation, Borough, Role, Route
from providers.models import (
    AccessGrant,
    AccessRequest,
    CalendarDay,
    Contract,
    GalaxyListing,
    Grant,
    PetsListing,
    Placement,
    Provider,
    School,
)
from providers.models.grant import Standing
from providers.queries.hold import rsa_hold
from providers.scope import places, standing_of


def calendar(school: int | None = None) -> SchoolCalendar:
    """Return the school days of the demonstration's year."""
    year = school_year(TODAY)
    return SchoolCalendar(closed_days(school, year), year.first_day, year.last_day)


def test_three_schools_stand_in_brooklyn(borough: datetime) -> None:
    assert dict(School.objects.values_list("dbn", "name")) == SCHOOLS
    assert set(School.objects.values_list("borough", flat=True)) == {Borough.BROOKLYN}


def test_the_year_begins_in_september_and_has_a_schools_usual_length(borough: datetime) -> None:
    year = school_year(TODAY)
    assert (year.first_day, year.last_day) == (date(2026, 9, 10), date(2027, 6, 25))
    assert 175 <= len(calendar().days) <= 190


def test_thanksgiving_recess_and_staff_days_are_no_school_days(borough: datetime) -> None:
    days = calendar()
    closed = [date(2026, 11, 3), date(2026, 11, 11), date(2026, 11, 26), date(2026, 11, 27), date(2026, 12, 24)]
    assert not [day for day in closed if days.is_school_day(day)]
    assert days.is_school_day(TODAY)
    assert days.add_school_days(date(2026, 11, 25), 1) == date(2026, 11, 30)


def test_one_school_was_closed_alone(borough: datetime) -> None:
    burst = date(2026, 10, 20)
    fig_tree = School.objects.get(dbn="13K998")
    assert calendar().is_school_day(burst)
    assert not calendar(fig_tree.pk).is_school_day(burst)


def test_the_calendar_names_weekdays_alone_each_with_its_reason(borough: datetime) -> None:
    kinds = set(CalendarDay.objects.values_list("kind", flat=True))
    assert kinds == set(CalendarDay.Kind)
    assert not [row.date for row in CalendarDay.objects.all() if row.date.weekday() > 4 or not row.label]
    assert CalendarDay.objects.count() == sum(len(weekdays(first, last)) for first, last, *_ in CALENDAR)


def test_every_affiliation_and_every_role_is_there(borough: datetime) -> None:
    assert set(Provider.objects.values_list("affiliation", flat=True)) == set(Affiliation)
    assert set(Provider.objects.values_list("role", flat=True)) == set(Role)
    assert Provider.objects.count() == len(WORKERS)


def test_access_goes_by_the_route_of_the_affiliation(borough: datetime) -> None:
    routes = set(AccessGrant.objects.values_list("affiliation", "route"))
    assert routes == {(Affiliation.DOE, Route.GALAXY), (Affiliation.AGENCY, Route.PETS)}
    assert not AccessGrant.objects.exclude(affiliation=F("provider__affiliation")).exists()


def test_galaxys_and_pets_lists_say_what_access_says(borough: datetime) -> None:
    galaxy = set(GalaxyListing.objects.values_list("provider_number", "dbn"))
    assert galaxy == set(AccessGrant.objects.filter(route=Route.GALAXY).values_list("provider__number", "school__dbn"))
    pets = set(PetsListing.objects.values_list("provider_number", flat=True))
    assert pets == {Who.MARCHETTI, Who.SOLHEIM, Who.FAIRWEATHER}
    assert Who.GREENSPAN not in pets


def test_nobody_of_an_agency_is_on_a_galaxy_list(borough: datetime) -> None:
    outside = Provider.objects.exclude(agency=None).values("number")
    assert not GalaxyListing.objects.filter(provider_number__in=outside).exists()


def test_one_request_to_be_registered_in_pets_is_open(borough: datetime) -> None:
    request = AccessRequest.objects.get()
    assert (request.provider.number, request.route, request.decided) == (Who.GREENSPAN, Route.PETS, None)


def test_the_independent_provider_is_placed_nowhere_while_the_hold_is_on(borough: datetime) -> None:
    assert rsa_hold(TODAY)
    assert not Placement.objects.filter(provider__number=Who.FAIRWEATHER).exists()


def test_everyone_signs_in_with_the_one_password(borough: datetime) -> None:
    users = User.objects.all()
    assert {user.username for user in users} == {one.username for one in SIGN_INS}
    assert len({user.password for user in users}) == 1
    assert check_password(PASSWORD, users[0].password)


def test_a_sign_in_and_its_provider_bear_one_name(borough: datetime) -> None:
    linked = Provider.objects.exclude(user=None).values_list("full_name", "user__full_name")
    assert len(linked) == 5
    assert not [names for names in linked if names[0] != names[1]]


def test_the_coordinator_has_two_schools_and_is_the_designee_of_one(borough: datetime) -> None:
    found = standing_of(User.objects.get(username="coordinator").pk, on=TODAY)
    assert [school.dbn for school in places(found)] == ["13K998", "15K999"]
    assert found.designee_of == {School.objects.get(dbn=HARBOR_VIEW).pk}


def test_the_other_coordinator_has_another_school(borough: datetime) -> None:
    found = standing_of(User.objects.get(username="coordinator2").pk, on=TODAY)
    assert [school.dbn for school in places(found)] == [MARSH_CREEK]


def test_every_sign_in_has_its_standing_and_scope(borough: datetime) -> None:
    scopes = {
        (grant.user.username, Standing(grant.standing)): [grant.school_id, grant.agency_id, grant.provider_id]
        for grant in Grant.objects.select_related("user")
    }
    assert {key[1] for key in scopes} == set(Standing)
    assert {key: sum(one is not None for one in ids) for key, ids in scopes.items() if key[0] in {"admin", "orcs"}} == {
        ("admin", Standing.ADMINISTRATOR): 0,
        ("orcs", Standing.ORCS): 0,
    }


def test_every_student_is_enrolled_once_today(borough: datetime) -> None:
    current = Counter(Enrolment.objects.filter(ends=None).values_list("student", flat=True))
    assert set(current.values()) == {1}
    assert len(current) == Student.objects.count() == 60


def test_two_students_came_from_another_school(borough: datetime) -> None:
    moved = Enrolment.objects.exclude(ends=None).values_list("student__last_name", "school__dbn")
    assert set(moved) == {("Ní Bhraonáin", "13K998"), ("Abellard", "20K997")}


def test_assignments_have_a_history(borough: datetime) -> None:
    past = Assignment.objects.exclude(ends=None)
    assert {one.provider.number for one in past} >= {Who.OYELARAN}
    assert Assignment.objects.filter(ends=None).count() > 50


def test_consent_is_recorded_before_the_world_begins(borough: datetime) -> None:
    assert Consent.objects.count() == 4
    assert not [one for one in Consent.objects.all() if one.recorded > START or local_day(one.recorded) != one.given]


def test_no_iep_is_final_in_the_future(borough: datetime) -> None:
    assert not Iep.objects.filter(finalised__gt=START).exists()


def test_vacancies_are_open_with_offers_or_closed_with_a_transmittal(borough: datetime) -> None:
    assert Vacancy.objects.filter(closed=None).count() == 2
    filled = Vacancy.objects.exclude(closed=None)
    assert not [one for one in filled if not one.transmittals.exists()]
    assert not [one for one in Vacancy.objects.all() if not one.mandates.exists()]


def test_an_open_vacancy_waits_for_an_answer_and_another_for_its_transmittal(borough: datetime) -> None:
    waiting, accepted = Vacancy.objects.filter(closed=None).order_by("logged")
    assert set(waiting.offers.values_list("answer", flat=True)) == {Offer.Answer.DECLINED, None}
    assert accepted.offers.filter(answer=Offer.Answer.ACCEPTED).exists()
    assert not accepted.transmittals.exists()


def test_an_offer_is_made_after_the_vacancy_was_logged_and_answered_after_it_was_made(borough: datetime) -> None:
    for offer in Offer.objects.select_related("vacancy"):
        assert offer.vacancy.logged <= offer.offered
        assert offer.answered is None or offer.offered < offer.answered


def test_agencies_are_asked_only_for_what_they_are_contracted_for(borough: datetime) -> None:
    contracted = set(Contract.objects.filter(ends=None).values_list("agency", "service", "language"))
    offered = set(Offer.objects.values_list("agency", "vacancy__service", "vacancy__language"))
    assert offered <= contracted
    assert Contract.objects.exclude(ends=None).count() == 1


def test_transmittals_are_processed_under_the_contract_of_their_agency(borough: datetime) -> None:
    assert Transmittal.objects.count() == 5
    assert not Transmittal.objects.exclude(agency=F("contract__agency")).exists()


def test_one_letter_is_processed_and_one_is_not(borough: datetime) -> None:
    assert sorted(one.processed is None for one in RsaLetter.objects.all()) == [False, True]


def test_sesis_lags_and_the_others_work_overnight(borough: datetime) -> None:
    lags = {one.system: (one.lag_min, one.lag_max, one.lag_promise) for one in SystemSetting.objects.all()}
    assert lags == {System.CAP: (0, 0, 0), System.SEC: (0, 0, 0), System.SESIS: (120, 600, 2880)}
