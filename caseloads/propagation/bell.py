"""The bell: a commit rings it, one thread of this process tells Celery, and no request ever waits for the broker.

A ring that is lost costs nothing but the time until the next sweep: the row is the queue.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterable
from functools import cache

from celery import Celery
from django.conf import settings
from django.db import transaction

from caseloads.kinds import System

log = logging.getLogger(__name__)

DRAIN = "caseloads.propagation.tasks.drain"
WALK = "caseloads.propagation.tasks.walk"


class Bell:
    """Coalesces rings into messages; starts its thread on the first ring, again after a fork.

    ``tell`` sends the messages, by default those of the outboxes; other rooms have bells of their own.
    """

    def __init__(self, tell: Callable[[], object] | None = None) -> None:
        """Start silent."""
        self._tell = tell
        self._rung = threading.Event()
        self._lock = threading.Lock()
        self._pid = 0

    def ring(self) -> None:
        """Ask that the outboxes be looked at; takes microseconds, whatever the broker does."""
        if self._pid != os.getpid():
            self._start()
        self._rung.set()

    def _start(self) -> None:
        with self._lock:
            if self._pid == os.getpid():
                return
            self._rung = threading.Event()
            threading.Thread(target=self._listen, args=(self._rung,), name="bell", daemon=True).start()
            self._pid = os.getpid()

    def _listen(self, rung: threading.Event) -> None:
        while rung.wait():
            rung.clear()
            (self._tell or publish)()


@cache
def sender() -> Celery:
    """Return an app that only sends: it names tasks, and needs none of the workers' door above this room."""
    app = Celery("bell", set_as_current=False)
    app.conf.update(settings.CELERY)
    return app


def publish() -> bool:
    """Tell the workers once of what is to be sent; False when the broker could not be reached."""
    return send([*((DRAIN, system.slug, [int(system)]) for system in System), (WALK, "world", [])])


def send(messages: Iterable[tuple[str, str, list[int]]]) -> bool:
    """Send each task with its queue and arguments; False when the broker could not be reached."""
    try:
        for task, queue, args in messages:
            sender().send_task(task, args=args, queue=queue, retry=False, ignore_result=True)
    except Exception as error:  # noqa: BLE001 - any broker trouble is the same to us: the sweep will find the row
        log.warning("The bell was not heard: %s", type(error).__name__)
        return False
    return True


BELL = Bell()


def ring_on_commit() -> None:
    """Ring once the present transaction is committed, at once outside any; what was committed stands either way."""
    transaction.on_commit(BELL.ring, robust=True)
