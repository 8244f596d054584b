"""Who the embedded servers run as: whoever starts them, but never root."""

from __future__ import annotations

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

from orcs_portal.embedded.failures import CannotStartError


@dataclass(frozen=True, slots=True)
class Account:
    """A user and group of this machine, by number."""

    uid: int
    gid: int

    @property
    def is_ours(self) -> bool:
        """Whether this process runs under the account already."""
        return self.uid == os.geteuid()

    @property
    def name(self) -> str:
        """The account's name, or its number where it has none."""
        try:
            return pwd.getpwuid(self.uid).pw_name
        except KeyError:
            return f"user {self.uid}"


def server_account() -> Account:
    """Return the account of the servers: ``nobody`` for root, since PostgreSQL refuses root, else one's own."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_uid, nobody.pw_gid)


def _can_enter(account: Account, folder: Path) -> bool:
    test = subprocess.run(
        ["/bin/sh", "-c", 'test -x "$1"', "sh", str(folder)],
        user=account.uid,
        group=account.gid,
        extra_groups=[],
        cwd="/",
        check=False,
    )
    return test.returncode == 0


def require_entry(account: Account, *paths: Path) -> None:
    """Raise CannotStartError naming the first parent folder of ``paths`` that the account cannot enter.

    Rights are never changed: which folders of a machine others may enter is its owner's decision.
    """
    if account.is_ours:
        return
    for path in paths:
        if _can_enter(account, path.parent):
            continue
        for folder in reversed([path.parent, *path.parent.parents]):
            if not _can_enter(account, folder):
                raise CannotStartError(
                    f"PostgreSQL does not run as root but as {account.name}, who may not enter {folder}: "
                    f"move the clone to a folder open to everyone, or start as an ordinary user."
                )


def own_folder(folder: Path, account: Account) -> Path:
    """Create ``folder`` for the account alone (mode 0700), or raise CannotStartError when it is someone else's."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        status = folder.lstat()
        if not folder.is_dir() or folder.is_symlink() or status.st_uid != account.uid:
            owner = Account(status.st_uid, status.st_gid).name
            raise CannotStartError(
                f"{folder} belongs to {owner}, not to {account.name}: start as the user who started first, "
                f"or remove it."
            ) from None
    else:
        if not account.is_ours:
            os.chown(folder, account.uid, account.gid)
    folder.chmod(0o700)
    return folder
