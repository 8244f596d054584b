"""One campaign over a running stack: who calls, for which fresh student, and what is looked at afterwards."""

from __future__ import annotations

import itertools
import json
import os
import random
import subprocess
import sys
import threading
from collections.abc import Iterable, Sequence
from typing import Any

from orcs_portal.embedded.place import CLONE
from tests.faults.cast import FIRST_OSIS, Caller
from tests.faults.ledger import CAP, SEC, SESIS, Ledger
from tests.faults.stack import Stack, await_true
from tests.faults.visitor import Visitor, answers

FULL = os.environ.get("FULL") == "1"
SEED = int(os.environ.get("FAULT_SEED") or random.randrange(1_000_000))
STUDENTS = 40_000 if FULL else 6_000
NO_FAULT = 1
FIGURES: list[str] = []


def note(figure: str) -> None:
    """Keep a measured figure for the end of the run, and print it."""
    FIGURES.append(figure)
    print(figure)


def size(short: int, full: int) -> int:
    """Return the size of a test: the short form's, or the long campaign's with ``FULL=1``."""
    return full if FULL else short


class Actor:
    """The helping process that records calls; it may be asked from one thread at a time."""

    def __init__(self, stack: Stack) -> None:
        self._lock = threading.Lock()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.actor"],
            env=stack.environ,
            cwd=CLONE,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, what: str, about: object) -> Any:  # noqa: ANN401 - as each question answers
        """Ask for something and return the answer."""
        with self._lock:
            if self._process.stdin is None or self._process.stdout is None:
                raise AssertionError("The actor has no lines to talk on")
            self._process.stdin.write(json.dumps({what: about}) + "\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        assert line, "The process that records calls ended"
        return json.loads(line)

    def close(self) -> None:
        """Let the process end."""
        self._process.communicate(timeout=20)


class Campaign:
    """The stack, its ledger, its callers and a supply of students nobody has called for yet."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.ledger = Ledger(stack.place)
        self.actor = Actor(stack)
        self.callers = [Caller(*one) for one in self.actor.ask("prepare", [STUDENTS, 12])]
        self._fresh = itertools.count(FIRST_OSIS)
        self._lock = threading.Lock()

    @property
    def caller(self) -> Caller:
        """The provider who calls when it does not matter who does."""
        return self.callers[0]

    def visitor(self, caller: Caller) -> Visitor:
        """Return a provider at a browser, signed in."""
        return Visitor(self.stack.web_socket, caller.username)

    def confirmations(self, calls: Iterable[int]) -> list[str]:
        """Return the confirmation numbers of calls."""
        sql = "SELECT confirmation FROM caseloads_call WHERE id = ANY(%s) ORDER BY id"
        return [one for (one,) in self.ledger.rows(sql, list(calls))]

    def students(self, count: int) -> list[int]:
        """Return the OSIS numbers of students nobody has called for."""
        with self._lock:
            chosen = list(itertools.islice(self._fresh, count))
        assert chosen[-1] < FIRST_OSIS + STUDENTS, "The school has no more students"
        return chosen

    def call(self, students: Iterable[int], by: Caller | None = None) -> list[str]:
        """Record a first attend for each student and return the confirmation numbers."""
        who = (by or self.caller).id
        made: list[str] = self.actor.ask("call", [[who, osis] for osis in students])
        return made

    def call_anew(self, count: int) -> list[str]:
        """Record first attends for fresh students."""
        return self.call(self.students(count))

    def mark(self, point: str) -> None:
        """Leave a marker at which the next process that comes by kills itself."""
        (self.stack.points / point).touch()

    def poison(self, system: str, delivery: int, how: str) -> None:
        """Make a delivery raise, exit or hang whenever it is sent."""
        draft = self.stack.points / f"draft.{delivery}"
        draft.write_text(how)
        draft.rename(self.stack.points / f"poison.{system}.{delivery}")

    def marks(self) -> list[str]:
        """Return the markers that are still there."""
        return sorted(path.name for path in self.stack.points.iterdir())

    def assert_once_each(self, confirmations: Sequence[str]) -> None:
        """Let three days pass, and fail unless each call has exactly one effect in each system."""
        self.ledger.await_drained(within=60)
        self.ledger.move_clock(days=3)
        wrong = self.ledger.not_once(confirmations)
        assert not wrong, f"{len(wrong)} of {len(confirmations)} calls: {dict(itertools.islice(wrong.items(), 5))}"

    def await_web(self) -> None:
        """Wait until the web server answers."""
        await_true("the web server answers", lambda: answers(self.stack.web_socket), within=30)

    def recover(self) -> None:
        """Set every knob to nothing wrong, remove every marker and see that all programs run and answer."""
        for path in self.stack.points.iterdir():
            path.unlink(missing_ok=True)
        for system in (CAP, SEC, SESIS):
            self.ledger.set_fault(system, NO_FAULT)
        self.await_web()
        await_true("the worker has its pool", self.stack.has_pool, within=30)

    def close(self) -> None:
        """Let the helpers go."""
        self.actor.close()
        self.ledger.close()
