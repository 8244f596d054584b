"""Doing the same thing many times at once, each time on a connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connection

Answer = TypeVar("Answer")

MOST = 12
"""Threads at a time: two test workers with as many connections each stay well under the server's sixty."""


def at_once(works: Sequence[Callable[[], Answer]]) -> list[Answer]:
    """Do all of these, up to ``MOST`` at the same moment, and return their answers in order; an error is raised."""
    crowd = min(MOST, len(works))
    gate = threading.Barrier(crowd)

    def go(place: int) -> Answer:
        if place < crowd:
            gate.wait(timeout=30)
        try:
            return works[place]()
        finally:
            connection.close()

    with ThreadPoolExecutor(crowd) as pool:
        return list(pool.map(go, range(len(works))))
