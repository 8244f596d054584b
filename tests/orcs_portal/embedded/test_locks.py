"""Another process holds each lock here: a process never stands in its own way, whatever files it opens."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from orcs_portal.embedded import run
from orcs_portal.embedded.failures import CannotStartError
from orcs_portal.embedded.locks import STOPPING, FileLock, services_lock, users_lock
from orcs_portal.embedded.place import CLONE, Place
from orcs_portal.embedded.stop import stop

HOLD = """
import sys
from pathlib import Path
from orcs_portal.embedded.locks import FileLock
lock = FileLock(Path(sys.argv[1]))
if sys.argv[3] == "shared":
    lock.wait_shared()
else:
    assert lock.try_alone()
if sys.argv[2]:
    lock.write(sys.argv[2])
print("held", flush=True)
sys.stdin.read()
"""


@contextlib.contextmanager
def held(path: Path, *, saying: str = "", how: str = "alone") -> Iterator[subprocess.Popen[str]]:
    """Have another process hold a lock until the block ends."""
    command = [sys.executable, "-c", HOLD, str(path), saying, how]
    with subprocess.Popen(command, cwd=CLONE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        yield other
        other.kill()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Return a place of its own."""
    return Place(tmp_path / "var")


@pytest.fixture
def lock(place: Place) -> Iterator[FileLock]:
    """Return the lock of the place's services, held by nobody."""
    with contextlib.closing(services_lock(place)) as ours:
        yield ours


def path_of(place: Place) -> Path:
    """Return the file of the lock of the place's services."""
    return place.root / "services.lock"


def test_a_lock_is_had_by_one_process_alone_and_says_by_which(place: Place, lock: FileLock) -> None:
    assert lock.holder() is None
    with held(path_of(place), saying="8000") as other:
        assert not lock.try_alone()
        assert lock.holder() == other.pid
        assert lock.read() == "8000"


def test_a_killed_holder_lets_go(place: Place, lock: FileLock) -> None:
    with held(path_of(place)) as other:
        assert not lock.try_alone()
        other.kill()
        other.wait()
        assert lock.try_alone()


def test_users_share_and_whoever_wants_to_be_alone_waits(place: Place) -> None:
    with contextlib.closing(users_lock(place)) as ours, held(place.root / "users.lock", how="shared") as other:
        ours.wait_shared()
        assert not ours.try_alone()
        threading.Timer(0.2, other.kill).start()
        ours.wait_alone()
        assert other.wait() != 0


def test_a_clone_that_is_served_is_not_served_twice(place: Place, lock: FileLock) -> None:
    with held(path_of(place), saying="8000"), pytest.raises(CannotStartError) as refused:
        run._take(lock)  # noqa: SLF001 - what it says first
    assert str(refused.value) == "This clone already runs at http://localhost:8000: `make stop` ends it."


@pytest.mark.parametrize("said", [f"8000{STOPPING}", ""], ids=["stopping", "a command"])
def test_whoever_is_on_the_way_out_is_waited_for(place: Place, lock: FileLock, said: str) -> None:
    with held(path_of(place), saying=said) as other:
        threading.Timer(0.2, other.kill).start()
        run._take(lock)  # noqa: SLF001 - as above
        assert other.wait() != 0
    with contextlib.closing(services_lock(place)) as another:
        assert another.holder() is None  # this process has it now


def test_stop_ends_what_is_served(place: Place, lock: FileLock) -> None:
    with held(path_of(place), saying="8000") as other:
        assert stop(place) == "Stopped."
        assert other.wait() == -15


def test_stop_leaves_a_command_alone(place: Place, lock: FileLock) -> None:
    with (
        held(path_of(place)) as other,
        pytest.raises(CannotStartError, match=f"process {other.pid}, uses the services"),
    ):
        stop(place)


def test_stop_says_when_nothing_runs_and_makes_no_folder(place: Place) -> None:
    assert stop(place) == "Nothing was running."
    assert not place.root.exists()
