"""The portal as it is served: PostgreSQL, Valkey, gunicorn, a Celery worker and beat, each a process to be hurt."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from orcs_portal.embedded import portal, postgres, services, valkey
from orcs_portal.embedded.leftovers import clear, leftovers
from orcs_portal.embedded.place import CLONE, TEST_PLACE, THROW_AWAY, Place
from orcs_portal.embedded.program import Program, end, launch, log_file

SETTINGS = "orcs_portal.settings.faults"
PROC = Path("/proc")
SERVED = ("web", "worker", "beat")
POOL = 4


class Stack:
    """Starts the processes of one place, and kills, freezes and restarts them by name."""

    def __init__(self, place: Place, points: Path) -> None:
        self.place = place
        self.points = points
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self.programs: dict[str, Program] = {
            "postgres": postgres.postgres(place),
            "valkey": valkey.valkey(place),
            "web": portal.web(f"unix:{self.web_socket}"),
            "worker": portal.worker(),
            "beat": portal.beat(str(place.root / "schedule")),
        }
        self.environ = {
            **{name: os.environ[name] for name in ("PATH", "HOME", "FAULT_TIMES") if name in os.environ},
            "DJANGO_SETTINGS_MODULE": SETTINGS,
            "FAULT_POINTS": str(points),
            "PYTHONPATH": str(CLONE),
            "PYTHONUNBUFFERED": "1",
            TEST_PLACE: str(place.root),
        }

    @property
    def web_socket(self) -> Path:
        """Where gunicorn listens; a unix socket needs no free port."""
        return self.place.root / "web.sock"

    def start(self, name: str) -> None:
        """Start a program; only the main thread may, since a child dies with the thread that started it."""
        ours = None if name in {"postgres", "valkey"} else self.environ
        self._running[name] = launch(self.programs[name], self.place, environ=ours)

    def start_services(self) -> None:
        """Start PostgreSQL with the settings it is served with, and Valkey, and wait for both."""
        services.prepare(self.place)
        for name, answers in (("postgres", postgres.answers), ("valkey", valkey.answers)):
            self.start(name)
            await_true(f"{name} answers", partial(answers, self.place), within=60)

    def manage(self, *arguments: str) -> None:
        """Run a management command to its end."""
        done = subprocess.run(
            [sys.executable, "-m", "django", *arguments],
            env=self.environ,
            cwd=CLONE,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def pid(self, name: str) -> int:
        """Return the process id of a program's first process."""
        return self._running[name].pid

    def children(self, name: str) -> list[int]:
        """Return the process ids of a program's living children."""
        text = (PROC / str(self.pid(name)) / "task" / str(self.pid(name)) / "children").read_text()
        return [int(one) for one in text.split()]

    def is_up(self, name: str) -> bool:
        """Tell whether a program's first process lives."""
        return name in self._running and self._running[name].poll() is None

    def kill(self, name: str) -> None:
        """End a program's first process with SIGKILL, as a machine out of memory does; its children are left alone."""
        process = self._running[name]
        process.kill()
        process.wait()

    def restart(self, name: str) -> None:
        """Kill a program and start it again at once, as its supervisor would."""
        self.kill(name)
        self.start(name)

    def revive(self) -> list[str]:
        """Start again what has ended by itself, as a supervisor does, and return what that was."""
        ended = [name for name in SERVED if not self.is_up(name)]
        for name in ended:
            self.start(name)
        return ended

    def has_pool(self) -> bool:
        """Tell whether the worker has its pool of four, having been started again if it had ended."""
        return not self.revive() and len(self.children("worker")) == POOL

    def end(self, name: str) -> None:
        """End a program in order."""
        end(self._running[name], self.programs[name])

    @contextlib.contextmanager
    def frozen(self, name: str) -> Iterator[None]:
        """Keep a program's first process stopped for the length of the block."""
        self._running[name].send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._running[name].send_signal(signal.SIGCONT)

    def flush_broker(self) -> None:
        """Empty Valkey, as somebody does who takes it for a cache."""
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(str(self.place.valkey_socket))
            line.sendall(b"FLUSHALL\r\n")
            assert line.recv(16).startswith(b"+OK")

    def log(self, name: str) -> str:
        """Return what a program has written so far."""
        path = log_file(self.programs[name], self.place)
        return path.read_text(errors="replace") if path.exists() else ""

    def close(self) -> None:
        """End everything at once and remove the folder; what belongs to the place and still lives is ended too."""
        for name in (*SERVED, "valkey"):
            if self.is_up(name):
                self.kill(name)
        if self.is_up("postgres"):
            self.end("postgres")
        clear(self.place)
        shutil.rmtree(self.place.run, ignore_errors=True)
        shutil.rmtree(self.place.root, ignore_errors=True)


def await_true(what: str, check: Callable[[], object], *, within: float, pause: float = 0.05) -> float:
    """Wait until the check holds and return the seconds it took; fails with ``what`` after ``within`` seconds."""
    began = time.monotonic()
    while not check():
        assert time.monotonic() - began < within, f"Not within {within:g} s: {what}"
        time.sleep(pause)
    return time.monotonic() - began


@contextlib.contextmanager
def running() -> Iterator[Stack]:
    """Run a stack of its own below the temporary directory, from its first migration to nothing left behind."""
    place = Place(Path(tempfile.gettempdir()) / f"{THROW_AWAY}{os.geteuid()}-faults-{os.getpid()}")
    points = place.root / "points"
    points.mkdir(parents=True)
    stack = Stack(place, points)
    try:
        stack.start_services()
        stack.manage("migrate", "--no-input", "--verbosity", "0")
        yield stack
    finally:
        stack.close()
    assert not leftovers(place)
