"""The services for one command: found where they run, started where they do not, and left as they were."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Iterator

from orcs_portal.embedded import postgres, services, valkey
from orcs_portal.embedded.failures import CannotStartError
from orcs_portal.embedded.locks import FileLock, services_lock, users_lock
from orcs_portal.embedded.place import Place

PAUSE = 0.05


@contextlib.contextmanager
def available(place: Place) -> Iterator[None]:
    """Keep the services of ``place`` usable until the block ends.

    Started here, they end with the block, once everyone else who came to use them is done.  Raises CannotStartError.
    """
    place.root.mkdir(parents=True, exist_ok=True)
    with contextlib.closing(services_lock(place)) as running, contextlib.closing(users_lock(place)) as users:
        users.wait_shared()
        if _someone_runs(place, running):
            yield
            return
        running.write("")  # no port: nothing is served
        with services.running(place):
            yield
            _wait_for_users(users)


def _someone_runs(place: Place, running: FileLock) -> bool:
    """Wait until another process has the services ready, or take the lock to start them here; tell which."""
    deadline = time.monotonic() + services.SECONDS_TO_START
    while not running.try_alone():
        if postgres.answers(place) and valkey.answers(place):
            return True
        if time.monotonic() > deadline:
            raise CannotStartError("The services of this clone are being started elsewhere and do not answer.")
        time.sleep(PAUSE)
    return False


def _wait_for_users(users: FileLock) -> None:
    if not users.try_alone():
        print("Waiting for another command that uses the same services.", file=sys.stderr)
        users.wait_alone()
