"""What stands still before a student comes: made where it is not there, and left as it is where it is."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from caseloads.city import invented
from caseloads.city.accounts import Accounts
from caseloads.city.census import free_confirmations, set_aside
from caseloads.city.ground import lay
from caseloads.city.market import agencies, contracting
from caseloads.city.numbers import FIRST_OSIS
from caseloads.city.times import instant
from caseloads.city.yearbook import close_some, school_days, term_at, times_at
from caseloads.kinds import Origin, Outcome, System
from caseloads.models import Call, Student, SystemSetting, Vacancy
from orcs_portal.accounts.models import User
from orcs_portal.shared.clock import at_local
from providers.directory import read_directory
from providers.kinds import Borough, Language, Service
from providers.models import (
    Agency,
    CalendarDay,
    Contact,
    Contract,
    Grant,
    PolicySwitch,
    School,
    SchoolYear,
)
from providers.models.grant import Standing
from tests import build
from tests.caseloads.city.worlds import DAY
from tests.providers.directories import HARBOR, QUARRY, directory

pytestmark = pytest.mark.django_db

AT = at_local(DAY, 17)


class TestYearbook:
    def test_a_year_is_made_with_its_neighbors(self) -> None:
        term = term_at(DAY)
        years = list(SchoolYear.objects.order_by("starts").values_list("starts", "ends"))
        assert [starts.year for starts, _ends in years] == [2025, 2026, 2027]
        assert (term.starts, term.ends) == years[1]
        assert CalendarDay.objects.filter(date=date(2026, 11, 26), school=None).count() == 1

    def test_a_year_that_is_there_stands_with_its_days(self) -> None:
        build.school_year(date(2026, 9, 8), date(2027, 6, 24))
        CalendarDay.objects.create(date=date(2026, 10, 1), kind=CalendarDay.Kind.HOLIDAY, label="Founders")
        term = term_at(DAY)
        assert (term.starts, term.ends) == (date(2026, 9, 8), date(2027, 6, 24))
        own = CalendarDay.objects.filter(date__range=(term.starts, term.ends))
        assert [one.label for one in own] == ["Founders"]

    def test_a_second_time_changes_nothing(self) -> None:
        term_at(DAY)
        before = CalendarDay.objects.count()
        assert term_at(DAY) == term_at(DAY)
        assert (SchoolYear.objects.count(), CalendarDay.objects.count()) == (3, before)

    def test_holidays_alone_are_no_business_days(self) -> None:
        times = times_at(AT, term_at(DAY))
        assert date(2026, 11, 11).toordinal() in times.holidays
        assert date(2026, 11, 3).toordinal() not in times.holidays
        assert instant(times.at) == AT

    def test_a_school_has_its_own_days_off_beside_the_citys(self) -> None:
        times = times_at(AT, term_at(DAY))
        school, other = build.school(), build.school()
        CalendarDay.objects.create(date=date(2026, 11, 5), kind=CalendarDay.Kind.CLOSED, school=school)
        days = school_days(times, [school.pk, other.pk])
        closed = date(2026, 11, 5).toordinal()
        assert set(days[None]) - set(days[school.pk]) == {closed}
        assert other.pk not in days
        assert date(2026, 11, 26).toordinal() not in days[None]
        assert date(2026, 11, 28).toordinal() not in days[None]

    def test_some_schools_were_closed_lately_once_the_year_is_old_enough(self) -> None:
        times = times_at(AT, term_at(DAY))
        schools = [build.school().pk for _ in range(80)]
        close_some(schools, school_days(times, ())[None], times, Random(1))
        closings = CalendarDay.objects.filter(school__isnull=False)
        assert 1 <= closings.count() <= 15
        assert all(date(2026, 10, 25) < one.date < DAY for one in closings)

    def test_a_young_year_has_no_day_to_spare(self) -> None:
        day = date(2026, 9, 24)
        times = times_at(at_local(day, 17), term_at(day))
        close_some([build.school().pk for _ in range(80)], school_days(times, ())[None], times, Random(1))
        assert not CalendarDay.objects.filter(school__isnull=False).exists()


class TestGround:
    def test_without_any_school_forty_are_invented(self) -> None:
        ground = lay(None, Accounts(at=AT), Random(1), at=AT)
        assert len(ground.places) == School.objects.count() == len(invented.NAMES) == 40
        assert {one.borough for one in ground.places} == {Borough.BROOKLYN}
        assert all(one.ours for one in ground.places)
        assert ground.featured is None
        districts = [one.dbn[:2] for one in ground.places]
        assert min(districts.count(one) for one in districts) >= 2

    def test_no_two_invented_schools_are_alike_and_none_is_a_scenes(self) -> None:
        listed = invented.schools()
        assert len({one.dbn for one in listed}) == len({one.name for one in listed}) == 40
        assert not {one.dbn for one in listed} & {"15K999", "13K998", "20K997"}

    def test_the_schools_of_a_directory_are_taken(self) -> None:
        listed, _refused = read_directory(directory(HARBOR, QUARRY))
        build.school("15K960")
        ground = lay(listed, Accounts(at=AT), Random(1), at=AT)
        assert [one.dbn for one in ground.places] == ["07X952", "15K951"]
        assert ground.places[0].grades == ("K", "1")

    def test_else_the_schools_that_are_there(self) -> None:
        build.school("15K960")
        ground = lay(None, Accounts(at=AT), Random(1), at=AT)
        assert [one.dbn for one in ground.places] == ["15K960"]
        assert ground.places[0].grades == ("K", "1", "2", "3", "4", "5")

    def test_of_the_scenes_the_first_school_alone_is_among_them(self) -> None:
        for dbn in ("15K999", "13K998", "20K997"):
            build.school(dbn)
        ground = lay(None, Accounts(at=AT), Random(1), at=AT)
        assert ground.featured == 40
        assert [one.dbn for one in ground.places if not one.ours] == ["15K999"]

    def test_the_systems_lag_as_they_do_in_the_demonstration(self) -> None:
        lay(None, Accounts(at=AT), Random(1), at=AT)
        rows = {one.system: one for one in SystemSetting.objects.all()}
        assert set(rows) == set(System)
        assert (rows[System.SESIS].lag_min, rows[System.SESIS].lag_promise) == (120, 2880)

    def test_without_a_switch_the_hold_begins_with_the_year(self) -> None:
        ground = lay(None, Accounts(at=AT), Random(1), at=AT)
        assert ground.hold
        assert instant(ground.hold_since) == at_local(date(2026, 9, 1), 0)
        assert PolicySwitch.objects.filter(set_by__username="city.orcs", on=True).count() == 1

    def test_a_switch_that_is_there_decides(self) -> None:
        PolicySwitch.objects.create(
            rule=PolicySwitch.Rule.RSA_HOLD, starts=date(2026, 10, 1), on=False, reason="Lifted.", set_at=AT
        )
        ground = lay(None, Accounts(at=AT), Random(1), at=AT)
        assert not ground.hold
        assert PolicySwitch.objects.count() == 1


class TestAccounts:
    def test_nobody_can_sign_in_with_them(self) -> None:
        accounts = Accounts(at=AT)
        accounts.of_schools([build.school()])
        users = User.objects.filter(username__startswith="city.")
        assert users.count() == 2
        assert not any(one.has_usable_password() for one in users)

    def test_a_coordinator_is_designee_and_contact_of_the_school(self) -> None:
        school = build.school("15K960")
        (user,) = Accounts(at=AT).of_schools([school]).values()
        grant = Grant.objects.get(school=school)
        assert (grant.user_id, grant.standing, grant.designee) == (user, Standing.COORDINATOR, True)
        assert Contact.objects.get(school=school).email == "15k960@city.example"
        assert Contact.objects.filter(borough__isnull=False).count() == len(Borough)

    def test_a_second_time_they_are_found(self) -> None:
        school, agency = build.school(), build.agency()
        first = Accounts(at=AT)
        found = first.of_schools([school]), first.of_agencies([agency])
        again = Accounts(at=AT)
        assert (again.of_schools([school]), again.of_agencies([agency])) == found
        assert (User.objects.count(), Grant.objects.count()) == (3, 3)
        assert Contact.objects.count() == 1 + len(Borough)

    def test_an_agency_has_a_representative(self) -> None:
        agency = build.agency()
        (user,) = Accounts(at=AT).of_agencies([agency]).values()
        grant = Grant.objects.get(user=user)
        assert (grant.standing, grant.agency) == (Standing.AGENCY, agency)


class TestMarket:
    def market(self) -> None:
        """Make agencies and contracts in two boroughs."""
        times = times_at(AT, term_at(DAY))
        boroughs = [Borough.BROOKLYN, Borough.QUEENS]
        self.found = contracting(agencies(), boroughs, Random(1), times, vacancies=1, letters=1)

    def test_agencies_are_contracted_in_every_borough_of_the_city(self) -> None:
        self.market()
        assert Agency.objects.count() == len(invented.AGENCIES)
        assert Contract.objects.count() == 2 * len(invented.CONTRACTS)
        english = self.found.contracts[Borough.QUEENS, Service.SPEECH, Language.ENGLISH]
        assert len(english) == 2
        assert all(one.ours for one in english)

    def test_a_second_time_changes_nothing(self) -> None:
        self.market()
        self.market()
        assert (Agency.objects.count(), Contract.objects.count()) == (8, 2 * len(invented.CONTRACTS))

    def test_what_was_contracted_before_counts_and_is_not_ours(self) -> None:
        other = build.contract(build.agency(), Service.SPEECH, Language.ALBANIAN)
        self.market()
        (found,) = self.found.contracts[Borough.BROOKLYN, Service.SPEECH, Language.ALBANIAN]
        assert (found.id, found.ours) == (other.pk, False)

    def test_open_vacancies_of_others_are_kept_apart(self) -> None:
        school = build.school()
        row = {"school": school, "unserved_since": DAY, "logged_by": build.user(), "logged": AT}
        Vacancy.objects.create(service=Service.SPEECH, language=Language.ENGLISH, **row)
        self.market()
        assert self.found.taken == {(school.pk, Service.SPEECH, Language.ENGLISH)}

    def test_no_contract_is_written_down_twice_and_every_agency_has_one(self) -> None:
        assert len(set(invented.CONTRACTS)) == len(invented.CONTRACTS)
        assert {code for code, _service, _language in invented.CONTRACTS} == set(invented.AGENCIES)


class TestCensus:
    def test_ids_that_are_set_aside_are_given_to_nobody_else(self) -> None:
        census = set_aside(100)
        first = next(census.ids.students)
        student = Student.objects.create(osis=1, first_name="A", last_name="B")
        assert student.pk >= first + 2000

    def test_numbers_go_on_where_the_last_city_ended(self) -> None:
        Student.objects.create(osis=FIRST_OSIS + 500, first_name="A", last_name="B")
        census = set_aside(1)
        assert next(census.ids.osis) == FIRST_OSIS + 501
        assert next(set_aside(1).ids.strangers) == next(census.ids.strangers)

    def test_confirmations_and_references_of_others_are_passed_over(self) -> None:
        build.school_year()
        school = build.school()
        drawn = free_confirmations(Random(4))
        first, second, third = (next(drawn) for _ in range(3))
        student, provider = build.student(school), build.provider(at=school)
        row = {"provider": provider, "student": student, "school": school, "service": Service.SPEECH}
        when = {"school_year": build.YEAR[0], "session_on": DAY, "received": AT, "recorded": AT}
        said = {"origin": Origin.FORM, "language": Language.ENGLISH}
        Call.objects.create(outcome=Outcome.ACCEPTED, confirmation=first, **row, **when, **said)
        Call.objects.create(outcome=Outcome.REFUSED, rule="R8", reference=f"R{second}", **row, **when, **said)
        assert next(free_confirmations(Random(4))) == third
