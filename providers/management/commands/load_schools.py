"""``load_schools``: the city's school directory."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from orcs_portal.shared import clock
from orcs_portal.shared.commands import Exit, PortalCommand, Stopped, add_json
from orcs_portal.shared.table import write_table
from providers.directory import Listed, NotADirectory, Refused, load_directory, read_directory

COLUMNS = ("rows", "new", "changed", "same", "refused")


class Command(PortalCommand):
    """Loads the schools of a file by difference; a second time it changes nothing."""

    help = (
        "Load the city's school directory, a CSV file. Prints: rows, new, changed, same, refused; and on standard "
        "error every refused row with its line and the reason. Exit code 3 where rows were refused."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask for the file."""
        parser.add_argument("file", type=Path, help="the directory, with its heading")
        add_json(parser)

    def handle(self, *_args: Any, file: Path, as_json: bool, **_options: Any) -> None:
        """Load, print, and end with 3 where rows were refused, with 4 where none could be loaded."""
        listed, refused = _read(file)
        loaded = load_directory(listed=listed, now=clock.world_now())
        for one in refused:
            self.stderr.write(f"Line {one.line}: {one.reason}.")
        counts = (len(listed) + len(refused), loaded.new, loaded.changed, loaded.same, len(refused))
        write_table(self.stdout, COLUMNS, [counts], as_json=as_json)
        if refused:
            raise Stopped(code=Exit.SOME_REFUSED if listed else Exit.NOTHING_DONE)


def _read(file: Path) -> tuple[list[Listed], list[Refused]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            return read_directory(lines)
    except OSError as error:
        raise Stopped(f"Nothing was loaded: {file} cannot be read: {error.strerror}.", code=Exit.WRONG_USE) from None
    except NotADirectory as error:
        raise Stopped(f"Nothing was loaded: {file.name} is no school directory: {error}.") from None
