"""Compares a city, in full or for some students, in a process of its own; prints the seconds it took as JSON.

``full AS_OF``: once from nothing, so that every finding is written, and once more when nothing has changed.
``touched AS_OF COUNT ROUNDS``: so many students, a tenth of whom CAP has changed since.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402 - the apps must be ready first

from compliance.models import Run  # noqa: E402 - as above
from compliance.reconcile.run import reconcile  # noqa: E402 - as above
from compliance.reconcile.statements import execute  # noqa: E402 - as above
from orcs_portal.shared import clock  # noqa: E402 - as above

NOTHING = "TRUNCATE compliance_finding, compliance_run, compliance_daycount, compliance_linecount CASCADE"
SOME = "SELECT student_id FROM caseloads_enrolment WHERE ends IS NULL"
CHANGE = """
    UPDATE caseloads_capmandate SET frequency = frequency + %(by)s
    WHERE osis IN (SELECT osis FROM caseloads_student WHERE id = ANY(%(students)s))
"""


class Stopwatch:
    """Adds up the seconds that statements take."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.statements = 0

    def __call__(self, execute: Callable[..., Any], *statement: Any) -> Any:  # noqa: ANN401 - Django's own wrapper
        """Run a statement and keep the time."""
        began = time.perf_counter()
        try:
            return execute(*statement)
        finally:
            self.seconds += time.perf_counter() - began
            self.statements += 1


def timed(as_of: datetime, students: list[int] | None = None) -> tuple[float, Stopwatch, Run]:
    """Compare and return the seconds until the result is committed, those of SQL alone, and the comparison."""
    watch = Stopwatch()
    began = time.perf_counter()
    with connection.execute_wrapper(watch):
        run = reconcile(as_of=as_of, now=clock.real_now(), students=students)
    return time.perf_counter() - began, watch, run


def full(as_of: datetime) -> dict[str, Any]:
    """Compare everything from nothing, and again."""
    execute(NOTHING, {})
    first, watch, run = timed(as_of)
    again, _watch, _run = timed(as_of)
    items = {f"{code} {state}": n[state] for code, n in run.counts.items() for state in ("open", "waiting") if n[state]}
    return {"first": first, "sql": watch.seconds, "again": again, "items": items}


def touched(as_of: datetime, count: int, rounds: int) -> dict[str, Any]:
    """Compare some students after CAP changed what it holds of a tenth of them, and after it changed it back."""
    everybody = [row[0] for row in execute(SOME, {})]
    timed(as_of, everybody[:10])
    measured = []
    for each in range(rounds):
        students = random.Random(each).sample(everybody, count)
        for by in (1, -1):
            execute(CHANGE, {"by": by, "students": students[: count // 10]})
            seconds, watch, run = timed(as_of, students)
            changed = sum(n["new"] + n["resolved"] + n["regressed"] for n in run.counts.values())
            measured.append({"seconds": seconds, "sql": watch.seconds, "changed": changed, "n": watch.statements})
    return {"runs": measured}


def main(what: str, as_of: str, *numbers: str) -> None:
    """Measure and print."""
    at = datetime.fromisoformat(as_of)
    print(json.dumps(full(at) if what == "full" else touched(at, *map(int, numbers))))


if __name__ == "__main__":
    main(*sys.argv[1:])
