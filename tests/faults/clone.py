"""A fresh clone of what is committed, served by `make run` as a newcomer serves it; only the packages are shared.

What is looked at afterwards is found in the kernel's tables and in the database, not by the portal's own code.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import signal
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psycopg2

from orcs_portal.embedded.place import CLONE, DATABASE, PORT, ROLE, Place
from tests.faults.stack import PROC, await_true

TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1"
# What changes by itself while the portal is served; compliance computes its rows anew from all the others.
OF_THE_HOUR = ("compliance_", "django_session", "shared_periodicrun", "shared_touched")
SERVES = "orcs_portal.embedded run"
SUPERVISES = "supervisor.supervisord"
SECONDS_TO_SERVE = 180.0
SECONDS_TO_END = 60.0


class Run:
    """One `make run`, in a process group of its own as a terminal's foreground has it."""

    def __init__(self, root: Path, port: int, output: Path) -> None:
        self._output = output
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
        with output.open("wb") as file:
            self.make = subprocess.Popen(
                ["make", "run"],
                cwd=root,
                env=kept | {"PORT": str(port)},
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def said(self) -> str:
        """What it has told the person at the terminal so far."""
        return self._output.read_text(errors="replace")

    @property
    def is_ready(self) -> bool:
        """Whether it has said that the portal is ready; fails when it has ended instead."""
        assert self.make.poll() is None, f"make run ended by itself:\n{self.said}"
        return "Ready: http://localhost" in self.said

    def interrupt(self) -> None:
        """Press Ctrl-C: the terminal sends SIGINT to every process of the foreground group."""
        os.killpg(self.make.pid, signal.SIGINT)

    def await_end(self) -> None:
        """Wait until the terminal would show its prompt again."""
        await_true("make run ends", lambda: self.make.poll() is not None, within=SECONDS_TO_END)


class Clone:
    """The clone at ``root``, served on ``port``."""

    def __init__(self, root: Path, port: int) -> None:
        self.root = root
        self.port = port
        self.place = Place(root / "var")
        self._runs = itertools.count()
        root.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["git", "clone", "--quiet", CLONE, root], check=True)
        (root / ".venv").symlink_to(CLONE / ".venv")

    def start(self) -> Run:
        """Type `make run`."""
        return Run(self.root, self.port, self.root.with_name(f"{self.root.name}-{next(self._runs)}.txt"))

    @contextlib.contextmanager
    def served(self) -> Iterator[Run]:
        """Serve for the length of the block, press Ctrl-C and see everything go."""
        run = self.start()
        try:
            await_true("the portal is ready", lambda: run.is_ready, within=SECONDS_TO_SERVE)
            assert self.answer("/readyz") == 200
            yield run
        finally:
            if run.make.poll() is None:
                run.interrupt()
            run.await_end()
        assert self.left() == {}

    def answer(self, path: str) -> int:
        """Return the status with which the portal answers a request for ``path``."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code

    def manage(self, *arguments: str) -> str:
        """Run a management command, on the services of whoever serves this clone, and return what it prints."""
        done = subprocess.run(
            [".venv/bin/python", "manage.py", *arguments],
            cwd=self.root,
            env={"PATH": os.environ["PATH"]},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    def left(self) -> dict[int, str]:
        """Return the living processes that work in this clone, were told of it or carry it in their command line."""
        pids = (int(entry.name) for entry in PROC.iterdir() if entry.name.isdecimal())
        return {pid: line for pid in pids if (line := _command(pid)) and self._concerns(pid)}

    def processes(self, words: str) -> list[int]:
        """Return the ids of this clone's processes whose command line holds ``words``, the oldest first."""
        return sorted(pid for pid, line in self.left().items() if words in line)

    def counts(self) -> dict[str, int]:
        """Return how many rows each table holds that does not change by itself."""
        line = psycopg2.connect(host=str(self.place.run), port=PORT, user=ROLE, dbname=DATABASE)
        with contextlib.closing(line) as connection, connection.cursor() as cursor:
            cursor.execute(TABLES)
            tables = [table for (table,) in cursor.fetchall() if not table.startswith(OF_THE_HOUR)]
            return {table: _count(cursor, table) for table in tables}

    def put_back(self, kept: Path | None) -> None:
        """Make ``var`` what was kept of it, or nothing, as before the first start."""
        shutil.rmtree(self.place.root, ignore_errors=True)
        if kept is not None:
            subprocess.run(["cp", "-a", kept, self.place.root], check=True)

    def _concerns(self, pid: int) -> bool:
        ours = os.fsencode(self.root)
        with contextlib.suppress(OSError):
            if os.fsencode(PROC.joinpath(str(pid), "cwd").readlink()).startswith(ours):
                return True
        return any(ours in _read(pid, name) for name in ("cmdline", "environ"))


def _count(cursor: psycopg2.extensions.cursor, table: str) -> int:
    cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 - a name out of the catalogue
    return int(cursor.fetchall()[0][0])


def _command(pid: int) -> str:
    """Return a process's command line; empty once it has ended."""
    return _read(pid, "cmdline").replace(b"\0", b" ").decode(errors="replace").strip()


def _read(pid: int, name: str) -> bytes:
    try:
        return PROC.joinpath(str(pid), name).read_bytes()
    except OSError:
        return b""
