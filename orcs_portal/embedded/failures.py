"""What may stop a start, told in one sentence."""

from __future__ import annotations

import contextlib
import errno
import shutil
from collections.abc import Iterator
from pathlib import Path

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
OUT_OF_ROOM = ("No space left on device", "Disk quota exceeded")  # what programs of others say then
MEGABYTE = 1024 * 1024
FIRST_START = 256 * MEGABYTE  # free bytes; about 80 MB are written, and PostgreSQL's log grows with what is loaded
LATER_START = 64 * MEGABYTE
NOTHING_TO_SPEAK_OF = 16 * MEGABYTE  # less than one more file of PostgreSQL's log, and perhaps no room for a reason


class CannotStartError(Exception):
    """Something outside the program stands in the way; the message is one sentence for the person at the terminal."""


def disk_full(folder: Path) -> CannotStartError:
    """Return the sentence for a disk without room below ``folder``."""
    return CannotStartError(f"The disk that holds {folder} is full: free some space and try again.")


def require_room(folder: Path, least: int) -> None:
    """Raise CannotStartError when fewer than ``least`` bytes are free where ``folder`` lies."""
    if shutil.disk_usage(folder).free < least:
        raise disk_full(folder)


def is_full(error: OSError) -> bool:
    """Tell whether an operating-system error says that the disk or the quota is used up."""
    return error.errno in FULL


@contextlib.contextmanager
def one_sentence() -> Iterator[None]:
    """End the process with exit code 1 and one sentence when the block cannot start something."""
    try:
        yield
    except CannotStartError as error:
        raise SystemExit(str(error)) from None
    except OSError as error:
        if is_full(error):
            raise SystemExit("The disk is full: free some space and try again.") from None
        where = f" ({error.filename})" if error.filename else ""
        raise SystemExit(f"The machine refused something that a start needs: {error.strerror}{where}.") from None
