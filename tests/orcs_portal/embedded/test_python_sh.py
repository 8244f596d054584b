"""The first thing `make` runs: which Python it takes on machines that have several, an old one, or none."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from orcs_portal.embedded.place import CLONE

SCRIPT = CLONE / "orcs_portal" / "embedded" / "python.sh"
FAKE = """#!/bin/sh
case "$2" in
*print*) echo {version} ;;
*) exit {old} ;;
esac
"""


class Machine:
    """A machine with nothing but the programs that are put on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def install(self, name: str, version: str) -> Path:
        """Put a Python of a version there, as far as the script looks at it."""
        path = self.folder / name
        old = tuple(map(int, version.split("."))) < (3, 11)
        path.write_text(FAKE.format(version=version, old=int(old)))
        path.chmod(0o755)
        return path

    def ask(self) -> tuple[int, str, str]:
        """Run the script and return its exit code, what it prints and what it complains of."""
        done = subprocess.run(
            ["/bin/sh", SCRIPT], env={"PATH": str(self.folder)}, capture_output=True, text=True, check=False
        )
        return done.returncode, done.stdout.strip(), done.stderr.strip()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """Return a machine without any Python."""
    return Machine(tmp_path)


@pytest.mark.parametrize("version", ["3.11", "3.12", "3.14", "4.0"])
def test_a_new_enough_python_is_taken(machine: Machine, version: str) -> None:
    path = machine.install("python3", version)
    assert machine.ask() == (0, str(path), "")


def test_a_newer_one_beside_an_old_default_is_found(machine: Machine) -> None:
    machine.install("python3", "3.9")
    path = machine.install("python3.12", "3.12")
    assert machine.ask() == (0, str(path), "")


def test_a_machine_that_says_only_python_will_do(machine: Machine) -> None:
    path = machine.install("python", "3.13")
    assert machine.ask() == (0, str(path), "")


@pytest.mark.parametrize("version", ["2.7", "3.6", "3.9", "3.10"])
def test_an_old_python_is_refused_in_one_sentence_that_names_its_version(machine: Machine, version: str) -> None:
    machine.install("python3", version)
    sentence = (
        f"The portal needs Python 3.11 or newer and this machine has {version}: install a newer one and try again."
    )
    assert machine.ask() == (1, "", sentence)


def test_the_default_python_is_the_one_that_is_named(machine: Machine) -> None:
    machine.install("python", "2.7")
    machine.install("python3", "3.8")
    assert "this machine has 3.8:" in machine.ask()[2]


def test_no_python_is_one_sentence_too(machine: Machine) -> None:
    sentence = "The portal needs Python 3.11 or newer and this machine has none: install it and try again."
    assert machine.ask() == (1, "", sentence)


def test_a_python_that_cannot_even_start_counts_as_none(machine: Machine) -> None:
    broken = machine.folder / "python3"
    broken.write_text("#!/nonexistent/interpreter\n")
    broken.chmod(0o755)
    assert "has none" in machine.ask()[2]
