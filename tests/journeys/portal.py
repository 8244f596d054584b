"""The demonstration, served: real processes on a port, put back to its first morning before each journey."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import psycopg2

from orcs_portal.embedded import portal
from orcs_portal.embedded.health import is_ready
from orcs_portal.embedded.leftovers import leftovers
from orcs_portal.embedded.place import CLONE, THROW_AWAY, Place
from orcs_portal.embedded.preparation import prepare_database
from tests.faults.stack import SERVED, Stack, await_true

SETTINGS = "tests.journeys.settings"
SECONDS_TO_SERVE = 60
KEPT = "first_morning"  # the schema that holds every table as the demonstration left it
TOWN = "first_morning_in_town"  # and the one that holds them with a small borough around its schools, compared

# What the rows of the running portal are, without the migrations' own and without Django's lists of what there is.
TABLES = """
SELECT c.oid::regclass::text, string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum)
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attgenerated = ''
  AND c.relname NOT IN ('django_migrations', 'django_content_type', 'auth_permission')
GROUP BY c.oid ORDER BY c.oid
"""


class Served(Stack):
    """The portal of one place on a port of this machine, with the demonstration loaded."""

    def __init__(self, place: Place, port: int) -> None:
        super().__init__(place, place.root / "points")
        self.port = port
        self.programs["web"] = portal.web(f"127.0.0.1:{port}")
        self.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS

    @property
    def url(self) -> str:
        """The address a person would type; a browser trusts localhost as it does no number."""
        return f"http://localhost:{self.port}"

    def prepare(self) -> None:
        """Do what `make run` does before it serves, and keep the rows as they are then."""
        prepare_database(self.place, self.environ)
        self._keep(KEPT)

    def serve(self) -> None:
        """Start the web server, the worker and beat, and wait until every check of theirs is good."""
        for name in SERVED:
            self.start(name)
        await_true("the portal is ready", partial(is_ready, self.port), within=SECONDS_TO_SERVE)

    def build_town(self) -> None:
        """Build the borough, let everything be compared, and keep the rows as they are then."""
        self.begin_again()
        town = subprocess.run(
            [sys.executable, "-m", "tests.journeys.town"],
            env=self.environ,
            cwd=CLONE,
            capture_output=True,
            text=True,
            check=False,
        )
        assert town.returncode == 0, town.stdout + town.stderr
        self._keep(TOWN)

    def begin_again(self, kept: str = KEPT) -> None:
        """Put every row back to a first morning, in one transaction, under the running processes.

        A process that reads two tables the other way round may stand in the way: then it is done once more.
        """
        for tries_left in reversed(range(5)):
            try:
                self._put_back(kept)
            except psycopg2.errors.DeadlockDetected:
                if not tries_left:
                    raise
            else:
                return

    def _keep(self, kept: str) -> None:
        with self._rows() as cursor:
            cursor.execute(f"CREATE SCHEMA {kept}")
            for table, columns in self._tables(cursor):
                cursor.execute(f"CREATE TABLE {kept}.{table} AS SELECT {columns} FROM {table}")  # noqa: S608 - names of ours

    def _put_back(self, kept: str) -> None:
        with self._rows() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")  # no trigger and no order between tables
            tables = self._tables(cursor)
            cursor.execute(f"TRUNCATE {', '.join(table for table, _ in tables)}")
            for table, columns in tables:
                cursor.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {kept}.{table}")  # noqa: S608 - as above

    @contextlib.contextmanager
    def _rows(self) -> Iterator[psycopg2.extensions.cursor]:
        address = self.place.address
        connection = psycopg2.connect(
            host=address["HOST"], port=address["PORT"], user=address["USER"], dbname=address["NAME"]
        )
        try:
            with connection, connection.cursor() as cursor:
                yield cursor
        finally:
            connection.close()

    def _tables(self, cursor: psycopg2.extensions.cursor) -> list[tuple[str, str]]:
        cursor.execute(TABLES)
        return [(str(table), str(columns)) for table, columns in cursor.fetchall()]


def free_port() -> int:
    """Return a port of this machine that nobody listens on now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextlib.contextmanager
def served() -> Iterator[Served]:
    """Serve the demonstration below the temporary directory, from its first migration to nothing left behind."""
    place = Place(Path(tempfile.gettempdir()) / f"{THROW_AWAY}{os.geteuid()}-journeys-{os.getpid()}")
    place.root.mkdir(parents=True)
    stack = Served(place, free_port())
    try:
        stack.start_services()
        stack.prepare()
        stack.serve()
        yield stack
    finally:
        stack.close()
        shutil.rmtree(place.root, ignore_errors=True)
    assert not leftovers(place)
