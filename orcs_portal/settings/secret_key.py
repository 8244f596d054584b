"""A secret key of this clone's own, made once and kept in ``var``."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

BYTES = 48


def own_secret_key(folder: Path) -> str:
    """Return the key kept in ``folder``, made on first use and readable by its owner alone.

    Several processes may start at once: each writes a file of its own and the first to link it under the common name
    has made the key for all.
    """
    path = folder / "secret_key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f"secret_key.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(BYTES))
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            pass  # another process was first; its key is the one
        finally:
            draft.unlink()
    return path.read_text()
