"""Where one set of embedded services keeps its files: a clone's ``var``, or a test run's throw-away folder."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

SOCKET_LIMIT = 107  # bytes in the path of a unix socket
LONGEST_SOCKET = "supervisor.sock.4194304"  # supervisor first binds a name that ends in its process id
PLAIN = re.compile(r"[A-Za-z0-9/._-]+")  # what addresses and settings files carry without quoting
CLONE = Path(__file__).resolve().parent.parent.parent
PORT = 5432  # only part of the socket's name: no server listens on the network
DATABASE = "orcs_portal"
ROLE = "orcs_portal"
TEST_PLACE = "ORCS_PORTAL_TEST_PLACE"  # the environment name that carries a test run's folder to its workers
THROW_AWAY = "orcs-portal-test-"


@dataclass(frozen=True, slots=True)
class Place:
    """The folders and socket addresses below ``root``."""

    root: Path

    @property
    def cluster(self) -> Path:
        """The folder that belongs to the database server alone."""
        return self.root / "postgres"

    @property
    def data(self) -> Path:
        """PostgreSQL's data folder."""
        return self.cluster / "data"

    @property
    def log(self) -> Path:
        """The folder of the log files."""
        return self.root / "log"

    @property
    def run(self) -> Path:
        """The folder of the sockets: below ``root``, or below the temporary directory when that path will not do."""
        beside = self.root / "run"
        return beside if fits_sockets(beside) else _elsewhere(self.root)

    @property
    def valkey_socket(self) -> Path:
        """The broker's unix socket."""
        return self.run / "valkey.sock"

    @property
    def address(self) -> dict[str, str]:
        """The database's address, in the words of Django's settings."""
        return {"NAME": DATABASE, "USER": ROLE, "HOST": str(self.run), "PORT": str(PORT)}

    @property
    def redis_url(self) -> str:
        """The broker's address as redis-py reads it."""
        return f"unix://{self.valkey_socket}"


def fits_sockets(folder: Path) -> bool:
    """Tell whether sockets can live in ``folder``: at most 107 bytes of path, and nothing that needs quoting."""
    path = str(folder / LONGEST_SOCKET)
    return len(os.fsencode(path)) <= SOCKET_LIMIT and PLAIN.fullmatch(path) is not None


def _elsewhere(root: Path) -> Path:
    name = f"orcs-portal-{os.geteuid()}-{hashlib.sha256(os.fsencode(root)).hexdigest()[:16]}"
    folder = Path(tempfile.gettempdir()) / name
    return folder if fits_sockets(folder) else Path("/tmp") / name  # noqa: S108 - a private folder, its owner is checked


def of_clone() -> Place:
    """Return the place of this clone's own services."""
    return Place(CLONE / "var")


def of_test_run() -> Place:
    """Return the throw-away place of a test run; the name is made once and handed on to the run's other processes."""
    named = f"{THROW_AWAY}{os.geteuid()}-{os.getpid()}"
    return Place(Path(os.environ.setdefault(TEST_PLACE, str(Path(tempfile.gettempdir()) / named))))
