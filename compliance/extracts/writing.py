"""Writing extracts: every file is one COPY of one statement, and replaces the former one only when it is whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction

from compliance.extracts.layouts import LAYOUTS
from orcs_portal.shared.clock import NEW_YORK


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written, and how many rows it holds besides its headings."""

    kind: str
    path: Path
    rows: int


def write_extracts(directory: Path, *, as_of: datetime) -> Iterator[Written]:
    """Write what every system says at ``as_of`` into a directory, one CSV file per kind, and yield each file.

    All files show one state of the database, unless the caller has begun a transaction of its own.  Raises
    ``OSError`` where the directory cannot be written to.
    """
    directory.mkdir(parents=True, exist_ok=True)
    outermost = not connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if outermost:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute(f"SET LOCAL TIME ZONE '{NEW_YORK.key}'")
        for kind, layout in LAYOUTS.items():
            path = directory / f"{kind}.csv"
            draft = path.with_suffix(".csv.part")
            statement = cursor.mogrify(layout.select(), {"at": as_of}).decode()
            with draft.open("wb") as file:
                cursor.copy_expert(f"COPY ({statement}) TO STDOUT WITH (FORMAT csv, HEADER)", file)
            draft.replace(path)
            yield Written(kind, path, cursor.rowcount)
