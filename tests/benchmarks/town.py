"""A synthetic city on a server of its own, with the settings it is served with (fsync on), for the benchmarks."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from orcs_portal.embedded.leftovers import leftovers
from orcs_portal.embedded.place import CLONE, THROW_AWAY, Place
from tests.faults.ledger import Ledger
from tests.faults.stack import Stack

STUDENTS = int(os.environ.get("BENCH_STUDENTS", "220000"))
"""How many students a whole city has."""

SCHOOLS = os.environ.get("BENCH_SCHOOLS", "")
"""The path of the city's school directory; schools are invented without it."""

DAY = "2026-11-24"
AS_OF = f"{DAY}T17:00:00-05:00"


class Town:
    """A stack on which a city was built, and how long that took."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.ledger = Ledger(stack.place)
        self.seconds = 0.0
        self.rows = 0

    def build(self, students: int, rate: str = "") -> None:
        """Build the city; the seconds are those of the whole command."""
        more = [*(["--schools", SCHOOLS] if SCHOOLS else []), *(["--rate", rate] if rate else [])]
        began = time.monotonic()
        printed = self._printed(
            "django", "build_city", "--students", str(students), "--seed", "7", "--as-of", DAY, "--json", *more
        )
        self.seconds = time.monotonic() - began
        self.rows = json.loads(printed.splitlines()[0])["rows"]

    def write_extracts(self) -> Path:
        """Write what every system says as files, and return the folder."""
        folder = self.stack.place.root / "files"
        self._printed("django", "write_extracts", str(folder))
        return folder

    def measure(self, module: str, *arguments: str) -> Any:  # noqa: ANN401 - as each measures
        """Run a module of the benchmarks on this city's database and return what it printed last."""
        return json.loads(self._printed(f"tests.benchmarks.{module}", *arguments).splitlines()[-1])

    def _printed(self, *command: str) -> str:
        return run(command, self.stack.environ)


def run(command: Sequence[str], environ: dict[str, str]) -> str:
    """Run a module with Python to its end, as a process of its own, and return what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", *command], env=environ, cwd=CLONE, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    return done.stdout


@contextlib.contextmanager
def town(students: int, *, rate: str = "") -> Iterator[Town]:
    """Build a city below the temporary directory, and leave nothing behind."""
    os.environ["FAULT_TIMES"] = "production"
    place = Place(Path(tempfile.gettempdir()) / f"{THROW_AWAY}{os.geteuid()}-town{students}-{os.getpid()}")
    points = place.root / "points"
    points.mkdir(parents=True)
    stack = Stack(place, points)
    try:
        stack.start_services()
        stack.manage("migrate", "--no-input", "--verbosity", "0")
        built = Town(stack)
        built.build(students, rate)
        yield built
        built.ledger.close()
    finally:
        stack.close()
    assert not leftovers(place)
