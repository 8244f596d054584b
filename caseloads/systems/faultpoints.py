"""Named places at which the fault campaign stops a process; nothing happens unless ``FAULT_POINTS`` names a folder.

A marker ``<place>.<system>`` in it is used up by the first process that comes by, which then kills itself.  A marker
``poison.<system>.<delivery>`` stays and makes that delivery raise, exit or hang, as its text says.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from caseloads.kinds import System


class Poisoned(Exception):
    """A delivery that the campaign made unsendable."""


def reach(place: str, system: System) -> None:
    """Kill this process if the campaign left a marker for the place."""
    if not settings.FAULT_POINTS:
        return
    try:
        (Path(settings.FAULT_POINTS) / f"{place}.{system.slug}").unlink()
    except FileNotFoundError:
        return
    os.kill(os.getpid(), signal.SIGKILL)


def taste(system: System, deliveries: Iterable[int]) -> None:
    """Raise, exit or hang for a delivery that the campaign poisoned."""
    if not settings.FAULT_POINTS:
        return
    for delivery in deliveries:
        marker = Path(settings.FAULT_POINTS) / f"poison.{system.slug}.{delivery}"
        if marker.exists():
            _act(marker.read_text().strip(), delivery)


def _act(how: str, delivery: int) -> None:
    if how == "exit":
        os._exit(1)
    if how == "hang":
        time.sleep(3600)
    raise Poisoned(f"delivery {delivery} cannot be sent")
