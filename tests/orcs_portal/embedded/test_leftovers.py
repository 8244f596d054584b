from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from orcs_portal.embedded import leftovers as module
from orcs_portal.embedded.leftovers import clear, leftovers
from orcs_portal.embedded.place import PORT, Place
from orcs_portal.embedded.program import MARK

Sleeper = Callable[..., subprocess.Popen[str]]
STUBBORN = "signal.signal(signal.SIGINT, signal.SIG_IGN)"


def of(place: Place) -> dict[str, str]:
    """Return the environment of a process that belongs to a place."""
    return {MARK: str(place.root)}


def test_what_carries_the_places_folder_belongs_to_it(place: Place, sleeper: Sleeper) -> None:
    ours = sleeper(environ=of(place))
    sleeper(environ=of(Place(place.root.with_name("other"))))
    sleeper(environ=of(Place(place.root / "deeper")))
    sleeper(environ={"OTHER": str(place.root)})
    assert leftovers(place) == [ours.pid]


def test_the_process_that_asks_is_not_left_over(place: Place) -> None:
    script = "import sys; from pathlib import Path; from orcs_portal.embedded import leftovers, place"
    asked = f"{script}; print(leftovers.leftovers(place.Place(Path(sys.argv[1]))))"
    environ = {**os.environ, **of(place)}
    done = subprocess.run(["python", "-c", asked, place.root], env=environ, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_process_that_has_ended_but_was_not_asked_after_is_not_left_over(place: Place, sleeper: Sleeper) -> None:
    process = sleeper(environ=of(place))
    process.kill()
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)  # it stays in the table
    assert Path("/proc", str(process.pid)).exists()
    assert leftovers(place) == []


def test_clearing_ends_in_order_and_says_how_many(place: Place, sleeper: Sleeper) -> None:
    found = [sleeper(environ=of(place)) for _ in range(2)]
    spared = sleeper(environ=of(Place(place.root.with_name("other"))))
    assert clear(place) == 2
    assert [process.wait() for process in found] == [-signal.SIGINT, -signal.SIGINT]
    assert spared.poll() is None


def test_what_does_not_listen_is_ended_by_force(
    monkeypatch: pytest.MonkeyPatch, place: Place, sleeper: Sleeper
) -> None:
    monkeypatch.setattr(module, "SECONDS_IN_ORDER", 0.2)
    process = sleeper(first=STUBBORN, environ=of(place))
    assert clear(place) == 1
    assert process.wait() == -signal.SIGKILL
    assert leftovers(place) == []


def test_numbers_in_files_are_removed_and_never_believed(place: Place, sleeper: Sleeper) -> None:
    stranger = sleeper()
    files = (place.data / "postmaster.pid", place.run / f".s.PGSQL.{PORT}.lock")
    for path in files:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{stranger.pid}\n")
    assert clear(place) == 0
    assert not [path for path in files if path.exists()]
    assert stranger.poll() is None


def test_clearing_what_never_ran_does_nothing(place: Place) -> None:
    assert clear(place) == 0
    assert sorted(path.name for path in place.root.iterdir()) == ["log"]
