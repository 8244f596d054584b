"""How far an accepted call came: CAP by two in the night, SEC a day later, the caseload in two days."""

from __future__ import annotations

from datetime import date, timedelta

from caseloads.kinds import EntryState, IepStatus, Transfer
from caseloads.systems.cap.codes import CapStatus
from caseloads.systems.sec.codes import SecStatus
from providers.kinds import Affiliation, Route, Service
from tests import build
from tests.compliance.reconcile.cases.registry import case
from tests.compliance.reconcile.worlds import AT, DAY, HOUR, SECOND, SPANISH, World, at, change

CAPS_NIGHT = at(11, 24, 2)


def cap_lacks_it(world: World) -> None:
    """Let CAP and SEC show no first attend."""
    world.both(first_attend=None, status=CapStatus.ASSIGNED)


def sec_lacks_it(world: World) -> None:
    """Let SEC alone show no first attend."""
    change(world.sec, first_attend=None, status=SecStatus.ASSIGNED)


@case("CALL_NOT_IN_CAP open")
def the_night_passed_and_cap_shows_nothing(world: World) -> None:
    change(world.call, received=CAPS_NIGHT - SECOND)
    cap_lacks_it(world)


@case("CALL_NOT_IN_CAP waiting")
def caps_night_is_still_to_come(world: World) -> None:
    change(world.call, received=CAPS_NIGHT)
    cap_lacks_it(world)


@case()
def cap_shows_another_setting_that_the_call_does_not_mark(world: World) -> None:
    alone = build.mandate(world.iep, group_size=1)
    who = world.somebody()
    build.assignment(who, alone, starts=date(2026, 11, 24)).delete()
    row = world.in_cap(alone, status=CapStatus.TRANSMITTED)
    world.in_sec(row)


@case("CALL_NOT_IN_CAP open")
def cap_has_none_of_the_settings_that_the_call_marks(world: World) -> None:
    over = build.mandate(world.iep, group_size=1)
    change(over, ends=date(2026, 11, 10))
    change(world.call, mandates=[over.pk])
    cap_lacks_it(world)


@case("CALL_NOT_IN_SEC waiting")
def sec_has_a_second_left_for_the_call(world: World) -> None:
    sec_lacks_it(world)
    change(world.cap, since=AT - DAY + SECOND)


@case("CALL_NOT_IN_SEC open")
def sec_had_a_day_for_the_call(world: World) -> None:
    sec_lacks_it(world)
    change(world.cap, since=AT - DAY)


@case("SEC_STALE open")
def sec_that_is_behind_takes_the_call_along(world: World) -> None:
    sec_lacks_it(world)
    change(world.sec, frequency=5)


@case("CALL_NOT_IN_SEC waiting", "SEC_WAITING waiting")
def two_waits_stand_side_by_side(world: World) -> None:
    sec_lacks_it(world)
    change(world.sec, frequency=5)
    change(world.cap, since=AT - HOUR)


@case("CAP_FIELD_DIFFERS open")
def cap_that_differs_takes_the_deliveries(world: World) -> None:
    world.entry.delete()
    cap_lacks_it(world)
    world.both(duration=45)


@case("CALL_NOT_IN_CAP open")
def the_first_open_delivery_takes_the_later_ones(world: World) -> None:
    world.entry.delete()
    cap_lacks_it(world)


@case("CALL_NOT_IN_CAP waiting", "CALL_NOT_ON_CASELOAD waiting")
def while_none_is_open_each_waits(world: World) -> None:
    world.entry.delete()
    cap_lacks_it(world)
    change(world.call, received=AT - HOUR)


@case("CALL_NOT_IN_SEC waiting", "CALL_NOT_ON_CASELOAD open")
def a_wait_takes_no_open_delivery(world: World) -> None:
    world.entry.delete()
    sec_lacks_it(world)
    change(world.cap, since=AT - HOUR)


@case("CALL_NOT_ON_CASELOAD waiting")
def the_caseload_has_a_second_left(world: World) -> None:
    world.entry.delete()
    change(world.call, received=AT - timedelta(hours=48) + SECOND)


@case("CALL_NOT_ON_CASELOAD open")
def the_caseload_had_two_days(world: World) -> None:
    world.entry.delete()
    change(world.call, received=AT - timedelta(hours=48))


@case("CALL_NOT_ON_CASELOAD open")
def an_entry_is_held(world: World) -> None:
    change(world.entry, state=EntryState.HELD, held_for=Route.GALAXY)


@case("CALL_NOT_ON_CASELOAD open")
def an_entry_is_somebody_elses(world: World) -> None:
    change(world.entry, provider=world.somebody())


@case()
def an_entry_of_a_later_iep_is_as_good(world: World) -> None:
    newer = build.mandate(build.iep(world.student, version=9, status=IepStatus.DRAFT))
    world.enters(mandate=newer)
    world.entry.delete()


@case("CALL_NOT_ON_CASELOAD open")
def an_entry_of_another_service_is_none(world: World) -> None:
    other = build.mandate(build.iep(world.student, version=9, status=IepStatus.DRAFT), Service.COUNSELING)
    change(world.entry, mandate=other, call=None)


@case()
def a_service_that_no_iep_names_any_more(world: World) -> None:
    world.entry.delete()
    change(world.mandate, language=SPANISH)
    world.both(language=SPANISH, status=CapStatus.TRANSMITTED)
    who = world.somebody()
    change(world.assignment, provider=who)
    world.enters(world.calls(who=who, language=SPANISH))
    change(world.call, provider=who)


@case()
def a_student_who_left_is_on_no_caseload(world: World) -> None:
    world.entry.delete()
    world.leaves(date(2026, 11, 23))


@case("DUPLICATE_CALL open", "CALL_NOT_IN_CAP open")
def a_call_that_is_wrong_in_itself_takes_its_deliveries(world: World) -> None:
    cap_lacks_it(world)
    world.calls(origin=4, received=at(10, 8))


@case("NOT_IN_GALAXY open")
def without_galaxy_it_is_the_accesss_trouble(world: World) -> None:
    world.entry.delete()
    not_listed(world)


@case("NOT_IN_GALAXY waiting")
def galaxy_is_too_new_for_a_caseload(world: World) -> None:
    world.entry.delete()
    not_listed(world)
    world.in_galaxy(world.provider, added=AT - DAY + SECOND)


@case("CALL_NOT_ON_CASELOAD open")
def galaxy_is_a_day_old(world: World) -> None:
    world.entry.delete()
    not_listed(world)
    world.in_galaxy(world.provider, added=AT - DAY)


@case("CALL_NOT_ON_CASELOAD waiting", "NOT_IN_GALAXY open")
def a_wait_for_the_caseload_stands_beside_the_access(world: World) -> None:
    world.entry.delete()
    not_listed(world)
    change(world.call, received=AT - HOUR)


@case()
def a_caller_without_access_who_is_not_assigned(world: World) -> None:
    change(world.call, provider=build.provider())
    world.entry.delete()
    world.assignment.delete()
    world.both(status=CapStatus.FIRST_ATTENDED)


def by_agency(world: World, *, active: bool = True, eligible: bool = True) -> None:
    """Let an agency's provider have called, who stands in PETS so."""
    under = build.contract(build.agency())
    who = build.provider(Affiliation.AGENCY, of=under.agency)
    world.in_pets(who, active=active, eligible=eligible)
    build.transmittal(world.mandate, under, at(9, 20))
    world.entry.delete()
    for row in (world.assignment, world.call):
        change(row, provider=who)
    world.both(provider_number=who.number)


@case("CALL_NOT_ON_CASELOAD open")
def pets_lets_them_in(world: World) -> None:
    by_agency(world)


@case("NOT_IN_PETS open")
def pets_has_them_as_ineligible(world: World) -> None:
    by_agency(world, eligible=False)


@case("IEP_KNOWN_ISSUE open")
def the_document_takes_the_caseload_too(world: World) -> None:
    world.entry.delete()
    change(world.iep, transfer=Transfer.KNOWN_ISSUE)


def not_listed(world: World) -> None:
    """Take the provider off Galaxy's list."""
    world.listings().delete()


@case()
def a_mandate_that_ended_is_on_no_caseload(world: World) -> None:
    world.entry.delete()
    world.cap.delete()
    world.sec.delete()
    change(world.mandate, ends=date(2026, 11, 23))


@case("CALL_NOT_ON_CASELOAD open")
def a_mandate_that_ends_today_still_is(world: World) -> None:
    world.entry.delete()
    change(world.mandate, ends=date(2026, 11, 24))
    change(world.cap, ends=date(2026, 11, 24))


@case()
def a_caller_whose_assignment_ended_yesterday_is_on_no_caseload(world: World) -> None:
    world.entry.delete()
    change(world.assignment, ends=date(2026, 11, 23))


@case("CALL_NOT_ON_CASELOAD open")
def a_caller_whose_assignment_ends_today_still_is(world: World) -> None:
    world.entry.delete()
    change(world.assignment, ends=date(2026, 11, 24))


@case("CALL_NOT_ON_CASELOAD open")
def a_caller_who_is_assigned_again_is(world: World) -> None:
    world.entry.delete()
    change(world.assignment, ends=date(2026, 11, 10))
    build.assignment(world.provider, world.mandate, starts=date(2026, 11, 11))


@case("CALL_NOT_ON_CASELOAD open")
def a_caller_who_was_never_assigned_is(world: World) -> None:
    world.entry.delete()
    world.assignment.delete()


@case()
def a_caller_who_left_a_day_ago_waits_for_nothing(world: World) -> None:
    world.entry.delete()
    change(world.call, received=AT - HOUR)
    change(world.assignment, ends=date(2026, 11, 23))
