"""Rows are written as COPY reads them, with what the model says where nothing is given."""

from __future__ import annotations

import pytest
from django.db import transaction
from psycopg2 import DataError

from caseloads.city.times import EPOCH
from caseloads.city.writing.behind import Behind
from caseloads.city.writing.sheets import Sheet, day, listed, moment, number, text
from caseloads.models import Delivery, Mandate, Student
from caseloads.systems.copying import copy


def test_what_the_model_says_by_default_is_added() -> None:
    sheet = Sheet(Mandate, "id iep_id student_id service language setting frequency duration group_size starts")
    assert set(sheet.columns) >= {"location", "months"}
    assert "ends" not in sheet.columns
    sheet.add("\t".join("1234567890"))
    assert sheet.batch().lines == ["1\t2\t3\t4\t5\t6\t7\t8\t9\t0\t\t10\n"]
    assert sheet.batch().lines == []
    assert sheet.count == 1


def test_what_the_database_says_by_default_is_left_to_it() -> None:
    columns = Sheet(Delivery, "call_id").columns
    assert "id" not in columns
    assert {"alone", "act", "state"} <= set(columns)


def test_what_is_empty_is_written_so() -> None:
    assert (day(None), moment(None), number(None)) == ("\\N",) * 3
    assert (day(EPOCH), moment(61), number(7), listed([1, 2]), listed([])) == (
        "1970-01-01",
        "1970-01-01 01:01+00",
        "7",
        "{1,2}",
        "{}",
    )


@pytest.mark.django_db
def test_names_come_through_whatever_they_hold() -> None:
    sheet = Sheet(Student, "osis first_name last_name")
    odd = ["a\tb", "c\\d", "e\nf", "g\rh", "Łucja", "\\N", "O'Brien"]
    for at, name in enumerate(odd):
        sheet.add(f"{910_000_001 + at}\t{text(name)}\tX")
    assert copy(sheet.batch()) == len(odd)
    assert list(Student.objects.order_by("osis").values_list("first_name", flat=True)) == odd


@pytest.mark.django_db
def test_portions_are_written_behind_in_our_own_transaction() -> None:
    sheet = Sheet(Student, "osis first_name last_name")
    with Behind() as behind:
        for at in range(3):
            sheet.add(f"{910_000_001 + at}\tA\tB")
            behind.hand_over([sheet.batch()])
        behind.wait()
        assert behind.rows == 3
    assert Student.objects.count() == 3


def hand_over(sheet: Sheet) -> None:
    """Write a sheet behind, and wait for it."""
    with Behind() as behind:
        behind.hand_over([sheet.batch()])
        behind.wait()


@pytest.mark.django_db
def test_what_cannot_be_written_is_raised_when_it_is_waited_for() -> None:
    sheet = Sheet(Student, "osis first_name last_name")
    sheet.add("not a number\tA\tB")
    with pytest.raises(DataError, match="invalid input syntax"), transaction.atomic():
        hand_over(sheet)
    assert not Student.objects.exists()
