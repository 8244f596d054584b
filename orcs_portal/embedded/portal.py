"""The portal's own programs: what `make run` keeps running, and what prepares the database for them.

The compose file runs the same programs; a test compares the two.
"""

from __future__ import annotations

import signal
import sys
from dataclasses import dataclass

from orcs_portal.embedded.program import Program

QUEUES = "cap,sec,sesis,world"
THREADS = 4  # requests one web process answers at once; each thread keeps a database connection
ACCESS = "%(t)s %(m)s %(U)s %(s)s %(M)sms"  # no query: what people search for is no business of a log


@dataclass(frozen=True, slots=True)
class Step:
    """A management command that runs once before the portal serves, and what it is called at the terminal."""

    title: str
    command: tuple[str, ...]


PREPARATION = (
    Step("migrating the database", ("migrate", "--no-input", "--verbosity", "0")),
    Step("collecting static files", ("collectstatic", "--no-input", "--verbosity", "0")),
    Step("loading the demonstration", ("load_demo",)),
    Step("waking the world clock", ("resume_clock",)),
)


def web(*binds: str) -> Program:
    """Return the web server, listening at ``binds`` (``host:port``)."""
    command = (
        *("gunicorn", "orcs_portal.wsgi:application"),
        *(f"--bind={bind}" for bind in binds),
        *("--workers=2", "--worker-class=gthread", f"--threads={THREADS}"),
        "--preload",  # a refused environment ends the server with its sentence, not one worker after another
        "--graceful-timeout=5",
        "--no-control-socket",
        *("--access-logfile=-", f"--access-logformat={ACCESS}"),
    )
    return Program("web", _as_module(command), orphan=signal.SIGQUIT)


def worker() -> Program:
    """Return the worker that carries deliveries; SIGTERM lets it finish what it has begun."""
    command = ("celery", "-A", "orcs_portal", "worker", "-Q", QUEUES, "-c", "4", "--without-gossip", "--without-mingle")
    return Program("worker", _as_module((*command, "--loglevel", "INFO")), patience=15)


def beat(schedule: str) -> Program:
    """Return the beat that sweeps what no bell announced; ``schedule`` is the file it remembers the last rounds in."""
    command = ("celery", "-A", "orcs_portal", "beat", "--schedule", schedule, "--pidfile=", "--loglevel", "INFO")
    return Program("beat", _as_module(command))


def _as_module(command: tuple[str, ...]) -> tuple[str, ...]:
    """Start a program of the environment by its module: a script's first line breaks on a long path or a space."""
    return (sys.executable, "-m", *command)
