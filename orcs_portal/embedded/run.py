"""`make run`: everything a demonstration needs, in the foreground, until Ctrl-C."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial

from orcs_portal.embedded import guard, portal, postgres, services, valkey
from orcs_portal.embedded.endings import ignore_endings, interrupt_once
from orcs_portal.embedded.failures import CannotStartError, one_sentence
from orcs_portal.embedded.health import is_ready
from orcs_portal.embedded.leftovers import clear
from orcs_portal.embedded.locks import STOPPING, FileLock, services_lock
from orcs_portal.embedded.place import CLONE, Place, of_clone
from orcs_portal.embedded.port import claimed, wanted_port
from orcs_portal.embedded.preparation import prepare_database
from orcs_portal.embedded.program import Program, launch
from orcs_portal.embedded.progress import Progress
from orcs_portal.embedded.supervision import Supervisor
from orcs_portal.settings.environment import REQUIRED

SECONDS_TO_SERVE = 90.0
PAUSE = 0.1
GLANCE = 1.0  # seconds between looks at what runs


def main(_arguments: list[str]) -> None:
    """Serve until a signal ends it; one sentence and exit code 1 when something stands in the way."""
    with one_sentence(), contextlib.suppress(KeyboardInterrupt):
        interrupt_once()
        guard.die_with_parent(signal.SIGTERM)  # make is the one that a person may kill
        serve(of_clone(), wanted_port(os.environ))


def serve(place: Place, port: int) -> None:
    """Hold the clone's lock and serve on ``port`` until interrupted; raises CannotStartError with the reason."""
    place.root.mkdir(exist_ok=True)
    with contextlib.closing(services_lock(place)) as lock:
        _take(lock)
        lock.write(f"{port}")
        if clear(place):
            print("Cleared what an earlier start left behind.", file=sys.stderr)
        with claimed(port) as binds:  # what was left behind may have listened there
            _serve(_supervisor(place, binds), lock, port)


def _supervisor(place: Place, binds: list[str]) -> Supervisor:
    servers = (postgres.postgres(place), valkey.valkey(place))
    beat = portal.beat(f"{place.root.name}/beat-schedule")
    return Supervisor(place, servers, (portal.web(*binds), portal.worker(), beat))


def _serve(supervisor: Supervisor, lock: FileLock, port: int) -> None:
    with _supervised(supervisor, lock, environment(port)) as process:
        _start(supervisor, process, port)
        _watch(supervisor, process)


def environment(port: int) -> dict[str, str]:
    """Return the environment of the served portal: the demonstration's, and nothing of a production's."""
    inherited = {name: value for name, value in os.environ.items() if name not in REQUIRED}
    chosen = {"DJANGO_SETTINGS_MODULE": "orcs_portal.settings.local", "DEMO": "1", "PORT": str(port)}
    return inherited | chosen


def _take(lock: FileLock) -> None:
    if lock.try_alone():
        return
    port = lock.read()
    if port and not port.endswith(STOPPING):
        raise CannotStartError(f"This clone already runs at http://localhost:{port}: `make stop` ends it.")
    with Progress("Waiting for a command of this clone to end"):
        lock.wait_alone()


@contextlib.contextmanager
def _supervised(supervisor: Supervisor, lock: FileLock, environ: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Run the supervisor while the block lasts and leave nothing behind, however and however early the block ends."""
    process = None
    try:
        with Progress("Preparing the embedded services"):
            services.prepare(supervisor.place)
        supervisor.write_settings()
        process = launch(supervisor.program, supervisor.place, environ=environ, folder=CLONE)
        yield process
    finally:
        ignore_endings()
        lock.write(lock.read() + STOPPING)
        with Progress("Stopping"):
            if process is not None:
                supervisor.end(process)
            clear(supervisor.place)


def _start(supervisor: Supervisor, process: subprocess.Popen[bytes], port: int) -> None:
    checks = zip(supervisor.servers, (postgres.answers, valkey.answers), strict=True)
    with Progress("Starting the embedded services"):
        for server, answers in checks:
            services.await_answer(server, supervisor.place, answers, partial(_is_down, supervisor, process, server))
    sign_ins = prepare_database(supervisor.place, environment(port))
    with Progress("Starting the portal"):
        supervisor.start_programs()
        _await_portal(supervisor, process, port)
    print(f"Ready: http://localhost:{port}", *sign_ins, sep="\n", flush=True)


def _is_down(supervisor: Supervisor, process: subprocess.Popen[bytes], server: Program) -> bool:
    if process.poll() is not None:
        raise services.not_started(supervisor.program, supervisor.place)
    return supervisor.failed([server]) is not None


def _await_portal(supervisor: Supervisor, process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + SECONDS_TO_SERVE
    while True:
        if process.poll() is not None:
            raise services.not_started(supervisor.program, supervisor.place)
        if failed := supervisor.failed(supervisor.programs):
            raise services.not_started(failed, supervisor.place)
        running = set(supervisor.states().values()) == {"RUNNING"}
        if running and valkey.has_listener(supervisor.place) and is_ready(port):
            return
        if time.monotonic() > deadline:
            raise CannotStartError(
                f"The portal does not become ready; http://localhost:{port}/readyz and the files in "
                f"{supervisor.place.log} say why."
            )
        time.sleep(PAUSE)


def _watch(supervisor: Supervisor, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        time.sleep(GLANCE)
        states = supervisor.states()
        for program in (*supervisor.servers, *supervisor.programs):
            if states.get(program.name) == "FATAL":
                raise services.not_started(program, supervisor.place)
    raise services.not_started(supervisor.program, supervisor.place)
