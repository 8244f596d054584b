"""The document: consent, refusals, and how long a transfer may take."""

from __future__ import annotations

from datetime import date

from caseloads.kinds import IepKind, Transfer
from tests import build
from tests.compliance.reconcile.cases.registry import case
from tests.compliance.reconcile.worlds import ALONE, LONG_AGO, SECOND, World, at, change

LAST_NIGHT = at(11, 24, 1)


def first_iep(world: World, **changes: object) -> None:
    """Make the IEP an initial one."""
    change(world.iep, kind=IepKind.INITIAL, **changes)


def nothing_in_cap(world: World) -> None:
    """Take away what CAP and SEC have, and who serves."""
    world.nobody_serves()
    world.cap.delete()
    world.sec.delete()


@case()
def all_in_order(world: World) -> None:
    """Leave everything as it is."""


@case("CONSENT_MISSING open")
def consent_is_missing_after_the_night(world: World) -> None:
    first_iep(world, transfer=Transfer.NEVER, transfer_at=None, finalised=LAST_NIGHT - SECOND)
    nothing_in_cap(world)


@case("CONSENT_MISSING waiting")
def consent_is_missing_before_the_night(world: World) -> None:
    first_iep(world, transfer=Transfer.NEVER, transfer_at=None, finalised=LAST_NIGHT)
    nothing_in_cap(world)


@case("CONSENT_MISSING open")
def consent_is_recorded_only_later(world: World) -> None:
    first_iep(world)
    build.consent(world.student, recorded=at(11, 24, 17) + SECOND)


@case()
def consent_is_there(world: World) -> None:
    first_iep(world)
    build.consent(world.student, recorded=at(11, 24, 17))


@case()
def an_annual_review_needs_no_consent(world: World) -> None:
    change(world.iep, kind=IepKind.ANNUAL)


@case("CONSENT_MISSING open")
def consent_comes_before_a_refusal(world: World) -> None:
    first_iep(world, transfer=Transfer.ACTION_NEEDED)


@case("IEP_ACTION_NEEDED open")
def cap_refuses_the_document(world: World) -> None:
    change(world.iep, transfer=Transfer.ACTION_NEEDED, transfer_at=at(11, 24, 1))


@case("IEP_KNOWN_ISSUE open")
def the_document_is_stuck(world: World) -> None:
    change(world.iep, transfer=Transfer.KNOWN_ISSUE, transfer_at=at(11, 24, 1))


@case("IEP_NOT_IN_CAP open")
def never_attempted_after_the_night(world: World) -> None:
    change(world.iep, transfer=Transfer.NEVER, transfer_at=None, finalised=LAST_NIGHT - SECOND)


@case("IEP_NOT_IN_CAP waiting")
def never_attempted_before_the_night(world: World) -> None:
    change(world.iep, transfer=Transfer.NEVER, transfer_at=None, finalised=LAST_NIGHT)


@case("IEP_NOT_IN_CAP waiting")
def never_attempted_since_consent_came_today(world: World) -> None:
    first_iep(world, transfer=Transfer.NEVER, transfer_at=None)
    build.consent(world.student, recorded=LAST_NIGHT)


@case("IEP_NOT_IN_CAP open")
def never_attempted_though_consent_came_yesterday(world: World) -> None:
    first_iep(world, transfer=Transfer.NEVER, transfer_at=None)
    build.consent(world.student, recorded=LAST_NIGHT - SECOND)


@case("IEP_NOT_IN_CAP open")
def late_consent_to_a_review_holds_nothing_back(world: World) -> None:
    change(world.iep, transfer=Transfer.NEVER, transfer_at=None)
    build.consent(world.student, recorded=LAST_NIGHT)


@case("IEP_PENDING waiting")
def pending_for_four_business_days(world: World) -> None:
    change(world.iep, transfer=Transfer.PENDING, transfer_at=at(11, 18, 23, 59))


@case("IEP_NOT_IN_CAP open")
def pending_for_five_business_days(world: World) -> None:
    change(world.iep, transfer=Transfer.PENDING, transfer_at=at(11, 17, 23, 59))


@case("IEP_NOT_IN_CAP open")
def carried_last_night_and_not_there(world: World) -> None:
    nothing_in_cap(world)
    change(world.iep, transfer_at=LAST_NIGHT - SECOND)


@case("IEP_NOT_IN_CAP waiting")
def carried_this_night_and_not_there(world: World) -> None:
    nothing_in_cap(world)
    change(world.iep, transfer_at=LAST_NIGHT)


@case("IEP_NOT_IN_CAP open")
def one_line_of_two_is_missing(world: World) -> None:
    build.mandate(world.iep, frequency=1, group_size=1)


@case()
def a_line_that_ended_is_not_missed(world: World) -> None:
    change(build.mandate(world.iep, frequency=1, group_size=1), ends=date(2026, 11, 23))


@case("IEP_NOT_IN_CAP open")
def a_line_that_ends_today_is_missed(world: World) -> None:
    change(build.mandate(world.iep, frequency=1, group_size=1), ends=date(2026, 11, 24))


@case("CAP_FIELD_DIFFERS open")
def a_line_in_another_setting_is_paired_and_not_missed(world: World) -> None:
    world.both(setting=ALONE, group_size=1)


@case("IEP_NOT_IN_CAP waiting")
def while_the_document_travels_cap_need_not_agree(world: World) -> None:
    change(world.iep, transfer=Transfer.NEVER, transfer_at=None, finalised=LAST_NIGHT)
    world.both(frequency=5)


@case("IEP_NOT_IN_CAP waiting", "SEC_STALE open")
def while_the_document_travels_sec_must_agree_with_cap(world: World) -> None:
    change(world.iep, transfer=Transfer.NEVER, transfer_at=None, finalised=LAST_NIGHT)
    world.both(setting=ALONE, group_size=1)
    change(world.sec, frequency=5)


@case("IEP_ACTION_NEEDED open")
def an_open_document_takes_its_lines(world: World) -> None:
    change(world.iep, transfer=Transfer.ACTION_NEEDED)
    change(world.sec, frequency=5)
    change(build.mandate(world.iep, group_size=1), setting=ALONE)


@case("IEP_ACTION_NEEDED open")
def an_open_document_takes_the_deliveries(world: World) -> None:
    change(world.iep, transfer=Transfer.ACTION_NEEDED)
    world.entry.delete()


@case("CASELOAD_ENDED open", "IEP_ACTION_NEEDED open")
def an_ended_student_stands_beside_the_document(world: World) -> None:
    change(world.iep, transfer=Transfer.ACTION_NEEDED)
    gone = build.mandate(world.iep, frequency=1, group_size=1)
    change(gone, ends=date(2026, 11, 20))
    world.enters(mandate=gone)


@case()
def a_document_of_somebody_who_left_is_nobodys(world: World) -> None:
    change(world.iep, transfer=Transfer.ACTION_NEEDED)
    world.entry.delete()
    world.leaves(date(2026, 11, 23))


@case("IEP_NOT_IN_CAP open")
def a_later_document_is_the_one_that_counts(world: World) -> None:
    change(world.iep, governs=type(world.iep.governs)(build.YEAR[0], date(2026, 12, 1)))
    newer = world.document(starts=date(2026, 12, 1), transfer=Transfer.NEVER, finalised=LONG_AGO, transfer_at=None)
    build.mandate(newer, frequency=3)
