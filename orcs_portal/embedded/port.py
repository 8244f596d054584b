"""The network port that `make run` serves on: this machine alone, by both of its addresses."""

from __future__ import annotations

import contextlib
import errno
import socket
from collections.abc import Iterator, Mapping

from orcs_portal.embedded.failures import CannotStartError

DEFAULT = "8000"
LAST = 65535


def wanted_port(environ: Mapping[str, str]) -> int:
    """Return the port that ``PORT`` names, 8000 by default; raises CannotStartError for what is no port."""
    text = environ.get("PORT") or DEFAULT
    if not (text.isascii() and text.isdecimal() and 0 < int(text) <= LAST):
        raise CannotStartError(f"PORT is {text!r} and must be a number from 1 to {LAST}.")
    return int(text)


@contextlib.contextmanager
def claimed(port: int) -> Iterator[list[str]]:
    """Keep ``port`` from the machine's other portals until the block ends, and yield the addresses to listen at.

    The server takes the port only seconds after it was tried, and another clone may try it in between: both would
    call themselves ready by the one's answers.  A name that no file stands for is claimed besides, at once, and is
    given up with the process.  Raises CannotStartError when the port is not to be had.
    """
    with socket.socket(socket.AF_UNIX) as claim:
        _bind(claim, f"\0orcs-portal-{port}", port)
        yield _loopback_binds(port)


def _loopback_binds(port: int) -> list[str]:
    """Return the addresses to listen at, after trying each; raises CannotStartError when the port is not to be had.

    A browser that is told ``localhost`` may try either address first; a machine may lack the second.
    """
    binds = [f"127.0.0.1:{port}"]
    _try(socket.AF_INET, "127.0.0.1", port)
    if _has_second_loopback():
        _try(socket.AF_INET6, "::1", port)
        binds.append(f"[::1]:{port}")
    return binds


def _has_second_loopback() -> bool:
    if not socket.has_ipv6:
        return False
    try:
        with socket.socket(socket.AF_INET6) as trial:
            trial.bind(("::1", 0))
    except OSError:
        return False
    return True


def _try(family: socket.AddressFamily, host: str, port: int) -> None:
    with socket.socket(family) as trial:
        reuse = (socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        trial.setsockopt(*reuse)  # as the server does; ends of old talks do not count
        _bind(trial, (host, port), port)


def _bind(trial: socket.socket, address: str | tuple[str, int], port: int) -> None:
    try:
        trial.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise CannotStartError(
                f"Port {port} is in use by another program: choose another, as in `make run PORT={_other(port)}`."
            ) from None
        raise CannotStartError(f"Port {port} cannot be used: {error.strerror}.") from None


def _other(port: int) -> int:
    return port + 1 if port < LAST else port - 1
