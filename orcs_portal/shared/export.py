"""Lists as files, sent piece by piece and safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from tempfile import TemporaryFile
from typing import Any

import xlsxwriter
from django.http import StreamingHttpResponse

CSV, XLSX = "csv", "xlsx"
TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
Cell = str | int | date | None


def send(
    rows: Iterable[Sequence[Cell]], *, kind: str, title: str, headings: Sequence[str], on: date
) -> StreamingHttpResponse:
    """Return the answer that sends rows below their headings as CSV or as a workbook, named after the title and day.

    Raises ``KeyError`` for a kind that is none of ``TYPES``.
    """
    pieces = _workbook(title, headings, rows) if kind == XLSX else _csv_lines(headings, rows)
    response = StreamingHttpResponse(pieces, content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{title.lower()}-{on.isoformat()}.{kind}"'
    return response


class Echo:
    """Hands back what a writer writes, so that it can be sent piece by piece."""

    def write(self, text: str) -> str:
        """Return the text."""
        return text


def _csv_lines(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Yield the lines of a CSV file, with the mark by which spreadsheets know that it is UTF-8."""
    write = csv.writer(Echo()).writerow
    yield "\ufeff" + str(write(headings))
    for row in rows:
        yield str(write([guarded(cell) for cell in row]))


FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def guarded(cell: Cell) -> str | int:
    """Return a cell as text that no spreadsheet takes for a formula; one that looks like it gets an apostrophe."""
    if isinstance(cell, int):
        return cell
    text = cell.isoformat() if isinstance(cell, date) else (cell or "")
    return f"'{text}" if text.startswith(FORMULA) else text


def _workbook(title: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Yield the rows as an XLSX workbook in pieces; texts stay texts, whatever they begin with.

    Nothing is made before the first piece is asked for, and the file it is made in is gone with the last.
    """
    with TemporaryFile() as file:
        book = xlsxwriter.Workbook(file, PLAIN)
        _fill(book, title, headings, rows)
        book.close()
        file.seek(0)
        while piece := file.read(CHUNK):
            yield piece


PLAIN = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
CHUNK = 64 * 1024


def _fill(
    book: Any,  # noqa: ANN401 - the library has no types
    title: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[Cell]],
) -> None:
    sheet = book.add_worksheet(title)
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, len(headings) - 1, WIDTH)
    sheet.write_row(0, 0, headings, bold)
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            _write(sheet, number, column, cell, day)


WIDTH = 18


def _write(sheet: Any, row: int, column: int, cell: Cell, day: Any) -> None:  # noqa: ANN401 - the library has no types
    if isinstance(cell, int):
        sheet.write_number(row, column, cell)
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), day)  # noqa: DTZ001 - a mere day
    elif cell:
        sheet.write_string(row, column, cell)
