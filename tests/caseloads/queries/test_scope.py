"""Whose calls, deliveries and students somebody may see, and whose they may send again."""

from __future__ import annotations

from datetime import date

import pytest

from caseloads.kinds import EntryState, System
from caseloads.models import Call, Entry
from caseloads.queries.moment import Moment
from caseloads.queries.scope import (
    calls_for,
    deliveries_for,
    may_send_again,
    own_assignments,
    own_provider,
    students_for,
)
from providers.kinds import Affiliation, Borough
from providers.models.grant import Standing as Kind
from providers.scope import NOBODY, Standing
from tests import build
from tests.caseloads.calls import Scene, accepted, delivery, refusal, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Scene:
    return scene()


@pytest.fixture
def call(here: Scene) -> Call:
    made = accepted(here.provider, here.mandate)
    delivery(made, System.CAP)
    return made


def school_staff(here: Scene) -> Standing:
    return Standing(kinds=frozenset({Kind.COORDINATOR}), schools=frozenset({here.school.pk}))


AUDITOR = Standing(kinds=frozenset({Kind.AUDITOR}), citywide=True)
ORCS = Standing(kinds=frozenset({Kind.ORCS}), citywide=True, orcs_citywide=True)
BROOKLYN = Standing(
    kinds=frozenset({Kind.ORCS}),
    boroughs=frozenset({Borough.BROOKLYN}),
    orcs_boroughs=frozenset({Borough.BROOKLYN}),
)
QUEENS = Standing(kinds=frozenset({Kind.ORCS}), boroughs=frozenset({Borough.QUEENS}))


def test_calls_are_seen_by_school_borough_city_and_caller(here: Scene, call: Call) -> None:
    for standing in (school_staff(here), Standing(provider=here.provider.pk), AUDITOR, ORCS, BROOKLYN):
        assert list(calls_for(standing)) == [call]
        assert deliveries_for(standing).count() == 1


def test_they_are_not_by_anybody_else(here: Scene, call: Call) -> None:
    elsewhere = Standing(schools=frozenset({build.school(name="P.S. 901 Elsewhere").pk}))
    for standing in (NOBODY, elsewhere, QUEENS, Standing(provider=build.provider(at=here.school).pk)):
        assert not calls_for(standing).exists()
        assert not deliveries_for(standing).exists()


def test_an_agency_sees_its_own_peoples_calls(here: Scene, call: Call) -> None:
    agency = build.agency()
    theirs = accepted(build.provider(Affiliation.AGENCY, of=agency), build.mandated(here.school))
    assert list(calls_for(Standing(agencies=frozenset({agency.pk})))) == [theirs]


def test_a_call_without_a_school_is_the_callers_and_the_citys(here: Scene) -> None:
    made = refusal(here.provider)
    assert [made in calls_for(one) for one in (AUDITOR, ORCS, Standing(provider=here.provider.pk))] == [True] * 3
    assert made not in calls_for(BROOKLYN)
    assert made not in calls_for(school_staff(here))


def test_the_chosen_school_narrows(here: Scene, call: Call) -> None:
    other = build.school(name="P.S. 902 Second")
    both = frozenset({here.school.pk, other.pk})
    assert calls_for(Standing(schools=both, chosen=here.school.pk)).exists()
    assert not calls_for(Standing(schools=both, chosen=other.pk)).exists()


def test_acting_is_for_caller_school_and_orcs(here: Scene, call: Call) -> None:
    may = (school_staff(here), Standing(provider=here.provider.pk), ORCS, BROOKLYN)
    may_not = (AUDITOR, QUEENS, NOBODY, Standing(agencies=frozenset({1})), Standing(provider=here.provider.pk + 1))
    assert [may_send_again(one, call) for one in may] == [True] * 4
    assert [may_send_again(one, call) for one in may_not] == [False] * 5


def test_a_call_without_a_school_is_sent_again_by_caller_and_city_alone(here: Scene) -> None:
    made = refusal(here.provider)
    assert may_send_again(ORCS, made)
    assert may_send_again(Standing(provider=here.provider.pk), made)
    assert not may_send_again(BROOKLYN, made)
    assert not may_send_again(AUDITOR, made)


def test_students_are_seen_by_enrolment_assignment_entry_and_transmittal(here: Scene) -> None:
    student = here.mandate.student
    agency = build.agency()
    build.transmittal(here.mandate, build.contract(agency))
    colleague = build.provider(at=here.school)
    seeing = (
        school_staff(here),
        Standing(provider=here.provider.pk),
        Standing(agencies=frozenset({agency.pk})),
        AUDITOR,
    )
    for standing in seeing:
        assert list(students_for(standing, build.TODAY)) == [student]
    assert not students_for(Standing(provider=colleague.pk), build.TODAY).exists()
    Entry.objects.create(
        mandate=here.mandate,
        student=student,
        provider=colleague,
        school=here.school,
        state=EntryState.OPEN,
        since=build.NOW,
    )
    assert list(students_for(Standing(provider=colleague.pk), build.TODAY)) == [student]


def test_a_student_who_left_the_school_is_not_its_any_more(here: Scene) -> None:
    here.mandate.student.enrolments.update(ends=date(2026, 11, 23))
    assert students_for(school_staff(here), date(2026, 11, 23)).exists()
    assert not students_for(school_staff(here), build.TODAY).exists()


def test_ones_own_assignments_are_those_that_run(here: Scene) -> None:
    mine = Standing(provider=here.provider.pk)
    build.assignment(here.provider, build.mandated(here.school), ends=date(2026, 11, 23))
    assert own_assignments(mine, build.TODAY).count() == 1
    assert own_assignments(mine, date(2026, 11, 23)).count() == 2
    assert not own_assignments(school_staff(here), build.TODAY).exists()


def test_who_one_is_as_a_provider(here: Scene) -> None:
    assert own_provider(Standing(provider=here.provider.pk)) == here.provider
    assert own_provider(school_staff(here)) is None


def test_the_present_in_new_york_and_a_real_time_in_the_worlds() -> None:
    at = Moment(build.NOW, build.REAL)
    assert at.today == build.TODAY
    assert at.in_world(build.REAL) == build.NOW
    assert build.NOW - at.in_world(build.REAL.replace(hour=14)) == build.REAL - build.REAL.replace(hour=14)
