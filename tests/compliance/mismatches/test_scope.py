from __future__ import annotations

import pytest

from compliance.kinds import Code, Owner
from compliance.models import Finding
from compliance.queries.scope import findings_of, findings_to_act_on, may_act, schools_of, staff_of
from orcs_portal.accounts.models import User
from providers.kinds import Affiliation, Borough
from providers.models.grant import Standing as Kind
from providers.scope import Standing, standing_of
from tests import build
from tests.compliance import build as rows
from tests.compliance.mismatches.conftest import Place, staff


@pytest.fixture
def near(here: Place) -> Finding:
    return rows.differing(build.mandated(here.school))


@pytest.fixture
def far(here: Place) -> Finding:
    return rows.differing(build.mandated(build.school("24Q902")))


@pytest.fixture
def nowhere(here: Place) -> Finding:
    return rows.found(Code.SEC_ONLY, osis=900_999_999)


def somebody(kind: Kind, **scope: object) -> User:
    user = build.user()
    build.grant(user, kind, **scope)  # type: ignore[arg-type] # the scopes that a grant takes
    return user


def standing(user: User) -> Standing:
    return standing_of(user.pk, on=build.TODAY)


def seen(user: User) -> set[int]:
    return set(findings_of(standing(user)).values_list("pk", flat=True))


def test_school_staff_see_the_findings_of_their_schools(here: Place, near: Finding, far: Finding) -> None:
    assert seen(here.user) == {near.pk}
    assert seen(staff(here.school, kind=Kind.HEAD)) == {near.pk}


def test_the_chosen_school_narrows_what_is_seen(here: Place, near: Finding, far: Finding) -> None:
    assert far.school is not None
    both = staff(here.school, far.school)
    assert seen(both) == {near.pk, far.pk}
    chosen = standing_of(both.pk, on=build.TODAY, chosen=far.school.pk)
    assert set(findings_of(chosen).values_list("pk", flat=True)) == {far.pk}


@pytest.mark.parametrize("kind", [Kind.ORCS, Kind.AUDITOR])
def test_an_office_sees_its_borough_or_the_city_with_what_belongs_to_no_school(
    kind: Kind, near: Finding, far: Finding, nowhere: Finding
) -> None:
    assert seen(somebody(kind, borough=Borough.BROOKLYN)) == {near.pk}
    assert seen(somebody(kind)) == {near.pk, far.pk, nowhere.pk}


def test_an_agency_sees_only_what_it_has_to_do_itself(here: Place, near: Finding) -> None:
    agency, other = build.agency(), build.agency("Another Agency")
    mandate = build.mandated(here.school)
    own = rows.on_line(Code.AGENCY_NOT_STARTED, mandate, agency=agency)
    rows.on_line(Code.NO_TRANSMITTAL, mandate, agency=agency, owner=Owner.ORCS)
    rows.on_line(Code.AGENCY_NOT_STARTED, build.mandated(here.school), agency=other)
    assert seen(somebody(Kind.AGENCY, agency=agency)) == {own.pk}


def test_providers_administrators_and_people_without_a_role_see_none(here: Place, near: Finding) -> None:
    provider = build.provider(at=here.school)
    nobody = build.user()
    assert seen(somebody(Kind.PROVIDER, provider=provider)) == set()
    assert seen(somebody(Kind.ADMINISTRATOR)) == set()
    assert seen(nobody) == set()


def test_auditors_and_agencies_look_and_never_act(here: Place, near: Finding) -> None:
    agency = build.agency()
    rows.at_place(Code.NOT_IN_PETS, build.provider(Affiliation.AGENCY, of=agency), here.school, agency=agency)
    for user in (somebody(Kind.AUDITOR), somebody(Kind.AGENCY, agency=agency)):
        assert seen(user)
        assert not findings_to_act_on(standing(user)).exists()
        assert not may_act(standing(user))


def test_who_audits_the_city_and_works_at_a_school_acts_at_the_school_alone(
    here: Place, near: Finding, far: Finding
) -> None:
    build.grant(here.user, Kind.AUDITOR)
    assert seen(here.user) == {near.pk, far.pk}
    assert list(findings_to_act_on(here.standing)) == [near]
    assert may_act(here.standing)


def test_the_staff_of_a_school_are_its_coordinators_and_heads_of_today(here: Place) -> None:
    head = staff(here.school, kind=Kind.HEAD, name="Abe Zimmer")
    staff(build.school())
    gone = staff(here.school)
    gone.grants.update(ends=build.BEFORE)
    closed = staff(here.school)
    closed.is_active = False
    closed.save()
    build.grant(build.user(), Kind.PROVIDER, provider=build.provider(at=here.school))
    assert staff_of({here.school.pk}, build.TODAY) == [head, here.user]
    assert schools_of(here.user.pk, build.TODAY) == {here.school.pk}
    assert schools_of(closed.pk, build.TODAY) == schools_of(gone.pk, build.TODAY) == frozenset()
