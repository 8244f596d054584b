"""Kills at random moments while people call: the storm of F1."""

from __future__ import annotations

import http.client
import os
import random
import signal
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime

from tests.faults.campaign import Campaign
from tests.faults.stack import await_true
from tests.faults.visitor import Answer, Fields, Visitor

VICTIMS = ("worker", "child", "beat", "web")
PEOPLE = 4
GIVE_UP = 60.0  # seconds a person keeps sending the same form
CATCH = 2.0  # seconds to wait for a delivery under way before killing all the same
IN_FLIGHT = "SELECT array_agg(id) FROM caseloads_delivery WHERE state = 2"


class Storm:
    """Kills processes one after another, and lets a few calls in after each kill."""

    def __init__(self, campaign: Campaign, *, kills: int, calls: int, seed: int) -> None:
        self._campaign = campaign
        self._rng = random.Random(seed)
        self._victims = [VICTIMS[n % len(VICTIMS)] for n in range(kills)]
        self._rng.shuffle(self._victims)
        self._calls = calls
        self._allowed = threading.Semaphore(0)
        self.killed: list[tuple[datetime, str]] = []
        self.caught = 0
        self.resent = 0
        self.broken: list[int] = []

    def rage(self) -> list[int]:
        """Kill and call until both are done, and return the ids of the acknowledged calls."""
        people = [self._campaign.visitor(one) for one in self._campaign.callers[4 : 4 + PEOPLE]]
        forms = [(people[n % PEOPLE], osis) for n, osis in enumerate(self._campaign.students(self._calls))]
        with ThreadPoolExecutor(PEOPLE) as pool:
            waiting = [pool.submit(self._call, *one) for one in forms]
            try:
                self._kill_all()
            finally:
                self._allowed.release(self._calls)
            return [_call_of(one) for one in waiting]

    def _call(self, visitor: Visitor, osis: int) -> Answer:
        """Send a form until it is answered, always with the same token, as a person would who sees it fail."""
        self._allowed.acquire()
        end = time.monotonic() + GIVE_UP
        form: Fields | None = None
        while True:
            try:
                form = form or visitor.form(osis)
                answer = visitor.send(form)
            except (OSError, http.client.HTTPException, KeyError):
                # Nobody listens, the connection broke, or the form's page came only in part.
                self.resent += 1
            else:
                if answer.status < 500:
                    return answer
                self.broken.append(answer.status)
            assert time.monotonic() < end, "A person gave up"
            time.sleep(0.2)

    def _kill_all(self) -> None:
        share = -(-self._calls // len(self._victims))
        for number, victim in enumerate(self._victims, start=1):
            self._allowed.release(share)
            self._kill(victim)
            if number % (len(self._victims) // 3) == 0:
                # A night or two pass while processes die.
                self._campaign.ledger.rows("INSERT INTO caseloads_clockmove (minutes, asked) VALUES (1440, now())")
            time.sleep(self._rng.uniform(0, 0.8))

    def _kill(self, victim: str) -> None:
        stack = self._campaign.stack
        await_true("the worker has its pool", stack.has_pool, within=60)
        if victim in {"worker", "child"}:
            self._await_flight()
        if victim == "child":
            os.kill(self._rng.choice(stack.children("worker")), signal.SIGKILL)
        else:
            stack.kill(victim)
        self.killed.append((datetime.now(UTC), victim))
        self._count_caught()
        if victim != "child":
            stack.start(victim)

    def _await_flight(self) -> None:
        end = time.monotonic() + CATCH
        while self._campaign.ledger.value(IN_FLIGHT) is None and time.monotonic() < end:
            time.sleep(0.001)

    def _count_caught(self) -> None:
        """Count the kill if deliveries stay claimed that nobody sends any more."""
        before = set(self._campaign.ledger.value(IN_FLIGHT) or ())
        time.sleep(0.2)
        self.caught += bool(before & set(self._campaign.ledger.value(IN_FLIGHT) or ()))


def _call_of(waiting: Future[Answer]) -> int:
    return waiting.result().call
