"""Undoing one's own last act, and only what nobody has touched since."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from compliance.kinds import Code, EventKind, Handling, State
from compliance.mismatches import actions
from compliance.mismatches.actions.undoing import WINDOW
from compliance.mismatches.picking import CHANGED, SETTLED, Done
from compliance.models import Finding, FindingEvent
from compliance.queries.scope import findings_to_act_on
from orcs_portal.accounts.models import User
from tests import build
from tests.compliance import build as rows
from tests.compliance.mismatches.conftest import Place, staff
from tests.compliance.mismatches.picked import fresh, order, ticked

MINUTE = timedelta(minutes=1)


@pytest.fixture
def items(here: Place) -> list[Finding]:
    return [rows.differing(build.mandated(here.school)) for _ in range(3)]


def handed(here: Place, items: list[Finding]) -> UUID:
    picked = ticked(here.standing, *items)
    return actions.hand_over(picked=picked, order=order(), by=here.user, now=build.NOW).act


def undone(here: Place, act: UUID, *, by: User | None = None, after: timedelta = MINUTE) -> Done:
    standing = findings_to_act_on(here.standing)
    return actions.undo(rows=standing, act=act, by=by or here.user, now=build.NOW + after)


def test_a_hand_over_is_undone_for_every_item_and_said_so(here: Place, items: list[Finding]) -> None:
    done = undone(here, handed(here, items))
    assert sorted(done.changed) == sorted(one.pk for one in items)
    for one in items:
        row = fresh(one)
        assert (row.state, row.handed_to, row.assigned_to, row.handled) == (State.OPEN, None, None, None)
        event = FindingEvent.objects.filter(finding=one).latest("id")
        assert (event.kind, event.told["undid"]) == (EventKind.TAKEN_BACK, EventKind.HANDED_OVER)


def test_what_stood_before_the_act_stands_again(here: Place, items: list[Finding]) -> None:
    colleague = staff(here.school)
    rows.changed(items[0], **rows.handed_over(colleague, ticket="INC-1"))
    before = fresh(items[0])
    undone(here, handed(here, [before]))
    after = fresh(before)
    for name in ("handling", "handled_by", "handled", "assigned_to", "handed_to", "ticket", "look_again"):
        assert getattr(after, name) == getattr(before, name)


def test_an_assignment_and_an_acknowledgment_are_undone_too(here: Place, items: list[Finding]) -> None:
    given = actions.assign(picked=ticked(here.standing, items[0]), to=here.user, by=here.user, now=build.NOW)
    undone(here, given.act)
    assert fresh(items[0]).assigned_to is None
    fact = rows.on_line(Code.WRONG_PROVIDER, build.mandated(here.school))
    done = actions.acknowledge(picked=ticked(here.standing, fact), reason="Known", by=here.user, now=build.NOW)
    undone(here, done.act)
    assert fresh(fact).handling == Handling.NONE


def test_what_settled_or_was_changed_since_stays_as_it_is(here: Place, items: list[Finding]) -> None:
    act = handed(here, items)
    rows.changed(fresh(items[0]), **rows.settled())
    rows.changed(fresh(items[1]), ticket="INC-9")
    done = undone(here, act)
    assert done.changed == [items[2].pk]
    assert done.left == {SETTLED: 1, CHANGED: 1}


def test_an_act_is_undone_once(here: Place, items: list[Finding]) -> None:
    act = handed(here, items)
    undone(here, act)
    again = undone(here, act, after=2 * MINUTE)
    assert again.changed == []
    assert again.left == {CHANGED: 3}


@pytest.mark.parametrize(("after", "count"), [(WINDOW, 3), (WINDOW + MINUTE, 0), (-MINUTE, 0)])
def test_an_act_is_undone_within_its_time_only(here: Place, items: list[Finding], after: timedelta, count: int) -> None:
    assert len(undone(here, handed(here, items), after=after).changed) == count


def test_nobody_undoes_what_somebody_else_did(here: Place, items: list[Finding]) -> None:
    act = handed(here, items)
    assert undone(here, act, by=staff(here.school)).changed == []
    assert undone(here, uuid4()).changed == []
