"""Become another program that dies with its parent.

Run by path with ``python -I -S guard.py SIGNAL UID:GID COMMAND...`` and so imports nothing of the portal.  The kernel
forgets a parent-death signal when a process changes its user, hence the order: user, signal, check, program.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
PARENT = "ORCS_PORTAL_PARENT"  # the process id of whoever starts a guarded program


def die_with_parent(number: int) -> None:
    """Have the kernel send signal ``number`` to this process when its parent ends; raises OSError if refused."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_PDEATHSIG, number, 0, 0, 0) != 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))


def tied(command: list[str], *, orphan: signal.Signals = signal.SIGKILL, account: str = "") -> list[str]:
    """Return the command line that becomes ``command`` under ``account``, ended by ``orphan`` without its parent."""
    who = account or f"{os.geteuid()}:{os.getegid()}"
    return [sys.executable, "-I", "-S", __file__, orphan.name, who, *command]


def marked(environ: dict[str, str] | None = None) -> dict[str, str]:
    """Return an environment, this process's own by default, that names this process as the parent of what is tied."""
    return {**(os.environ if environ is None else environ), PARENT: str(os.getpid())}


def _change_user(account: str) -> None:
    uid, gid = (int(part) for part in account.split(":"))
    if uid == os.geteuid():
        return
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)


def main(arguments: list[str]) -> None:
    """Change to the account, tie this process to its parent and become the command; ends silently without a parent."""
    name, account, *command = arguments
    parent = os.environ.get(PARENT, "")
    _change_user(account)
    die_with_parent(signal.Signals[name])
    if parent and os.getppid() != int(parent):
        sys.exit(0)  # the parent ended before the kernel knew whom to tell
    os.environ[PARENT] = str(os.getpid())
    os.execv(command[0], command)  # noqa: S606 - the whole purpose: no shell, no second process


if __name__ == "__main__":
    main(sys.argv[1:])
