"""The services of a test run: started by its first process, shared by its workers, gone with it."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

import pytest

from orcs_portal.embedded import services
from orcs_portal.embedded.place import THROW_AWAY, Place, of_test_run

pytest_plugins = ["tests.emptying", "tests.oracle.plugin"]

SERVICES = pytest.StashKey[contextlib.ExitStack]()


def pytest_configure(config: pytest.Config) -> None:
    """Start PostgreSQL and Valkey in the first process; a worker finds them by the folder's name it inherits."""
    if _is_worker(config) or config.option.collectonly:
        return
    place = of_test_run()
    _remove_abandoned(place)
    stack = contextlib.ExitStack()
    stack.callback(_remove, place)
    stack.enter_context(services.running(place, throw_away=True))
    config.stash[SERVICES] = stack


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the services and remove their folder."""
    stack = config.stash.get(SERVICES, None)
    if stack is not None:
        stack.close()


def _is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


def _remove(place: Place) -> None:
    shutil.rmtree(place.run, ignore_errors=True)
    shutil.rmtree(place.root, ignore_errors=True)


def _remove_abandoned(place: Place) -> None:
    """Remove the folders of killed runs: their servers died with them, their files did not."""
    for folder in place.root.parent.glob(f"{THROW_AWAY}{os.geteuid()}-*"):
        pid = folder.name.rpartition("-")[2]
        if not Path("/proc", pid).exists():
            _remove(Place(folder))
