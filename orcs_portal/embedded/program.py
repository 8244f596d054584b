"""A program to be kept running: what it is called, how it is started and how it is told to end."""

from __future__ import annotations

import os
import signal
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from orcs_portal.embedded import guard
from orcs_portal.embedded.account import Account
from orcs_portal.embedded.place import Place

MARK = "ORCS_PORTAL_PLACE"  # every guarded process carries the folder of its services, so that leftovers can be found


@dataclass(frozen=True, slots=True)
class Program:
    """One program of a place.

    ``stop`` ends it in order within ``patience`` seconds; ``orphan`` is what the kernel sends it when whoever started
    it is gone, and must end it without waiting for anyone.
    """

    name: str
    command: tuple[str, ...]
    stop: signal.Signals = signal.SIGTERM
    orphan: signal.Signals = signal.SIGKILL
    patience: int = 10
    account: Account = field(default_factory=lambda: Account(os.geteuid(), os.getegid()))

    @property
    def guarded(self) -> list[str]:
        """The command line that starts the program tied to its parent and under its account."""
        who = f"{self.account.uid}:{self.account.gid}"
        return guard.tied(list(self.command), orphan=self.orphan, account=who)


def launch(
    program: Program, place: Place, *, environ: dict[str, str] | None = None, folder: Path = Path("/")
) -> subprocess.Popen[bytes]:
    """Start ``program`` in a session of its own, its output appended to its log, and return the process.

    A session of its own keeps the terminal's Ctrl-C away: whoever started the program ends it, in order.
    """
    with log_file(program, place).open("ab") as log:
        return subprocess.Popen(
            program.guarded,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env=guard.marked(plain_environment() if environ is None else environ) | {MARK: str(place.root)},
            start_new_session=True,
        )


def log_file(program: Program, place: Place) -> Path:
    """Return the path of the program's log."""
    return place.log / f"{program.name}.log"


def plain_environment() -> dict[str, str]:
    """Return the environment of the servers: a path and a plain locale, and none of the caller's own settings."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}


def end(process: subprocess.Popen[bytes] | subprocess.Popen[str], program: Program) -> None:
    """End a process that ``launch`` started: in order, and by force once its patience is over."""
    if process.poll() is not None:
        return
    process.send_signal(program.stop)
    try:
        process.wait(program.patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
