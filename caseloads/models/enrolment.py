"""Where a student goes to school, with history."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Value

from caseloads.models.student import Student
from orcs_portal.shared.fields import ends_after_start
from providers.models import School


def one_student() -> Func:
    """Return the range of a student's id, for exclusion without an extension (house rule on core PostgreSQL)."""
    return Func(F("student"), F("student"), Value("[]"), function="int8range")


class Enrolment(models.Model):
    """A student is enrolled at a school between two days, both included; one school on a day."""

    student = models.ForeignKey(Student, models.CASCADE, related_name="enrolments")
    school = models.ForeignKey(School, models.PROTECT, related_name="enrolments")
    grade = models.CharField(max_length=2)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=ends_after_start(), name="enrolment_ends_after_it_starts"),
            ExclusionConstraint(
                name="enrolment_one_school_on_a_day",
                expressions=[
                    (one_student(), RangeOperators.OVERLAPS),
                    (Func("starts", "ends", Value("[]"), function="daterange"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [models.Index(fields=["school", "student"], name="enrolment_by_school")]

    def __str__(self) -> str:
        """Say who is where, by id."""
        return f"student {self.student_id} at school {self.school_id}"
