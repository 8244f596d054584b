"""Calls drained per second, durably, beside a task for each delivery."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from statistics import median

import pytest

from orcs_portal.embedded.place import CLONE
from orcs_portal.embedded.portal import worker
from orcs_portal.embedded.program import Program
from tests.benchmarks.report import Measured
from tests.faults.campaign import Campaign
from tests.faults.stack import await_true

SECTION = "Propagation"
RUNS = 3
OURS = 5000
PEERS = 400

CALLS = """
    WITH chosen AS (
        SELECT m.id AS mandate, m.student_id, row_number() OVER (ORDER BY m.id) AS n
        FROM caseloads_mandate m ORDER BY m.id LIMIT %s
    ), made AS (
        INSERT INTO caseloads_call (outcome, rule, reason, confirmation, origin, provider_id, student_id, school_id,
            service, language, school_year, session_on, mandates, other_provider, on_holiday, received, recorded, said,
            form_digest)
        SELECT 1, '', 'accepted', (20000000 + c.n)::text, 2, %s, c.student_id, e.school_id,
            1, 1, DATE '2026-09-10', DATE '2026-11-23', ARRAY[c.mandate], false, false, now(), now(), '{}', ''
        FROM chosen c JOIN caseloads_enrolment e ON e.student_id = c.student_id
        RETURNING id, student_id
    )
    INSERT INTO caseloads_delivery (call_id, system, act, student_id, service, state, attempts, alone, queued, due,
        reason)
    SELECT made.id, s.system, 1, made.student_id, 1, 1, 0, false, now(), now(), ''
    FROM made CROSS JOIN (VALUES (1), (2), (3)) AS s(system)
"""
CLEAR = """
    TRUNCATE caseloads_call, caseloads_delivery, caseloads_capnotice, caseloads_secnotice, caseloads_sesisnotice,
        caseloads_entry CASCADE
"""


class Bell:
    """A process that tells the workers, so that publishing is measured as a page would do it."""

    def __init__(self, campaign: Campaign) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.ring"],
            env=campaign.stack.environ,
            cwd=CLONE,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def tell(self, what: str) -> None:
        """Say ``ring`` or ``peer`` without waiting for the answer."""
        if self._process.stdin is None:
            raise AssertionError("The bell has no line")
        print(what, file=self._process.stdin, flush=True)

    def close(self) -> None:
        """Let the process end."""
        self._process.communicate(timeout=60)


@pytest.fixture(scope="module")
def bell(campaign: Campaign) -> Iterator[Bell]:
    """Return a bell that is ready."""
    bell = Bell(campaign)
    yield bell
    bell.close()


def test_calls_drained_per_second(campaign: Campaign, bell: Bell, measured: list[Measured]) -> None:
    ours = _runs(campaign, bell, "worker", "ring", OURS)
    peers = {processes: _peer_runs(campaign, bell, processes) for processes in (2, 4)}
    best = max(peers.values(), key=median)
    rows = [
        Measured(SECTION, f"Outbox, batches of 500, {OURS:,} calls", ours, "calls/s", "all three systems, durable"),
        *(
            Measured(
                SECTION, f"A task per delivery, {PEERS:,} calls", runs, "calls/s", f"{processes} processes, the ORM"
            )
            for processes, runs in peers.items()
        ),
        Measured(
            SECTION,
            "Ratio to the better of them",
            tuple(a / b for a, b in zip(ours, best, strict=True)),
            "times",
            "target: 20 times, and 5,000 calls/s",
        ),
    ]
    measured += rows
    print(*(row.row for row in rows), sep="\n")
    assert all(one > 0 for one in (*ours, *best))


def _runs(campaign: Campaign, bell: Bell, program: str, how: str, count: int) -> tuple[float, ...]:
    """Return the counted runs, after one to warm up."""
    every = [_drained(campaign, bell, program, how, count) for _ in range(RUNS + 1)]
    campaign.stack.end(program)
    return tuple(every[1:])


def _peer_runs(campaign: Campaign, bell: Bell, processes: int) -> tuple[float, ...]:
    campaign.stack.programs["peers"] = _peers(processes)
    return _runs(campaign, bell, "peers", "peer", PEERS)


def _peers(concurrency: int) -> Program:
    """Return a worker that takes a task for each delivery."""
    command = (sys.executable, "-m", "celery", "-A", "tests.benchmarks.peer", "worker", "-Q", "peer")
    return replace(worker(), name="peers", command=(*command, "-c", str(concurrency), "--loglevel", "warning"))


def _drained(campaign: Campaign, bell: Bell, program: str, how: str, count: int) -> float:
    """Put calls into the outbox in one transaction, tell the workers, and return the calls drained per second."""
    campaign.ledger.rows(CLEAR)
    if not campaign.stack.is_up(program):
        campaign.stack.start(program)
        await_true("the pool", lambda: len(campaign.stack.children(program)) >= 2, within=60)
        time.sleep(3)
    campaign.ledger.rows(CALLS, count, campaign.caller.id)
    campaign.ledger.rows("ANALYZE caseloads_delivery")
    began = time.monotonic()
    bell.tell(how)
    await_true("every delivery taken", lambda: campaign.ledger.waiting() == 0, within=300, pause=0.03)
    return count / (time.monotonic() - began)
