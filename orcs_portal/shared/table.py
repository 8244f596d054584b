"""Tables on standard output: a line a row for people, JSON lines for programs, and nothing else.

There is no line of headings: what a command prints can be cut, counted and compared as it is; its help names the
columns.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Protocol

from orcs_portal.shared.clock import NEW_YORK

Cell = str | int | bool | date | datetime | None
GAP = "  "
EMPTY = "-"


class Out(Protocol):
    """Whatever a line can be written to, such as a command's standard output."""

    def write(self, text: str, /) -> object:
        """Take the text."""
        ...


def write_table(out: Out, columns: Sequence[str], rows: Iterable[Sequence[Cell]], *, as_json: bool) -> int:
    """Write the rows to ``out`` and return how many there were.

    As text the columns are aligned, two blanks apart, with ``-`` for what is empty; as JSON each row is an object of
    the columns, with ``null``.  Times are ISO 8601 in New York's zone; blanks that must not break on a page are plain.
    """
    lines = _json_lines(columns, rows) if as_json else _text_lines(rows)
    count = 0
    for count, line in enumerate(lines, start=1):  # noqa: B007 - the last number is the count
        out.write(f"{line}\n")
    return count


def _json_lines(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterable[str]:
    for row in rows:
        yield json.dumps({name: plain(cell) for name, cell in zip(columns, row, strict=True)})


def _text_lines(rows: Iterable[Sequence[Cell]]) -> Iterable[str]:
    """Align the columns; the last one is free text and never padded."""
    written = [[_as_text(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*written, strict=True)]
    for row in written:
        padded = [cell.ljust(width) for cell, width in zip(row[:-1], widths, strict=False)]
        yield GAP.join([*padded, row[-1]])


def plain(cell: Cell) -> str | int | bool | None:
    """Return a cell as JSON holds it: an empty text is ``null``, a text one line, a time to the second."""
    if isinstance(cell, datetime):
        return cell.astimezone(NEW_YORK).isoformat(timespec="seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, str):
        return " ".join(cell.split()) or None
    return cell


def _as_text(cell: Cell) -> str:
    held = plain(cell)
    if held is None:
        return EMPTY
    return {True: "yes", False: "no"}[held] if isinstance(held, bool) else str(held)
