"""Every page of a city-wide user with 60,000 items open: its SQL, and how fast gunicorn answers 20 of it a second."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.benchmarks.report import Measured, percentile
from tests.benchmarks.town import AS_OF, STUDENTS, Town, town
from tests.faults.stack import await_true
from tests.faults.visitor import Visitor, answers

SECTION = "Pages of a city-wide user"
RATE = os.environ.get("BENCH_RATE", "0.15")
"""The share of a city's lines with something wrong: at full size about 60,000 items are open."""

LOOKS = 15
PER_SECOND = 20
SECONDS = 6
AT_ONCE = 24
USERNAME = "bench.orcs"
pytestmark = pytest.mark.timeout(7200)


@pytest.fixture(scope="module")
def city() -> Iterator[Town]:
    """Build and compare a city with much wrong in it."""
    with town(STUDENTS, rate=RATE) as built:
        built.measure("comparing", "full", AS_OF)
        built.ledger.rows("VACUUM ANALYZE")  # as a city's server stands that has been up for a day
        yield built


def test_pages_of_a_city_wide_user(city: Town, measured: list[Measured]) -> None:
    looked = city.measure("looking", str(LOOKS))
    size = f"{looked['items']['open']:,} items open, {looked['mandates']:,} mandates, {looked['calls']:,} calls"
    city.stack.start("web")
    await_true("the web server answers", lambda: answers(city.stack.web_socket), within=60)
    visitor = Visitor(city.stack.web_socket, USERNAME)
    for page in looked["pages"]:
        times = _at_a_steady_rate(visitor, page)
        beside = f"p95 {percentile(times, 95):.0f} ms, median {percentile(times, 50):.0f} ms at {PER_SECOND}/s; "
        row = Measured(SECTION, page["name"], tuple(page["sql"]), "ms of SQL", beside + f"{page['queries']} queries")
        measured.append(row)
        print(row.row)
        assert len(times) == PER_SECOND * SECONDS
    measured.append(Measured(SECTION, "What there is", (looked["items"]["open"],), "items", size))
    print(size, "target: under 20 ms of SQL and a p95 under 120 ms")


def _at_a_steady_rate(visitor: Visitor, page: dict[str, Any]) -> list[float]:
    """Ask for a page so many times a second, whatever the answers take, and return the milliseconds of each.

    They count from when it was due: a page that is waited for makes the next one late, as for people.
    """
    fields = dict(page["fields"])
    if fields:
        fields["csrfmiddlewaretoken"] = visitor.ask("GET", page["address"]).hidden["csrfmiddlewaretoken"]
    for _ in range(AT_ONCE):
        _ask(visitor, page["address"], fields)
    start = time.perf_counter() + 0.2

    def ask(n: int) -> float:
        due = start + n / PER_SECOND
        time.sleep(max(0.0, due - time.perf_counter()))
        _ask(visitor, page["address"], fields)
        return 1000 * (time.perf_counter() - due)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(ask, range(PER_SECOND * SECONDS)))


def _ask(visitor: Visitor, address: str, fields: dict[str, str]) -> None:
    answer = visitor.ask("POST" if fields else "GET", address, fields or None)
    assert answer.status in {200, 302}, f"{address}: {answer.status}"
