"""What a run measured, written down with the machine, the versions and the date."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from orcs_portal.embedded.binaries import postgres_program
from orcs_portal.embedded.place import CLONE

WHERE = CLONE / "docs" / "benchmarks.md"


@dataclass(frozen=True, slots=True)
class Measured:
    """A line of the report: what, the runs' figures with their unit, and what it is compared with."""

    section: str
    what: str
    runs: tuple[float, ...]
    unit: str
    beside: str = ""

    @property
    def median(self) -> float:
        """The figure to quote."""
        return statistics.median(self.runs)

    @property
    def row(self) -> str:
        """The line as a row of a table."""
        spread = f"{_figure(min(self.runs))} to {_figure(max(self.runs))}"
        return f"| {self.what} | {_figure(self.median)} {self.unit} | {spread} | {len(self.runs)} | {self.beside} |"


def _figure(value: float) -> str:
    digits = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:,.{digits}f}"


def percentile(values: Sequence[float], share: int) -> float:
    """Return the percentile of a sample, such as the 95th."""
    return statistics.quantiles(values, n=100, method="inclusive")[share - 1]


def write(measured: Sequence[Measured], *, database: str, now: datetime) -> None:
    """Replace the sections of the report that this run measured anew, and keep the others."""
    kept = _sections(WHERE.read_text() if WHERE.exists() else "")
    for section in dict.fromkeys(one.section for one in measured):
        rows = [one.row for one in measured if one.section == section]
        head = f"Measured {now.astimezone(UTC):%Y-%m-%d} on {_machine()}; {database}, {_versions()}."
        table = ["| what | median | spread | runs | beside |", "|---|---|---|---|---|", *rows]
        kept[section] = "\n".join([head, "", *table])
    body = "\n\n".join(f"## {title}\n\n{text}" for title, text in kept.items())
    WHERE.write_text(f"{INTRODUCTION}\n\n{body}\n")


INTRODUCTION = """# Benchmarks

Written by `make bench`. Everything in a table was measured in one run on one machine, peers at their best; the
machines are small and shared, so medians and ratios say more than single figures. No test asserts any of it."""


def _sections(text: str) -> dict[str, str]:
    parts = text.split("\n## ")[1:]
    return {title.strip(): body.strip() for title, _, body in (part.partition("\n") for part in parts)}


def _machine() -> str:
    model = next(
        (line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")),
        platform.processor() or platform.machine(),
    )
    return f"{os.cpu_count()} cores ({model})"


def _lines(path: str) -> list[str]:
    return Path(path).read_text().splitlines() if Path(path).exists() else []


def server_version() -> str:
    """Return the version of the server that everything here runs on, such as ``18.4``."""
    said = subprocess.run([postgres_program("postgres"), "--version"], capture_output=True, text=True, check=True)
    return said.stdout.split()[-1]


def _versions() -> str:
    names = ("django", "celery", "kombu", "redis", "psycopg2-binary", "duckdb", "pandas", "polars", "pyarrow")
    return ", ".join([f"Python {platform.python_version()}", *(f"{name} {version(name)}" for name in names)])
