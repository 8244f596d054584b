"""Run what prepares the database as a process of its own, and show how far it is."""

from __future__ import annotations

import subprocess
import sys

from orcs_portal.embedded import guard, prepare, services
from orcs_portal.embedded.place import CLONE, Place
from orcs_portal.embedded.program import MARK, Program, end, log_file
from orcs_portal.embedded.progress import Progress


def prepare_database(place: Place, environ: dict[str, str]) -> list[str]:
    """Run the preparation and return the lines of the sign-ins; raises CannotStartError when a step fails."""
    program = Program("prepare", (sys.executable, "-m", prepare.__name__))
    with Progress("Preparing the database") as progress, log_file(program, place).open("w") as log:
        started = subprocess.Popen(
            program.guarded,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            cwd=CLONE,
            env=guard.marked(environ) | {MARK: str(place.root)},
            start_new_session=True,
        )
        with started as process:
            try:
                lines = _follow(process, progress)
            finally:
                end(process, program)
    if process.returncode != 0:
        raise services.not_started(program, place)
    return lines


def _follow(process: subprocess.Popen[str], progress: Progress) -> list[str]:
    """Tell of each step as it begins, wait for the end and return what the last step printed."""
    lines: list[str] = []
    for line in process.stdout or ():
        if line.startswith(prepare.STEP):
            progress.tell(line.removeprefix(prepare.STEP).rstrip())
            lines.clear()
        else:
            lines.append(line.rstrip())
    process.wait()
    return lines
