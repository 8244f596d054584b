"""What a call costs in queries, and the hold on a day (R13)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from caseloads import facts
from providers.kinds import Affiliation, Language, Service
from providers.models import PolicySwitch, Provider
from providers.queries.hold import rsa_hold
from tests import build
from tests.caseloads.calls import Scene, accepted, asked, scene

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
FOR_ANY_CALL = 10
FOR_AN_AGENCYS = FOR_ANY_CALL + 1
FOR_A_STRANGERS = 5


def switch(on: bool, starts: date) -> None:
    """Set the hold from a day on."""
    PolicySwitch.objects.create(
        rule=PolicySwitch.Rule.RSA_HOLD, on=on, starts=starts, reason="Try", set_at=build.REAL, set_by=build.user()
    )


@pytest.mark.parametrize(("on", "held"), [(build.TODAY - DAY, True), (build.TODAY, False), (build.TODAY + DAY, False)])
def test_the_hold_is_that_of_the_sessions_day(on: date, held: bool) -> None:
    switch(on=True, starts=build.BEFORE)
    switch(on=False, starts=build.TODAY)
    here = scene()
    assert rsa_hold(on) is held
    assert facts.load(here.provider, asked(here.osis, on), today=build.TODAY).facts.rsa_hold is held


def test_without_a_switch_the_hold_is_on() -> None:
    assert rsa_hold(build.TODAY)


def test_of_two_switches_for_one_day_the_later_row_counts() -> None:
    switch(on=False, starts=build.TODAY)
    switch(on=True, starts=build.TODAY)
    assert rsa_hold(build.TODAY)


def crowd(here: Scene) -> None:
    """Put more of everything around the student: lines, assignments, enrolled students, calls, closed schools."""
    iep = here.mandate.iep
    for service in (Service.COUNSELING, Service.VISION, Service.HEARING):
        for language in (Language.ENGLISH, Language.SPANISH):
            line = build.mandate(iep, service, language)
            build.assignment(here.provider, line)
            accepted(here.provider, line)
    for _ in range(5):
        build.mandated(here.school)


def count(numqueries: DjangoAssertNumQueries, provider: Provider, osis: int, expected: int) -> None:
    """Hold the number of queries about a call."""
    with numqueries(expected):
        facts.load(provider, asked(osis), today=build.TODAY)


def test_a_call_costs_the_same_queries_however_much_there_is(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    here = scene()
    count(django_assert_num_queries, here.provider, here.osis, FOR_ANY_CALL)
    crowd(here)
    count(django_assert_num_queries, here.provider, here.osis, FOR_ANY_CALL)


def test_an_agencys_call_costs_one_query_more(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    here = scene()
    provider = build.provider(Affiliation.AGENCY, of=build.agency(), at=here.school)
    count(django_assert_num_queries, provider, here.osis, FOR_AN_AGENCYS)


def test_a_strangers_student_costs_no_more_than_an_unknown_number(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    here = scene()
    stranger = build.mandated(build.school()).student
    for osis in (stranger.osis, 999_999_999):
        count(django_assert_num_queries, here.provider, osis, FOR_A_STRANGERS)
