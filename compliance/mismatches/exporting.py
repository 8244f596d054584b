"""Lists as files: every row of a list, read in pieces, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from tempfile import TemporaryFile
from typing import Any

import xlsxwriter

from compliance.kinds import Owner
from compliance.mismatches.ages import ages
from compliance.mismatches.listing import dressed, when_of, words_for
from compliance.mismatches.wording import said_of
from compliance.models import Finding
from compliance.reconcile.catalogue import CATALOGUE
from orcs_portal.shared.clock import NEW_YORK
from orcs_portal.shared.moment import Moment

PIECE = 1000
"""Rows read at a time."""

HEADINGS = (
    "Item",
    "Code",
    "What it means",
    "What differs",
    "Severity",
    "State",
    "Who acts",
    "Assigned to",
    "School",
    "Student",
    "OSIS",
    "Service",
    "Language",
    "Setting",
    "Provider",
    "Provider number",
    "Since",
    "School days old",
    "Act by",
    "School days over",
    "Waiting until",
    "Handed over to",
    "Ticket",
    "Look again",
    "Settled",
)
Cell = str | int | date | None


def rows_of(ids: Sequence[int], *, at: Moment) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows of these items in their order; a fixed number of queries for every ``PIECE`` of them."""
    for start in range(0, len(ids), PIECE):
        piece = ids[start : start + PIECE]
        found = {one.pk: one for one in dressed(Finding.objects.filter(pk__in=piece))}
        kept = [found[key] for key in piece if key in found]
        words = words_for(kept, at)
        counted = ages({one.school_id for one in kept}, at.today)
        for one in kept:
            yield _row(one, said_of(one, words).headline, when_of(one, counted))


def _row(one: Finding, headline: str, when: dict[str, Any]) -> tuple[Cell, ...]:
    entry = CATALOGUE[one.code]  # type: ignore[index] # stored as its value
    student, provider = one.student, one.provider
    return (
        one.pk,
        entry.code.name,
        entry.title,
        headline,
        one.get_severity_display(),
        str(when["state"].label),
        str(Owner(one.owner).label),
        one.assigned_to.full_name if one.assigned_to else "",
        one.school.dbn if one.school else "",
        student.full_name if student else "",
        f"{one.osis:09}" if one.osis else "",
        one.get_service_display() or "",
        one.get_language_display() or "",
        one.get_setting_display() or "",
        provider.full_name if provider else "",
        str(one.provider_number or ""),
        _day(one.since),
        when["age"],
        one.due,
        when["over"],
        _day(when["until"]),
        when["handed_to"],
        one.ticket,
        when["look_again"],
        _day(one.settled),
    )


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone(NEW_YORK).date() if moment else None


class Echo:
    """Hands back what a writer writes, so that it can be sent piece by piece."""

    def write(self, text: str) -> str:
        """Return the text."""
        return text


def csv_lines(rows: Iterator[tuple[Cell, ...]]) -> Iterator[str]:
    """Yield the lines of a CSV file, with the mark by which spreadsheets know that it is UTF-8."""
    write = csv.writer(Echo()).writerow
    yield "\ufeff" + str(write(HEADINGS))
    for row in rows:
        yield str(write([guarded(cell) for cell in row]))


FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def guarded(cell: Cell) -> str | int:
    """Return a cell as text that no spreadsheet takes for a formula; one that looks like it gets an apostrophe."""
    if isinstance(cell, int):
        return cell
    text = cell.isoformat() if isinstance(cell, date) else (cell or "")
    return f"'{text}" if text.startswith(FORMULA) else text


def workbook(rows: Iterator[tuple[Cell, ...]]) -> Iterator[bytes]:
    """Yield the rows as an XLSX workbook in pieces; texts stay texts, whatever they begin with.

    Nothing is made before the first piece is asked for, and the file it is made in is gone with the last.
    """
    with TemporaryFile() as file:
        book = xlsxwriter.Workbook(file, PLAIN)
        _fill(book, rows)
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


def _fill(book: Any, rows: Iterator[tuple[Cell, ...]]) -> None:  # noqa: ANN401 - the library has no types
    sheet = book.add_worksheet("Mismatches")
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, len(HEADINGS) - 1, WIDTH)
    sheet.write_row(0, 0, HEADINGS, bold)
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
