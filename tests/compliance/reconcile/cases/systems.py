"""CAP beside the IEP, and SEC beside CAP: every field, both directions, and the day that SEC has."""

from __future__ import annotations

from datetime import date

from caseloads.kinds import EntryState, Outcome
from caseloads.systems.cap.codes import CapStatus
from caseloads.systems.sec.codes import SecStatus
from providers.kinds import Service
from tests import build
from tests.compliance.reconcile.cases.registry import Make, When, case
from tests.compliance.reconcile.worlds import ALONE, AT, DAY, ENGLISH, POLISH, SECOND, SPANISH, World, change

JUST = AT - DAY
"""CAP's change that SEC must have had by now, to the second."""


def cap_says(**columns: object) -> Make:
    """Return what lets CAP, and SEC after it, say something else than the IEP."""

    def make(world: World) -> None:
        world.both(**columns)

    return make


OTHER_IN_CAP: dict[str, dict[str, object]] = {
    "frequency": {"frequency": 5},
    "duration": {"duration": 45},
    "group_size": {"group_size": 4},
    "start": {"starts": date(2026, 9, 11)},
    "end": {"ends": date(2027, 1, 29)},
    "language": {"language": SPANISH},
}
for name, columns in OTHER_IN_CAP.items():
    differing = cap_says(**columns)
    differing.__name__ = f"cap_has_another_{name}"
    case("CAP_FIELD_DIFFERS open")(differing)


@case("CAP_NOT_ON_IEP open")
def cap_has_a_service_that_the_iep_lacks(world: World) -> None:
    world.in_sec(world.in_cap(service=Service.COUNSELING))


@case("CAP_NOT_ON_IEP open")
def cap_has_one_setting_too_many(world: World) -> None:
    world.in_sec(world.in_cap(setting=ALONE, group_size=1))


@case("CAP_FIELD_DIFFERS open", "CAP_NOT_ON_IEP open")
def the_same_language_is_paired_before_the_same_setting(world: World) -> None:
    world.both(setting=ALONE, group_size=1)
    world.in_sec(world.in_cap(language=SPANISH))


@case("CAP_FIELD_DIFFERS open", "CAP_FIELD_DIFFERS open")
def two_left_over_are_paired_in_order(world: World) -> None:
    change(world.mandate, language=SPANISH)
    change(world.call, language=SPANISH)
    alone = build.mandate(world.iep, group_size=1, language=POLISH)
    build.assignment(world.provider, alone)
    world.enters(world.calls(language=POLISH, mandates=[alone.pk]), mandate=alone)
    row = world.in_cap(alone, first_attend=world.cap.first_attend, provider_number=world.provider.number)
    for one in (world.in_sec(row), row):
        change(one, language=ENGLISH)


@case()
def a_closed_row_is_history(world: World) -> None:
    world.in_cap(service=Service.COUNSELING, status=CapStatus.CLOSED)


@case("CAP_NOT_ON_IEP waiting", when=When.DAWN)
def cap_keeps_a_line_that_ended_yesterday_until_the_night(world: World) -> None:
    change(world.entry, state=EntryState.ENDED)
    change(world.mandate, ends=date(2026, 11, 23))


@case("CAP_NOT_ON_IEP open", when=When.DAWN)
def cap_keeps_a_line_that_ended_the_day_before(world: World) -> None:
    change(world.entry, state=EntryState.ENDED)
    change(world.mandate, ends=date(2026, 11, 22))


@case("CAP_NOT_ON_IEP open")
def cap_keeps_a_line_that_ended_yesterday_after_the_night(world: World) -> None:
    change(world.entry, state=EntryState.ENDED)
    change(world.mandate, ends=date(2026, 11, 23))


@case()
def cap_holds_what_somebody_has_who_left(world: World) -> None:
    world.entry.delete()
    world.in_cap(service=Service.COUNSELING)
    change(world.cap, frequency=5)
    world.leaves(date(2026, 11, 23))


@case("CAP_NOT_ON_IEP open")
def cap_knows_a_student_whom_nobody_has(world: World) -> None:
    world.in_sec(world.in_cap(osis=world.stranger()))


@case("CAP_NOT_ON_IEP open")
def cap_comes_before_sec_on_one_line(world: World) -> None:
    world.in_cap(osis=world.stranger())


OTHER_IN_SEC: dict[str, dict[str, object]] = {
    "frequency": {"frequency": 5},
    "duration": {"duration": 45},
    "group_size": {"group_size": 4},
    "provider": {"provider_number": 599_999},
    "first_attend": {"first_attend": date(2026, 10, 6)},
    "status": {"status": SecStatus.CONTRACTING},
}
for name, columns in OTHER_IN_SEC.items():

    def shows(world: World, columns: dict[str, object] = columns) -> None:
        change(world.sec, **columns)

    def only_lately(world: World, columns: dict[str, object] = columns) -> None:
        change(world.sec, **columns)
        change(world.cap, since=JUST + SECOND)

    shows.__name__ = f"sec_shows_another_{name}"
    only_lately.__name__ = f"sec_will_show_another_{name}"
    case("SEC_STALE open")(shows)
    case("SEC_WAITING waiting")(only_lately)


@case("SEC_STALE open")
def sec_lacks_the_line(world: World) -> None:
    world.sec.delete()


@case("SEC_STALE open")
def sec_has_had_a_day_to_the_second(world: World) -> None:
    change(world.cap, since=JUST)
    change(world.sec, frequency=5)


@case("SEC_WAITING waiting")
def sec_has_a_second_left(world: World) -> None:
    change(world.cap, since=JUST + SECOND)
    change(world.sec, frequency=5)


@case("SEC_STALE open")
def sec_shows_a_line_only_from_tomorrow_on(world: World) -> None:
    change(world.sec, from_at=AT + SECOND)


@case()
def sec_shows_a_line_until_later(world: World) -> None:
    change(world.sec, until_at=AT + SECOND)


@case("SEC_STALE open")
def sec_showed_a_line_until_now(world: World) -> None:
    change(world.sec, until_at=AT)


@case("SEC_ONLY open")
def only_sec_has_a_line(world: World) -> None:
    world.in_sec(service=Service.COUNSELING)


@case("SEC_ONLY open")
def only_sec_knows_a_student(world: World) -> None:
    world.in_sec(osis=world.stranger())


@case("SEC_WAITING waiting")
def cap_closed_a_line_less_than_a_day_ago(world: World) -> None:
    closed = world.in_cap(service=Service.COUNSELING, status=CapStatus.CLOSED, since=JUST + SECOND)
    world.in_cap(service=Service.COUNSELING, status=CapStatus.CLOSED, since=JUST - DAY)
    world.in_sec(closed)


@case("SEC_ONLY open")
def cap_closed_a_line_a_day_ago(world: World) -> None:
    world.in_sec(world.in_cap(service=Service.COUNSELING, status=CapStatus.CLOSED, since=JUST))


@case()
def sec_holds_what_somebody_has_who_left(world: World) -> None:
    world.entry.delete()
    world.in_sec(service=Service.COUNSELING)
    world.leaves(date(2026, 11, 23))


@case("CALL_NOT_IN_SEC open")
def a_first_attend_on_its_way_is_the_calls(world: World) -> None:
    change(world.sec, first_attend=None, status=SecStatus.ASSIGNED)


@case("SEC_STALE open")
def a_first_attend_without_a_call_is_secs(world: World) -> None:
    world.entry.delete()
    world.call.delete()
    change(world.sec, first_attend=None, status=SecStatus.ASSIGNED)


@case("SEC_STALE open")
def a_first_attend_with_another_languages_call_is_secs(world: World) -> None:
    world.entry.delete()
    change(world.call, outcome=Outcome.ACCEPTED, language=SPANISH)
    change(world.sec, first_attend=None, status=SecStatus.ASSIGNED)
