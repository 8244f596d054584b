"""Access: who serves where, and what Galaxy and PETS say."""

from __future__ import annotations

from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from providers.kinds import Affiliation
from tests import build
from tests.compliance.reconcile.cases.deliveries import by_agency, not_listed
from tests.compliance.reconcile.cases.registry import case
from tests.compliance.reconcile.worlds import AT, DAY, SECOND, World, change, school


@case("NOT_IN_GALAXY open")
def galaxy_does_not_list_the_provider(world: World) -> None:
    not_listed(world)


@case("NOT_IN_GALAXY open")
def galaxy_lists_them_at_another_school(world: World) -> None:
    world.listings().update(dbn=school().dbn)


@case("NOT_IN_GALAXY open")
def galaxy_listed_them_until_yesterday(world: World) -> None:
    world.listings().update(ends=date(2026, 11, 23))


@case()
def galaxy_lists_them_until_today(world: World) -> None:
    world.listings().update(ends=date(2026, 11, 24))


@case("NOT_IN_GALAXY open")
def galaxy_lists_them_only_later(world: World) -> None:
    world.listings().update(added=AT + SECOND)


@case("NOT_IN_GALAXY waiting")
def galaxy_added_them_less_than_a_day_ago(world: World) -> None:
    world.listings().update(added=AT - DAY + SECOND)


@case()
def galaxy_added_them_a_day_ago(world: World) -> None:
    world.listings().update(added=AT - DAY)


@case()
def somebody_who_is_no_longer_assigned_needs_no_list(world: World) -> None:
    not_listed(world)
    change(world.assignment, ends=date(2026, 11, 23))


@case()
def a_mandate_that_begins_tomorrow_needs_no_list_yet(world: World) -> None:
    not_listed(world)
    change(world.mandate, starts=date(2026, 11, 25))
    change(world.cap, starts=date(2026, 11, 25))


@case("NOT_IN_GALAXY open")
def the_iep_of_today_counts_and_not_the_next(world: World) -> None:
    not_listed(world)
    change(world.iep, governs=DateRange(date(2026, 12, 1), None))
    old = build.mandate(world.document(governs=DateRange(build.YEAR[0], date(2026, 12, 1))))
    change(world.assignment, mandate=old)
    change(world.call, mandates=[old.pk])


@case()
def the_next_iep_needs_no_list_yet(world: World) -> None:
    not_listed(world)
    change(world.iep, governs=DateRange(date(2026, 12, 1), None))


@case()
def a_student_who_left_is_served_nowhere(world: World) -> None:
    not_listed(world)
    world.entry.delete()
    world.leaves(date(2026, 11, 23))


@case("NOT_IN_PETS open")
def pets_has_them_as_inactive(world: World) -> None:
    by_agency(world, active=False)


@case("CALL_NOT_ON_CASELOAD open")
def one_usable_line_of_two_is_enough(world: World) -> None:
    by_agency(world, active=False)
    world.in_pets(world.assignment.provider)


@case("NON_DOE_IN_GALAXY open")
def somebody_of_an_agency_is_in_galaxy(world: World) -> None:
    world.in_galaxy(world.somebody(Affiliation.AGENCY, of=build.agency()))


@case()
def somebody_of_an_agency_was_in_galaxy(world: World) -> None:
    world.in_galaxy(world.somebody(Affiliation.AGENCY, of=build.agency()), ends=date(2026, 11, 23))


@case()
def somebody_of_an_agency_will_be_in_galaxy(world: World) -> None:
    world.in_galaxy(world.somebody(Affiliation.AGENCY, of=build.agency()), added=AT + SECOND)


@case("NON_DOE_IN_GALAXY open")
def an_independent_provider_is_in_galaxy(world: World) -> None:
    world.in_galaxy(world.somebody(Affiliation.RSA))
