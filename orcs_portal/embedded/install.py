"""Install a lock into ``.venv`` with nothing but Python at hand, and perhaps go on to another command.

Packages are installed only when the lock has changed, by hash and as wheels alone, so that nothing is compiled.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

from orcs_portal.embedded import guard
from orcs_portal.embedded.endings import ENDING
from orcs_portal.embedded.failures import OUT_OF_ROOM, CannotStartError, disk_full, one_sentence
from orcs_portal.embedded.progress import Progress

CLONE = Path(__file__).resolve().parent.parent.parent
VENV = CLONE / ".venv"
PYTHON = VENV / "bin" / "python"
UNFINISHED = VENV / "unfinished"
STAMP = VENV / "installed.json"
LOG = CLONE / "var" / "log" / "install.log"
SMALLER = {  # what a lock holds besides itself
    "requirements-dev.lock": ("requirements.lock",),
    "requirements-bench.lock": ("requirements-dev.lock", "requirements.lock"),
}


def install(lock: Path) -> None:
    """Bring ``.venv`` to what ``lock`` says; raises CannotStartError with the reason when that cannot be done."""
    LOG.parent.mkdir(parents=True, exist_ok=True)
    with (CLONE / "var" / "install.lock").open("w") as turn:
        fcntl.lockf(turn, fcntl.LOCK_EX)  # two commands of one clone install one after the other
        if _stamps().get(lock.name) == _fingerprint(lock):
            return
        if not _has_pip():
            _make_venv()
        _pip_install(lock)
        names = (lock.name, *SMALLER.get(lock.name, ()))
        STAMP.write_text(json.dumps(_stamps() | {name: _fingerprint(CLONE / name) for name in names}))


def _fingerprint(lock: Path) -> str:
    """Return what an installed lock is known by: its content and the version of .venv's Python."""
    return f"{hashlib.sha256(lock.read_bytes()).hexdigest()} for Python {_version()}"


def _stamps() -> dict[str, str]:
    try:
        stamps: dict[str, str] = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}
    return stamps


def _version() -> str:
    return _output_of([PYTHON, "-I", "-S", "-c", "import sys; print(*sys.version_info[:2], sep='.')"]) or "none"


def _has_pip() -> bool:
    return bool(_output_of([PYTHON, "-I", "-m", "pip", "--version"]))


def _output_of(command: list[str | Path]) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def require_venv_module() -> None:
    """Raise CannotStartError, naming the package to install, where Python comes without what makes environments."""
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        raise CannotStartError(f"Python's venv module is missing: install the package {package} and try again.")


def _make_venv() -> None:
    require_venv_module()
    with Progress("Making .venv"):
        made = subprocess.run(
            [sys.executable, "-m", "venv", "--clear", VENV], capture_output=True, text=True, check=False
        )
    if made.returncode != 0:
        LOG.write_text(made.stdout + made.stderr)
        raise _failure(made.stdout + made.stderr, "Python could not make .venv")


def _pip_install(lock: Path) -> None:
    # The lock names everything; an older pip resolves `coverage[toml]` again and wants a release newer than its pin.
    command = [str(PYTHON), "-m", "pip", "install", "--no-deps", "--require-hashes", "--only-binary", ":all:"]
    command.append("--no-input")
    command += ["--disable-pip-version-check", "--progress-bar", "off", "-r", str(lock)]
    if UNFINISHED.exists():
        command.append("--force-reinstall")  # an interrupted pip may have left half a package that looks whole
    UNFINISHED.touch()
    _watch_pip(command, lock)
    UNFINISHED.unlink()


def _watch_pip(command: list[str], lock: Path) -> None:
    wanted = len(re.findall(r"^[a-z0-9].*==", lock.read_text(), re.MULTILINE))
    seen = 0
    with (
        Progress("Installing packages into .venv") as progress,
        LOG.open("w") as log,
        subprocess.Popen(
            guard.tied(command), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=guard.marked()
        ) as pip,
    ):
        for line in pip.stdout or ():
            log.write(line)
            seen += line.startswith(("Collecting ", "Requirement already satisfied"))
            unpacking = line.startswith("Installing collected")
            progress.tell("unpacking" if unpacking else f"{min(seen, wanted)} of {wanted} packages")
    if pip.returncode != 0:
        raise _failure(LOG.read_text(), "pip could not install the packages")


def _failure(output: str, what: str) -> CannotStartError:
    if any(words in output for words in OUT_OF_ROOM):
        return disk_full(VENV)
    return CannotStartError(f"{what}; the last lines of {LOG} say why.")


def main(arguments: list[str]) -> None:
    """Install the lock named first, then become the command named after it, as ``python -m orcs_portal.embedded`` does.

    Ends the process with one sentence when it cannot.  Ctrl-C is held back from the one process to the other, so that
    it falls into neither's first moments.
    """
    lock, *command = arguments
    with one_sentence():
        install(CLONE / lock)
    if command:
        signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
        os.execv(PYTHON, [str(PYTHON), "-m", "orcs_portal.embedded", *command])  # noqa: S606 - one process, no shell
