from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from orcs_portal.embedded import guard
from orcs_portal.embedded.guard import PARENT, marked, tied
from orcs_portal.embedded.place import CLONE

PARENTS_WORK = """
import subprocess, sys, time
from signal import Signals
from orcs_portal.embedded.guard import marked, tied
shell = "trap 'echo told > {told}; exit' INT TERM; echo up; while :; do sleep 0.05; done"
command = tied(["/bin/sh", "-c", shell], orphan=Signals[sys.argv[1]])
child = subprocess.Popen(command, env=marked(), stdout=subprocess.PIPE, start_new_session=True)
child.stdout.readline()
print(child.pid, flush=True)
time.sleep(60)
"""
Await = Callable[[Callable[[], object]], None]


def orphan(told: Path, number: signal.Signals) -> int:
    """Start a parent with a tied child, kill the parent, and return the child's process id."""
    script = PARENTS_WORK.replace("{told}", str(told))
    with subprocess.Popen(
        [sys.executable, "-c", script, number.name], cwd=CLONE, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.kill()
    return child


def is_gone(pid: int) -> bool:
    """Tell whether a process has ended."""
    try:
        state = Path("/proc", str(pid), "stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return True
    return state == "Z"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_tied_program_hears_of_its_parents_death_by_the_signal_of_its_choice(
    tmp_path: Path, await_true: Await, number: signal.Signals
) -> None:
    child = orphan(tmp_path / "told", number)
    await_true(lambda: is_gone(child))
    assert (tmp_path / "told").read_text() == "told\n"


def test_by_default_a_tied_program_is_not_asked(tmp_path: Path, await_true: Await) -> None:
    child = orphan(tmp_path / "told", signal.SIGKILL)
    await_true(lambda: is_gone(child))
    assert not (tmp_path / "told").exists()


def test_a_tied_program_is_what_was_asked_for_and_knows_itself_as_parent() -> None:
    command = tied(["/bin/sh", "-c", f'echo "$$ ${PARENT}"'])
    with subprocess.Popen(command, env=marked(), stdout=subprocess.PIPE, text=True) as process:
        said, _ = process.communicate()
    assert said == f"{process.pid} {process.pid}\n"


def test_a_program_whose_parent_is_gone_already_never_begins() -> None:
    environ = marked() | {PARENT: "1"}
    done = subprocess.run(
        tied(["/bin/echo", "begun"]), env=environ, capture_output=True, text=True, check=True, start_new_session=True
    )
    assert (done.stdout, done.stderr) == ("", "")


def test_the_mark_is_added_to_the_environment_that_is_given_and_to_no_other() -> None:
    assert marked({"PATH": "/bin"}) == {"PATH": "/bin", PARENT: str(os.getpid())}
    assert PARENT not in os.environ
    assert marked().items() >= os.environ.items()


@pytest.mark.skipif("os.geteuid() != 0", reason="only root may become somebody else")
def test_root_becomes_the_account_and_is_tied_all_the_same() -> None:
    command = tied(["/bin/sh", "-c", "id -u; id -g; id -G"], account="65534:65534")
    done = subprocess.run(command, env=marked(), capture_output=True, text=True, check=True, cwd="/")
    assert done.stdout.split() == ["65534"] * 3


def test_a_kernel_that_refuses_is_an_error_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(OSError, match="Invalid argument"):
        guard.die_with_parent(4242)
