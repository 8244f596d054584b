"""What is taken away from tables for a large city is put back as it was."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from caseloads.city import build as building
from caseloads.city.lean import CONSTRAINTS, INDEXES, lean
from caseloads.models import Delivery, Enrolment, Iep, Student
from caseloads.systems.rows import fetch, run
from tests import build as rows
from tests.caseloads.city.building import built, options

TABLES = [model._meta.db_table for model in (Student, Enrolment, Iep, Delivery)]


def checks() -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """Return the constraints and indexes of the tables."""
    return fetch(CONSTRAINTS, [TABLES]), fetch(INDEXES, [TABLES])


@pytest.mark.django_db
def test_everything_is_put_back() -> None:
    before = checks()
    with lean(TABLES):
        assert checks() == ([], [])
    assert checks() == before
    assert all(len(found) > 5 for found in before)


@pytest.mark.django_db
def test_a_row_that_breaks_a_check_is_found_in_the_end() -> None:
    place = rows.school()
    student = rows.student(place)
    with pytest.raises(IntegrityError), transaction.atomic(), lean(TABLES):
        run("INSERT INTO caseloads_enrolment (student_id, school_id, grade, starts) VALUES (%s, 0, '1', now())", [0])
    assert student.enrolments.count() == 1


@pytest.mark.django_db
def test_two_schools_on_a_day_are_found_in_the_end() -> None:
    student = rows.student(rows.school())
    other = rows.school()
    with pytest.raises(IntegrityError, match="enrolment_one_school_on_a_day"), transaction.atomic(), lean(TABLES):
        Enrolment.objects.create(student=student, school=other, grade="3", starts=rows.TODAY)


@pytest.mark.django_db
def test_a_large_city_is_built_lean_and_stands_like_a_small_one(monkeypatch: pytest.MonkeyPatch) -> None:
    before = checks()
    with built(options(200)) as small:
        said = [one.line(told=True) for one in small.planted]
    monkeypatch.setattr(building, "WORTH_IT", 100)
    with built(options(200)) as large:
        assert [one.line(told=True) for one in large.planted] == said
        assert (large.rows, large.mandates) == (small.rows, small.mandates)
        assert checks() == before
