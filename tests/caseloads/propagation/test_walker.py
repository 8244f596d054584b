"""One worker walks at a time, and a dead one is followed by another after its lease."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings

from caseloads.propagation import nightly, walker
from orcs_portal.shared.models import PeriodicRun
from tests import build

pytestmark = pytest.mark.django_db

LEASE = timedelta(seconds=settings.DELIVERY_LEASE)
MOMENT = timedelta(milliseconds=1)


def test_one_walks_at_a_time() -> None:
    assert walker.take(now=build.REAL)
    assert not walker.take(now=build.REAL + MOMENT)


def test_whoever_is_done_lets_the_next_one_walk() -> None:
    walker.take(now=build.REAL)
    walker.leave(now=build.REAL)
    assert walker.take(now=build.REAL)


@pytest.mark.parametrize(("after", "free"), [(LEASE - MOMENT, False), (LEASE, True)])
def test_a_dead_walker_is_followed_after_its_lease(after: timedelta, free: bool) -> None:
    walker.take(now=build.REAL)
    assert walker.take(now=build.REAL + after) is free


def test_a_walker_who_goes_on_keeps_the_lease() -> None:
    walker.take(now=build.REAL)
    walker.keep(now=build.REAL + LEASE / 2)
    assert not walker.take(now=build.REAL + LEASE)
    assert walker.take(now=build.REAL + 3 * LEASE / 2)


def test_a_lease_that_was_given_back_is_not_begun_anew() -> None:
    walker.take(now=build.REAL)
    walker.leave(now=build.REAL)
    walker.keep(now=build.REAL + LEASE)
    assert walker.take(now=build.REAL + LEASE)


def test_the_walkers_row_is_no_night() -> None:
    walker.take(now=build.REAL)
    assert PeriodicRun.objects.get().task == walker.TASK
    assert walker.TASK not in {night.task for night in nightly.NIGHTS}
