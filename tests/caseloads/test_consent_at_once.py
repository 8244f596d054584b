"""Two who record one consent at the same moment: one record, one touched row, and both are answered."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from caseloads.actions import record_consent
from caseloads.models import Consent
from orcs_portal.shared.models import Touched
from tests import build
from tests.threads import at_once


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_the_first_stands() -> None:
    student = build.student(build.school())
    people = [build.user() for _ in range(6)]
    days = [date(2026, 11, day) for day in range(10, 16)]
    works = [
        partial(record_consent, student_id=student.pk, given=day, by=one, now=build.NOW)
        for one, day in zip(people, days, strict=True)
    ]
    assert sorted(at_once(works)) == [False] * 5 + [True]
    row = Consent.objects.get()
    assert (row.given, row.recorded_by) in list(zip(days, people, strict=True))
    assert Touched.objects.filter(kind=Touched.Kind.STUDENT, subject_id=student.pk).count() == 1
