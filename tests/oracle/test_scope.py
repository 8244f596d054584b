"""The second way of saying who may see whom, tried at both sides of every edge, without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.oracle.scope import (
    ADMINISTRATOR,
    AGENCY,
    AUDITOR,
    COORDINATOR,
    HEAD,
    ORCS,
    PROVIDER,
    Sight,
    sight_of,
)
from tests.oracle.search import Planted
from tests.oracle.world import Assignment, Call, Dated, Grant, Pair, Place, World

TODAY = date(2026, 11, 24)
DAY = timedelta(days=1)
SEPTEMBER = date(2026, 9, 10)
USER, SCHOOL, OTHER_SCHOOL, THERAPIST, HELPER, FIRM = 1, 10, 11, 20, 21, 30
BROOKLYN, QUEENS = 3, 4
ADA, BEN, CLO = 101, 102, 103

WORLD = World(
    students=[Planted(number, 900_000_000 + number, "Name", "Name") for number in (ADA, BEN, CLO)],
    grants=[],
    enrolments=[Dated(ADA, SCHOOL, SEPTEMBER, None), Dated(BEN, OTHER_SCHOOL, SEPTEMBER, None)],
    placements=[],
    assignments=[],
    calls=[],
    entries=[],
    kept=[],
    transmittals=[],
    letters=[],
    schools=[Place(SCHOOL, BROOKLYN), Place(OTHER_SCHOOL, QUEENS)],
    providers=[Place(THERAPIST, None), Place(HELPER, FIRM)],
    today=TODAY,
    records=[],
)


def grant(standing: int, **scope: int) -> Grant:
    none = {"school": None, "agency": None, "provider": None, "borough": None}
    return Grant(user=USER, standing=standing, starts=SEPTEMBER, ends=None, **none | scope)


def seen(world: World, *grants: Grant, user: int | None = USER) -> Sight:
    return sight_of(user, replace(world, grants=list(grants)))


def sight(*always: int, asked: tuple[int, ...] = ()) -> Sight:
    return Sight(frozenset(always), frozenset(asked))


@pytest.mark.parametrize("user", [None, 2])
def test_nobody_sees_anybody_by_another_persons_grant(user: int | None) -> None:
    assert seen(WORLD, grant(ADMINISTRATOR), user=user) == sight()


@pytest.mark.parametrize(
    ("starts", "ends", "is_running"),
    [
        (TODAY, None, True),
        (TODAY + DAY, None, False),
        (SEPTEMBER, TODAY, True),
        (SEPTEMBER, TODAY - DAY, False),
    ],
)
def test_a_grant_counts_from_its_first_day_to_its_last(starts: date, ends: date | None, is_running: bool) -> None:
    own = grant(COORDINATOR, school=SCHOOL)._replace(starts=starts, ends=ends)
    assert seen(WORLD, own) == (sight(ADA) if is_running else sight())


@pytest.mark.parametrize("standing", [COORDINATOR, HEAD])
def test_school_staff_see_who_is_enrolled_today(standing: int) -> None:
    assert seen(WORLD, grant(standing, school=SCHOOL)) == sight(ADA)
    moved = replace(
        WORLD, enrolments=[Dated(ADA, SCHOOL, SEPTEMBER, TODAY - DAY), Dated(ADA, OTHER_SCHOOL, TODAY, None)]
    )
    assert seen(moved, grant(standing, school=SCHOOL)) == sight()
    assert seen(moved, grant(standing, school=OTHER_SCHOOL)) == sight(ADA)


def test_school_staff_keep_the_calls_made_at_their_school() -> None:
    called = replace(WORLD, calls=[Call(BEN, THERAPIST, SCHOOL), Call(CLO, THERAPIST, None)])
    assert seen(called, grant(COORDINATOR, school=SCHOOL)) == sight(ADA, BEN)


def test_school_staff_keep_who_is_still_on_a_caseload_there() -> None:
    kept = replace(WORLD, kept=[Pair(BEN, SCHOOL), Pair(CLO, OTHER_SCHOOL)])
    assert seen(kept, grant(COORDINATOR, school=SCHOOL)) == sight(ADA, BEN)


def test_two_grants_add_up() -> None:
    both = [grant(COORDINATOR, school=SCHOOL), grant(HEAD, school=OTHER_SCHOOL)]
    assert seen(WORLD, *both) == sight(ADA, BEN)


@pytest.mark.parametrize("standing", [ORCS, AUDITOR])
def test_an_office_sees_its_borough_or_the_city(standing: int) -> None:
    assert seen(WORLD, grant(standing, borough=BROOKLYN)) == sight(ADA)
    assert seen(WORLD, grant(standing)) == sight(ADA, BEN, CLO)


def test_the_administrator_sees_everybody() -> None:
    assert seen(WORLD, grant(ADMINISTRATOR)) == sight(ADA, BEN, CLO)


def test_a_provider_sees_those_assigned_today() -> None:
    own = grant(PROVIDER, provider=THERAPIST)
    assert seen(WORLD, own) == sight()
    assert seen(replace(WORLD, assignments=[Assignment(ADA, THERAPIST, TODAY, None)]), own) == sight(ADA)
    assert seen(replace(WORLD, assignments=[Assignment(ADA, THERAPIST, TODAY + DAY, None)]), own) == sight()
    assert seen(replace(WORLD, assignments=[Assignment(ADA, THERAPIST, SEPTEMBER, TODAY - DAY)]), own) == sight()
    assert seen(replace(WORLD, assignments=[Assignment(ADA, HELPER, SEPTEMBER, None)]), own) == sight()


def test_a_provider_keeps_their_own_calls_entries_and_letters() -> None:
    own = grant(PROVIDER, provider=THERAPIST)
    assert seen(replace(WORLD, calls=[Call(ADA, THERAPIST, SCHOOL), Call(BEN, HELPER, SCHOOL)]), own) == sight(ADA)
    assert seen(replace(WORLD, entries=[Pair(ADA, THERAPIST), Pair(BEN, HELPER)]), own) == sight(ADA)
    assert seen(replace(WORLD, letters=[Pair(ADA, THERAPIST), Pair(BEN, HELPER)]), own) == sight(ADA)


def test_a_provider_sees_the_others_of_their_school_only_on_asking() -> None:
    placed = replace(WORLD, placements=[Dated(THERAPIST, SCHOOL, SEPTEMBER, None)])
    assert seen(placed, grant(PROVIDER, provider=THERAPIST)) == sight(asked=(ADA,))
    ended = replace(WORLD, placements=[Dated(THERAPIST, SCHOOL, SEPTEMBER, TODAY - DAY)])
    assert seen(ended, grant(PROVIDER, provider=THERAPIST)) == sight()


def test_an_agencys_provider_sees_its_transmittals_only_on_asking() -> None:
    sent = replace(WORLD, transmittals=[Pair(ADA, FIRM), Pair(BEN, 31)])
    assert seen(sent, grant(PROVIDER, provider=HELPER)) == sight(asked=(ADA,))
    assert seen(sent, grant(PROVIDER, provider=THERAPIST)) == sight()


def test_an_agency_sees_its_transmittals_and_whom_its_own_providers_serve_or_called_for() -> None:
    own = grant(AGENCY, agency=FIRM)
    assert seen(replace(WORLD, transmittals=[Pair(ADA, FIRM), Pair(BEN, 31)]), own) == sight(ADA)
    served = [Assignment(ADA, HELPER, SEPTEMBER, None), Assignment(BEN, THERAPIST, SEPTEMBER, None)]
    assert seen(replace(WORLD, assignments=served), own) == sight(ADA)
    assert seen(replace(WORLD, calls=[Call(ADA, HELPER, None), Call(BEN, THERAPIST, None)]), own) == sight(ADA)
