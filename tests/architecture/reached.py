"""Say what share of the code's lines a measured run of the whole suite reached; fail when it is under the floor.

Only .ci/run measures: on Python 3.11 it makes the suite a third slower, and a part of the suite says nothing about it.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from coverage import Coverage

from tests.architecture import tree

FLOOR = 97.0
"""Percent of lines that was reached; it is raised as tests grow, and never lowered."""
ROOM = 1.0
"""Percent above the floor from which on it is time to raise it."""


def share(measured: Path) -> float:
    """Return the percentage of lines reached, as the run wrote it down in the file ``measured``.

    Raises ``CoverageException`` when there is no such file or nothing was measured.
    """
    run = Coverage(data_file=str(measured), config_file=str(tree.ROOT / "pyproject.toml"))
    run.load()
    return run.report(file=io.StringIO(), ignore_errors=True)


def verdict(percent: float) -> tuple[bool, str]:
    """Return whether a percentage keeps to the floor, and the sentence that says so."""
    found = f"Lines that the tests reach: {percent:.1f} %; the floor is {FLOOR:.1f} %"
    if percent < FLOOR:
        return False, f"{found}, and what is new has to be tried."
    return True, f"{found}{', which may be raised' if percent >= FLOOR + ROOM else ''}."


if __name__ == "__main__":
    good, sentence = verdict(share(tree.ROOT / ".coverage"))
    sys.stdout.write(f"{sentence}\n")
    sys.exit(0 if good else 1)
