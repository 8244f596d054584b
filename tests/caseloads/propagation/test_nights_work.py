"""What the nights carry: a finalised IEP to CAP and on to SEC, and SEC a day behind CAP (R2, R10, R11)."""

from __future__ import annotations

from datetime import datetime

import pytest

from caseloads.kinds import DeliveryState, EntryState, IepKind, IepStatus, System, Transfer
from caseloads.models import Assignment, CapMandate, Delivery, Entry, Iep, Mandate, SecLine
from caseloads.propagation.nightly import SEC_WORDS, walk
from caseloads.systems.cap.codes import CapStatus
from caseloads.systems.sec.codes import SecStatus
from caseloads.systems.sesis import documents
from providers.kinds import Service
from tests import build
from tests.caseloads.calls import Scene, accepted, asked, call, delivery
from tests.caseloads.propagation.queue import Clocks
from tests.caseloads.propagation.world import DAY, at, begun

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Scene:
    return begun()


def final(here: Scene, *lines: tuple[Service, int], kind: IepKind = IepKind.ANNUAL) -> Iep:
    """Finalise a second IEP from today on with lines of a service and a frequency."""
    row = build.iep(here.mandate.student, version=2, status=IepStatus.DRAFT, starts=build.TODAY, kind=kind)
    for service, frequency in lines:
        build.mandate(row, service, frequency=frequency)
    return documents.finalise(iep_id=row.pk, by=None, now=build.NOW)


def cap() -> list[tuple[int, int, CapStatus]]:
    """Return CAP's mandates: service, frequency and status."""
    rows = CapMandate.objects.order_by("service", "id").values_list("service", "frequency", "status")
    return [(service, frequency, CapStatus(status)) for service, frequency, status in rows]


def sec(moment: datetime) -> list[tuple[int, int, SecStatus]]:
    """Return SEC's report as it stood at a moment."""
    rows = SecLine.objects.filter(from_at__lte=moment).exclude(until_at__lte=moment).order_by("service")
    return [(row.service, row.frequency, SecStatus(row.status)) for row in rows]


def test_a_finalised_iep_reaches_cap_the_next_night_and_sec_a_day_later(here: Scene) -> None:
    iep = final(here, (Service.SPEECH, 1), (Service.VISION, 2))
    walk(until=at(25, 0, 59))
    assert cap() == [(1, 3, CapStatus.ASSIGNED)]
    walk(until=at(25, 1))
    assert cap() == [(1, 1, CapStatus.ASSIGNED), (Service.VISION, 2, CapStatus.APB)]
    iep.refresh_from_db()
    assert (iep.transfer, iep.transfer_at) == (Transfer.SUCCESSFUL, at(25, 1))
    walk(until=at(26, 2, 59))
    assert sec(at(26, 2, 59)) == [(1, 3, SecStatus.ASSIGNED)]
    walk(until=at(26, 3))
    assert sec(at(26, 3)) == [(1, 1, SecStatus.ASSIGNED), (Service.VISION, 2, SecStatus.AWAITING)]


def test_a_dropped_service_is_closed_in_cap_and_leaves_secs_report(here: Scene) -> None:
    entry = Entry.objects.create(
        mandate=here.mandate,
        student=here.mandate.student,
        provider=here.provider,
        school=here.school,
        state=EntryState.OPEN,
        since=build.NOW,
    )
    final(here, (Service.VISION, 2))
    entry.refresh_from_db()
    assert entry.state == EntryState.ENDED
    assert not Assignment.objects.filter(ends=None).exists()
    walk(until=at(27, 12))
    assert cap() == [(1, 3, CapStatus.CLOSED), (Service.VISION, 2, CapStatus.APB)]
    assert sec(at(26, 2)) == [(1, 3, SecStatus.ASSIGNED)]
    assert sec(at(27, 12)) == [(Service.VISION, 2, SecStatus.AWAITING)]


def test_a_first_iep_waits_for_consent_and_comes_down_the_night_after(here: Scene) -> None:
    final(here, (Service.VISION, 2), kind=IepKind.INITIAL)
    build.consent(here.mandate.student, recorded=at(26, 9))
    walk(until=at(26, 12))
    assert cap() == [(1, 3, CapStatus.ASSIGNED)]
    walk(until=at(27, 1))
    assert cap() == [(1, 3, CapStatus.CLOSED), (Service.VISION, 2, CapStatus.APB)]


def test_a_call_after_the_iep_changed_is_for_the_new_line_everywhere(here: Scene) -> None:
    """R10: the caseload entry hangs on the new version, and CAP marks the row that came down meanwhile."""
    iep = final(here, (Service.SPEECH, 1))
    recorded = call(here.provider, asked(here.osis))
    assert recorded.call is not None
    assert recorded.call.mandates == [iep.mandates.get().pk]
    clocks = Clocks()
    for system in System:
        clocks.drain(system)
    walk(until=at(26, 12), after=build.NOW)
    assert Entry.objects.get().mandate.iep == iep
    assert cap() == [(1, 1, CapStatus.FIRST_ATTENDED)]
    walk(until=at(27, 12))
    assert sec(at(27, 12)) == [(1, 1, SecStatus.RECEIVING)]


def test_a_call_before_the_iep_changed_follows_it(here: Scene) -> None:
    row = accepted(here.provider, here.mandate)
    for system in System:
        delivery(row, system)
        Clocks().drain(system)
    new = final(here, (Service.SPEECH, 5))
    walk(until=at(27, 12), after=build.NOW)
    assert Entry.objects.get().mandate == Mandate.objects.get(iep=new)
    assert sec(at(27, 12)) == [(1, 5, SecStatus.RECEIVING)]


def test_a_call_for_a_mandate_that_cap_has_not_got_waits_and_then_arrives_everywhere(here: Scene) -> None:
    """The earliest hop is late; nothing is lost behind it."""
    late = build.mandated(here.school)
    Iep.objects.filter(pk=late.iep_id).update(transfer=Transfer.KNOWN_ISSUE)
    row = accepted(here.provider, late)
    for system in System:
        delivery(row, system)
        Clocks().drain(system)
    walk(until=at(28, 12), after=build.NOW)
    shown = dict(Delivery.objects.values_list("system", "shown"))
    assert (shown[System.CAP], shown[System.SEC]) == (None, None)
    assert shown[System.SESIS] is not None
    Iep.objects.filter(pk=late.iep_id).update(transfer=Transfer.PENDING)
    walk(until=at(30, 12))
    shown = dict(Delivery.objects.values_list("system", "shown"))
    assert shown[System.CAP] == at(29, 2)
    assert shown[System.SEC] == at(30, 3)


def test_sec_follows_cap_by_a_day_and_never_sooner(here: Scene) -> None:
    row = accepted(here.provider, here.mandate)
    for system in (System.CAP, System.SEC):
        delivery(row, system)
        Clocks().drain(system)
    walk(until=at(25, 12))
    assert CapMandate.objects.get().since == at(25, 2)
    for moment in (at(25, 12), at(26, 2, 59)):
        walk(until=moment)
        assert sec(moment) == [(1, 3, SecStatus.ASSIGNED)]
    walk(until=at(26, 3))
    assert sec(at(26, 3)) == [(1, 3, SecStatus.RECEIVING)]
    assert Delivery.objects.get(system=System.SEC).shown == at(26, 3)


def test_sec_shows_nothing_while_its_own_message_is_on_its_way(here: Scene) -> None:
    row = accepted(here.provider, here.mandate)
    for system in (System.CAP, System.SEC):
        delivery(row, system)
    Clocks().drain(System.CAP)
    walk(until=at(27, 12))
    assert sec(at(27, 12)) == [(1, 3, SecStatus.ASSIGNED)]
    Clocks(world=at(27, 13)).drain(System.SEC)
    walk(until=at(28, 3))
    assert sec(at(28, 3)) == [(1, 3, SecStatus.RECEIVING)]


def test_what_was_shown_on_a_day_is_what_the_line_promised(here: Scene) -> None:
    """Every effect stands by the time that the system promised."""
    recorded = call(here.provider, asked(here.osis))
    assert recorded.call is not None
    for system in System:
        Clocks().drain(system)
    walk(until=build.NOW + 4 * DAY, after=build.NOW)
    for row in recorded.call.deliveries.all():
        assert row.shown is not None
        assert row.expected is not None
        assert build.NOW < row.shown <= row.expected


def test_every_code_of_caps_has_a_word_of_secs_and_a_closed_one_none() -> None:
    assert set(SEC_WORDS) == set(CapStatus)
    assert [code for code, word in SEC_WORDS.items() if word is None] == [CapStatus.CLOSED]


def test_sec_shows_the_call_it_heard_of_while_the_first_ones_message_is_parked(here: Scene) -> None:
    first, second = build.TODAY - 3 * DAY, build.TODAY
    other = build.provider(at=here.school)
    for provider, day in ((here.provider, first), (other, second)):
        row = accepted(provider, here.mandate, session_on=day)
        delivery(row, System.CAP)
        state = DeliveryState.PARKED if provider == here.provider else DeliveryState.WAITING
        delivery(row, System.SEC, state=state, reason="Any")
    for system in (System.CAP, System.SEC):
        Clocks().drain(system)
    walk(until=at(26, 3))
    assert CapMandate.objects.get().first_attend == first
    line = SecLine.objects.get(until_at=None)
    assert (line.provider_number, line.first_attend) == (other.number, second)
    parked, sent = Delivery.objects.filter(system=System.SEC).order_by("id")
    assert (parked.shown, sent.shown) == (None, at(26, 3))
    Delivery.objects.filter(pk=parked.pk).update(state=DeliveryState.WAITING)
    Clocks(world=at(26, 9)).drain(System.SEC)
    walk(until=at(27, 3))
    line = SecLine.objects.get(until_at=None)
    assert (line.provider_number, line.first_attend) == (here.provider.number, first)
    parked.refresh_from_db()
    assert parked.shown == at(27, 3)
