"""Find and end what a killed start left behind.

Every guarded process carries the folder of its services in its environment.  PostgreSQL's processes write over theirs
and are known by the program they run and the folder they work in.  No process id in a file is trusted: the number may
belong to someone else by now.
"""

from __future__ import annotations

import contextlib
import os
import signal
import time
from pathlib import Path

from orcs_portal.embedded.place import PORT, Place
from orcs_portal.embedded.program import MARK

PROC = Path("/proc")
SECONDS_IN_ORDER = 5.0
SECONDS_BY_FORCE = 5.0
PAUSE = 0.05


def leftovers(place: Place) -> list[int]:
    """Return the ids of the living processes that belong to ``place``, this one and its parents left out."""
    ours = _lineage()
    pids = (int(entry.name) for entry in PROC.iterdir() if entry.name.isdecimal())
    return [pid for pid in pids if pid not in ours and _belongs(pid, place) and not _is_dead(pid)]


def clear(place: Place) -> int:
    """End every process that belongs to ``place``, remove their id files and return how many there were.

    Only whoever holds the place's lock may call this: then nobody runs the services, and what is there is left over.
    """
    found = leftovers(place)
    _signal_all(found, signal.SIGINT)
    if not _gone(place, SECONDS_IN_ORDER):
        _signal_all(leftovers(place), signal.SIGKILL)
        _gone(place, SECONDS_BY_FORCE)
    for path in (place.data / "postmaster.pid", place.run / f".s.PGSQL.{PORT}.lock"):
        path.unlink(missing_ok=True)  # PostgreSQL refuses to start when a stranger has got the number in it
    return len(found)


def _gone(place: Place, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while leftovers(place):
        if time.monotonic() > deadline:
            return False
        time.sleep(PAUSE)
    return True


def _signal_all(pids: list[int], number: signal.Signals) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)


def _belongs(pid: int, place: Place) -> bool:
    mark = f"{MARK}={place.root}".encode()
    return mark in _read(pid, "environ").split(b"\0") or _is_server_of(pid, place)


def _is_server_of(pid: int, place: Place) -> bool:
    try:
        program = (PROC / str(pid) / "exe").readlink()
        folder = (PROC / str(pid) / "cwd").readlink()
    except OSError:
        return False
    return program.name.startswith("postgres") and folder == place.data.resolve()


def _is_dead(pid: int) -> bool:
    return _status(pid)[:1] in ([], [b"Z"])


def _lineage() -> set[int]:
    pids: set[int] = set()
    pid = os.getpid()
    while pid > 0:
        pids.add(pid)
        fields = _status(pid)
        pid = int(fields[1]) if fields else 0
    return pids


def _status(pid: int) -> list[bytes]:
    """Return what follows the program's name in the process's status line: state, parent, ...; empty once gone."""
    return _read(pid, "stat").rpartition(b")")[2].split()


def _read(pid: int, name: str) -> bytes:
    try:
        return (PROC / str(pid) / name).read_bytes()
    except OSError:
        return b""
