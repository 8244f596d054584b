"""The embedded Valkey: a bell that keeps nothing, since every delivery is a row in the database."""

from __future__ import annotations

import socket

from orcs_portal.embedded.account import server_account
from orcs_portal.embedded.binaries import valkey_server
from orcs_portal.embedded.place import Place
from orcs_portal.embedded.program import Program

SECONDS_TO_ANSWER = 2.0
ENOUGH = 65536  # bytes of an answer


def valkey(place: Place) -> Program:
    """Return the broker of ``place`` as a program: one unix socket, no network, nothing on disk."""
    command = (
        str(valkey_server()),
        *("--port", "0"),
        *("--unixsocket", str(place.valkey_socket), "--unixsocketperm", "700"),
        *("--save", "", "--appendonly", "no"),
        *("--maxmemory-policy", "noeviction"),
        *("--dir", str(place.run)),
        *("--loglevel", "notice"),
    )
    return Program("valkey", command, account=server_account())


def answers(place: Place) -> bool:
    """Tell whether the broker answers a PING within two seconds."""
    return _ask(place, b"PING").startswith(b"+PONG")


def has_listener(place: Place) -> bool:
    """Tell whether a worker waits at the broker for a bell."""
    return b"cmd=brpop" in _ask(place, b"CLIENT LIST")


def _ask(place: Place, command: bytes) -> bytes:
    """Return the first part of the broker's answer, or nothing when there is none within two seconds."""
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(SECONDS_TO_ANSWER)
            line.connect(str(place.valkey_socket))
            line.sendall(command + b"\r\n")
            return line.recv(ENOUGH)
    except OSError:
        return b""
