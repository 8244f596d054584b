"""Lists as files: every row, safe to open, on record."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from caseloads.models import Student
from compliance.kinds import Code
from compliance.mismatches.exporting import HEADINGS
from compliance.models import Finding
from orcs_portal.shared.export import guarded
from tests import build
from tests.caseloads.views.pages import records
from tests.caseloads.views.people import as_auditor, as_provider
from tests.compliance import build as rows
from tests.compliance.views.floor import Floor

CSV, XLSX = "/mismatches/export.csv", "/mismatches/export.xlsx"


def body(client: Client, url: str) -> bytes:
    """Return a streamed file, whole."""
    answer = client.get(url)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined] # streaming answers alone


def lines(client: Client, url: str = CSV) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    text = body(client, url).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def cells(client: Client, url: str = XLSX) -> list[list[str]]:
    """Return the texts of a workbook's cells, row by row; a formula fails."""
    with zipfile.ZipFile(io.BytesIO(body(client, url))) as book:
        sheet = ET.fromstring(book.read("xl/worksheets/sheet1.xml"))  # noqa: S314 - our own file
    assert not sheet.findall(".//{*}f"), "a formula"
    return [["".join(cell.itertext()) for cell in row.findall("{*}c")] for row in sheet.findall(".//{*}row")]


@pytest.fixture
def item(floor: Floor) -> Finding:
    return rows.differing(build.mandated(floor.school), assigned_to=floor.colleague)


def test_a_row_says_everything_that_the_list_says(floor: Floor, item: Finding) -> None:
    (row,) = lines(floor.me)
    assert item.student is not None
    assert tuple(row) == HEADINGS
    assert row["Code"] == "CAP_FIELD_DIFFERS"
    assert row["What differs"].replace("\xa0", " ") == "3 × 30 × 2 in SESIS, 2 × 30 × 2 in CAP"
    assert (row["Student"], row["OSIS"]) == (item.student.full_name, f"{item.osis:09}")
    assert (row["School"], row["Assigned to"]) == ("15K910", "Jo Petrossian")
    assert (row["Since"], row["Act by"], row["School days over"]) == ("2026-11-17", "2026-11-20", "2")


def test_the_file_holds_the_whole_list_and_keeps_to_its_filters(floor: Floor) -> None:
    for _ in range(30):
        rows.differing(build.mandated(floor.school))
    rows.on_line(Code.SEC_STALE, build.mandated(floor.school))
    assert len(lines(floor.me)) == 31
    assert len(lines(floor.me, CSV + "?tab=open&code=SEC_STALE")) == 1
    assert len(cells(floor.me, XLSX + "?tab=open&code=CAP_FIELD_DIFFERS")) == 31


def test_a_workbook_holds_the_same_rows_with_days_as_days(floor: Floor, item: Finding) -> None:
    heading, row = cells(floor.me)
    assert len(heading) == len(HEADINGS)
    assert str(item.pk) == row[0]


@pytest.mark.parametrize("first_name", ["=cmd|' /C calc'!A0", "+1", "-2+3", "@SUM(A1)", "\tTab", "=HYPERLINK(1)"])
def test_no_cell_is_a_formula(floor: Floor, item: Finding, first_name: str) -> None:
    assert item.student_id is not None
    Student.objects.filter(pk=item.student_id).update(first_name=first_name)
    (row,) = lines(floor.me)
    assert row["Student"].startswith("'")
    assert any(first_name.strip() in cell for cell in cells(floor.me)[1])


@pytest.mark.parametrize(
    ("cell", "written"),
    [("=1", "'=1"), ("\r=1", "'\r=1"), ("a=1", "a=1"), ("", ""), (None, ""), (5, 5), (-5, -5), ("3 × 30", "3 × 30")],
)
def test_only_what_looks_like_a_formula_gets_an_apostrophe(cell: Any, written: Any) -> None:  # noqa: ANN401 - any cell
    assert guarded(cell) == written


def test_whose_rows_these_are_goes_on_record_before_the_first_is_sent(floor: Floor, item: Finding) -> None:
    floor.me.get(CSV)
    (kept,) = records()
    assert kept[:3] == ("mismatches-export", [item.student_id], "The list of mismatches as a file, 1 rows")


def test_strangers_get_an_empty_file_and_providers_none(floor: Floor, item: Finding) -> None:
    assert lines(floor.stranger) == []
    assert len(lines(as_auditor())) == 1
    assert as_provider(build.provider(at=floor.school)).get(CSV).status_code == 404
    assert floor.me.get("/mismatches/export.doc").status_code == 404
    assert floor.me.get("/mismatches/export.").status_code == 404


def test_ten_thousand_rows_are_read_in_pieces(
    floor: Floor, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    student = build.student(floor.school)
    made = [
        Finding(
            code=Code.SEC_ONLY,
            subject=1,
            osis=student.osis,
            student=student,
            school=floor.school,
            service=1 + n % 20,
            language=1 + n // 20 % 16,
            setting=1,
            provider_number=n,
            condition=2,
            severity=2,
            owner=7,
            since=rows.SINCE,
            first_seen=rows.SINCE,
            opened=rows.SINCE,
            due=rows.DUE,
        )
        for n in range(10_000)
    ]
    Finding.objects.bulk_create(made)
    with django_assert_max_num_queries(90):
        assert body(floor.me, CSV).count(b"\n") == 10_001
    assert len(cells(floor.me)) == 10_001
