"""What is installed, and when, with a stand-in for .venv's Python: a shell script that answers as pip would."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

import pytest

from orcs_portal.embedded import install as module
from orcs_portal.embedded.failures import CannotStartError
from orcs_portal.embedded.install import install, require_venv_module

LOCK = "django==5.2.1 \\\n    --hash=sha256:aa\ncelery==5.7.0 \\\n    --hash=sha256:bb\n"
PYTHON = """#!/bin/sh
echo "$*" >> {folder}/asked
case "$*" in
*version_info*) echo 3.11 ;;
*--version*) echo pip 26.0 ;;
*) cat {folder}/output; exit $(cat {folder}/exit) ;;
esac
"""


class Clone:
    """A clone whose .venv has a stand-in for Python."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lock = folder / "requirements.lock"
        self.lock.write_text(LOCK)
        with_tools = LOCK + "pytest==9.0\n    --hash=sha256:cc\n"
        (folder / "requirements-dev.lock").write_text(with_tools)
        (folder / "requirements-bench.lock").write_text(with_tools + "duckdb==2.0\n    --hash=sha256:dd\n")
        self.answer(
            "Collecting django==5.2.1\nCollecting celery==5.7.0\nInstalling collected packages: django, celery\n"
        )
        (folder / ".venv" / "bin").mkdir(parents=True)
        python = folder / ".venv" / "bin" / "python"
        python.write_text(PYTHON.format(folder=folder))
        python.chmod(0o755)

    def answer(self, output: str, code: int = 0) -> None:
        """Say what pip prints from now on, and how it ends."""
        (self.folder / "output").write_text(output)
        (self.folder / "exit").write_text(str(code))

    def installs(self) -> list[str]:
        """Return pip's command lines so far that install."""
        asked = (self.folder / "asked").read_text().splitlines()
        return [line for line in asked if line.startswith("-m pip install")]

    @property
    def stamps(self) -> set[str]:
        """The locks that count as installed."""
        return set(json.loads((self.folder / ".venv" / "installed.json").read_text()))


@pytest.fixture
def clone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Clone:
    """Return a clone that the module takes for its own."""
    made = Clone(tmp_path)
    venv = tmp_path / ".venv"
    monkeypatch.setattr(module, "CLONE", tmp_path)
    monkeypatch.setattr(module, "VENV", venv)
    monkeypatch.setattr(module, "PYTHON", venv / "bin" / "python")
    monkeypatch.setattr(module, "UNFINISHED", venv / "unfinished")
    monkeypatch.setattr(module, "STAMP", venv / "installed.json")
    monkeypatch.setattr(module, "LOG", tmp_path / "var" / "log" / "install.log")
    return made


def test_a_lock_is_installed_by_hash_and_as_wheels_alone(clone: Clone) -> None:
    install(clone.lock)
    (command,) = clone.installs()
    assert {"--require-hashes", "--only-binary", ":all:", "--no-deps", "--no-input"} <= set(command.split())
    assert command.endswith(f"-r {clone.lock}")


def test_a_lock_that_is_installed_is_not_installed_again(clone: Clone) -> None:
    install(clone.lock)
    install(clone.lock)
    assert len(clone.installs()) == 1


def test_a_changed_lock_is_installed_anew(clone: Clone) -> None:
    install(clone.lock)
    clone.lock.write_text(LOCK.replace("5.2.1", "5.2.2"))
    install(clone.lock)
    assert len(clone.installs()) == 2


def test_another_python_in_the_environment_installs_anew(clone: Clone) -> None:
    install(clone.lock)
    python = module.PYTHON
    python.write_text(python.read_text().replace("echo 3.11", "echo 3.13"))
    install(clone.lock)
    assert len(clone.installs()) == 2


def test_the_larger_lock_holds_the_smaller_one(clone: Clone) -> None:
    install(clone.folder / "requirements-dev.lock")
    assert clone.stamps == {"requirements.lock", "requirements-dev.lock"}
    install(clone.lock)
    assert len(clone.installs()) == 1


def test_the_lock_of_the_benchmarks_holds_all_that_are_used_here(clone: Clone) -> None:
    install(clone.folder / "requirements-bench.lock")
    assert clone.stamps == {"requirements.lock", "requirements-dev.lock", "requirements-bench.lock"}
    install(clone.folder / "requirements-dev.lock")
    assert len(clone.installs()) == 1


def test_the_smaller_lock_does_not_hold_the_larger_one(clone: Clone) -> None:
    install(clone.lock)
    assert clone.stamps == {"requirements.lock"}


def test_a_failed_install_says_where_the_reason_is_and_counts_for_nothing(clone: Clone) -> None:
    clone.answer("ERROR: No matching distribution found for django\n", 1)
    with pytest.raises(CannotStartError) as failed:
        install(clone.lock)
    assert str(failed.value) == f"pip could not install the packages; the last lines of {module.LOG} say why."
    assert "No matching distribution" in module.LOG.read_text()
    assert not module.STAMP.exists()


def test_whatever_an_interrupted_install_left_is_installed_over(clone: Clone) -> None:
    clone.answer("killed\n", 1)
    with pytest.raises(CannotStartError):
        install(clone.lock)
    clone.answer("")
    install(clone.lock)
    first, second = clone.installs()
    assert "--force-reinstall" not in first
    assert "--force-reinstall" in second
    assert not module.UNFINISHED.exists()


def test_a_disk_that_runs_full_is_called_that(clone: Clone) -> None:
    clone.answer("ERROR: Could not install packages: [Errno 28] No space left on device\n", 1)
    with pytest.raises(
        CannotStartError, match=r"The disk that holds .*\.venv is full: free some space and try again\."
    ):
        install(clone.lock)


def test_a_damaged_note_of_what_is_installed_is_as_good_as_none(clone: Clone) -> None:
    module.STAMP.write_text("{")
    install(clone.lock)
    assert clone.stamps == {"requirements.lock"}


@pytest.mark.parametrize("lacking", ["venv", "ensurepip"])
def test_a_python_without_its_venv_module_is_told_which_package_to_install(
    monkeypatch: pytest.MonkeyPatch, lacking: str
) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == lacking else found(name))
    with pytest.raises(
        CannotStartError, match=r"^Python's venv module is missing: install the package python3\.\d+-venv"
    ):
        require_venv_module()


def test_an_environment_without_pip_is_made_anew(monkeypatch: pytest.MonkeyPatch, clone: Clone) -> None:
    python = module.PYTHON
    whole = python.read_text()
    python.write_text("#!/bin/sh\nexit 1\n")
    monkeypatch.setattr(module, "_make_venv", lambda: python.write_text(whole))
    install(clone.lock)
    assert clone.stamps == {"requirements.lock"}


def test_an_environment_that_cannot_be_made_is_one_sentence(monkeypatch: pytest.MonkeyPatch, clone: Clone) -> None:
    module.LOG.parent.mkdir(parents=True)
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(CannotStartError, match=r"^Python could not make \.venv; the last lines of .* say why\.$"):
        module._make_venv()  # noqa: SLF001 - the step that fails


def test_main_ends_with_the_sentence(monkeypatch: pytest.MonkeyPatch, clone: Clone) -> None:
    clone.answer("ERROR\n", 1)
    with pytest.raises(SystemExit, match="pip could not install the packages"):
        module.main([clone.lock.name])


def test_main_installs_and_ends_where_no_command_follows(clone: Clone) -> None:
    module.main([clone.lock.name])
    assert clone.stamps == {clone.lock.name}
