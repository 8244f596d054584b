"""Start and stop PostgreSQL and Valkey together."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from functools import partial

from orcs_portal.embedded import postgres, valkey
from orcs_portal.embedded.account import own_folder, require_entry, server_account
from orcs_portal.embedded.failures import (
    FIRST_START,
    LATER_START,
    NOTHING_TO_SPEAK_OF,
    OUT_OF_ROOM,
    CannotStartError,
    disk_full,
    require_room,
)
from orcs_portal.embedded.leftovers import clear
from orcs_portal.embedded.place import Place
from orcs_portal.embedded.program import Program, end, launch, log_file

SECONDS_TO_START = 60.0  # a crashed server first reads back its log
PAUSE = 0.02


def prepare(place: Place, *, throw_away: bool = False) -> None:
    """Make the folders of ``place`` and its cluster ready for a start; raises CannotStartError with the reason."""
    place.root.mkdir(parents=True, exist_ok=True)
    require_room(place.root, LATER_START if place.data.exists() else FIRST_START)
    place.log.mkdir(exist_ok=True)
    account = server_account()
    require_entry(account, place.run)
    own_folder(place.run, account)
    postgres.prepare(place, throw_away=throw_away)


@contextlib.contextmanager
def running(place: Place, *, throw_away: bool = False) -> Iterator[None]:
    """Run both services of ``place`` as children of this process until the block ends.

    Only whoever holds the place's lock may call this; raises CannotStartError when one of them does not start.
    """
    clear(place)
    prepare(place, throw_away=throw_away)
    checks = ((postgres.postgres(place), postgres.answers), (valkey.valkey(place), valkey.answers))
    with contextlib.ExitStack() as stack:
        started = []
        for program, answers in checks:
            process = launch(program, place)
            stack.callback(end, process, program)
            started.append((program, process, answers))
        for program, process, answers in started:
            await_answer(program, place, answers, partial(_ended, process))
        yield


def _ended(process: subprocess.Popen[bytes]) -> bool:
    return process.poll() is not None


def await_answer(
    program: Program, place: Place, answers: Callable[[Place], bool], has_failed: Callable[[], bool]
) -> None:
    """Wait until the program answers; raises CannotStartError once it has failed or a minute has passed."""
    deadline = time.monotonic() + SECONDS_TO_START
    while not answers(place):
        if has_failed() or time.monotonic() > deadline:
            raise not_started(program, place)
        time.sleep(PAUSE)


def not_started(program: Program, place: Place) -> CannotStartError:
    """Return the sentence for a program that did not start or did not stay up.

    A disk that is full is looked for on the disk too: it had no room for the reason either.
    """
    log = log_file(program, place)
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    said = any(words in line for line in lines[-40:] for words in OUT_OF_ROOM)
    if said or shutil.disk_usage(place.root).free < NOTHING_TO_SPEAK_OF:
        return disk_full(place.root)
    return CannotStartError(f"{program.name} does not run; the last lines of {log} say why.")
