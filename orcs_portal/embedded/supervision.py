"""supervisor's own process: its settings, and what it is asked over its socket."""

from __future__ import annotations

import contextlib
import http.client
import os
import shlex
import signal
import socket
import subprocess
import sys
import time
import xmlrpc.client
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from supervisor.xmlrpc import SupervisorTransport

from orcs_portal.embedded.place import CLONE, PLAIN, Place
from orcs_portal.embedded.program import Program, log_file
from orcs_portal.embedded.services import not_started

GROUP = "portal"
TRIES = 5  # starts in a row that may fail before a program is given up
PAUSE = 0.05
NO_ANSWER = (OSError, http.client.HTTPException, xmlrpc.client.Error)  # the last while it is on its way out
FAILED = frozenset({"BACKOFF", "EXITED", "FATAL", "UNKNOWN"})


@dataclass(frozen=True, slots=True)
class Supervisor:
    """The supervisor of ``place``: it keeps ``servers`` from the start and ``programs`` once they are asked for.

    Ending, it stops the programs first, together, and then the servers.  Its settings hold paths relative to the
    clone where its format has no way to quote what a folder's name holds.
    """

    place: Place
    servers: tuple[Program, ...]
    programs: tuple[Program, ...]

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.place.root / "supervisor.conf"

    @property
    def socket(self) -> Path:
        """The socket on which it takes requests."""
        return self.place.run / "supervisor.sock"

    @property
    def program(self) -> Program:
        """The supervisor itself, in the foreground, as a program that ends in order when its parent is gone."""
        command = (sys.executable, "-m", "supervisor.supervisord", "--nodaemon", "--configuration", str(self.settings))
        patience = max(one.patience for one in self.programs) + sum(one.patience for one in self.servers) + 5
        return Program("supervisor", command, orphan=signal.SIGTERM, patience=patience)

    def write_settings(self) -> None:
        """Write the settings of this start."""
        parts = [_MAIN.format(root=relative(self.place.root), socket=self.socket, user=_user())]
        parts += [_section(server, self.place, at_once=True) for server in self.servers]
        parts += [_section(program, self.place, at_once=False) for program in self.programs]
        parts.append(_GROUP.format(group=GROUP, programs=",".join(program.name for program in self.programs)))
        self.settings.write_text("".join(parts))

    def states(self) -> dict[str, str]:
        """Return each program's state in supervisor's words; empty while the supervisor does not answer."""
        try:
            with self._asked() as far_side:
                answer = far_side.getAllProcessInfo()
        except NO_ANSWER:
            return {}
        return {info["name"]: info["statename"] for info in answer}

    def failed(self, programs: Iterable[Program]) -> Program | None:
        """Return the first of ``programs`` that did not stay up, if one did not."""
        states = self.states()
        return next((program for program in programs if states.get(program.name) in FAILED), None)

    def start_programs(self) -> None:
        """Start the programs and return at once; raises CannotStartError when the supervisor is gone."""
        try:
            with self._asked() as far_side:
                far_side.startProcessGroup(GROUP, False)  # noqa: FBT003 - the protocol knows positions alone
        except NO_ANSWER:
            raise not_started(self.program, self.place) from None

    def end(self, process: subprocess.Popen[bytes]) -> None:
        """End the supervisor's ``process`` and all it keeps: in order, and by force once its patience is over.

        It looks around once a second or when somebody calls, and so is called on until it is done.
        """
        deadline = time.monotonic() + self.program.patience
        if process.poll() is None:
            process.send_signal(self.program.stop)
        while process.poll() is None and time.monotonic() < deadline:
            self._nudge()
            time.sleep(PAUSE)
        if process.poll() is None:
            process.kill()
            process.wait()

    def _nudge(self) -> None:
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as line:
            line.settimeout(PAUSE)
            line.connect(str(self.socket))

    @contextlib.contextmanager
    def _asked(self) -> Iterator[Any]:
        transport = SupervisorTransport("", "", f"unix://{self.socket}")
        with contextlib.closing(transport):
            yield xmlrpc.client.ServerProxy("http://localhost", transport=transport).supervisor


def relative(path: Path | str) -> str:
    """Return a path inside the clone as seen from the clone when it holds what needs quoting; other text as it is."""
    text = str(path)
    return text if PLAIN.fullmatch(text) else text.removeprefix(f"{CLONE}{os.sep}")


def _user() -> str:
    return "user=root\n" if os.geteuid() == 0 else ""  # said outright, since supervisor warns when root is not meant


def _section(program: Program, place: Place, *, at_once: bool) -> str:
    command = shlex.join(relative(word) for word in program.guarded).replace("%", "%%")
    return _PROGRAM.format(
        name=program.name,
        command=command,
        at_once=str(at_once).lower(),
        tries=TRIES,
        signal=program.stop.name.removeprefix("SIG"),
        patience=program.patience,
        log=relative(log_file(program, place)),
        priority=1 if at_once else 2,
    )


_MAIN = """\
[supervisord]
{user}nodaemon=true
silent=true
logfile={root}/log/supervisor.log
pidfile={root}/supervisor.pid
childlogdir={root}/log
[unix_http_server]
file={socket}
chmod=0700
[rpcinterface:supervisor]
supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface
"""
_PROGRAM = """\
[program:{name}]
command={command}
autostart={at_once}
autorestart=true
startsecs=1
startretries={tries}
stopsignal={signal}
stopwaitsecs={patience}
killasgroup=true
redirect_stderr=true
stdout_logfile={log}
stdout_logfile_maxbytes=10MB
stdout_logfile_backups=2
priority={priority}
"""
_GROUP = """\
[group:{group}]
programs={programs}
priority=2
"""
