"""``write_extracts``: what every system says now, as files."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from compliance.extracts.writing import write_extracts
from orcs_portal.shared.clock import world_now
from orcs_portal.shared.commands import PortalCommand, Stopped, add_json
from orcs_portal.shared.table import write_table

COLUMNS = ("kind", "rows", "file")


class Command(PortalCommand):
    """Writes one CSV file per kind of extract into a directory."""

    help = (
        "Write what every system says now into a directory, one CSV file per kind; files of former runs are replaced."
        f" Prints: {', '.join(COLUMNS)}. They hold student records: keep them where only the office can read them."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the directory and ``--json``."""
        parser.add_argument("directory", type=Path)
        add_json(parser)

    def handle(self, *_args: Any, directory: Path, as_json: bool, **_options: Any) -> None:
        """Write; a directory that cannot be written to ends with 4."""
        try:
            written = list(write_extracts(directory, as_of=world_now()))
        except OSError as error:
            raise Stopped(f"{directory} cannot be written to: {error.strerror}.") from None
        write_table(self.stdout, COLUMNS, ((one.kind, one.rows, str(one.path)) for one in written), as_json=as_json)
