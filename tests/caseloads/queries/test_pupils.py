"""Whose own page somebody opens, by what they are and on which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from caseloads.models import Assignment, Enrolment, Mandate
from caseloads.queries.pupils import page_of, students_of
from providers.kinds import Borough
from providers.models import Provider, School
from providers.models.grant import Standing as Kind
from providers.scope import NOBODY, Standing, standing_of
from tests import build

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Place:
    """A school in Brooklyn and a student there whose mandate is assigned to a provider."""

    school: School
    provider: Provider
    mandate: Mandate


@pytest.fixture
def here() -> Place:
    """Return the place; another school in Queens has a student of its own."""
    school = build.school()
    provider = build.provider(at=school)
    mandate = build.mandated(school)
    build.assignment(provider, mandate)
    build.mandated(build.school("24Q902"))
    return Place(school, provider, mandate)


def of(*grants: tuple[Kind, dict[str, Any]], chosen: int | None = None) -> Standing:
    """Return what grants add up to today."""
    user = build.user()
    for kind, scope in grants:
        build.grant(user, kind, **scope)
    return standing_of(user.pk, on=build.TODAY, chosen=chosen)


def found(standing: Standing) -> set[int]:
    """Return the students somebody may open today."""
    return set(students_of(standing, build.TODAY).values_list("pk", flat=True))


@pytest.mark.parametrize("kind", [Kind.COORDINATOR, Kind.HEAD])
def test_school_staff_open_whoever_is_enrolled_today(here: Place, kind: Kind) -> None:
    standing = of((kind, {"at": here.school}))
    assert found(standing) == {here.mandate.student_id}
    Enrolment.objects.filter(school=here.school).update(ends=build.TODAY)
    assert found(standing) == {here.mandate.student_id}
    Enrolment.objects.filter(school=here.school).update(ends=build.TODAY - DAY)
    assert found(standing) == set()


@pytest.mark.parametrize("kind", [Kind.ORCS, Kind.AUDITOR])
def test_boroughs_open_their_own_and_the_city_everybody(here: Place, kind: Kind) -> None:
    assert found(of((kind, {"borough": Borough.BROOKLYN}))) == {here.mandate.student_id}
    assert len(found(of((kind, {})))) == 2
    Enrolment.objects.all().delete()
    assert found(of((kind, {"borough": Borough.BROOKLYN}))) == set()
    assert len(found(of((kind, {})))) == 2


def test_a_provider_opens_the_assigned_between_first_and_last_day(here: Place) -> None:
    standing = of((Kind.PROVIDER, {"provider": here.provider}))
    for starts, ends, opens in (
        (build.TODAY, None, True),
        (build.BEFORE, build.TODAY, True),
        (build.TODAY + DAY, None, False),
        (build.BEFORE, build.TODAY - DAY, False),
    ):
        Assignment.objects.update(starts=starts, ends=ends)
        assert bool(found(standing)) is opens


def test_an_agency_opens_those_transmitted_to_it(here: Place) -> None:
    agency, other = build.agency(), build.agency()
    build.transmittal(here.mandate, build.contract(agency))
    assert found(of((Kind.AGENCY, {"agency": agency}))) == {here.mandate.student_id}
    assert found(of((Kind.AGENCY, {"agency": other}))) == set()


def test_two_standings_add_up_and_a_chosen_school_narrows(here: Place) -> None:
    second = build.school()
    mandate = build.mandated(second)
    both = ((Kind.COORDINATOR, {"at": second}), (Kind.PROVIDER, {"provider": here.provider}))
    assert found(of(*both)) == {here.mandate.student_id, mandate.student_id}
    schools = tuple((Kind.COORDINATOR, {"at": school}) for school in (here.school, second))
    assert found(of(*schools, chosen=second.pk)) == {mandate.student_id}


def test_nobody_and_an_administrator_open_none(here: Place) -> None:
    assert found(NOBODY) == set()
    assert found(of((Kind.ADMINISTRATOR, {}))) == set()


def test_the_address_is_that_of_a_page_that_opens(here: Place) -> None:
    standing = of((Kind.COORDINATOR, {"at": here.school}))
    assert page_of(standing, here.mandate.student_id, on=build.TODAY) == f"/students/{here.mandate.student_id}/"
    assert page_of(standing, None, on=build.TODAY) == ""
    assert page_of(of((Kind.COORDINATOR, {"at": build.school()})), here.mandate.student_id, on=build.TODAY) == ""
