"""Many rows at once: COPY, and what it reads."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.db import connection

NULL = "\\N"
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
PORTION = 1 << 20
"""Characters that are handed to the server at a time."""

Cell = object
"""A number, a date, a moment, a truth value, a text, a list of numbers, or None."""


def encoded(rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Yield rows as COPY reads them, a line each."""
    for row in rows:
        yield "\t".join([_cell(cell) for cell in row]) + "\n"


def _cell(cell: Cell) -> str:
    if cell is None:
        return NULL
    if isinstance(cell, bool):
        return "t" if cell else "f"
    if isinstance(cell, int):
        return str(int(cell))
    if isinstance(cell, list):
        return "{" + ",".join(map(str, cell)) + "}"
    if isinstance(cell, datetime):
        return cell.isoformat()
    return str(cell).translate(ESCAPES)


class Stream(io.TextIOBase):
    """Lines as a file that is read in portions, each made when it is asked for."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = iter(lines)
        self.rest = ""

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def read(self, size: int | None = -1, /) -> str:
        """Return about as many characters, or nothing at the end."""
        wanted = PORTION if size is None or size < 0 else size
        parts, length = [self.rest], len(self.rest)
        while length < wanted and (line := next(self.lines, "")):
            parts.append(line)
            length += len(line)
        text = "".join(parts)
        self.rest = text[wanted:]
        return text[:wanted]


class Driver(Protocol):
    """The driver's own cursor."""

    rowcount: int

    def copy_expert(self, sql: str, file: Stream, size: int, /) -> object:
        """Read a file as a statement says."""
        ...


@dataclass(frozen=True, slots=True)
class Batch:
    """Encoded lines for columns of a table."""

    table: str
    columns: Sequence[str]
    lines: Iterable[str]

    def copy(self, cursor: Driver) -> int:
        """Write the lines with the driver's own cursor, and return how many rows that was."""
        cursor.copy_expert(f"COPY {self.table} ({', '.join(self.columns)}) FROM STDIN", Stream(self.lines), PORTION)
        return int(cursor.rowcount)


def copy(batch: Batch) -> int:
    """Write a batch in the present transaction, and return how many rows that was."""
    with connection.cursor() as cursor:
        return batch.copy(cursor.cursor)
