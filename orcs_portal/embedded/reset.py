"""`make reset`: remove ``var`` after asking, so that the next start begins with the demonstration's first day."""

from __future__ import annotations

import os
import shutil
import sys

from orcs_portal.embedded.failures import one_sentence
from orcs_portal.embedded.place import Place, of_clone
from orcs_portal.embedded.stop import stop


def main(_arguments: list[str]) -> None:
    """Ask unless ``FORCE=1``, stop what runs and remove everything that this clone has stored."""
    place = of_clone()
    if os.environ.get("FORCE") != "1" and not _agreed(place):
        print("Nothing was removed.")
        sys.exit(1)
    with one_sentence():
        stop(place)
        remove(place)
    print("Removed. `make run` starts over.")


def _agreed(place: Place) -> bool:
    print(f"This ends what runs and removes {place.root}: the database, the log files and the secret key.")
    print("Type yes to go on: ", end="", flush=True)
    return sys.stdin.readline().strip().lower() == "yes"


def remove(place: Place) -> None:
    """Remove the folders of ``place``, the one of its sockets included; raises OSError for what cannot be removed."""
    for folder in (place.run, place.root):
        if folder.exists():
            shutil.rmtree(folder)
