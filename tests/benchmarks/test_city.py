"""Building a city, comparing it in full beside DuckDB, pandas and polars, some students, and ten times as many."""

from __future__ import annotations

import json
from collections.abc import Iterator
from math import log
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from tests.benchmarks.report import Measured
from tests.benchmarks.town import AS_OF, SCHOOLS, STUDENTS, Town, run, town

SECTION = "The comparison"
RUNS = 5
TOUCHED = 1_000
ROUNDS = 5
PEERS = {
    "with_duckdb": "picture and rules, 2 threads, nothing kept",
    "with_pandas": "the picture alone",
    "with_polars": "the picture alone",
}
pytestmark = pytest.mark.timeout(3600)


@pytest.fixture(scope="module")
def city() -> Iterator[Town]:
    """Build a whole city."""
    with town(STUDENTS) as built:
        yield built


def test_building_a_city(city: Town, measured: list[Measured]) -> None:
    beside = f"{city.rows:,} rows in {city.seconds:.0f} s, {'the real directory' if SCHOOLS else 'invented schools'}"
    told(measured, "build_city", (city.rows / city.seconds,), "rows/s", f"{beside}; target: under 180 s")


def test_comparing_a_city_beside_its_peers(city: Town, measured: list[Measured]) -> None:
    files = city.write_extracts()
    rounds = [_round(city, files) for _ in range(RUNS + 1)][1:]
    ours = tuple(one["ours"]["first"] for one in rounds)
    told(measured, "In full, every finding written", ours, "s", "durable, with what each system said")
    again = tuple(one["ours"]["again"] for one in rounds)
    told(measured, "In full, nothing changed since", again, "s", "durable")
    for peer, does in PEERS.items():
        theirs = tuple(one[peer]["seconds"] for one in rounds)
        name = peer.removeprefix("with_")
        told(measured, f"{name}, from files", theirs, "s", does)
        ratios = tuple(a / b for a, b in zip(ours, theirs, strict=True))
        told(measured, f"Ratio to {name}", ratios, "times", TARGETS[peer])
    same = all(_items(one["with_duckdb"]["items"]) == one["ours"]["items"] for one in rounds)
    found = sum(rounds[0]["ours"]["items"].values())
    said = "DuckDB's rules found exactly the same" if same else "DuckDB's rules found others"
    told(measured, "Items open and waiting", (found,), "items", said)


TARGETS = {"with_duckdb": "target: under 4", "with_pandas": "target: under 1", "with_polars": ""}


def _round(city: Town, files: Path) -> dict[str, Any]:
    """Let everybody compare once, each in a process of its own."""
    environ = city.stack.environ
    theirs = {
        peer: json.loads(run((f"tests.benchmarks.pictures.{peer}", str(files), AS_OF), environ)) for peer in PEERS
    }
    return {"ours": city.measure("comparing", "full", AS_OF), **theirs}


def _items(found: dict[str, int]) -> dict[str, int]:
    return {name: count for name, count in found.items() if not name.endswith("exempt")}


def test_comparing_touched_students(city: Town, measured: list[Measured]) -> None:
    runs = city.measure("comparing", "touched", AS_OF, str(TOUCHED), str(ROUNDS))["runs"]
    what = f"{TOUCHED:,} students touched, a tenth changed"
    changed = f"{median(one['changed'] for one in runs):.0f} items changed, {runs[0]['n']} statements"
    told(measured, f"{what}: SQL", tuple(1000 * one["sql"] for one in runs), "ms", f"{changed}; target: under 60 ms")
    told(measured, f"{what}: until durable", tuple(1000 * one["seconds"] for one in runs), "ms", "")


def test_comparing_ten_times_as_many(city: Town, measured: list[Measured]) -> None:
    large = [city.measure("comparing", "full", AS_OF)["first"] for _ in range(RUNS)]
    small = STUDENTS // 11
    with town(small) as borough:
        few = [borough.measure("comparing", "full", AS_OF)["first"] for _ in range(RUNS + 1)][1:]
    told(measured, f"In full, {small:,} students", tuple(few), "s", "")
    growth = tuple((a / b) ** (log(10) / log(STUDENTS / small)) for a, b in zip(large, few, strict=True))
    told(measured, "Growth for ten times as many", growth, "times", f"from {small:,} to {STUDENTS:,}; target: under 15")


def told(measured: list[Measured], what: str, runs: tuple[float, ...], unit: str, beside: str) -> None:
    """Keep a line of the report and print it."""
    row = Measured(SECTION, what, runs, unit, beside)
    measured.append(row)
    print(row.row)
    assert runs
