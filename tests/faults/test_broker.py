"""F3: the broker is only a bell. Whatever becomes of it, calls are accepted as quickly, and arrive once it is back."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from statistics import quantiles

import pytest

from tests.faults.campaign import Campaign, note, size
from tests.faults.ledger import DELIVERED
from tests.faults.stack import SERVED, Stack

pytestmark = pytest.mark.timeout(600)

CALLS = 20
HELD = size(10, 60)  # seconds that the broker is away
DRAINED = 60.0  # seconds, the promise
ALLOWANCE = 0.25  # seconds by which a noisy machine may slow one call in twenty


@contextlib.contextmanager
def killed(stack: Stack) -> Iterator[None]:
    """Kill the broker, and start another that knows nothing."""
    stack.kill("valkey")
    yield
    stack.start("valkey")


@contextlib.contextmanager
def flushed(stack: Stack) -> Iterator[None]:
    """Empty the broker, and again when the calls are in."""
    stack.flush_broker()
    yield
    stack.flush_broker()


@contextlib.contextmanager
def frozen(stack: Stack) -> Iterator[None]:
    """Stop the broker without closing a connection."""
    with stack.frozen("valkey"):
        yield


@contextlib.contextmanager
def absent_at_start(stack: Stack) -> Iterator[None]:
    """Start everything else anew while there is no broker."""
    for name in SERVED:
        stack.end(name)
    stack.kill("valkey")
    stack.revive()
    yield
    stack.start("valkey")


TROUBLES = [killed, flushed, frozen, absent_at_start] * size(1, 5)


@pytest.mark.parametrize("trouble", TROUBLES)
def test_calls_are_accepted_without_the_broker_and_arrive_once_it_is_back(
    campaign: Campaign, trouble: Callable[[Stack], contextlib.AbstractContextManager[None]]
) -> None:
    normally, made = _call(campaign, CALLS)
    with trouble(campaign.stack):
        began = time.monotonic()
        meanwhile, more = _call(campaign, CALLS)
        if trouble is not flushed:
            time.sleep(max(HELD - (time.monotonic() - began), 0))
    drained = campaign.ledger.await_drained(within=DRAINED)
    name = trouble.__name__.replace("_", " ")
    note(f"F3 {name}: drained {drained:.1f} s after; a call took p95 {meanwhile:.2f} s, before {normally:.2f} s")
    assert meanwhile < 2 * normally + ALLOWANCE
    assert campaign.ledger.states(made + more) == {DELIVERED: 3 * 2 * CALLS}
    campaign.assert_once_each(made + more)


def _call(campaign: Campaign, count: int) -> tuple[float, list[str]]:
    """Record calls through the pages, and return the 95th percentile of their seconds and their numbers."""
    campaign.await_web()
    visitor = campaign.visitor(campaign.callers[8])
    answers = [visitor.send(visitor.form(osis)) for osis in campaign.students(count)]
    assert {one.status for one in answers} == {302}
    slow = quantiles([one.seconds for one in answers], n=20, method="inclusive")[-1]
    return slow, campaign.confirmations([one.call for one in answers])
