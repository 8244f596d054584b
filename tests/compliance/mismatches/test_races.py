"""Two people at one item, at the same moment: one act counts, the other is told, and nothing is half done."""

from __future__ import annotations

import pytest
from django.db import transaction

from compliance.kinds import State
from compliance.mismatches import actions
from compliance.mismatches.picking import BUSY, CHANGED, Done
from compliance.models import Finding, FindingEvent
from tests import build
from tests.compliance import build as rows
from tests.compliance.mismatches.conftest import Place, staff
from tests.compliance.mismatches.picked import fresh, order, ticked
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_many_who_hand_over_one_item_at_once_one_does(transactional_db: None, here: Place) -> None:
    item = rows.differing(build.mandated(here.school))
    people = [here.user, *(staff(here.school) for _ in range(5))]
    standing = here.standing

    def go(place: int) -> Done:
        picked = ticked(standing, item)
        return actions.hand_over(picked=picked, order=order(), by=people[place], now=build.NOW)

    done = at_once([lambda place=place: go(place) for place in range(6)])  # type: ignore[misc] # a default binds it
    assert [len(one.changed) for one in sorted(done, key=lambda one: -len(one.changed))] == [1, 0, 0, 0, 0, 0]
    assert all(set(one.left) <= {BUSY, CHANGED} and one.left.total() == 1 for one in done if not one.changed)
    assert FindingEvent.objects.count() == 1
    assert fresh(item).state == State.HANDED_OVER


def test_many_whole_causes_at_once_hand_over_each_item_once(transactional_db: None, here: Place) -> None:
    items = [rows.differing(build.mandated(here.school)) for _ in range(12)]
    standing = here.standing

    def go(turn: int) -> Done:
        mine = items if turn % 2 else items[::-1]
        return actions.hand_over(picked=ticked(standing, *mine), order=order(), by=here.user, now=build.NOW)

    done = at_once([lambda turn=turn: go(turn) for turn in range(6)])  # type: ignore[misc] # as above
    assert sorted(pk for one in done for pk in one.changed) == sorted(one.pk for one in items)
    assert FindingEvent.objects.count() == len(items)


def test_an_item_that_a_comparison_holds_is_not_waited_for(transactional_db: None, here: Place) -> None:
    item = rows.differing(build.mandated(here.school))
    picked = ticked(here.standing, item)
    with transaction.atomic():
        Finding.objects.select_for_update().get(pk=item.pk)
        done = at_once([lambda: actions.hand_over(picked=picked, order=order(), by=here.user, now=build.NOW)])
    assert (done[0].changed, done[0].left) == ([], {BUSY: 1})
    assert fresh(item).state == State.OPEN
