"""Comparisons at the same moment, beside people's acts, and one that is cut off: nothing is twice, nothing is half."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import partial

import pytest
from django.db import OperationalError, connection, transaction

from compliance.kinds import Code, State
from compliance.mismatches import actions
from compliance.models import Finding, FindingEvent, Run
from compliance.reconcile.run import LOCK, reconcile
from compliance.reconcile.statements import execute
from compliance.reconcile.touched import catch_up
from orcs_portal.shared.models import Touched
from orcs_portal.shared.touched import touch
from providers.scope import standing_of
from tests import build
from tests.compliance.mismatches.conftest import staff
from tests.compliance.mismatches.picked import order, ticked
from tests.compliance.reconcile.worlds import AT, HOUR, World, change, floor
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)
WAIT = 20
"""Seconds until something that must come about has."""


@pytest.fixture
def worlds(transactional_db: None) -> list[World]:
    """Return four worlds in which SEC is behind, of which nothing was said yet."""
    floor()
    made = [World() for _ in range(4)]
    for one in made:
        change(one.sec, frequency=5)
    return made


def full() -> Run:
    """Compare everything."""
    return reconcile(as_of=AT, now=build.REAL)


@pytest.mark.parametrize("touched_first", [False, True])
def test_two_at_once_say_what_one_says(worlds: list[World], *, touched_first: bool) -> None:
    students = [one.student.pk for one in worlds]

    def some() -> Run:
        return reconcile(as_of=AT, now=build.REAL, students=students)

    pair: list[Callable[[], Run]] = [some, full] if touched_first else [full, some]
    works = after_each_other(pair)
    assert [run.counts[Code.SEC_STALE.name]["new"] for run in works] == [4, 0]
    assert Finding.objects.filter(code=Code.SEC_STALE, state=State.OPEN).count() == 4
    assert not FindingEvent.objects.exists()


def after_each_other(works: list[Callable[[], Run]]) -> list[Run]:
    """Let all of them stand at the comparisons' lock, in this order, then let them through."""
    found: dict[int, Run] = {}

    def go(place: int) -> None:
        try:
            found[place] = works[place]()
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=(place,)) for place in range(len(works))]
    with transaction.atomic():
        execute("SELECT pg_advisory_xact_lock(%(lock)s)", {"lock": LOCK})
        for place, thread in enumerate(threads):
            thread.start()
            until(partial(stand_at_a_lock, place + 1))
    for thread in threads:
        thread.join(WAIT)
    return [found[place] for place in range(len(works))]


def waiting_at_a_lock() -> int:
    """Return how many of this database's sessions wait for a lock."""
    execute("SELECT pg_stat_clear_snapshot()", {})  # a transaction sees the activity of its first look otherwise
    sql = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    ((count,),) = execute(sql, {})
    return int(count)


def stand_at_a_lock(number: int) -> bool:
    """Return whether so many sessions wait for a lock."""
    return waiting_at_a_lock() == number


def until(condition: Callable[[], bool]) -> None:
    """Wait until something is so, a while."""
    end = time.monotonic() + WAIT
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_six_at_once_make_each_item_once(worlds: list[World]) -> None:
    touch(Touched.Kind.STUDENT, [one.student.pk for one in worlds], now=AT)
    works: list[Callable[[], object]] = [full, lambda: catch_up(as_of=AT, now=build.REAL)] * 3
    at_once(works)
    assert Finding.objects.filter(code=Code.SEC_STALE).count() == 4
    assert not FindingEvent.objects.exists()
    assert not Touched.objects.exists()


def test_acts_and_comparisons_at_once_stop_each_other_never(worlds: list[World]) -> None:
    full()
    user = staff(*(one.school for one in worlds))
    standing = standing_of(user.pk, on=build.TODAY)
    items = list(Finding.objects.order_by("pk"))

    def act(turn: int) -> object:
        chosen = ticked(standing, *(items if turn % 2 else items[::-1]))
        return actions.hand_over(picked=chosen, order=order(), by=user, now=build.NOW)

    def turned(turn: int) -> object:
        for one in worlds[:: 1 if turn % 2 else -1]:
            type(one.sec).objects.filter(pk=one.sec.pk).update(frequency=5 + turn)
        return full()

    at_once([partial(work, turn) for turn in range(4) for work in (act, turned)])
    assert Finding.objects.count() == 4
    handed = Finding.objects.filter(state=State.HANDED_OVER).count()
    assert handed == FindingEvent.objects.count()


def test_one_that_is_cut_off_leaves_the_former_state(worlds: list[World]) -> None:
    full()
    for one in worlds:
        change(one.sec, frequency=one.cap.frequency)
    touch(Touched.Kind.STUDENT, [one.student.pk for one in worlds], now=AT)
    before = list(Finding.objects.order_by("pk").values())
    errors: list[Exception] = []

    def cut() -> None:
        try:
            catch_up(as_of=AT + HOUR, now=build.REAL)
        except OperationalError as error:
            errors.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=cut)
    with transaction.atomic():
        # It has judged everything, and stands before what it writes.
        Finding.objects.select_for_update().order_by("pk").first()
        thread.start()
        until(partial(stand_at_a_lock, 1))
        execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND wait_event_type = 'Lock'",
            {},
        )
        thread.join(WAIT)
    assert len(errors) == 1
    assert list(Finding.objects.order_by("pk").values()) == before
    assert (Run.objects.count(), Touched.objects.count()) == (1, 4)
    assert catch_up(as_of=AT + HOUR, now=build.REAL) == 1
    assert not Finding.objects.filter(state=State.OPEN).exists()
