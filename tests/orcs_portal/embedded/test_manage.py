"""A command line that cannot work says so in a sentence and ends with the code for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[3]
NOWHERE = {
    "DATABASE_URL": "postgres://portal:word@127.0.0.1:1/portal",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "DEMO": "1",
}


def manage(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run ``manage.py`` as a shell does, without anything that this process was told."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=TOP,
        env={"PATH": "/usr/bin:/bin", **environ},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_a_command_that_does_not_exist_is_wrong_use() -> None:
    done = manage("nonsense", **NOWHERE)
    assert done.returncode == 2
    assert "Unknown command: 'nonsense'" in done.stderr


def test_a_database_that_cannot_be_reached_is_one_sentence() -> None:
    done = manage("calls", **NOWHERE)
    assert done.returncode == 1
    assert done.stderr.startswith("The database cannot be reached: connection to server at")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEMO", "banana"),
        ("EMAIL_URL", "banana"),
        ("PUBLIC_BASE_URL", "banana"),
        ("SECRET_KEY", "x"),
        ("REDIS_URL", ""),
    ],
)
def test_nonsense_in_the_environment_is_one_sentence(name: str, value: str) -> None:
    done = manage("check", **NOWHERE | {name: value})
    assert done.returncode == 1
    assert name in done.stderr
    assert done.stderr.count("\n") == 1
