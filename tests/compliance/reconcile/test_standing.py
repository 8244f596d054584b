"""An item closes by itself when the systems agree again, and comes back as the same one, never as a new one."""

from __future__ import annotations

from datetime import datetime

import pytest

from compliance.kinds import Code, Condition, EventKind, Handling
from compliance.models import Finding, FindingEvent
from compliance.reconcile.run import reconcile
from compliance.reconcile.statements import execute
from orcs_portal.accounts.models import User
from tests import build
from tests.compliance.reconcile.worlds import AT, DAY, HOUR, World, change, floor

pytestmark = pytest.mark.django_db
STALE = Code.SEC_STALE.name


@pytest.fixture
def world() -> World:
    """Return a world in which SEC is behind, as a comparison has said."""
    floor()
    made = World()
    change(made.sec, frequency=5)
    compared(AT)
    return made


def compared(at: datetime) -> dict[str, int]:
    """Compare everything and return what changed of the code."""
    counts: dict[str, int] = reconcile(as_of=at, now=build.REAL).counts[STALE]
    return counts


def item() -> Finding:
    """Return the one item there ever was."""
    return Finding.objects.get(code=Code.SEC_STALE)


def test_what_agrees_again_is_closed(world: World) -> None:
    first = item()
    change(world.sec, frequency=world.cap.frequency)
    assert compared(AT + HOUR) == {"open": 0, "waiting": 0, "new": 0, "resolved": 1, "regressed": 0}
    assert (item().pk, item().condition, item().settled) == (first.pk, Condition.CLOSED, AT + HOUR)
    (event,) = FindingEvent.objects.all()
    assert (event.kind, event.at, event.by) == (EventKind.SETTLED, AT + HOUR, None)


def test_what_comes_back_is_the_same_item_with_its_handling_set_back(world: World) -> None:
    first = item()
    by = User.objects.create_user("hand", full_name="Testing Hand")
    Finding.objects.update(handling=Handling.ACKNOWLEDGED, handled_by=by, handled=AT)
    change(world.sec, frequency=world.cap.frequency)
    compared(AT + HOUR)
    change(world.sec, frequency=5)
    for turn, at in enumerate((AT + 2 * HOUR, AT + 3 * HOUR)):
        assert compared(at) == {"open": 1, "waiting": 0, "new": 0, "resolved": 0, "regressed": 1 - turn}
    again = item()
    assert (again.pk, again.condition, again.settled) == (first.pk, Condition.OPEN, None)
    assert (again.opened, again.regressed, again.times_back) == (AT + 2 * HOUR, AT + 2 * HOUR, 1)
    assert (again.handling, again.handled_by, again.first_seen) == (Handling.NONE, None, AT)
    kinds = FindingEvent.objects.order_by("at").values_list("kind", flat=True)
    assert list(kinds) == [EventKind.SETTLED, EventKind.CAME_BACK]


def test_what_stays_as_it_is_is_not_written_again(world: World) -> None:
    before = execute("SELECT id, xmin::text FROM compliance_finding", {})
    execute("SAVEPOINT later", {})  # what is written from here on has a number of its own
    compared(AT + HOUR)
    assert before
    assert execute("SELECT id, xmin::text FROM compliance_finding", {}) == before


def test_what_only_waited_comes_and_goes_without_an_entry(world: World) -> None:
    change(world.sec, frequency=world.cap.frequency)
    change(world.cap, since=AT)
    change(world.sec, duration=45)
    reconcile(as_of=AT + HOUR, now=build.REAL)
    waits = Finding.objects.get(code=Code.SEC_WAITING)
    assert (waits.condition, waits.until) == (Condition.WAITING, AT + DAY)
    change(world.sec, duration=world.cap.duration)
    run = reconcile(as_of=AT + 2 * HOUR, now=build.REAL)
    nothing = {"open": 0, "waiting": 0, "new": 0, "resolved": 0, "regressed": 0}
    assert run.counts[Code.SEC_WAITING.name] == nothing
    waits.refresh_from_db()
    assert waits.condition == Condition.CLOSED
    assert not FindingEvent.objects.filter(finding=waits).exists()
