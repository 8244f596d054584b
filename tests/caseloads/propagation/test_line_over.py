"""A call whose line is over before the systems come to it is settled with a reason, in all three (R10)."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from caseloads.kinds import DeliveryState, IepStatus, System, Transfer
from caseloads.models import Call, CapMandate, Delivery, Entry, Iep, Mandate, SecLine, SecNotice
from caseloads.propagation.nightly import OVER, walk
from caseloads.systems.cap.gateway import CapGateway
from caseloads.systems.sesis import documents
from providers.kinds import Language, Service
from tests import build
from tests.caseloads.calls import Scene, asked, call
from tests.caseloads.propagation.queue import Clocks
from tests.caseloads.propagation.world import DAY, at, begun, line

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Scene:
    return begun()


def final(here: Scene, service: Service, *, starts: date = build.TODAY, version: int = 2) -> Iep:
    """Make a newer IEP final that names one service."""
    row = build.iep(here.mandate.student, version=version, status=IepStatus.DRAFT, starts=starts)
    build.mandate(row, service)
    return documents.finalise(iep_id=row.pk, by=None, now=build.NOW)


def called(here: Scene, on: date = build.TODAY - DAY) -> Call:
    """Call for a session that the old IEP governed, and have every system take it."""
    made = call(here.provider, asked(here.osis, on=on)).call
    assert made is not None
    assert made.mandates == [here.mandate.pk]
    for system in System:
        Clocks().drain(system)
    return made


def fates(of: Call) -> dict[System, tuple[datetime | None, datetime | None, str]]:
    """Return since when each system shows the call, since when it cannot any more, and why."""
    rows = of.deliveries.all()
    return {System(one.system): (one.shown, one.ended, one.reason) for one in rows}


def test_a_call_that_comes_after_its_line_ended_is_settled_with_the_reason_everywhere(here: Scene) -> None:
    final(here, Service.COUNSELING)
    made = called(here)
    walk(until=at(25, 12), after=build.NOW)
    found = fates(made)
    assert {system: (shown, reason) for system, (shown, _, reason) in found.items()} == dict.fromkeys(
        System, (None, OVER)
    )
    assert found[System.CAP][1] == found[System.SEC][1] == at(25, 2)
    sesis = found[System.SESIS][1]
    assert sesis is not None
    assert build.NOW < sesis < at(24, 18)
    assert not Entry.objects.exists()
    before = list(Delivery.objects.values())
    walk(until=at(30, 12))
    assert list(Delivery.objects.values()) == before


def test_a_call_that_was_on_its_way_when_the_iep_ended_its_line_is_settled_too(here: Scene) -> None:
    made = called(here)
    final(here, Service.COUNSELING)
    walk(until=at(25, 12), after=build.NOW)
    assert {(shown, reason) for shown, _, reason in fates(made).values()} == {(None, OVER)}


def test_what_cap_marked_before_its_line_ended_stands_in_cap_and_shows_in_sec(here: Scene) -> None:
    made = called(here)
    walk(until=at(25, 12), after=build.NOW)
    final(here, Service.COUNSELING)
    walk(until=at(28, 12))
    found = fates(made)
    assert (found[System.CAP][0], found[System.SEC][0]) == (at(25, 2), at(26, 3))
    assert {ended for _, ended, _ in found.values()} == {None}


def test_a_mandate_that_ends_by_its_own_date_before_the_night_ends_the_call_in_cap_and_sec(here: Scene) -> None:
    Mandate.objects.update(ends=build.TODAY)
    made = called(here)
    walk(until=at(25, 12), after=build.NOW)
    found = fates(made)
    assert found[System.CAP] == found[System.SEC] == (None, at(25, 2), OVER)
    assert found[System.SESIS][0] is not None, "SESIS came to it on the last day"


def test_secs_message_that_comes_when_the_line_has_left_its_report_is_settled(here: Scene) -> None:
    """CAP marked the line; SEC's own message was parked until SEC no longer carried it."""
    made = called(here)
    Delivery.objects.filter(system=System.SEC).delete()
    SecNotice.objects.all().delete()
    Iep.objects.update(governs=DateRange(build.YEAR[0], at(26, 0).date()))
    late = Delivery.objects.create(
        call=made,
        system=System.SEC,
        student_id=here.mandate.student_id,
        service=here.mandate.service,
        state=DeliveryState.WAITING,
        queued=build.REAL,
        due=build.REAL,
    )
    walk(until=at(28, 12), after=build.NOW)
    assert CapMandate.objects.get().first_attend == made.session_on
    assert not SecLine.objects.filter(until_at=None).exists()
    Clocks(world=at(28, 13)).drain(System.SEC)
    walk(until=at(29, 3))
    late.refresh_from_db()
    assert (late.shown, late.ended, late.reason) == (None, at(29, 3), OVER)


@pytest.mark.parametrize("changed", [{"service": Service.SPEECH}, {"language": Language.SPANISH}])
def test_only_the_same_service_and_language_carry_a_line_on(here: Scene, changed: dict[str, int]) -> None:
    keys = {(here.osis, Service.SPEECH, Language.ENGLISH), (here.osis, Service.SPEECH, Language.SPANISH)}
    Mandate.objects.update(**changed)
    kept = (here.osis, Mandate.objects.get().service, Mandate.objects.get().language)
    assert documents.over(keys, now=build.NOW) == keys - {kept}


def test_a_line_is_not_over_while_an_iep_to_come_names_it(here: Scene) -> None:
    key = (here.osis, here.mandate.service, here.mandate.language)
    assert documents.over([], now=build.NOW) == set()
    final(here, Service.COUNSELING)
    assert documents.over([key], now=build.NOW) == {key}
    final(here, Service.SPEECH, starts=build.TODAY + 30 * DAY, version=3)
    assert documents.over([key], now=build.NOW) == set()


def test_a_draft_carries_nothing_on_and_nobody_else_does(here: Scene) -> None:
    key = (here.osis, here.mandate.service, here.mandate.language)
    final(here, Service.COUNSELING)
    build.mandate(build.iep(here.mandate.student, version=3, status=IepStatus.DRAFT))
    build.mandated(here.school)
    assert documents.over([key, (900_999_999, 1, 1)], now=build.NOW) == {key}


def test_while_the_newer_iep_is_stuck_cap_still_marks_what_it_has(here: Scene) -> None:
    final(here, Service.COUNSELING)
    Iep.objects.filter(version=2).update(transfer=Transfer.ACTION_NEEDED)
    made = called(here)
    walk(until=at(26, 12), after=build.NOW)
    found = fates(made)
    assert (found[System.CAP][0], found[System.SEC][0]) == (at(25, 2), at(26, 3))
    assert found[System.SESIS][2] == OVER


def test_a_line_that_comes_back_takes_the_call_after_all(here: Scene) -> None:
    final(here, Service.COUNSELING)
    made = called(here)
    walk(until=at(25, 12), after=build.NOW)
    again = build.iep(here.mandate.student, version=3, status=IepStatus.DRAFT, starts=at(25, 12).date())
    build.mandate(again)
    documents.finalise(iep_id=again.pk, by=None, now=at(25, 12))
    walk(until=at(28, 12))
    found = fates(made)
    assert {(ended, reason) for _, ended, reason in found.values()} == {(None, "")}
    assert (found[System.CAP][0], found[System.SEC][0]) == (at(26, 2), at(27, 3))
    assert Entry.objects.get().mandate.iep == again


def test_a_line_that_has_not_come_down_yet_is_waited_for(here: Scene) -> None:
    CapMandate.objects.all().delete()
    made = called(here)
    walk(until=at(26, 12), after=build.NOW)
    assert fates(made)[System.CAP] == (None, None, "")
    CapGateway().apply_documents([here.osis], [line(here)], now=at(26, 12))
    walk(until=at(27, 12))
    assert fates(made)[System.CAP][0] == at(27, 2)
