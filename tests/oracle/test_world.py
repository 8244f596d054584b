"""The rows are read as they were built, and stand for the same things as the product's own lists."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from orcs_portal.shared.clock import set_world
from providers.kinds import Affiliation
from providers.models.grant import Standing
from tests import build
from tests.oracle import scope
from tests.oracle.world import Assignment, Dated, Pair, names_of_others, read_world, today

pytestmark = pytest.mark.django_db


def test_the_world_is_what_the_test_built() -> None:
    school = build.school()
    mandate = build.mandated(school)
    agency = build.agency()
    helper = build.provider(Affiliation.AGENCY, at=school, of=agency)
    build.assignment(helper, mandate)
    build.transmittal(mandate, build.contract(agency))
    user = build.user()
    build.grant(user, Standing.PROVIDER, provider=helper)
    world = read_world()
    student = mandate.student
    assert [(row.id, row.osis) for row in world.students] == [(student.pk, student.osis)]
    assert world.enrolments == [Dated(student.pk, school.pk, build.BEFORE, None)]
    assert world.placements == [Dated(helper.pk, school.pk, build.BEFORE, None)]
    assert world.assignments == [Assignment(student.pk, helper.pk, build.BEFORE, None)]
    assert world.transmittals == [Pair(student.pk, agency.pk)]
    assert world.schools == [(school.pk, school.borough)]
    assert world.providers == [(helper.pk, agency.pk)]
    assert [(grant.user, grant.provider) for grant in world.grants] == [(user.pk, helper.pk)]


def test_names_of_people_and_places_are_no_secret() -> None:
    build.provider(at=build.school(name="P.S. 4 The Known School"), name="Petra Provider")
    build.agency("Known Agency")
    build.user("knownuser", "Uma User")
    assert set(names_of_others()) == {
        "P.S. 4 The Known School",
        "Petra Provider",
        "Known Agency",
        "knownuser",
        "Uma User",
    }


@pytest.mark.parametrize("standing", list(Standing))
def test_the_numbers_of_standings_are_the_same_on_both_sides(standing: Standing) -> None:
    assert getattr(scope, standing.name) == standing.value


def test_the_day_is_the_worlds_where_there_is_a_world_clock(settings: Settings) -> None:
    real = timezone.now()
    set_world(to=real - timedelta(days=30), real=real)
    settings.DEMO = True
    assert today() == (real - timedelta(days=30)).astimezone(build.NEW_YORK).date()
    settings.DEMO = False
    assert today() == real.astimezone(build.NEW_YORK).date()
    assert isinstance(today(), date)
