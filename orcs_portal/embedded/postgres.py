"""The embedded PostgreSQL: its cluster, its settings and its start."""

from __future__ import annotations

import shutil
import signal
import subprocess
from pathlib import Path

import psycopg2

from orcs_portal.embedded import guard
from orcs_portal.embedded.account import own_folder, require_entry, server_account
from orcs_portal.embedded.binaries import POSTGRES_MAJOR, postgres_program
from orcs_portal.embedded.failures import CannotStartError, disk_full
from orcs_portal.embedded.place import DATABASE, PORT, ROLE, Place
from orcs_portal.embedded.program import MARK, Program, plain_environment

SETTINGS = "orcs_portal.conf"
INITDB = (
    "--locale-provider=builtin",  # order of names must not depend on who starts the first server
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    "--encoding=UTF8",
    f"--username={ROLE}",
    "--auth-local=trust",  # the socket's folder lets in its owner alone
    "--auth-host=reject",
    "--no-sync",  # an interrupted first start is made anew
    "--no-instructions",
)
ALWAYS = {
    "listen_addresses": "''",
    "port": str(PORT),
    "max_connections": "60",
    "jit": "off",
    "timezone": "'UTC'",
    "log_timezone": "'UTC'",
    "dynamic_shared_memory_type": "mmap",  # /dev/shm may hold as little as 4 MB
    "log_error_verbosity": "terse",  # a DETAIL line would repeat the values of a row, and rows are students
    "log_min_error_statement": "panic",  # as above, for the statement
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}
THROW_AWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "'2GB'"}


def postgres(place: Place) -> Program:
    """Return the server of ``place`` as a program; SIGINT is PostgreSQL's fast shutdown."""
    return Program(
        "postgres",
        (str(postgres_program("postgres")), "-D", str(place.data)),
        stop=signal.SIGINT,
        orphan=signal.SIGINT,
        patience=30,
        account=server_account(),
    )


def prepare(place: Place, *, throw_away: bool = False) -> None:
    """Create the cluster of ``place`` unless it is there, and write this start's settings.

    Raises CannotStartError when a folder is closed, belongs to another user, or was made by another version.
    """
    account = server_account()
    require_entry(account, place.cluster, postgres_program("postgres"))
    own_folder(place.cluster, account)
    if not place.data.exists():
        _initdb(place)
    _require_version(place.data)
    _write_settings(place, throw_away=throw_away)


def _initdb(place: Place) -> None:
    half_made = place.cluster / "new"
    shutil.rmtree(half_made, ignore_errors=True)  # what an interrupted first start left
    command = (str(postgres_program("initdb")), "-D", str(half_made), *INITDB)
    made = subprocess.run(
        Program("initdb", command, account=server_account()).guarded,
        capture_output=True,
        text=True,
        cwd="/",
        env=guard.marked(plain_environment()) | {MARK: str(place.root)},
        check=False,
        start_new_session=True,
    )
    if made.returncode != 0:
        if "No space left" in made.stderr or "quota" in made.stderr:
            raise disk_full(place.root)
        reason = made.stderr.strip().splitlines()[-1:] or ["no reason given"]
        raise CannotStartError(f"PostgreSQL could not create its data folder: {reason[0]}.")
    half_made.rename(place.data)


def _require_version(data: Path) -> None:
    found = (data / "PG_VERSION").read_text().strip()
    if found != POSTGRES_MAJOR:
        raise CannotStartError(
            f"{data} was made by PostgreSQL {found} and this is {POSTGRES_MAJOR}: `make reset` starts over."
        )


def _write_settings(place: Place, *, throw_away: bool) -> None:
    settings = ALWAYS | {"unix_socket_directories": f"'{place.run}'"} | (THROW_AWAY if throw_away else {})
    own = place.data / SETTINGS
    own.write_text("".join(f"{name} = {value}\n" for name, value in settings.items()))
    main = place.data / "postgresql.conf"
    line = f"include '{SETTINGS}'\n"
    if line not in main.read_text():
        with main.open("a") as file:
            file.write(line)


def answers(place: Place) -> bool:
    """Tell whether the server takes connections; creates the portal's database when it is not there yet."""
    try:
        connection = psycopg2.connect(host=str(place.run), port=PORT, user=ROLE, dbname="postgres", connect_timeout=2)
    except psycopg2.OperationalError:
        return False
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
            if cursor.fetchone() is None:
                cursor.execute(f"CREATE DATABASE {DATABASE}")
    finally:
        connection.close()
    return True
