"""A city with something wrong: how much of it, of what, and never two on one."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection

from caseloads.city.build import Built, build
from caseloads.city.faults.scenario import CODES, NEVER_OPEN
from caseloads.city.numbers import FIRST_OSIS, FIRST_PROVIDER
from caseloads.models import Call, Iep, Mandate, Student, Transmittal
from caseloads.propagation import nightly
from caseloads.systems.rows import fetch
from orcs_portal.shared.models import Touched, WorldClock
from providers.kinds import Affiliation, Language, Service, Setting
from providers.models import CalendarDay, GalaxyListing, PetsListing, PolicySwitch, Provider, School, SchoolYear
from tests import build as rows
from tests.caseloads.city.building import DAY, count, options
from tests.caseloads.city.conftest import STUDENTS

pytestmark = pytest.mark.django_db


def test_it_has_the_students_it_was_asked_for(planted: Built) -> None:
    assert planted.students == STUDENTS == Student.objects.filter(osis__gt=FIRST_OSIS).count()


def test_every_code_is_planted_as_often_as_it_should_be(planted: Built) -> None:
    counted = Counter(one.code for one in planted.planted)
    assert counted == dict.fromkeys(set(CODES) - NEVER_OPEN, 2)


def test_every_code_is_nearly_missed_as_often(planted: Built) -> None:
    counted = Counter(one.code for one in planted.near)
    assert set(counted) == set(CODES)
    assert set(counted.values()) == {2}
    assert {one.state for one in planted.near} == {"waiting", "exempt", "agree"}


def test_no_two_are_planted_on_one_student_or_provider(planted: Built) -> None:
    every = [*planted.planted, *planted.near]
    students = [one.subject.osis for one in every if one.subject.osis is not None]
    assert len(set(students)) == len(students)
    places = [one.subject.provider for one in planted.planted if one.subject.osis is None]
    assert len(set(places)) == len(places)


def test_what_is_planted_names_its_subject_alone(planted: Built) -> None:
    for one in planted.planted:
        subject = one.subject
        assert (subject.call is not None) is (one.code.startswith(("CALL_", "DUPL", "OLD_", "WRONG_")))
        assert (subject.dbn is not None) is (one.code in {"NOT_IN_GALAXY", "NOT_IN_PETS", "NON_DOE_IN_GALAXY"})
        assert subject.setting is None or subject.language is not None
        assert subject.osis is not None or subject.provider is not None


def test_services_and_languages_have_their_shares(planted: Built) -> None:
    services = Counter(Mandate.objects.values_list("service", flat=True))
    total = sum(services.values())
    assert services[Service.SPEECH] / total == pytest.approx(0.36, abs=0.06)
    assert services[Service.OCCUPATIONAL_THERAPY] / total == pytest.approx(0.22, abs=0.06)
    assert services[Service.COUNSELING] / total == pytest.approx(0.22, abs=0.06)
    spoken = Mandate.objects.filter(service__in=[Service.SPEECH, Service.COUNSELING])
    foreign = spoken.exclude(language=Language.ENGLISH)
    assert foreign.count() / spoken.count() == pytest.approx(0.14, abs=0.06)
    assert foreign.filter(language=Language.SPANISH).count() / foreign.count() == pytest.approx(0.55, abs=0.2)


def test_settings_and_versions_are_of_every_kind(planted: Built) -> None:
    grouped = Mandate.objects.filter(setting=Setting.GROUP).count() / Mandate.objects.count()
    assert grouped == pytest.approx(0.47, abs=0.1)
    assert Iep.objects.filter(version=2).count() > STUDENTS / 8
    assert 1.5 < Mandate.objects.filter(iep__governs__endswith=None).count() / STUDENTS < 2.2


def test_everybody_is_employed_by_somebody(planted: Built) -> None:
    employed = Counter(Provider.objects.filter(number__gt=FIRST_PROVIDER).values_list("affiliation", flat=True))
    assert set(employed) == set(Affiliation)
    assert employed[Affiliation.DOE] > employed[Affiliation.AGENCY] > employed[Affiliation.RSA] > 0
    assert GalaxyListing.objects.count() > PetsListing.objects.count() > 0
    assert Transmittal.objects.exists()


def test_nineteen_in_twenty_are_served(planted: Built) -> None:
    served = count("SELECT count(*) FROM caseloads_capmandate WHERE status IN (5, 6)")
    every = count("SELECT count(*) FROM caseloads_capmandate WHERE status <> 7")
    assert 0.9 < served / every < 0.985


def test_every_own_accepted_call_has_three_deliveries_and_no_other_has_one(planted: Built) -> None:
    own = Call.objects.filter(outcome=1).exclude(origin=4)
    assert count("SELECT count(*) FROM caseloads_delivery") == 3 * own.count()
    assert not Call.objects.exclude(pk__in=own).filter(deliveries__isnull=False).exists()
    assert Call.objects.filter(outcome=2).exclude(said={}).count() == Call.objects.filter(outcome=2).count() > 0


def test_parked_deliveries_stand_behind_lost_calls(planted: Built) -> None:
    parked = fetch("SELECT DISTINCT attempts, reason FROM caseloads_delivery WHERE state = 4")
    assert all(attempts == 8 and "rejected" in reason for attempts, reason in parked)


def test_the_world_stands_at_five_that_afternoon_and_its_nights_are_done(planted: Built) -> None:
    assert options(1).at == WorldClock.objects.get().seen
    for night in nightly.NIGHTS:
        assert nightly.last_run(night.task) == options(1).at.replace(hour=night.clock.hour)
    assert Touched.objects.filter(kind=Touched.Kind.ALL).exists()


def test_a_clock_that_is_set_back_lets_its_nights_come_again(planted: Built) -> None:
    day = options(1).at - timedelta(days=30)
    build(options(20, seed=9, day=day.date()), real=rows.REAL)
    assert WorldClock.objects.get().seen == day
    assert {nightly.last_run(night.task) for night in nightly.NIGHTS} == {
        day.replace(hour=night.clock.hour) for night in nightly.NIGHTS
    }


def test_the_calendar_reaches_a_year_to_either_side(planted: Built) -> None:
    assert [year.starts.year for year in SchoolYear.objects.order_by("starts")] == [2025, 2026, 2027]
    kinds = set(CalendarDay.objects.filter(school__isnull=True).values_list("kind", flat=True))
    assert kinds == {kind.value for kind in CalendarDay.Kind}
    assert PolicySwitch.objects.get().on


def test_some_schools_were_closed_for_a_day(planted: Built) -> None:
    assert School.objects.count() == 40
    closings = CalendarDay.objects.filter(school__isnull=False)
    assert 0 < closings.count() < 12
    assert all(one.date < DAY for one in closings)


def test_every_check_of_the_database_holds(planted: Built) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_a_second_city_stands_beside_the_first(planted: Built) -> None:
    before = Student.objects.count()
    again = build(options(40, seed=8), real=rows.REAL)
    assert Student.objects.count() == before + 40
    assert {one.subject.osis for one in again.planted}.isdisjoint(
        {one.subject.osis for one in planted.planted} - {None}
    )
