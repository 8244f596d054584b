"""`make stop`: end a `make run` of this clone, or what a killed one left behind."""

from __future__ import annotations

import contextlib
import os
import signal
import time

from orcs_portal.embedded.failures import CannotStartError, one_sentence
from orcs_portal.embedded.leftovers import clear
from orcs_portal.embedded.locks import FileLock, services_lock
from orcs_portal.embedded.place import Place, of_clone
from orcs_portal.embedded.progress import Progress

SECONDS_IN_ORDER = 90.0
SECONDS_BY_FORCE = 10.0
PAUSE = 0.05


def main(_arguments: list[str]) -> None:
    """Stop this clone and say what was found."""
    with one_sentence():
        print(stop(of_clone()))


def stop(place: Place) -> str:
    """End what runs at ``place`` and return a sentence that says what that was.

    Raises CannotStartError when a running command, not `make run`, keeps the services: it is left alone.
    """
    if not place.root.exists():
        return "Nothing was running."
    with contextlib.closing(services_lock(place)) as lock:
        served = not lock.try_alone()
        if served:
            _end_holder(lock)
        found = clear(place)
    if served:
        return "Stopped."
    return "Cleared what a killed start left behind." if found else "Nothing was running."


def _end_holder(lock: FileLock) -> None:
    holder = lock.holder()
    if holder is not None and not lock.read():
        raise CannotStartError(f"A command of this clone, process {holder}, uses the services and was left alone.")
    for number, seconds in ((signal.SIGTERM, SECONDS_IN_ORDER), (signal.SIGKILL, SECONDS_BY_FORCE)):
        if (holder := lock.holder()) is not None:
            os.kill(holder, number)
        with Progress("Stopping"):
            if _freed(lock, seconds):
                return
    raise CannotStartError("What runs here does not end, even by force.")


def _freed(lock: FileLock, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not lock.try_alone():
        if time.monotonic() > deadline:
            return False
        time.sleep(PAUSE)
    return True
