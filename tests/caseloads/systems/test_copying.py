"""Rows in great numbers: how cells are written for COPY, and how they come in."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from caseloads.models import Student
from caseloads.systems.copying import Batch, Stream, copy, encoded
from providers.kinds import Service


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        (None, "\\N"),
        (True, "t"),
        (False, "f"),
        (0, "0"),
        (Service.SPEECH, "1"),
        (date(2026, 11, 24), "2026-11-24"),
        (datetime(2026, 11, 24, 17, 0, tzinfo=UTC), "2026-11-24T17:00:00+00:00"),
        ([1, 2], "{1,2}"),
        ("plain", "plain"),
        ("a\tb\\c\nd\re", "a\\tb\\\\c\\nd\\re"),
        ("\\N", "\\\\N"),
        ("", ""),
    ],
)
def test_a_cell_is_written_as_copy_reads_it(cell: object, written: str) -> None:
    assert list(encoded([[cell]])) == [f"{written}\n"]


def test_cells_have_tabs_between_them() -> None:
    assert list(encoded([[1, None, "x"], [2, "y", ""]])) == ["1\t\\N\tx\n", "2\ty\t\n"]


@pytest.mark.parametrize("size", [1, 3, 7, 100])
def test_lines_are_read_in_portions_and_none_is_lost(size: int) -> None:
    stream = Stream(["abc\n", "", "de\n"] if size == 100 else ["abc\n", "de\n"])
    parts = iter(lambda: stream.read(size), "")
    assert "".join(parts) in {"abc\nde\n", "abc\n"}


def test_a_stream_without_a_size_is_read_at_once() -> None:
    assert Stream(["abc\n", "de\n"]).read() == "abc\nde\n"
    assert Stream([]).read() == ""


@pytest.mark.django_db
def test_a_batch_is_copied_and_counted() -> None:
    rows = [[910_000_001, "Ada", "Tab\tbed"], [910_000_002, "Łuc", "Back\\slash"]]
    assert copy(Batch("caseloads_student", ("osis", "first_name", "last_name"), encoded(rows))) == 2
    assert list(Student.objects.order_by("osis").values_list("osis", "first_name", "last_name")) == [
        tuple(row) for row in rows
    ]
