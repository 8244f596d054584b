"""A standing takes the one kind of scope that belongs to it; the database holds every combination to that."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest

from providers.kinds import Borough
from providers.models import Grant, PolicySwitch
from providers.models.grant import Standing
from tests import build
from tests.refusals import refused

pytestmark = pytest.mark.django_db

SCOPES = ("school", "agency", "provider", "borough")
FITTING: dict[Standing, set[frozenset[str]]] = {
    Standing.COORDINATOR: {frozenset({"school"})},
    Standing.HEAD: {frozenset({"school"})},
    Standing.PROVIDER: {frozenset({"provider"})},
    Standing.AGENCY: {frozenset({"agency"})},
    Standing.ORCS: {frozenset(), frozenset({"borough"})},
    Standing.AUDITOR: {frozenset(), frozenset({"borough"})},
    Standing.ADMINISTRATOR: {frozenset()},
}
SUBSETS = [
    frozenset(name for name, chosen in zip(SCOPES, choice, strict=True) if chosen)
    for choice in product([False, True], repeat=4)
]


@pytest.mark.parametrize("standing", Standing)
def test_of_all_sixteen_scopes_only_the_fitting_ones_are_taken(standing: Standing) -> None:
    user, school, agency, provider = build.user(), build.school(), build.agency(), build.provider()
    whole = {"school": school, "agency": agency, "provider": provider, "borough": Borough.BRONX}
    for subset in SUBSETS:
        scope = {name: value for name, value in whole.items() if name in subset}
        row = Grant(user=user, standing=standing, starts=build.BEFORE, **scope)
        if subset in FITTING[standing]:
            row.save()
        else:
            with refused("grant_scope_fits_its_standing"):
                row.save()
    assert Grant.objects.count() == len(FITTING[standing])


def test_a_standing_nobody_knows_is_refused() -> None:
    with refused("grant_scope_fits_its_standing"):
        Grant.objects.create(user=build.user(), standing=8, starts=build.BEFORE)


@pytest.mark.parametrize("standing", set(Standing) - {Standing.COORDINATOR})
def test_only_a_coordinator_is_a_designee(standing: Standing) -> None:
    scope = {
        Standing.HEAD: {"at": build.school()},
        Standing.PROVIDER: {"provider": build.provider()},
        Standing.AGENCY: {"agency": build.agency()},
    }.get(standing, {})
    with refused("grant_designee_is_coordinator"):
        build.grant(build.user(), standing, designee=True, **scope)  # type: ignore[arg-type] # one scope by name


def test_a_schools_coordinator_may_be_its_designee() -> None:
    assert build.grant(build.user(), Standing.COORDINATOR, at=build.school(), designee=True).designee


def test_a_grant_does_not_end_before_it_starts() -> None:
    row = build.grant(build.user(), Standing.ORCS)
    Grant.objects.update(ends=row.starts)
    with refused("grant_ends_after_it_starts"):
        Grant.objects.update(ends=row.starts - timedelta(days=1))


def test_every_change_of_a_switch_is_a_row_of_its_own() -> None:
    for on in (True, False, True):
        PolicySwitch.objects.create(
            rule=PolicySwitch.Rule.RSA_HOLD, starts=build.TODAY, on=on, reason="Try", set_at=build.REAL
        )
    assert list(PolicySwitch.objects.values_list("on", flat=True)) == [True, False, True]
