"""A system is fed by the simulation or by extracts, never by both; to one that is only read nothing is sent."""

from __future__ import annotations

from datetime import timedelta

import pytest

from caseloads.kinds import DeliveryState, EntryState, FedBy, IepStatus, System, Transfer
from caseloads.models import CapMandate, CapNotice, Delivery, Entry, SecLine, SesisNotice, SystemSetting
from caseloads.propagation import feeding, outbox
from caseloads.propagation.nightly import walk
from caseloads.systems.sesis import documents
from tests import build
from tests.caseloads.calls import Scene, accepted, asked, call, delivery, scene
from tests.caseloads.propagation.queue import Clocks, queued, state
from tests.caseloads.propagation.world import DAY, at, begun

pytestmark = pytest.mark.django_db

LATER = build.REAL + timedelta(hours=2)
WORLD = build.NOW + timedelta(hours=2)
PROMISE = timedelta(minutes=90)


@pytest.fixture
def here() -> Scene:
    return scene()


def read_from_extracts(system: System) -> None:
    """Switch a system to extracts two hours later, with a promise of an hour and a half."""
    SystemSetting.objects.filter(system=system).update(lag_min=0, lag_max=0, lag_promise=90)
    feeding.switch(system=system, fed_by=FedBy.EXTRACTS, by=None, now=LATER, world=WORLD)


@pytest.mark.parametrize("system", System)
def test_what_waits_at_the_switch_is_only_awaited_and_sent_to_nobody(here: Scene, system: System) -> None:
    (row,) = queued(here, system=system)
    read_from_extracts(system)
    assert state(row) == DeliveryState.AWAITED
    assert (row.expected, row.shown, row.reason) == (WORLD + PROMISE, None, "")
    assert Clocks(real=LATER).drain(system) == 0
    assert state(row) == DeliveryState.AWAITED


def test_what_failed_or_is_parked_is_awaited_too(here: Scene) -> None:
    failed, parked = queued(here, 2)
    Delivery.objects.filter(pk=failed.pk).update(failed=build.REAL, reason="CAP did not answer", alone=True)
    Delivery.objects.filter(pk=parked.pk).update(failed=build.REAL, reason="Any", state=DeliveryState.PARKED)
    read_from_extracts(System.CAP)
    for row in (failed, parked):
        assert state(row) == DeliveryState.AWAITED
        assert (row.failed, row.reason, row.alone) == (None, "", False)


def test_what_was_taken_and_what_is_for_another_system_stay(here: Scene) -> None:
    taken, other = queued(here), queued(here, system=System.SEC)
    Clocks().drain()
    read_from_extracts(System.CAP)
    assert state(taken[0]) == DeliveryState.DELIVERED
    assert state(other[0]) == DeliveryState.WAITING


def test_who_switched_and_when_is_kept(here: Scene) -> None:
    by = build.user()
    feeding.switch(system=System.SEC, fed_by=FedBy.EXTRACTS, by=by, now=LATER, world=WORLD)
    row = SystemSetting.objects.get(system=System.SEC)
    assert (row.fed_by, row.changed_by, row.changed) == (FedBy.EXTRACTS, by, WORLD)
    assert not feeding.simulated(System.SEC)
    assert feeding.simulated(System.CAP)
    assert feeding.promises_by_extract() == {System.SEC: timedelta(0)}


def test_a_system_without_a_setting_is_simulated_until_it_is_switched() -> None:
    assert feeding.simulated(System.CAP)
    feeding.switch(system=System.CAP, fed_by=FedBy.EXTRACTS, by=None, now=LATER, world=WORLD)
    assert not feeding.simulated(System.CAP)


def test_a_row_that_slipped_in_beside_the_switch_is_neither_due_nor_claimed(here: Scene) -> None:
    """A call that was let in while somebody switched wrote its delivery as one to be sent."""
    read_from_extracts(System.CAP)
    (row,) = queued(here)
    assert not outbox.is_due(System.CAP, alone=False, now=LATER)
    assert outbox.claim(System.CAP, limit=500, alone=False, now=LATER) is None
    assert Clocks(real=LATER, world=WORLD).drain() == 0
    assert state(row) == DeliveryState.AWAITED
    assert row.expected == WORLD + PROMISE
    assert not CapNotice.objects.exists()


def test_letting_await_touches_nothing_of_a_simulated_system(here: Scene) -> None:
    (row,) = queued(here)
    assert outbox.let_await(System.CAP, now=WORLD) == 0
    assert state(row) == DeliveryState.WAITING


def test_switched_back_what_has_not_shown_is_sent_after_all(here: Scene) -> None:
    shown, waiting = queued(here, 2)
    read_from_extracts(System.CAP)
    Delivery.objects.filter(pk=shown.pk).update(shown=WORLD)
    feeding.switch(system=System.CAP, fed_by=FedBy.SIMULATION, by=None, now=LATER, world=WORLD)
    assert state(shown) == DeliveryState.AWAITED
    assert state(waiting) == DeliveryState.WAITING
    assert (waiting.expected, waiting.due, waiting.queued) == (None, LATER, LATER)
    assert Clocks(real=LATER).drain() == 1
    assert list(CapNotice.objects.values_list("delivery", flat=True)) == [waiting.pk]


def test_a_night_writes_nothing_into_a_cap_that_is_read(db: None) -> None:
    here = begun()
    new = build.iep(here.mandate.student, version=2, status=IepStatus.DRAFT, starts=build.TODAY)
    build.mandate(new, frequency=5)
    documents.finalise(iep_id=new.pk, by=None, now=build.NOW)
    delivery(accepted(here.provider, here.mandate))
    Clocks().drain()
    read_from_extracts(System.CAP)
    before = CapMandate.objects.values().get()
    walk(until=at(27, 12))
    assert CapMandate.objects.values().get() == before
    assert CapNotice.objects.get().applied is None
    new.refresh_from_db()
    assert new.transfer == Transfer.NEVER


def test_sec_follows_a_cap_that_is_read_and_stands_still_where_it_is_read_itself(db: None) -> None:
    begun()
    read_from_extracts(System.CAP)
    CapMandate.objects.update(frequency=7, since=at(24, 20))
    walk(until=at(26, 12))
    assert SecLine.objects.get(until_at=None).frequency == 7
    read_from_extracts(System.SEC)
    CapMandate.objects.update(frequency=8, since=at(26, 20))
    walk(until=at(29, 12))
    assert SecLine.objects.get(until_at=None).frequency == 7


def test_sesis_opens_turns_and_ends_nothing_where_it_is_read(db: None) -> None:
    here = begun()
    made = call(here.provider, asked(here.osis))
    assert made.call is not None
    Clocks().drain(System.SESIS)
    read_from_extracts(System.SESIS)
    Entry.objects.create(
        mandate=here.mandate,
        student=here.mandate.student,
        provider=build.provider(),
        school=here.school,
        state=EntryState.OPEN,
        since=build.NOW,
    )
    new = build.iep(here.mandate.student, version=2, starts=build.TODAY + 30 * DAY, status=IepStatus.DRAFT)
    build.mandate(new)
    before = list(Entry.objects.values())
    assert walk(until=at(27, 12), after=build.NOW) == 9
    assert list(Entry.objects.values()) == before
    assert SesisNotice.objects.get().applied is None
