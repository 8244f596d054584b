"""Places and processes of their own for the tests of the embedded services."""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from orcs_portal.embedded.place import Place

Await = Callable[[Callable[[], object]], None]


@pytest.fixture(autouse=True)
def heard() -> Iterator[None]:
    """Let SIGINT be heard by what is started here, also when the suite runs in the background, where it is ignored."""
    kept = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, kept)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Return a place with a folder for its logs and nothing else."""
    root = tmp_path / "var"
    (root / "log").mkdir(parents=True)
    return Place(root)


@pytest.fixture
def open_place() -> Iterator[Place]:
    """Return a place whose folders everyone may enter, as the database must when root starts it."""
    with tempfile.TemporaryDirectory(prefix="orcs-portal-place-") as folder:
        Path(folder).chmod(0o755)
        yield Place(Path(folder) / "var")


@pytest.fixture
def await_true() -> Await:
    """Return a function that waits up to ten seconds until a check holds."""

    def wait(check: Callable[[], object]) -> None:
        deadline = time.monotonic() + 10
        while not check():
            assert time.monotonic() < deadline, "not within ten seconds"
            time.sleep(0.02)

    return wait


@pytest.fixture
def sleeper() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Return a function that starts a process which says ``up`` and then waits; all of them end with the test."""
    started: list[subprocess.Popen[str]] = []

    def start(*, first: str = "", environ: dict[str, str] | None = None) -> subprocess.Popen[str]:
        script = f"import signal, time\n{first}\nprint('up', flush=True)\ntime.sleep(60)"
        command = [sys.executable, "-I", "-S", "-c", script]
        process = subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, text=True, start_new_session=True)
        started.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == "up\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()
