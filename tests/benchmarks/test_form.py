"""How long recording a first call takes at the form, with the broker up, frozen and gone."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests import build
from tests.benchmarks.report import Measured, percentile
from tests.benchmarks.visitor import Visitor
from tests.faults.campaign import Campaign

SECTION = "The first-call form"
FORMS = 120
AT_ONCE = 2


@pytest.mark.parametrize("broker", ["up", "frozen", "gone"])
def test_time_to_record_a_call(campaign: Campaign, measured: list[Measured], broker: str) -> None:
    for name in ("web", "worker", "valkey"):
        if not campaign.stack.is_up(name):
            campaign.stack.start(name)
    time.sleep(2)
    visitors = [Visitor(campaign.stack.web_socket, campaign.caller.username, build.PASSWORD) for _ in range(AT_ONCE)]
    _record(visitors, campaign.students(20))
    with _broker(campaign, broker):
        times = _record(visitors, campaign.students(FORMS))
    row = Measured(
        SECTION,
        f"Recording a call, broker {broker}",
        tuple(1000 * one for one in times),
        "ms",
        f"p95 {1000 * percentile(times, 95):.0f} ms, {AT_ONCE} at once",
    )
    measured.append(row)
    print(row.row)
    assert len(times) == FORMS


@contextlib.contextmanager
def _broker(campaign: Campaign, state: str) -> Iterator[None]:
    if state == "frozen":
        with campaign.stack.frozen("valkey"):
            yield
    elif state == "gone":
        campaign.stack.kill("valkey")
        yield
        campaign.stack.start("valkey")
    else:
        yield


def _record(visitors: list[Visitor], students: list[int]) -> list[float]:
    """Record a first call for each student, the visitors sharing them, and return the seconds of each recording."""

    def share(n: int) -> list[float]:
        return [visitors[n].record(osis) for osis in students[n::AT_ONCE]]

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return [one for times in pool.map(share, range(AT_ONCE)) for one in times]
