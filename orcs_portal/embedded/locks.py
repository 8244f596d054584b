"""Who runs a place's services, and who merely uses them.

Two files below ``var``: ``services.lock`` is held by the one process that started the services, ``users.lock`` is
shared by everyone who uses services that someone else started.  ``fcntl.lockf`` locks end with their process, however
it ends, and forks do not inherit them.
"""

from __future__ import annotations

import fcntl
import os
import struct
from pathlib import Path

from orcs_portal.embedded.place import Place

STOPPING = ", stopping"  # said after the port by a `make run` that is on its way out: the next may wait for it
FLOCK = "hhqqi4x"  # struct flock of 64-bit Linux: type, whence, start, length, process


class FileLock:
    """A lock on a file; closing it lets go.  Open it once per process: closing any copy of the file lets go too."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def try_alone(self) -> bool:
        """Take the lock for this process alone if nobody else has it; tell whether that worked."""
        try:
            fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            return False
        return True

    def wait_alone(self) -> None:
        """Take the lock for this process alone, waiting for everyone else to let go."""
        fcntl.lockf(self._file, fcntl.LOCK_EX)

    def wait_shared(self) -> None:
        """Take the lock beside others who share it, waiting for whoever has it alone."""
        fcntl.lockf(self._file, fcntl.LOCK_SH)

    def holder(self) -> int | None:
        """Return the id of the process that has the lock alone, as the kernel knows it, or None when nobody has."""
        asked = struct.pack(FLOCK, fcntl.F_WRLCK, os.SEEK_SET, 0, 0, 0)
        kind, _whence, _start, _length, pid = struct.unpack(FLOCK, fcntl.fcntl(self._file, fcntl.F_GETLK, asked))
        return None if kind == fcntl.F_UNLCK else int(pid)

    def write(self, text: str) -> None:
        """Leave word of who holds the lock."""
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, text.encode(), 0)

    def read(self) -> str:
        """Return what the holder left."""
        return os.pread(self._file, 200, 0).decode(errors="replace")

    def close(self) -> None:
        """Let go."""
        os.close(self._file)


def services_lock(place: Place) -> FileLock:
    """Return the lock of whoever runs the services of ``place``."""
    return FileLock(place.root / "services.lock")


def users_lock(place: Place) -> FileLock:
    """Return the lock that users of running services share."""
    return FileLock(place.root / "users.lock")
